// A run that is made to be measured, beside what theory says of it.
#pragma once

#include "analysis/theory/theory.hpp"
#include "analysis/verdict.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

struct MeasuredRun {
  Result result;                // with every iteration in its trace
  std::optional<Vector> limit;  // the stationary point that it tends to, where one is known or was reached
  bool limit_is_known = false;  // it is one of the problem's facts
  std::vector<Statement> statements;
  Comparison comparison;
  PredictedFactors predicted;
};

struct MeasureSettings {
  int bootstrap_samples = 1000;
  bool takes_differences = false;  // as in Setting
};

// Minimises and compares. The trace has every iteration, and the iterates if settings.trace asks for them.
//
// The limit is the first x* of the known minimisers, local minima and saddles, in this order, with |x - x*| <=
// 1e-3 |x_0 - x*| for the last iterate x; else x itself, where the gradient has fallen to a millionth of its
// first value; else none.
MeasuredRun measure_run(const Problem& problem, Solver& solver, MinimizeSettings settings,
                        const MeasureSettings& measure = {});

}  // namespace optbed
