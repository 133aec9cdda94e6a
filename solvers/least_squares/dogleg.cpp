#include "solvers/least_squares/dogleg.hpp"

#include "solvers/least_squares/dogleg_path.hpp"

namespace optbed {
namespace {

GuardedGaussNewtonParts parts(const DoglegOptions& options) {
  return {.rule = std::make_unique<DoglegPath>(options.initial_radius),
          .scaling = options.scaling,
          .scales = options.scales,
          .linear_solver = options.linear_solver,
          .jacobian = options.jacobian};
}

}  // namespace

OptionTable<DoglegOptions> Dogleg::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("initial_radius", &O::initial_radius, positive(), "first radius of the trust region on |D d|")
      .choice("scaling", &O::scaling, scaling_choices(),
              "D: 1, the norms of the columns of J, or their greatest so far (Moré 1978)")
      .reals("scales", &O::scales, positive(), "D itself, a number for each parameter, instead of 'scaling'")
      .choice("linear_solver", &O::linear_solver, damped_solver_choices(), "of the Gauss-Newton step")
      .choice("jacobian", &O::jacobian, jacobian_choices(),
              "the problem's own, or differences of residuals with steps eps^(1/2) or eps^(1/3) times "
              "max(|x_j|, 1)")
      .rule([](const O& /*options*/, const std::set<std::string>& given) -> std::string {
        return given.count("scales") && given.count("scaling") ? "'scales' and 'scaling' exclude each other"
                                                               : "";
      });
  return table;
}

SolverEntry Dogleg::entry() {
  return registry_entry<Solver, Dogleg>(
      "dogleg",
      "Gauss-Newton within a trust region, along steepest descent and then towards the Gauss-Newton point",
      {{"needs",
        "residuals, and their Jacobian unless jacobian = forward or central, of full column rank unless "
        "linear_solver = svd"},
       {"cost",
        "1 residual evaluation a trial; 1 Jacobian (n or 2n residual evaluations by differences) and its "
        "factorisation more when it is accepted"},
       {"rate", "that of Gauss-Newton where the region ends up without a part"},
       {"trace", "one row a trial: radius (after it) and accepted (1 or 0)"},
       {"source", "Powell 1970; Madsen, Nielsen & Tingleff 2004, section 3.3"}});
}

Dogleg::Dogleg(const Options& options) : GuardedGaussNewton(parts(options)), options_(options) {}

void Dogleg::properties(std::span<double> values) const {
  values[0] = rule().radius();
  values[1] = last_trial_was_accepted() ? 1 : 0;
}

}  // namespace optbed
