#include "analysis/spectrum/sharpness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/spectrum/lanczos.hpp"
#include "problems/decompositions.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nesterov.hpp"

namespace optbed {
namespace {

// n up to which a decomposition costs less than products.
constexpr Index cheap_decomposition = 100;

std::optional<StabilityLimit> limit_of(const GradientDescent& solver, const Facts& facts) {
  const GradientDescentOptions& options = solver.options();
  const auto base = GradientDescent::base_step(options, facts);
  if (!base || options.step == StepRule::silver) return std::nullopt;
  return StabilityLimit{.threshold = 2, .first_step = *base * Schedule(options).factor()};
}

std::optional<StabilityLimit> limit_of(const Momentum& solver, const Facts& facts) {
  const MomentumOptions& options = solver.options();
  const auto parameters = Momentum::parameters(options, facts);
  if (!parameters) return std::nullopt;
  const bool is_average = options.form == MomentumForm::average;
  return StabilityLimit{.threshold = 2 * (1 + parameters->beta),
                        .first_step = parameters->alpha * Schedule(options).factor(),
                        .step_scale = is_average ? 1 - parameters->beta : 1};
}

// lambda eta = 2 (1 + beta)/(1 + 2 beta) makes -1 a root of z^2 - (1 + beta)(1 - eta lambda) z + beta (1 - eta
// lambda).
std::optional<StabilityLimit> limit_of(const Nesterov& solver, const Facts& facts) {
  const NesterovOptions& options = solver.options();
  const auto parameters = Nesterov::parameters(options, facts);
  if (!parameters || options.sequence == NesterovSequence::fista) return std::nullopt;
  const double beta = parameters->beta;
  return StabilityLimit{.threshold = 2 * (1 + beta) / (1 + 2 * beta),
                        .first_step = parameters->eta * Schedule(options).factor()};
}

template <class Method>
std::optional<StabilityLimit> limit_of_full_batches(const Solver& solver, const Facts& facts) {
  const auto* method = dynamic_cast<const Method*>(&solver);
  if (!method || method->options().batch_size) return std::nullopt;
  return limit_of(*method, facts);
}

struct Sharpness {
  double value = 0;
  double residual = 0;
  bool converged = true;
};

Sharpness by_decomposition(const HessianOperator& H) {
  const Matrix dense = H.dense();
  const auto all = dense.allFinite() ? symmetric_eigenvalues(dense) : std::nullopt;
  if (!all) return {.residual = std::numeric_limits<double>::infinity(), .converged = false};
  return {.value = (*all)[all->size() - 1]};
}

// Starts from the eigenvector of the iterate before, which it replaces. Lanczos' method measures residuals by
// the largest |theta|, which may be that of a negative eigenvalue: its tolerance falls until the residual is
// small beside the sharpness itself.
Sharpness by_products(const HessianOperator& H, const SharpnessSettings& settings, Vector& eigenvector) {
  constexpr long most_products = 5000;
  const double tolerance = std::max(settings.tolerance, 10 * H.relative_error());
  LanczosSettings lanczos{.tolerance = tolerance};
  lanczos.looks_for_copies = false;
  lanczos.seed = settings.seed;
  while (true) {
    lanczos.start = eigenvector;
    lanczos.max_products = most_products - H.products();
    const EigenpairEstimates pair = lanczos_eigenvalues(H.product(), H.dimension(), lanczos);
    if (!pair.is_finite) return {.residual = std::numeric_limits<double>::infinity(), .converged = false};
    eigenvector = pair.vectors.col(0);
    const Sharpness found{pair.values[0], pair.residuals[0],
                          pair.residuals[0] <= tolerance * std::abs(pair.values[0])};
    const double asked = lanczos.tolerance;
    lanczos.tolerance = tolerance * std::abs(found.value) / pair.largest;
    const bool can_be_met = lanczos.tolerance >= H.relative_error() && lanczos.tolerance < asked;
    if (found.converged || !can_be_met || H.products() >= most_products) return found;
  }
}

void add_evaluations(EvaluationCounts& sum, const EvaluationCounts& more) {
  sum.gradient += more.gradient;
  sum.hessian += more.hessian;
  sum.hessian_vector += more.hessian_vector;
}

std::optional<double> step_at(const Solver& solver, const StabilityLimit& limit, long iteration) {
  if (iteration == 0) return limit.first_step;
  std::vector<double> properties(solver.property_names().size());
  solver.properties(properties);
  return limit.step_scale * properties[0];  // learning_rate, of all that have a limit
}

}  // namespace

std::optional<StabilityLimit> stability_limit(const Solver& solver, const Facts& facts) {
  if (auto limit = limit_of_full_batches<GradientDescent>(solver, facts)) return limit;
  if (auto limit = limit_of_full_batches<Momentum>(solver, facts)) return limit;
  return limit_of_full_batches<Nesterov>(solver, facts);
}

SharpnessAlong sharpness_along(const Problem& problem, Solver& solver, MinimizeSettings settings,
                               const SharpnessSettings& sharpness) {
  SharpnessAlong along;
  along.limit = stability_limit(solver, problem.facts());
  Vector eigenvector;
  const Observer asked_first = settings.observer;
  settings.observer = [&](const Observation& at) {
    if (asked_first && asked_first(at)) return true;
    if (at.iteration % sharpness.every != 0) return false;
    const HessianOperator H(problem, at.x, sharpness.source);
    const Sharpness found =
        at.x.size() <= cheap_decomposition ? by_decomposition(H) : by_products(H, sharpness, eigenvector);
    add_evaluations(along.evaluations, H.evaluations());
    along.rows.push_back({at.iteration, problem.value(at.x), found.value, found.residual, found.converged,
                          along.limit ? step_at(solver, *along.limit, at.iteration) : std::nullopt});
    return false;
  };
  along.result = minimize(problem, solver, std::move(settings));
  return along;
}

}  // namespace optbed
