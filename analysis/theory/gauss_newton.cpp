// Claims on Gauss-Newton, Levenberg-Marquardt and dogleg close to a minimiser with a Jacobian of full rank.
// There e_{k+1} = -(J'J)^-1 S e_k + O(|e_k|^2) with S = sum r_i H(r_i) (Nocedal & Wright 2006, (10.30)).
#include <fmt/format.h>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "problems/decompositions.hpp"
#include "solvers/least_squares/dogleg.hpp"
#include "solvers/least_squares/gauss_newton.hpp"
#include "solvers/least_squares/levenberg_marquardt.hpp"

namespace optbed {
namespace {

// Residuals and factors below this part of their scale are zeros that were rounded.
constexpr double vanishing = 1e-12;

struct LocalModel {
  bool zero_residual = false;
  std::optional<double> factor;    // rho((J'J)^-1 S)
  std::optional<double> greatest;  // the greatest eigenvalue of (J'J)^-1 S, with its sign
  Matrix JtJ;
};

// At the limit point. H = 2 scale (J'J + S), so that S comes from the problem's own Hessian.
std::optional<LocalModel> local_model(const Setting& setting) {
  const Problem& problem = setting.problem;
  const auto* least_squares = dynamic_cast<const LeastSquaresProblem*>(&problem);
  const std::optional<Vector> limit = limit_point(setting);
  if (!least_squares || !limit) return std::nullopt;
  const Index n = problem.dimension();
  if (n > largest_decomposition) return std::nullopt;
  const Vector& x = *limit;
  Matrix J(least_squares->residual_count(), n);
  least_squares->jacobian(x, J);
  const Matrix JtJ = J.transpose() * J;
  // Rank-deficient to working precision: J'J tells nothing of the step.
  const std::optional<Vector> gram = symmetric_eigenvalues(JtJ);
  if (!gram || !((*gram)[0] > 1e-14 * (*gram)[n - 1])) return std::nullopt;

  LocalModel model;
  model.JtJ = JtJ;
  Vector r(least_squares->residual_count());
  least_squares->residuals(x, r);
  Vector r_start(r.size());
  least_squares->residuals(setting.x0, r_start);
  model.zero_residual = r.norm() <= vanishing * r_start.norm();
  if (model.zero_residual || !problem.has_hessian()) return model;
  Matrix S(n, n);
  problem.hessian(x, S);
  S = S / (2 * least_squares->scale()) - JtJ;
  if (const auto pencil = generalized_symmetric_eigenvalues(S, JtJ)) {
    model.factor = pencil->cwiseAbs().maxCoeff();
    model.greatest = pencil->maxCoeff();
  }
  return model;
}

Statement local_statement(const std::string& method) {
  Statement s;
  s.method = method;
  s.conditions = "close to the minimiser, J of full rank there";
  s.source = "Nocedal & Wright 2006, section 10.3, (10.30)";
  s.scope = Scope::local;
  return s;
}

Statement order_statement(Statement s, double order, const std::string& word) {
  s.conditions += ", sum r_i H(r_i) = 0 at x*";
  s.text = word + " close to x*, where the residuals, or their curvatures, vanish";
  s.order = order;
  return s;
}

std::vector<Statement> factor_statement(Statement s, double factor) {
  if (factor >= 1) return {};  // x* repels the iteration
  s.strength = Strength::equality;
  s.factor = factor;
  s.text = fmt::format(
      "|x_k - x*| contracts by rho((J'J)^-1 sum r_i H(r_i)) = {:.10g} an iteration close to x*", factor);
  return {s};
}

// Twice the gradient makes another iteration: x - 2 (J'J)^-1 J'r.
bool takes_the_gradient_once(long gradient_factor) { return gradient_factor == 1; }

// The error of differences decides the rate close to x*, and where the iteration comes to rest.
bool takes_the_jacobian_itself(JacobianSource source) { return source == JacobianSource::analytic; }

bool curvature_vanishes(const LocalModel& model) {
  return model.zero_residual || (model.factor && *model.factor <= vanishing);
}

}  // namespace

std::vector<Statement> gauss_newton_theory(const GaussNewton& solver, const Setting& setting) {
  const auto& options = solver.options();
  if (!takes_the_gradient_once(options.gradient_factor) || !takes_the_jacobian_itself(options.jacobian))
    return {};
  const auto model = local_model(setting);
  if (!model) return {};
  Statement s = local_statement("Gauss-Newton");
  if (setting.problem.facts().is_quadratic() && curvature_vanishes(*model)) {
    s.text = "x_1 = x*: the model of linear residuals is exact";
    s.conditions = "linear residuals, J of full rank";
    s.scope = Scope::problem_class;
    s.strength = Strength::equality;
    s.terminates_within = 1;
    return {s};
  }
  if (curvature_vanishes(*model)) return {order_statement(s, 2, "quadratic")};
  return model->factor ? factor_statement(s, *model->factor) : std::vector<Statement>{};
}

namespace {

// On linear residuals a step with lambda contracts by I - (J'J + lambda D^2)^-1 J'J, and F falls whatever
// lambda is, so that nothing is rejected: lambda -> 0 is Gauss-Newton's one step, lambda -> infinity gradient
// descent with the step 1/lambda.
std::vector<Statement> constant_damping(const LevenbergMarquardt& solver, const LocalModel& model) {
  const auto& options = solver.options();
  const Scaling scaling = options.scaling_of(solver.method());
  const bool identity = options.scales.empty() && scaling == Scaling::none;
  const Index n = model.JtJ.rows();
  Matrix D_squared = Matrix::Identity(n, n);
  if (!options.scales.empty()) {
    for (Index j = 0; j < n; ++j) D_squared(j, j) = options.scales[static_cast<std::size_t>(j)];
    D_squared = D_squared.cwiseAbs2();
  } else if (!identity) {
    D_squared = model.JtJ.diagonal().asDiagonal();
  }
  const auto pencil = generalized_symmetric_eigenvalues(model.JtJ, D_squared);
  if (!pencil) return {};
  const double lambda = options.damping;
  const double least = pencil->minCoeff();
  Statement s;
  s.method = "Levenberg-Marquardt, constant damping";
  s.conditions = "linear residuals, J of full rank, schedule=factor with decrease=1";
  s.source = "I - (J'J + lambda D^2)^-1 J'J, whose limits are Gauss-Newton and gradient descent";
  s.strength = Strength::equality;
  s.factor = lambda / (lambda + least);
  s.text = fmt::format(
      "|D (x_k - x*)| contracts by lambda/(lambda + s) = {:.10g}, s the least eigenvalue of "
      "D^-1 J'J D^-1",
      *s.factor);
  return {s};
}

// A trust region keeps its size from a gain of 1/4 on. Along an eigenvector of (J'J)^-1 S with eigenvalue s the
// gain of a Gauss-Newton step tends to 1 - s, so that below s = 3/4 the region ends up without a part.
constexpr double least_gain = 0.25;

std::vector<Statement> trust_region_statement(Statement s, const LocalModel& model) {
  s.conditions += ", inside of the trust region";
  if (curvature_vanishes(model)) return {order_statement(s, 2, "quadratic")};
  if (!model.factor || !(1 - *model.greatest > least_gain)) return {};
  return factor_statement(s, *model.factor);
}

}  // namespace

// Close to x* every trial is accepted. Division by `decrease` takes the damping to 0, and the limit is
// Gauss-Newton's. Nielsen's rule does so only where the model becomes exact: at a gain ratio of 1/2 the damping
// stays.
std::vector<Statement> levenberg_marquardt_theory(const LevenbergMarquardt& solver, const Setting& setting) {
  const auto& options = solver.options();
  if (!takes_the_gradient_once(options.gradient_factor) || !takes_the_jacobian_itself(options.jacobian))
    return {};
  const auto model = local_model(setting);
  if (!model) return {};
  Statement s = local_statement("Levenberg-Marquardt");
  if (options.schedule == DampingSchedule::minpack) return trust_region_statement(s, *model);
  if (options.schedule == DampingSchedule::factor && options.decrease == 1) {
    const bool linear = setting.problem.facts().is_quadratic() && curvature_vanishes(*model);
    const bool plain = options.acceleration == Acceleration::none;
    return linear && plain ? constant_damping(solver, *model) : std::vector<Statement>{};
  }
  s.conditions += ", damping -> 0";
  if (curvature_vanishes(*model)) return {order_statement(s, 1, "superlinear")};
  // A correction of the second order in e changes a factor that the curvature of the residuals makes.
  if (!model->factor || options.schedule != DampingSchedule::factor) return {};
  if (options.acceleration != Acceleration::none) return {};
  return factor_statement(s, *model->factor);
}

std::vector<Statement> dogleg_theory(const Dogleg& solver, const Setting& setting) {
  if (!takes_the_jacobian_itself(solver.options().jacobian)) return {};
  const auto model = local_model(setting);
  if (!model) return {};
  return trust_region_statement(local_statement("dogleg"), *model);
}

}  // namespace optbed
