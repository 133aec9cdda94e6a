// Measurement held against theory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/rate_fit.hpp"
#include "analysis/theory/theory.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

// agrees: the factor equals the predicted one within its uncertainty, or the run stays within the bound.
// faster_than_bound: faster than an equality or a lower bound allows: a bug, wrong facts, or a start without
// the slowest mode. slower: beyond an upper bound. undecided: no theory applies, or the run is too short.
enum class Verdict { agrees, faster_than_bound, slower, undecided };

// What is measured of a run: the distance to the nearest minimiser, the root of the gap, which falls like the
// distance, or the gradient's largest component, which does so close to a minimiser with a definite Hessian.
enum class ErrorMeasure { distance, root_gap, gradient_norm };

struct ComparisonSettings {
  // The first of the three that the trace has a column for, unless another is asked for. The gradient_norm says
  // that the run tends to another point than the known minimisers: their columns count for nothing then.
  std::optional<ErrorMeasure> measure = {};
  int bootstrap_samples = 0;  // as in RateFitSettings
};

struct Comparison {
  RateFit measured;
  ErrorMeasure measure = ErrorMeasure::distance;
  std::optional<Statement> theory;  // the sharpest applicable statement that the run can be held against
  Verdict verdict = Verdict::undecided;
  bool breaks_bound = false;  // a proven bound, at one iteration at least: a bug, or wrong facts
  std::string reason;         // one line: what was compared with what, or why nothing could be

  std::optional<long> ended_after;  // at the minimiser to round-off, where theory predicts that the run ends
  std::optional<double> part_of_bound;  // the largest error over its bound, where the run was held against one
};

// The trace needs every iteration, with the column `distance`, `gap` or `gradient_norm`; else, and of an empty
// one, the verdict is undecided.
Comparison compare_with_theory(const Trace& trace, const std::vector<Statement>& statements,
                               const ComparisonSettings& settings = {});

// For a person: "linear 0.98020", "ends after 10", "0.99998 of the bound"; and "0.98020", "order 2.00", "none
// applies".
std::string measured_text(const Comparison& comparison);
std::string theory_text(const Comparison& comparison);

// One line of both: "measured linear 0.98020, theory 0.98020: agrees".
std::string summary(const Comparison& comparison);

std::string to_string(Verdict verdict);
std::string to_string(ErrorMeasure measure);

}  // namespace optbed
