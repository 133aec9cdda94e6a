// The only door from a solver to a problem: it counts every evaluation and holds the budget.
#pragma once

#include <cstdint>
#include <exception>
#include <span>

#include "problems/linear_system.hpp"
#include "problems/problem.hpp"

namespace optbed {

// How often each thing was evaluated. A gradient includes the value at the same point, which is not counted
// again.
struct EvaluationCounts {
  long value = 0;
  long gradient = 0;
  long hessian = 0;
  long hessian_vector = 0;
  long residual = 0;
  long jacobian = 0;
  long sample_gradient = 0;

  // What a budget of evaluations limits: all kinds together, each as one.
  long total() const {
    return value + gradient + hessian + hessian_vector + residual + jacobian + sample_gradient;
  }
  bool operator==(const EvaluationCounts&) const = default;
};

// A point and what is known there. A solver writes trials to one of these and swaps it in only when all of it
// is finite.
struct Point {
  Vector x;
  double value = 0;
  Vector gradient;
  double gradient_norm = 0;  // infinity norm

  void resize(Index n) {
    x.setZero(n);
    gradient.setZero(n);
  }
};

void swap(Point& a, Point& b) noexcept;

// Thrown when one more evaluation would go past the budget; nothing has been evaluated or counted then.
class BudgetExhausted : public std::exception {
 public:
  const char* what() const noexcept override { return "the budget of evaluations is used up"; }
};

class Oracle {
 public:
  // max_evaluations = 0: no limit. `seed` is the run's own.
  explicit Oracle(const Problem& problem, long max_evaluations = 0, std::uint64_t seed = 0);

  Index dimension() const { return problem_.dimension(); }
  Index residual_count() const;
  double least_squares_scale() const;
  Index sample_count() const;  // 0: no finite sum
  const Facts& facts() const { return problem_.facts(); }
  bool has_hessian() const { return problem_.has_hessian(); }
  bool has_sparse_hessian() const { return problem_.has_sparse_hessian(); }
  SparseRows sparse_hessian_pattern() const { return problem_.sparse_hessian_pattern(); }
  bool has_hessian_vector() const { return problem_.has_hessian_vector(); }
  bool system_is_gradient() const { return linear_system_ && linear_system_->is_gradient(); }
  bool has_residuals() const { return least_squares_ != nullptr; }
  bool has_samples() const { return finite_sum_ != nullptr; }
  Index constraint_count() const;
  // For methods that draw random numbers: others than those of a problem that was made with the run's seed.
  std::uint64_t seed() const { return seed_; }

  // Each counts one evaluation of its kind (a sparse Hessian is a Hessian), or throws BudgetExhausted. The
  // answer may be infinite or NaN: a line search shortens its step then, and a method without one stops.
  double value(const Vector& x);
  double gradient(const Vector& x, Vector& g);
  void hessian(const Vector& x, Matrix& H);
  void sparse_hessian(const Vector& x, SparseRows& H);
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv);
  void residuals(const Vector& x, Vector& r);
  void jacobian(const Vector& x, Matrix& J);

  // Value and gradient of the mean over these samples. Counts one sample gradient for each of them, or throws
  // BudgetExhausted where the budget does not hold them all.
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g);

  // Of a composite problem f(x) + g(K x): value and gradient of its smooth part count as a value and a
  // gradient, and a proximal map of f, which is its implicit gradient step, as a gradient. What is said of g
  // and K is cheap and comes uncounted, through their own door. Throw std::logic_error on other problems.
  double smooth_value(const Vector& x);
  double smooth_gradient(const Vector& x, Vector& g);
  void implicit_step(ImplicitStep& of_f, const Vector& v, double t, Vector& x);
  const CompositeProblem& composite() const;

  // Of an equality-constrained problem: its constraints count as residuals, their derivatives as a Jacobian,
  // and the Hessian of the Lagrangian as a Hessian. Throw std::logic_error on other problems.
  void constraints(const Vector& x, Vector& c);
  void constraint_jacobian(const Vector& x, Matrix& A);
  void lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H);

  // The signed point of a labelled sample: all that a sample's gradient is made from, and counted as one.
  void signed_point(Index i, Vector& c);

  // Of the linear system A x = b, where the problem is one. b is given, like the dimension. A product A v and a
  // sweep over the rows of A each count as one Hessian-vector product, and what a method prepares from the
  // entries of A before it begins (a factorisation, the diagonal) as one Hessian.
  const Vector& right_hand_side() const;
  void multiply(const Vector& v, Vector& Av);
  const SystemMatrix& rows();
  const SystemMatrix& matrix();

  // Value and gradient at point.x, as one gradient evaluation. True when all of it is finite.
  [[nodiscard]] bool evaluate(Point& point);

  // The same over these samples only.
  [[nodiscard]] bool evaluate(Point& point, std::span<const Index> samples);

  // Throws BudgetExhausted unless so many more evaluations can be had. A method that asks this first can change
  // its state before it evaluates: nothing then comes between the two.
  void require_evaluations(long count) const;
  void require_one_evaluation() const { require_evaluations(1); }

  const EvaluationCounts& counts() const { return counts_; }
  void set_max_evaluations(long max_evaluations) { max_evaluations_ = max_evaluations; }

 private:
  void charge(long& counter, long count = 1);
  const EqualityConstrainedProblem& constrained() const;
  const LinearSystem& linear_system() const;

  const Problem& problem_;
  const LeastSquaresProblem* least_squares_;
  const FiniteSumProblem* finite_sum_;
  const CompositeProblem* composite_;
  const EqualityConstrainedProblem* constrained_;
  const LinearClassificationProblem* classification_;
  const LinearSystem* linear_system_;
  long max_evaluations_;
  std::uint64_t seed_;
  EvaluationCounts counts_;
};

}  // namespace optbed
