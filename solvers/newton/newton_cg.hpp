// Newton-CG, or truncated Newton (Dembo & Steihaug 1983; Steihaug 1983; Nocedal & Wright 2006, section 7.1):
// H(x_k) d = -g_k is solved by conjugate gradients from 0, which see H only through products and end as soon as
//   |H d + g| <= eta_k |g|   or   a direction p has p'Hp <= 0.
//   line_search   d is what there is then (-g, where the first direction has no positive curvature), and a step
//                 along it is searched from 1 (algorithm 7.1)
//   trust_region  the path of the iterates is followed up to the boundary, and p to the boundary where
//                 p'Hp <= 0 (algorithm 7.2, within algorithm 4.1)
// The forcing term eta_k:
//   superlinear   min(1/2, sqrt|g_k|)
//   quadratic     min(1/2, |g_k|)
//   constant      forcing_term
// Both directions are made of products with g: a stationary point is not left, saddle or not.
// Needs: gradient and Hessian-vector product; a Hessian alone will not do, because the method is for problems
// on which it is not to be formed. Cost: 1 gradient and one product for each step of conjugate gradients, of
// which there are n at most but for rounding (cut off at 2 n); 10 n flops beside each, eight n-vectors.
// Rate: near a minimiser with a positive definite H, |g_{k+1}| <= eta |g_k| for eta_k <= eta < 1, superlinear
// for eta_k -> 0, and quadratic for eta_k = O(|g_k|) and a Lipschitz-continuous H (theorems 7.1 and 7.2).
#pragma once

#include <memory>

#include "solvers/line_search/line_search.hpp"
#include "solvers/newton/trust_region_step.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class NewtonCgSafeguard { line_search, trust_region };
enum class Forcing { superlinear, quadratic, constant };

struct NewtonCgOptions {
  NewtonCgSafeguard safeguard = NewtonCgSafeguard::line_search;
  LineSearchKind line_search = LineSearchKind::strong_wolfe;
  double initial_radius = 1;
  Forcing forcing = Forcing::superlinear;
  double forcing_term = 0.1;
};

class NewtonCg final : public Solver {
 public:
  using Options = NewtonCgOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit NewtonCg(const Options& options = {});

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }

  // cg_iterations: products of the last step. radius, with safeguard=trust_region: the one of the next step.
  std::vector<std::string> property_names() const override;
  void properties(std::span<double> values) const override;

 private:
  StepInfo searched_step(Oracle& f);
  StepInfo confined_step(Oracle& f);
  double forcing_term() const;
  bool find_direction(Oracle& f);
  std::optional<TrustRegionStep> minimise_model(Oracle& f, double radius, Vector& z);
  void begin_conjugate_gradients(Vector& z);
  double curvature(Oracle& f);
  void advance(double alpha, Vector& z);

  Options options_;
  std::unique_ptr<LineSearch> line_search_;
  Point current_;
  Point trial_;
  Vector z_;  // the direction
  Vector r_;  // H z + g
  Vector p_;  // the conjugate direction
  Vector Hp_;
  double rr_ = 0;           // |r|^2
  long products_ = 0;       // of the step that is being made
  long cg_iterations_ = 0;  // of the last step
  double radius_ = 0;
};

}  // namespace optbed
