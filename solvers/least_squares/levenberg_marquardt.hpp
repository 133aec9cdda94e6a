// Levenberg (1944) and Marquardt (1963): (J'J + lambda D^2) d = -J'r with D = I or D^2 = diag(J'J). A trial x +
// d is accepted when f falls; otherwise lambda grows. An iteration is one trial. Needs: residuals and their
// Jacobian. Cost of a trial: 1 residual evaluation and a QR factorisation of 2n rows; of an accepted one also 1
// Jacobian and a QR factorisation of m rows. Rate: that of Gauss-Newton when lambda goes to 0 (Nocedal & Wright
// 2006, section 10.3).
#pragma once

#include "solvers/least_squares/residual_point.hpp"
#include "solvers/linear_systems/damped_least_squares.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// How lambda follows the trials. factor: divided by `decrease` when accepted, times `increase` when not.
// nielsen: from the ratio of actual to predicted decrease, smoothly (Nielsen 1999; Madsen, Nielsen & Tingleff
// 2004, (2.21)): lambda_0 = damping max diag(J'J) in the scaled parameters D x, so that it is `damping` itself
// where D^2 = diag(J'J).
enum class DampingSchedule { factor, nielsen };

struct LevenbergMarquardtOptions {
  double damping = 1e-2;
  double increase = 10;
  double decrease = 10;
  DampingSchedule schedule = DampingSchedule::factor;
};

// What the damping is measured in. identity: Levenberg. jacobian_columns: Marquardt, invariant to a scaling of
// the parameters.
enum class DampingScale { identity, jacobian_columns };

class LevenbergMarquardt final : public Solver {
 public:
  using Options = LevenbergMarquardtOptions;
  static OptionTable<Options> option_table();
  static SolverEntry levenberg_entry();
  static SolverEntry levenberg_marquardt_entry();

  LevenbergMarquardt(const Options& options, DampingScale scale) : options_(options), scale_(scale) {}

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_.point; }

  // damping: lambda after the trial. accepted: 1 or 0, for the trial.
  std::vector<std::string> property_names() const override { return {"damping", "accepted"}; }
  void properties(std::span<double> values) const override;

 private:
  void linearise();  // after a new iterate: D and the factorisation
  double gain_ratio() const;
  void lower_damping();
  void raise_damping();

  Options options_;
  DampingScale scale_;
  ResidualPoint current_;
  ResidualPoint trial_;
  DampedLeastSquares least_squares_;
  Vector D_;
  Vector d_;
  double lambda_ = 0;
  double growth_ = 2;  // nu of Nielsen's schedule
  bool accepted_ = true;
};

}  // namespace optbed
