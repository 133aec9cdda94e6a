#include "solvers/least_squares/levenberg_marquardt.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "solvers/least_squares/damping.hpp"
#include "solvers/least_squares/more_trust_region.hpp"

namespace optbed {
namespace {

using Options = LevenbergMarquardtOptions;

std::string broken_rule(const Options& options, const std::set<std::string>& given) {
  const bool minpack = options.schedule == DampingSchedule::minpack;
  for (const char* name : {"increase", "decrease"}) {
    if (given.count(name) && options.schedule != DampingSchedule::factor)
      return fmt::format("'{}' needs 'schedule' = factor", name);
  }
  if (given.count("damping") && minpack)
    return "'damping' needs 'schedule' = factor or nielsen: minpack finds lambda from a radius";
  if (given.count("gradient_factor") && minpack)
    return "'gradient_factor' needs 'schedule' = factor or nielsen: minpack takes the minimiser of the model";
  if (given.count("radius_factor") && !minpack) return "'radius_factor' needs 'schedule' = minpack";
  if (options.acceleration == Acceleration::geodesic && minpack)
    return "'acceleration' = geodesic needs 'schedule' = factor or nielsen: it would leave the region of "
           "minpack";
  if (given.count("acceleration_limit") && options.acceleration == Acceleration::none)
    return "'acceleration_limit' needs 'acceleration' = geodesic";
  if (given.count("scales") && given.count("scaling")) return "'scales' and 'scaling' exclude each other";
  return {};
}

std::unique_ptr<TrialRule> trial_rule(const Options& options) {
  switch (options.schedule) {
    case DampingSchedule::factor:
      return std::make_unique<FactorDamping>(options.damping, options.increase, options.decrease);
    case DampingSchedule::nielsen:
      return std::make_unique<NielsenDamping>(options.damping);
    case DampingSchedule::minpack:
      return std::make_unique<MoreTrustRegion>(options.radius_factor);
  }
  throw std::logic_error("no such schedule");
}

GuardedGaussNewtonParts parts(const Options& options, DampedMethod method) {
  return {.rule = trial_rule(options),
          .scaling = options.scaling_of(method),
          .scales = options.scales,
          .linear_solver = options.linear_solver,
          .jacobian = options.jacobian,
          .gradient_factor = static_cast<double>(options.gradient_factor),
          .acceleration_limit = options.acceleration == Acceleration::geodesic
                                    ? std::optional(options.acceleration_limit)
                                    : std::nullopt};
}

SolverEntry entry(const std::string& name, const std::string& summary, const std::string& source,
                  DampedMethod method) {
  return {name,
          summary,
          {{"needs", "residuals, and their Jacobian unless jacobian = forward or central"},
           {"cost",
            "1 residual evaluation and a damped least-squares system a trial; 1 Jacobian (n or 2n residual "
            "evaluations by differences) and its factorisation more when it is accepted; 1 residual evaluation "
            "more with geodesic acceleration"},
           {"rate", "that of Gauss-Newton when the damping goes to 0"},
           {"limits", "Gauss-Newton's step for lambda -> 0, -D^-2 J'r/lambda for lambda -> infinity"},
           {"trace", "one row a trial: damping, accepted (1 or 0), and with schedule = minpack radius"},
           {"source", source}},
          LevenbergMarquardt::option_table().descriptions(),
          [name, method](const KeyValues& values) {
            return std::make_unique<LevenbergMarquardt>(LevenbergMarquardt::option_table().parse(name, values),
                                                        method);
          }};
}

}  // namespace

Scaling LevenbergMarquardtOptions::scaling_of(DampedMethod method) const {
  switch (scaling) {
    case DampingScale::automatic:
      break;
    case DampingScale::none:
      return Scaling::none;
    case DampingScale::jacobian:
      return Scaling::jacobian;
    case DampingScale::more:
      return Scaling::more;
  }
  if (method == DampedMethod::levenberg) return Scaling::none;
  return schedule == DampingSchedule::minpack ? Scaling::more : Scaling::jacobian;
}

OptionTable<Options> LevenbergMarquardt::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("damping", &O::damping, positive(), "lambda at the start; tau of schedule=nielsen")
      .real("increase", &O::increase, greater_than(1), "factor on lambda when a trial is rejected")
      .real("decrease", &O::decrease, at_least(1), "divisor of lambda when a trial is accepted")
      .choice(
          "schedule", &O::schedule,
          {{"factor", DampingSchedule::factor},
           {"nielsen", DampingSchedule::nielsen},
           {"minpack", DampingSchedule::minpack}},
          "how lambda follows the trials: by fixed factors, by the gain ratio (Nielsen 1999), or from a trust "
          "region (Moré 1978)")
      .real("radius_factor", &O::radius_factor, positive(),
            "first radius of schedule=minpack, over |D x0| unless that is 0")
      .choice("scaling", &O::scaling,
              {{"automatic", DampingScale::automatic},
               {"none", DampingScale::none},
               {"jacobian", DampingScale::jacobian},
               {"more", DampingScale::more}},
              "D: 1 (Levenberg), the norms of the columns of J (Marquardt), or the greatest of them so far "
              "(Moré 1978: levenberg_marquardt with schedule=minpack)")
      .reals("scales", &O::scales, positive(), "D itself, a number for each parameter, instead of 'scaling'")
      .choice("linear_solver", &O::linear_solver, damped_solver_choices(), "of the damped least-squares system")
      .choice("jacobian", &O::jacobian, jacobian_choices(),
              "the problem's own, or differences of residuals with steps eps^(1/2) or eps^(1/3) times "
              "max(|x_j|, 1)")
      .choice("acceleration", &O::acceleration,
              {{"none", Acceleration::none}, {"geodesic", Acceleration::geodesic}},
              "second-order correction of the step (Transtrum & Sethna 2012)")
      .real("acceleration_limit", &O::acceleration_limit, positive(),
            "greatest |D a|/|D v| of an acceptable correction a/2 to a step v")
      .integer(
          "gradient_factor", &O::gradient_factor, between(1, 2),
          "c of (J'J + lambda D^2) d = -c J'r; 2 is what J'J beside the gradient 2 J'r of |r|^2 amounts to: "
          "twice the Gauss-Newton step for lambda = 0")
      .rule(broken_rule);
  return table;
}

SolverEntry LevenbergMarquardt::levenberg_entry() {
  return entry("levenberg", "damped Gauss-Newton, (J'J + lambda I) d = -J'r",
               "Levenberg 1944; Madsen, Nielsen & Tingleff 2004, section 3.2; Moré 1978",
               DampedMethod::levenberg);
}

SolverEntry LevenbergMarquardt::levenberg_marquardt_entry() {
  return entry("levenberg_marquardt", "damped Gauss-Newton, (J'J + lambda diag(J'J)) d = -J'r",
               "Marquardt 1963; Nocedal & Wright 2006, section 10.3; Moré 1978", DampedMethod::marquardt);
}

LevenbergMarquardt::LevenbergMarquardt(const Options& options, DampedMethod method)
    : GuardedGaussNewton(parts(options, method)), options_(options), method_(method) {}

std::vector<std::string> LevenbergMarquardt::property_names() const {
  if (options_.schedule == DampingSchedule::minpack) return {"damping", "accepted", "radius"};
  return {"damping", "accepted"};
}

void LevenbergMarquardt::properties(std::span<double> values) const {
  values[0] = rule().damping();
  values[1] = last_trial_was_accepted() ? 1 : 0;
  if (options_.schedule == DampingSchedule::minpack) values[2] = rule().radius();
}

}  // namespace optbed
