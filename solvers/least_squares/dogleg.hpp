// Powell's dogleg (Powell 1970; Madsen, Nielsen & Tingleff 2004, section 3.3): the step that ends where the
// path from x over the minimiser of the model along steepest descent to the Gauss-Newton point leaves the trust
// region |D d| <= radius. An iteration is one trial. Needs: residuals and their Jacobian, of full column rank
// (of any rank with linear_solver = svd). Cost of a trial: 1 residual evaluation; of an accepted one also 1
// Jacobian and its factorisation: unlike a damping, a shorter radius needs no other. Rate: that of Gauss-Newton
// where the region ends up without a part, so where F falls by more than a fourth of what m(d) predicts.
#pragma once

#include "solvers/least_squares/guarded_gauss_newton.hpp"
#include "solvers/registry.hpp"

namespace optbed {

struct DoglegOptions {
  double initial_radius = 1;
  Scaling scaling = Scaling::none;
  std::vector<double> scales;
  DampedSolver linear_solver = DampedSolver::qr;
  JacobianSource jacobian = JacobianSource::analytic;
};

class Dogleg final : public GuardedGaussNewton {
 public:
  using Options = DoglegOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Dogleg(const Options& options);

  const Options& options() const { return options_; }

  // radius: after the trial. accepted: 1 or 0, for the trial.
  std::vector<std::string> property_names() const override { return {"radius", "accepted"}; }
  void properties(std::span<double> values) const override;

 private:
  Options options_;
};

}  // namespace optbed
