#include "analysis/mode_analysis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/theory/eigenvalues.hpp"
#include "problems/decompositions.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

const ModeOfEigenvalue* mode_of(const std::vector<Statement>& statements) {
  const auto found = std::find_if(statements.begin(), statements.end(),
                                  [](const Statement& s) { return static_cast<bool>(s.mode); });
  return found == statements.end() ? nullptr : &found->mode;
}

void hold_against_mode(ErrorPart& part, const Mode& mode) {
  part.predicted = mode.modulus();
  part.theory.reserve(part.size.size());
  for (std::size_t k = 0; k < part.size.size(); ++k) {
    part.theory.push_back(part.size[0] * std::abs(mode.error(static_cast<long>(k))));
  }
  part.measured = fit_rate(part.size, {.polynomial_slope = mode.slope(), .period = mode.period()});
}

}  // namespace

ModeAnalysis analyse_modes(const Problem& problem, const Vector& limit, const Trace& trace,
                           const std::vector<Statement>& statements) {
  const Index n = problem.dimension();
  if (!problem.has_hessian()) throw UsageError("the error has no eigenvectors: the problem has no Hessian");
  if (n > largest_decomposition) {
    throw UsageError(
        fmt::format("the eigenvectors of the Hessian are computed for up to {} variables, not for {}",
                    largest_decomposition, n));
  }
  ModeAnalysis analysis;
  analysis.limit = limit;
  Matrix H(n, n);
  problem.hessian(analysis.limit, H);
  const auto decomposition = symmetric_decomposition(H);
  if (!decomposition) throw UsageError("the eigenvalues of the Hessian did not converge");

  Matrix errors(n, static_cast<Index>(trace.rows()));  // in the eigenvectors, one column an iteration
  for (Index k = 0; k < errors.cols(); ++k) {
    errors.col(k).noalias() =
        decomposition->vectors.transpose() * (trace.iterate(static_cast<std::size_t>(k)) - analysis.limit);
  }
  const ModeOfEigenvalue* mode = mode_of(statements);
  const std::vector<Index> first = groups_of_equal(decomposition->values);
  for (std::size_t group = 0; group + 1 < first.size(); ++group) {
    const Index count = first[group + 1] - first[group];
    ErrorPart part{.eigenvalue = decomposition->values[first[group]]};
    for (Index k = 0; k < errors.cols(); ++k)
      part.size.push_back(errors.col(k).segment(first[group], count).norm());
    if (mode != nullptr) {
      hold_against_mode(part, (*mode)(part.eigenvalue));
    } else {
      part.measured = fit_rate(part.size);
    }
    analysis.parts.push_back(std::move(part));
  }
  return analysis;
}

ModeAnalysis analyse_modes(const Problem& problem, const MeasuredRun& run) {
  const auto& minimisers = problem.facts().minimisers;
  if (!run.limit && minimisers.size() != 1) {
    throw UsageError("the run came to no stationary point: there is nothing to take its error from");
  }
  return analyse_modes(problem, run.limit ? *run.limit : minimisers.front().value, run.result.trace,
                       run.statements);
}

}  // namespace optbed
