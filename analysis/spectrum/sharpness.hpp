// The sharpness lambda_max(H(x_k)) along a run, beside the step at which gradient descent and its relatives
// become unstable: the edge of stability (Cohen, Kaur, Li, Kolter & Talwalkar 2021).
#pragma once

#include <optional>
#include <vector>

#include "analysis/spectrum/hessian_operator.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

// Along an eigenvector of a quadratic with eigenvalue lambda > 0 the method with this step converges exactly
// where step * lambda < threshold.
struct StabilityLimit {
  double threshold;                  // 2; of momentum 2 (1 + beta); of Nesterov's 2 (1 + beta)/(1 + 2 beta)
  std::optional<double> first_step;  // on the first iteration
  double step_scale = 1;             // what the solver's property `learning_rate` is multiplied by
};

// Of gradient descent with a step that is given beforehand, momentum and Nesterov's method with a constant
// momentum, each on all samples. Empty for other methods, whose steps do not wait for an instability.
std::optional<StabilityLimit> stability_limit(const Solver& solver, const Facts& facts);

struct SharpnessRow {
  long iteration;
  double value;                // f(x_k)
  double sharpness;            // the greatest eigenvalue of H(x_k)
  double residual;             // |Hv - lambda v|; 0 for a full decomposition
  bool converged;              // false: the sharpness is not known to the tolerance
  std::optional<double> step;  // of the iteration that led to x_k, and of the first one at k = 0
};

struct SharpnessSettings {
  long every = 1;
  double tolerance =
      1e-6;  // of |Hv - lambda v|, relative to |lambda|; 10 relative errors of H where that is more
  HessianSource source = HessianSource::automatic;
  std::uint64_t seed = 0;
};

struct SharpnessAlong {
  std::vector<SharpnessRow> rows;
  std::optional<StabilityLimit> limit;
  EvaluationCounts evaluations;  // of the Hessians, not of the run
  Result result;
};

// Runs `solver`; settings.observer, where there is one, is asked first.
SharpnessAlong sharpness_along(const Problem& problem, Solver& solver, MinimizeSettings settings,
                               const SharpnessSettings& sharpness);

}  // namespace optbed
