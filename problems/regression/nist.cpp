#include "problems/regression/nist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "problems/data/built_in_data.hpp"
#include "problems/decompositions.hpp"

namespace optbed {
namespace {

// Newton's method from a point that is a minimiser but for rounding its components. The variables are scaled to
// equal curvature, as their sizes may differ by a factor of 10^12. Ends where a step no longer lessens the
// scaled gradient.
Vector polished_minimiser(const Problem& f, Vector x) {
  constexpr int most_steps = 10;
  const Index n = x.size();
  Matrix H(n, n);
  f.hessian(x, H);
  if (!(H.diagonal().minCoeff() > 0)) return x;
  const Vector scale = H.diagonal().cwiseSqrt().cwiseInverse();
  Vector g(n), g_next(n);
  f.gradient(x, g);
  for (int k = 0; k < most_steps; ++k) {
    f.hessian(x, H);
    const auto step =
        solve_positive_definite(scale.asDiagonal() * H * scale.asDiagonal(), scale.cwiseProduct(g));
    if (!step) break;
    const Vector next = x - scale.cwiseProduct(*step);
    f.gradient(next, g_next);
    if (!(scale.cwiseProduct(g_next).norm() < scale.cwiseProduct(g).norm())) break;
    x = next;
    g = g_next;
  }
  return x;
}

Vector image(const SignedPermutation& permutation, const Vector& b) {
  Vector permuted(b.size());
  for (Index i = 0; i < b.size(); ++i) {
    const int k = permutation[static_cast<std::size_t>(i)];
    permuted[i] = k > 0 ? b[k - 1] : -b[-k - 1];
  }
  return permuted;
}

// b and every point that the permutations and their products make of it.
std::vector<Vector> orbit(const std::vector<SignedPermutation>& permutations, const Vector& b) {
  std::vector<Vector> points = {b};
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (const SignedPermutation& permutation : permutations) {
      const Vector point = image(permutation, points[i]);
      if (std::find(points.begin(), points.end(), point) == points.end()) points.push_back(point);
    }
  }
  return points;
}

Vector start_of(const StrdData& data, const NistOptions& options) {
  if (data.starts.empty()) return Vector::Zero(data.parameters.size());
  return data.starts[static_cast<std::size_t>(options.start - 1)];
}

std::string lower_case(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

std::string source_of(const NistModel& model) { return "NIST StRD, " + model.name; }

}  // namespace

NistRegression::NistRegression(const NistModel& model, const NistOptions& options)
    : NistRegression(model, read_strd(model.name, built_in_data("nist/" + model.name + ".dat")), options) {}

NistRegression::NistRegression(const NistModel& model, StrdData certified, const NistOptions& options)
    : CurveRegression(model.model,
                      {certified.x, model.response_is_log_y ? Vector(certified.y.array().log()) : certified.y},
                      {.start = start_of(certified, options)}),
      certified_(std::move(certified)) {
  facts_.bounded_below = {true, "a sum of squares"};
  facts_.residual_standard_deviation = {certified_.residual_standard_deviation,
                                        source_of(model) + ", certified"};
  facts_.parameter_standard_deviations = {certified_.standard_deviations, source_of(model) + ", certified"};
  if (certified_.starts.empty()) {
    state_facts_of_linear(model);
  } else {
    state_facts_of_nonlinear(model);
  }
}

void NistRegression::state_facts_of_nonlinear(const NistModel& model) {
  const Vector& b = certified_.parameters;
  const Vector polished = polished_minimiser(*this, b);
  facts_.minimum = {value(polished), fmt::format("{}, certified {:.10E}; further digits by Newton's method",
                                                 source_of(model), certified_.residual_sum_of_squares)};
  for (const Vector& minimiser : orbit(model.symmetries, polished)) {
    const std::string of_which = minimiser == polished ? "" : ", by a symmetry of the model";
    const std::string aliases = model.aliases.empty() ? "" : "; " + model.aliases;
    facts_.minimisers.push_back(
        {minimiser, fmt::format("{}, certified to 11 digits{}; further digits by Newton's method{}",
                                source_of(model), of_which, aliases)});
  }
  facts_.function_class = {FunctionClass::locally_smooth,
                           "smooth where it is finite; no bound holds for its curvature everywhere"};
  Matrix H(b.size(), b.size());
  for (std::size_t k = 0; k < certified_.starts.size(); ++k) {
    hessian(certified_.starts[k], H);
    const auto eigenvalues = symmetric_eigenvalues(H);
    constexpr double rounding = 1e-12;
    if (!eigenvalues || !((*eigenvalues)[0] < -rounding * eigenvalues->cwiseAbs().maxCoeff())) continue;
    facts_.convexity = {Convexity::nonconvex,
                        fmt::format("computed: at NIST's start {} the Hessian has the eigenvalue {:.3g}", k + 1,
                                    (*eigenvalues)[0])};
    return;
  }
}

void NistRegression::state_facts_of_linear(const NistModel& model) {
  state_curvature_of_linear_model();
  facts_.minimum = {certified_.residual_sum_of_squares, source_of(model) + ", certified"};
  facts_.minimisers.push_back({certified_.parameters, source_of(model) + ", certified to 15 digits"});
}

std::vector<ProblemEntry> nist_entries() {
  std::vector<ProblemEntry> entries;
  const auto add = [&](const NistModel& model, const std::string& kind, const std::string& start,
                       const OptionTable<NistOptions>& table) {
    const std::string name = "nist_" + lower_case(model.name);
    const std::string response = model.response_is_log_y ? "log(y)" : "y";
    entries.push_back({name,
                       fmt::format("{} regression: {} = {}", kind, response, model.formula),
                       {{"start", start},
                        {"facts",
                         "residual sum of squares, parameters, their standard deviations and that of the "
                         "residuals, all certified by NIST"},
                        {"source", fmt::format("NIST StRD, {} ({}); {} level of difficulty", model.name,
                                               model.reference, model.level)}},
                       table.descriptions(),
                       [name, model, table](const KeyValues& values) {
                         return std::make_unique<NistRegression>(model, table.parse(name, values));
                       }});
  };
  const auto nonlinear = OptionTable<NistOptions>().integer("start", &NistOptions::start, between(1, 2),
                                                            "which of NIST's starts; the second one is nearer");
  for (const NistModel& model : nist_nonlinear_models())
    add(model, "nonlinear", "NIST's first, or the second", nonlinear);
  for (const NistModel& model : nist_linear_models()) add(model, "linear", "0", {});
  return entries;
}

}  // namespace optbed
