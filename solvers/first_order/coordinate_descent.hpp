// Coordinate descent (Wright 2015): each iteration changes one variable i_k, along its derivative,
//   x_{k+1} = x_k - alpha_k g_i e_i.
// A variable whose derivative is 0 is passed over for the next one that can move.
// Needs: gradient; step=exact on a quadratic a Hessian-vector product. Cost: the oracle knows no single
// derivative, so that each iteration is charged a whole gradient, and a line search its trials.
// Rate: mu-strongly convex, L-smooth, order=greedy with exact or 1/L steps: f_k - f* falls by 1 - mu/(n L) an
// iteration, since the largest derivative has at least 1/n of |g|^2 (Wright 2015, section 3.3; Nutini et al.
// 2015); order=random the same on average (Nesterov 2012).
#pragma once

#include <memory>

#include "problems/random.hpp"
#include "solvers/line_search/line_search.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// exact: the minimiser along the variable, in closed form on a quadratic: Gauss-Seidel's method for
// order=cyclic. armijo: backtracking from 1. inverse_lipschitz: 1/L with the constant of the whole gradient,
// which no variable's own exceeds.
enum class CoordinateStep { exact, armijo, inverse_lipschitz };

// cyclic: 1, 2, …, n, 1, …. random: drawn uniformly, from the run's own seed. greedy: the largest |g_i|
// (Gauss-Southwell).
enum class CoordinateOrder { cyclic, random, greedy };

struct CoordinateDescentOptions {
  CoordinateStep step = CoordinateStep::exact;
  CoordinateOrder order = CoordinateOrder::cyclic;
  std::optional<double> lipschitz;
};

class CoordinateDescent final : public Solver {
 public:
  using Options = CoordinateDescentOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit CoordinateDescent(const Options& options = {});

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  std::vector<std::string> property_names() const override { return {"coordinate"}; }
  void properties(std::span<double> values) const override { values[0] = static_cast<double>(moved_ + 1); }

 private:
  Index coordinate() const;
  StepInfo searched_step(Oracle& f);
  StepInfo fixed_step(Oracle& f, Index i);

  Options options_;
  std::unique_ptr<LineSearch> line_search_;  // none for 1/L
  Point current_;
  Point trial_;
  Vector direction_;
  Index first_ = 0;   // the variable that is asked first in the next iteration
  Index moved_ = -1;  // the last one that was moved; -1: none
  Random random_{0};
};

}  // namespace optbed
