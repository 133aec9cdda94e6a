#include "analysis/theory/eigenvalues.hpp"

#include <algorithm>

#include "problems/decompositions.hpp"

namespace optbed {
namespace {

std::optional<Eigenvalues> positive_eigenvalues(const Problem& problem, const Vector& x) {
  const Index n = problem.dimension();
  if (n > largest_decomposition || !problem.has_hessian()) return std::nullopt;
  Matrix H(n, n);
  problem.hessian(x, H);
  if (!H.allFinite()) return std::nullopt;
  const std::optional<Vector> eigenvalues = symmetric_eigenvalues(H);
  if (!eigenvalues) return std::nullopt;
  // An eigenvalue within the rounding error of the decomposition may be zero or negative.
  const double uncertainty = 10 * static_cast<double>(n) * 1e-16 * eigenvalues->cwiseAbs().maxCoeff();
  if ((*eigenvalues)[0] <= uncertainty) return std::nullopt;
  return Eigenvalues{*eigenvalues, true};
}

}  // namespace

std::optional<Eigenvalues> eigenvalues_of_quadratic(const Problem& problem) {
  const Facts& facts = problem.facts();
  if (!facts.is_quadratic()) return std::nullopt;
  const bool ends_known = facts.strong_convexity && facts.lipschitz;
  if (auto eigenvalues = positive_eigenvalues(problem, Vector::Zero(problem.dimension()))) {
    // The facts hold the ends without the rounding of a decomposition.
    Vector& values = eigenvalues->values;
    if (ends_known && values.size() > 1) {
      values[0] = facts.strong_convexity->value;
      values[values.size() - 1] = facts.lipschitz->value;
    }
    return eigenvalues;
  }
  if (!ends_known) return std::nullopt;
  return Eigenvalues{Eigen::Vector2d(facts.strong_convexity->value, facts.lipschitz->value), false};
}

std::optional<Eigenvalues> eigenvalues_at_minimiser(const Problem& problem) {
  const Facts& facts = problem.facts();
  if (facts.is_quadratic() || facts.minimisers.size() != 1) return std::nullopt;
  return positive_eigenvalues(problem, facts.minimisers.front().value);
}

bool has_nondegenerate_minimisers(const Problem& problem) {
  const auto& minimisers = problem.facts().minimisers;
  return !minimisers.empty() && std::all_of(minimisers.begin(), minimisers.end(), [&](const Fact<Vector>& x) {
    return positive_eigenvalues(problem, x.value).has_value();
  });
}

}  // namespace optbed
