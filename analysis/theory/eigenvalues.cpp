#include "analysis/theory/eigenvalues.hpp"

#include <algorithm>

#include "analysis/spectrum/hessian_operator.hpp"
#include "problems/decompositions.hpp"

namespace optbed {
namespace {

bool has_second_derivatives(const Problem& problem) {
  return problem.has_hessian() || problem.has_hessian_vector();
}

// A Hessian by differences is wrong by eps^(2/3) = 4e-11, times what the third derivatives of g are beside H
// (Nocedal & Wright 2006, section 8.1). Random probes see that error only as far as it is spread over
// directions.
constexpr double least_difference_error = 1e-8;

struct HessianEstimate {
  Matrix H;
  double relative_error;  // of the largest eigenvalue
};

// Empty where there is none that is finite, or n is over largest_decomposition.
std::optional<HessianEstimate> hessian_at(const Problem& problem, const Vector& x, bool takes_differences) {
  const Index n = problem.dimension();
  const bool is_exact = has_second_derivatives(problem);
  const bool has_any = is_exact || (takes_differences && problem.has_gradient());
  if (n > largest_decomposition || !has_any || problem.facts().is_nonsmooth()) return std::nullopt;
  HessianEstimate estimate{Matrix(n, n), 10 * static_cast<double>(n) * 1e-16};  // a decomposition's rounding
  if (problem.has_hessian()) {
    problem.hessian(x, estimate.H);
  } else if (is_exact) {
    estimate.H = HessianOperator(problem, x, HessianSource::products).dense();
  } else {
    const HessianOperator differences(problem, x, HessianSource::gradient_differences);
    estimate.H = differences.dense();
    estimate.relative_error = std::max(10 * differences.relative_error(), least_difference_error);
  }
  if (!estimate.H.allFinite()) return std::nullopt;
  return estimate;
}

std::optional<Eigenvalues> positive_eigenvalues(const Problem& problem, const Vector& x,
                                                bool takes_differences = false) {
  const auto estimate = hessian_at(problem, x, takes_differences);
  const auto eigenvalues = estimate ? symmetric_eigenvalues(estimate->H) : std::nullopt;
  if (!eigenvalues) return std::nullopt;
  // An eigenvalue within the error may be zero or negative.
  const double uncertainty = estimate->relative_error * eigenvalues->cwiseAbs().maxCoeff();
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

std::vector<Index> groups_of_equal(const Vector& eigenvalues) {
  const double same = 1e-12 * eigenvalues.cwiseAbs().maxCoeff();
  std::vector<Index> first = {0};
  for (Index i = 1; i < eigenvalues.size(); ++i) {
    if (eigenvalues[i] - eigenvalues[i - 1] > same) first.push_back(i);
  }
  first.push_back(eigenvalues.size());
  return first;
}

std::optional<StartInEigenvectors> start_in_eigenvectors(const Setting& setting) {
  const Problem& problem = setting.problem;
  const auto& minimisers = problem.facts().minimisers;
  if (!problem.facts().is_quadratic() || minimisers.size() != 1) return std::nullopt;
  const auto estimate = hessian_at(problem, setting.x0, false);
  const auto decomposition = estimate ? symmetric_decomposition(estimate->H) : std::nullopt;
  if (!decomposition) return std::nullopt;
  return StartInEigenvectors{decomposition->values,
                             decomposition->vectors.transpose() * (setting.x0 - minimisers.front().value)};
}

Vector eigenvalues_in_start(const Setting& setting, const Vector& eigenvalues) {
  const auto start = start_in_eigenvectors(setting);
  if (!start) return eigenvalues;
  // A part in one of the eigenvectors that equal eigenvalues share is a part in all.
  const double absent = 1e-14 * start->parts.norm();
  std::vector<double> present;
  const std::vector<Index> first = groups_of_equal(eigenvalues);
  for (std::size_t group = 0; group + 1 < first.size(); ++group) {
    const Index count = first[group + 1] - first[group];
    if (!(start->parts.segment(first[group], count).norm() > absent)) continue;
    const auto begin = eigenvalues.begin() + first[group];
    present.insert(present.end(), begin, begin + count);
  }
  if (present.empty()) return eigenvalues;  // the start is the minimiser
  return Eigen::Map<const Vector>(present.data(), static_cast<Index>(present.size()));
}

}  // namespace optbed
