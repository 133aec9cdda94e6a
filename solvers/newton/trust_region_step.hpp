// One iteration of a trust-region method, whatever model it has (Nocedal & Wright 2006, algorithm 4.1).
#pragma once

#include <cmath>
#include <optional>

#include "solvers/rounding.hpp"
#include "solvers/solver.hpp"

namespace optbed {

// What a model promises of a trial step p.
struct TrustRegionStep {
  double length = 0;          // |p|, 2-norm
  double lambda = 0;          // of an exact solution: (H + lambda I) p = -g, lambda >= 0
  bool on_boundary = false;   // |p| = radius
  double predicted_fall = 0;  // m(0) - m(p) >= 0
};

// tau >= 0 with |z + tau p| = radius, for |z| <= radius and z'p >= 0.
inline double step_to_boundary(const Vector& z, const Vector& p, double radius) {
  const double pp = p.squaredNorm();
  const double zp = z.dot(p);
  const double length = z.norm();
  const double gap = (radius - length) * (radius + length);
  return gap / (zp + std::sqrt(zp * zp + pp * gap));
}

// propose(radius, p) writes p with |p| <= radius and returns std::optional<TrustRegionStep>; where it returns
// nothing, the iteration stops for the reason `no_step`. Each trial is one value evaluation, the accepted one a
// gradient more. On return `current` is the new iterate, `trial` the point before, and `radius` the next one.
// The bound on the radius that the algorithm has for the sake of its proof is left out: it would have to be in
// the units of x.
template <class Propose>
StepInfo trust_region_step(Oracle& f, Propose&& propose, StopReason no_step, double& radius, Vector& p,
                           Point& current, Point& trial) {
  constexpr int max_trials = 100;     // the radius falls to a fourth each time: 1e-60 of the first
  constexpr double acceptable = 0.1;  // eta, in [0, 1/4)
  const double rounding = rounding_of_value(current.value, current.x.size());
  double next_radius = radius;
  for (int i = 0; i < max_trials; ++i) {
    const std::optional<TrustRegionStep> model = propose(next_radius, p);
    if (!model) return stopped(no_step);
    if (model->length == 0) return moved(0);
    trial.x = current.x + p;
    const double fall = current.value - f.value(trial.x);
    // Near convergence the quotient of two roundings says nothing, and the model is right (Conn, Gould & Toint
    // 2000, section 17.4.2).
    const bool in_doubt = is_within_rounding(fall, model->predicted_fall, rounding);
    const double agreement = in_doubt ? 1 : fall / model->predicted_fall;  // rho_k (4.4)
    if (agreement > acceptable && f.evaluate(trial)) {
      // A fourth of the step rather than of the radius: where the step is inside, the radius had no part in it.
      if (agreement < 0.25) next_radius = model->length / 4;
      if (agreement > 0.75 && model->on_boundary) next_radius *= 2;
      swap(current, trial);
      radius = next_radius;
      return moved((current.x - trial.x).norm());  // 0 where p is below the rounding error of x
    }
    next_radius = model->length / 4;
  }
  return stopped(StopReason::line_search_failed);
}

}  // namespace optbed
