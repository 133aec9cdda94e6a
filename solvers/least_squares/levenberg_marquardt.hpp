// Levenberg (1944) and Marquardt (1963): (J'J + lambda D^2) d = -J'r with D = I or D^2 = diag(J'J), between the
// Gauss-Newton step (lambda -> 0) and a short step of steepest descent, -D^-2 J'r/lambda (lambda -> infinity).
// An iteration is one trial. Needs: residuals and their Jacobian. Cost of a trial: 1 residual evaluation and a
// damped least-squares system; of an accepted one also 1 Jacobian and its factorisation. Rate: that of
// Gauss-Newton where lambda goes to 0 (Nocedal & Wright 2006, section 10.3).
#pragma once

#include <optional>
#include <set>

#include "solvers/least_squares/guarded_gauss_newton.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// How lambda follows the trials: by fixed factors, by the gain ratio (Nielsen 1999), or from a trust region
// (Moré 1978, as in MINPACK).
enum class DampingSchedule { factor, nielsen, minpack };

// geodesic: the step follows the curvature of the residuals along it (Transtrum & Sethna 2012).
enum class Acceleration { none, geodesic };

// automatic: none for Levenberg, jacobian for Marquardt, and more for Marquardt with schedule = minpack.
enum class DampingScale { automatic, none, jacobian, more };

// The two differ only in the scale that they measure a step with unless they are told otherwise.
enum class DampedMethod { levenberg, marquardt };

struct LevenbergMarquardtOptions {
  double damping = 1e-2;
  double increase = 10;
  double decrease = 10;
  DampingSchedule schedule = DampingSchedule::factor;
  double radius_factor = 100;
  DampingScale scaling = DampingScale::automatic;
  std::vector<double> scales;
  DampedSolver linear_solver = DampedSolver::qr;
  JacobianSource jacobian = JacobianSource::analytic;
  Acceleration acceleration = Acceleration::none;
  double acceleration_limit = 0.75;
  long gradient_factor = 1;

  Scaling scaling_of(DampedMethod method) const;
};

class LevenbergMarquardt final : public GuardedGaussNewton {
 public:
  using Options = LevenbergMarquardtOptions;
  static OptionTable<Options> option_table();
  static SolverEntry levenberg_entry();
  static SolverEntry levenberg_marquardt_entry();

  LevenbergMarquardt(const Options& options, DampedMethod method);

  const Options& options() const { return options_; }
  DampedMethod method() const { return method_; }

  // damping: lambda after the trial; that of the trial where schedule = minpack. accepted: 1 or 0, for the
  // trial. radius (schedule = minpack): after the trial.
  std::vector<std::string> property_names() const override;
  void properties(std::span<double> values) const override;

 private:
  Options options_;
  DampedMethod method_;
};

}  // namespace optbed
