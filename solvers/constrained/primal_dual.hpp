// The primal-dual method of Chambolle & Pock (2011, algorithms 1 and 2) for min_x f(x) + g(K x), that is
// min_x max_y (K x)'y + f(x) - g*(y):
//   y_{k+1} = prox_{sigma g*}(y_k + sigma K xbar_k)
//   x_{k+1} = prox_{tau f}(x_k - tau K'y_{k+1})
//   xbar_{k+1} = x_{k+1} + theta (x_{k+1} - x_k),  xbar_0 = x_0, y_0 = 0,
// with tau sigma |K|^2 <= 1. The proximal map of g* comes from that of g by Moreau's identity,
//   prox_{sigma g*}(v) = v - sigma prox_{g/sigma}(v/sigma).
// acceleration=strongly_convex (algorithm 2), for an f with modulus gamma: theta_k = 1/sqrt(1 + 2 gamma tau_k),
// tau_{k+1} = theta_k tau_k, sigma_{k+1} = sigma_k/theta_k.
// Needs: the proximal maps of f and g; acceleration=strongly_convex a strongly convex f. Cost: 1 proximal map
// of f, counted as 1 gradient, 1 of g, and a product with K and with K'. Rate: theta = 1: O(1/k) in the gap of
// the averaged iterates (theorem 1); strongly_convex: O(1/k^2) in |x_k - x*|^2 (theorem 2).
#pragma once

#include "solvers/registry.hpp"

namespace optbed {

enum class PrimalDualAcceleration { none, strongly_convex };

struct PrimalDualOptions {
  std::optional<double> tau;
  std::optional<double> sigma;
  double theta = 1;
  PrimalDualAcceleration acceleration = PrimalDualAcceleration::none;
};

class PrimalDual final : public Solver {
 public:
  using Options = PrimalDualOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit PrimalDual(const Options& options = {}) : options_(options) {}

  struct Steps {
    double tau;
    double sigma;
  };
  // As given; where one of them is not, the largest with tau sigma |K|^2 = 1, and both 1/|K| where none is.
  static Steps steps(const Options& options, double map_norm);

  bool needs_gradient() const override { return false; }
  bool handles_constraints() const override { return true; }
  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }

  // What is left of 0 in df(x) + K'y and 0 in dg*(y) - K x after the last step: |x_k - x_{k+1}|/tau and
  // |(y_k - y_{k+1})/sigma + K(xbar_k - x_{k+1})|, 2-norms. And the tau of the next.
  std::vector<std::string> property_names() const override {
    return {"primal_residual", "dual_residual", "tau"};
  }
  void properties(std::span<double> values) const override;

  const Vector& y() const { return y_; }

 private:
  Options options_;
  std::unique_ptr<ImplicitStep> proximal_map_of_f_;
  Point current_;  // x_k; only the point is known
  Vector x_next_;
  Vector y_;
  Vector y_next_;
  Vector Kx_;
  Vector Kx_next_;
  Vector Kx_bar_;
  Vector Kty_;
  Vector v_;  // m: what the proximal map of g is taken of
  Vector w_;  // n: what that of f is taken of
  double tau_ = 1;
  double sigma_ = 1;
  double primal_residual_ = 0;
  double dual_residual_ = 0;
};

}  // namespace optbed
