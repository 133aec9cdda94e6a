// What the solvers of A x = b share: the residual r = b - A x beside the iterate, and its trace.
//
// Where the problem is the quadratic (1/2)x'Ax - b'x the gradient is -r; where it is (1/2)|Ax - b|^2 it is
// -A'r. A method does not ask which, and may hold r by a recursion that rounding leads away from b - A x: so it
// claims to know its iterate only.
//
// Evaluations: a product with A, and a sweep over its rows, each count as one Hessian-vector product; what is
// prepared from the entries of A (factorisation, diagonal) counts as one Hessian. The start costs the product
// of r_0.
#pragma once

#include "solvers/registry.hpp"

namespace optbed {

class LinearSystemSolver : public Solver {
 public:
  std::string missing(const Problem& problem) const final;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) final;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }

  // residual: |r_k|_2. relative_residual: |r_k|_2/|r_0|_2, 0 where r_0 = 0.
  std::vector<std::string> property_names() const override { return {"residual", "relative_residual"}; }
  void properties(std::span<double> values) const override;

 protected:
  // What a system lacks for the method, in words; `facts` are those of the problem.
  virtual std::string lacking(const LinearSystem& /*system*/, const Facts& /*facts*/) const { return {}; }

  // The part of start() that is the method's own; x_0 and r_0 are there.
  virtual std::optional<StopReason> prepare(Oracle& f) = 0;

  // x_{k+1} = trial_ and r_{k+1} = b - A x_{k+1}, for one product, where it is finite.
  StepInfo move_to_trial(Oracle& f);

  Point current_;
  Vector r_;                  // b - A x
  double residual_norm_ = 0;  // |r|_2
  Vector trial_;

 private:
  Vector trial_residual_;
  double initial_residual_norm_ = 0;
};

// "" where every a_ii fits, and otherwise what is needed, naming the first row (counted from 1) that does not.
std::string lacking_nonzero_diagonal(const LinearSystem& system);
std::string lacking_positive_diagonal(const LinearSystem& system);

inline std::string lacking_symmetry(const LinearSystem& system) {
  return system.is_symmetric() ? "" : "a symmetric matrix A";
}

}  // namespace optbed
