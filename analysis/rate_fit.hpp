// The measured convergence of a run: what the tail of its error curve says.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace optbed {

enum class ConvergenceKind {
  sublinear,
  linear,
  superlinear,
  quadratic,
  diverging,
  cycling,
  noise_floor,
  undecided
};

struct RateFit {
  ConvergenceKind kind = ConvergenceKind::undecided;
  std::optional<double> factor;  // linear, diverging: contraction an iteration
  // An interval that the factor lies in: what rounding and a transient that has not died out may add to it,
  // and where bootstrap samples were asked for at least their central 95 %.
  std::optional<double> low;
  std::optional<double> high;
  std::optional<double> order;  // superlinear, quadratic
  std::optional<double> power;  // sublinear: the error falls like k^-power
  long first = 0;               // the iterations that were used
  long last = 0;
  double floor = 0;                   // the level of round-off below which the errors say nothing
  std::optional<long> floor_reached;  // the first iteration at that level
  std::string reason;                 // where it is undecided: why, and what would help
};

struct RateFitSettings {
  double polynomial_slope = 0;  // divides the errors by (1 + slope k) first
  double period = 0;  // of an oscillation of the error, in iterations: nothing shorter than two is fitted
  // Blocks of the residuals of log e_k about the fitted line are drawn anew so many times (moving blocks,
  // Künsch 1989), always with the same random numbers. Blocks hold two periods and grow like the root of the
  // length.
  int bootstrap_samples = 0;
};

// errors: e_k >= 0 for k = 0, 1, …, in the distance to the minimiser, or any quantity proportional to it.
RateFit fit_rate(std::span<const double> errors, const RateFitSettings& settings = {});

std::string to_string(ConvergenceKind kind);

}  // namespace optbed
