// The error of a run in the eigenvectors of the Hessian: how each of its parts contracts, and what theory says.
#pragma once

#include <optional>
#include <vector>

#include "analysis/measured_run.hpp"

namespace optbed {

// Along the eigenvectors of one eigenvalue; equal eigenvalues, to rounding, make one part.
struct ErrorPart {
  double eigenvalue = 0;
  std::vector<double> size = {};  // |part of x_k - x*| for k = 0, 1, …
  RateFit measured = {};          // of the size
  std::optional<double> predicted =
      {};  // the modulus |1 - eta lambda|, or of the larger root of the recurrence
  std::vector<double> theory =
      {};  // what the recurrence makes of size[0] for each k; empty where none is known
};

struct ModeAnalysis {
  Vector limit;                  // (n), whose Hessian this is about
  std::vector<ErrorPart> parts;  // by ascending eigenvalue
};

// Of a run with every iterate in its trace, beside the modes of the method that a statement has. Throws
// UsageError where the problem has no Hessian or too many variables for its decomposition.
ModeAnalysis analyse_modes(const Problem& problem, const Vector& limit, const Trace& trace,
                           const std::vector<Statement>& statements);

// The same from what was measured; without a limit about the only minimiser. Throws UsageError too where it is
// not known what the run tends to.
ModeAnalysis analyse_modes(const Problem& problem, const MeasuredRun& run);

}  // namespace optbed
