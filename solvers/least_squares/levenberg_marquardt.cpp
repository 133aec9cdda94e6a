#include "solvers/least_squares/levenberg_marquardt.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

using Options = LevenbergMarquardtOptions;

// Divisions stop here: a damping of 0 could not be raised again by a factor.
constexpr double least_damping = 1e-100;

std::string broken_rule(const Options& options, const std::set<std::string>& given) {
  if (options.schedule == DampingSchedule::factor) return {};
  for (const char* name : {"increase", "decrease"}) {
    if (given.count(name)) return fmt::format("'{}' needs schedule=factor", name);
  }
  return {};
}

SolverEntry entry(const std::string& name, const std::string& summary, const std::string& source,
                  DampingScale scale) {
  return {
      name,
      summary,
      {{"needs", "residuals and their Jacobian"},
       {"cost", "1 residual evaluation and a QR factorisation a trial; 1 Jacobian more when it is accepted"},
       {"rate", "that of Gauss-Newton when the damping goes to 0"},
       {"trace", "one row a trial: damping (after it) and accepted (1 or 0)"},
       {"source", source}},
      LevenbergMarquardt::option_table().descriptions(),
      [name, scale](const KeyValues& values) {
        return std::make_unique<LevenbergMarquardt>(LevenbergMarquardt::option_table().parse(name, values),
                                                    scale);
      }};
}

}  // namespace

OptionTable<Options> LevenbergMarquardt::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("damping", &O::damping, positive(), "lambda at the start; tau of schedule=nielsen")
      .real("increase", &O::increase, greater_than(1), "factor on lambda when a trial is rejected")
      .real("decrease", &O::decrease, at_least(1), "divisor of lambda when a trial is accepted")
      .choice("schedule", &O::schedule,
              {{"factor", DampingSchedule::factor}, {"nielsen", DampingSchedule::nielsen}},
              "how lambda follows the trials: by fixed factors, or by the gain ratio")
      .rule(broken_rule);
  return table;
}

SolverEntry LevenbergMarquardt::levenberg_entry() {
  return entry("levenberg", "damped Gauss-Newton, (J'J + lambda I) d = -J'r", "Levenberg 1944",
               DampingScale::identity);
}

SolverEntry LevenbergMarquardt::levenberg_marquardt_entry() {
  return entry("levenberg_marquardt", "damped Gauss-Newton, (J'J + lambda diag(J'J)) d = -J'r",
               "Marquardt 1963; Nocedal & Wright 2006, section 10.3", DampingScale::jacobian_columns);
}

std::string LevenbergMarquardt::missing(const Problem& problem) const {
  return dynamic_cast<const LeastSquaresProblem*>(&problem) ? "" : "residuals";
}

void LevenbergMarquardt::properties(std::span<double> values) const {
  values[0] = lambda_;
  values[1] = accepted_ ? 1 : 0;
}

std::optional<StopReason> LevenbergMarquardt::start(Oracle& f, const Vector& x0) {
  current_.allocate_for(f);
  trial_.allocate_for(f);
  least_squares_.start(f.residual_count(), x0.size());
  D_.setOnes(x0.size());
  d_.setZero(x0.size());
  growth_ = 2;
  accepted_ = true;
  lambda_ = options_.damping;
  current_.point.x = x0;
  if (!current_.evaluate_residuals(f) || !current_.evaluate_jacobian(f)) return StopReason::non_finite;
  linearise();
  if (options_.schedule == DampingSchedule::nielsen && scale_ == DampingScale::identity) {
    lambda_ *= current_.J.colwise().squaredNorm().maxCoeff();
  }
  return std::nullopt;
}

void LevenbergMarquardt::linearise() {
  if (scale_ == DampingScale::jacobian_columns) {
    D_ = current_.J.colwise().norm();
    // A parameter that no residual depends on here keeps the scale 1, as in MINPACK.
    D_ = (D_.array() == 0).select(1.0, D_);
  }
  least_squares_.factorise(current_.J, current_.r);
}

StepInfo LevenbergMarquardt::step(Oracle& f) {
  if (!least_squares_.solve(lambda_, D_, d_)) {
    // Singular to working precision: a longer damping makes it regular.
    raise_damping();
    accepted_ = false;
    return std::isfinite(lambda_) ? rejected() : stopped(StopReason::linear_solve_failed);
  }
  trial_.point.x = current_.point.x + d_;
  // Nothing moves any more: the next trials are shorter still.
  if (trial_.point.x == current_.point.x) return stopped(StopReason::stalled);

  const bool decreases = trial_.evaluate_residuals(f) && trial_.point.value < current_.point.value;
  if (!decreases) {
    raise_damping();
    accepted_ = false;
    return std::isfinite(lambda_) ? rejected() : stopped(StopReason::stalled);
  }
  if (!trial_.evaluate_jacobian(f)) return stopped(StopReason::non_finite);
  lower_damping();
  accepted_ = true;
  swap(current_, trial_);
  linearise();
  return moved(d_.norm());
}

// (F(x) - F(x + d))/(d'(lambda D^2 d - J'r)/2) with F = |r|^2/2 (Madsen, Nielsen & Tingleff 2004, (2.18)).
double LevenbergMarquardt::gain_ratio() const {
  const double actual = (current_.r.squaredNorm() - trial_.r.squaredNorm()) / 2;
  const double damped = lambda_ * D_.cwiseProduct(d_).squaredNorm();
  const double slope = current_.slope_of_half_square(d_);  // d'J'r
  return actual / ((damped - slope) / 2);
}

void LevenbergMarquardt::lower_damping() {
  if (options_.schedule == DampingSchedule::factor) {
    lambda_ = std::max(lambda_ / options_.decrease, least_damping);
    return;
  }
  lambda_ *= std::max(1.0 / 3, 1 - std::pow(2 * gain_ratio() - 1, 3));
  growth_ = 2;
}

void LevenbergMarquardt::raise_damping() {
  if (options_.schedule == DampingSchedule::factor) {
    lambda_ *= options_.increase;
    return;
  }
  lambda_ *= growth_;
  growth_ *= 2;
}

}  // namespace optbed
