#include "analysis/theory/eigenvalues.hpp"

#include <algorithm>

#include "analysis/spectrum/hessian_operator.hpp"
#include "problems/decompositions.hpp"

namespace optbed {
namespace {

bool has_second_derivatives(const Problem& problem) {
  return problem.has_hessian() || problem.has_hessian_vector();
}

std::optional<Eigenvalues> positive_eigenvalues(const Problem& problem, const Vector& x,
                                                bool takes_differences = false) {
  const Index n = problem.dimension();
  const bool has_any = has_second_derivatives(problem) || (takes_differences && problem.has_gradient());
  if (n > largest_decomposition || !has_any || problem.facts().is_nonsmooth()) return std::nullopt;
  Matrix H(n, n);
  if (problem.has_hessian()) {
    problem.hessian(x, H);
  } else {
    const bool differences = !has_second_derivatives(problem);
    H = HessianOperator(problem, x, differences ? HessianSource::gradient_differences : HessianSource::products)
            .dense();
  }
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

std::optional<Vector> limit_point(const Setting& setting) {
  if (setting.limit) return setting.limit;
  const auto& minimisers = setting.problem.facts().minimisers;
  if (minimisers.size() != 1) return std::nullopt;
  return minimisers.front().value;
}

std::optional<Eigenvalues> eigenvalues_at_limit(const Setting& setting) {
  const std::optional<Vector> limit = limit_point(setting);
  if (!limit || setting.problem.facts().is_quadratic()) return std::nullopt;
  return positive_eigenvalues(setting.problem, *limit, setting.takes_differences);
}

bool has_nondegenerate_limit(const Setting& setting) {
  if (setting.limit)
    return positive_eigenvalues(setting.problem, *setting.limit, setting.takes_differences).has_value();
  const auto& minimisers = setting.problem.facts().minimisers;
  return !minimisers.empty() && std::all_of(minimisers.begin(), minimisers.end(), [&](const Fact<Vector>& x) {
    return positive_eigenvalues(setting.problem, x.value).has_value();
  });
}

Vector eigenvalues_in_start(const Setting& setting, const Vector& eigenvalues) {
  const auto& minimisers = setting.problem.facts().minimisers;
  const Index n = setting.problem.dimension();
  if (minimisers.size() != 1 || !setting.problem.has_hessian()) return eigenvalues;
  Matrix H(n, n);
  setting.problem.hessian(setting.x0, H);
  const auto decomposition = symmetric_decomposition(H);
  if (!decomposition) return eigenvalues;
  const Vector error = setting.x0 - minimisers.front().value;
  const Vector parts = decomposition->vectors.transpose() * error;
  // Equal eigenvalues, to rounding, share their eigenvectors: a part in one of them is a part in all.
  std::vector<double> present;
  const double same = 1e-12 * eigenvalues[n - 1];
  const double absent = 1e-14 * error.norm();
  for (Index i = 0; i < n; ++i) {
    Index last = i;
    while (last + 1 < n && eigenvalues[last + 1] - eigenvalues[last] <= same) ++last;
    const bool is_present = parts.segment(i, last - i + 1).norm() > absent;
    for (; is_present && i < last; ++i) present.push_back(eigenvalues[i]);
    if (is_present) present.push_back(eigenvalues[last]);
    i = last;
  }
  if (present.empty()) return eigenvalues;  // the start is the minimiser
  return Eigen::Map<const Vector>(present.data(), static_cast<Index>(present.size()));
}

}  // namespace optbed
