// Lagrange's conditions for f(x) subject to c(x) = 0, grad f - A'lambda = 0 and c = 0, by Newton's method:
// sequential quadratic programming (Nocedal & Wright 2006, section 18.1 and algorithm 18.3). A step p and new
// multipliers solve
//   H p - A'lambda = -grad f,   A p = -c   ((18.6)),   H the Hessian in x of f - lambda'c,
// which is one linear system in all where f is quadratic and c linear.
// safeguard=line_search: alpha = 1, 1/2, 1/4, … until the merit function phi(x) = f + mu |c|_1 falls by 1e-4
// alpha of its directional derivative grad f'p - mu |c|_1 ((18.28), (18.29)); mu grows to (18.36). Where alpha
// = 1 fails, p bent back to the constraints, p - A'(A A')^-1 c(x + p), is tried once (the second-order
// correction, (18.45)): without it the merit function rejects whole steps near a minimiser (Maratos' effect,
// section 15.4). Where H is not positive definite on the null space of A, it is shifted there until it is.
// lambda_0 makes |grad f - A'lambda| least. Needs: constraints and the Hessian of the Lagrangian. Cost: 1
// gradient, 1 Jacobian, 1 constraint residual and 1 Hessian; a trial 1 value and 1 residual; flops of order
// n^3. Rate: quadratic near a minimiser with linearly independent constraints and a positive definite reduced
// Hessian (theorem 18.4).
#pragma once

#include "solvers/linear_systems/null_space_kkt.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class LagrangeSafeguard { line_search, none };

struct LagrangeOptions {
  LagrangeSafeguard safeguard = LagrangeSafeguard::line_search;
};

// A point with what Lagrange's conditions are made of.
struct ConstrainedPoint {
  Point point;
  Vector c;
  Matrix A;

  void resize(Index n, Index p);

  // c, and f with its gradient and A, at point.x. True when all of it is finite.
  [[nodiscard]] bool evaluate_constraints(Oracle& f);
  [[nodiscard]] bool evaluate_derivatives(Oracle& f);
};

void swap(ConstrainedPoint& a, ConstrainedPoint& b) noexcept;

class Lagrange final : public Solver {
 public:
  using Options = LagrangeOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Lagrange(const Options& options = {}) : options_(options) {}

  const Options& options() const { return options_; }

  bool handles_constraints() const override { return true; }
  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_.point; }
  // Of f and its gradient the method knows both, but the harness holds the residual of Lagrange's conditions.
  Knowledge knowledge() const override { return Knowledge::value; }

  // merit_penalty: mu. shift: of H on the null space. corrected: 1 where the second-order correction was taken.
  std::vector<std::string> property_names() const override { return {"merit_penalty", "shift", "corrected"}; }
  void properties(std::span<double> values) const override;

  const Vector& multipliers() const { return lambda_; }

 private:
  // phi at the iterate for a mu, and its directional derivative along p.
  struct Merit {
    double mu;
    double value;
    double slope;
  };

  Merit merit_along_step();
  StepInfo searched_step(Oracle& f);
  bool falls_enough(Oracle& f, const Merit& phi, double alpha);
  bool corrected_step_is_acceptable(Oracle& f, const Merit& phi);
  StepInfo commit(Oracle& f, double alpha);

  Options options_;
  NullSpaceKkt kkt_;
  ConstrainedPoint current_;
  ConstrainedPoint trial_;
  Matrix H_;
  Vector lambda_;
  Vector lambda_full_;  // of the whole step
  Vector p_;
  Vector correction_;
  double mu_ = 0;
  bool corrected_ = false;
};

}  // namespace optbed
