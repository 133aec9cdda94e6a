#include "problems/verification/declared_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problems/decompositions.hpp"
#include "problems/verification/evaluations.hpp"
#include "problems/verification/smooth_part.hpp"

namespace optbed::verification {
namespace {

bool is_declared_convex(const Facts& facts) {
  return facts.convexity && facts.convexity->value != Convexity::nonconvex;
}

// What a problem's residual of optimality and its value add up, beside which they are known to n roundings: mu,
// L or |K|^2 times x, and the gradient and the multipliers where there are constraints.
double size_of_optimality_terms(const Problem& problem, const Vector& x) {
  double size = 1 + (problem.facts().lipschitz ? problem.facts().lipschitz->value : 0);
  if (const auto* composite = dynamic_cast<const CompositeProblem*>(&problem)) {
    size += composite->map_norm() * composite->map_norm();
  } else {
    if (problem.has_gradient()) size += gradient_at(problem, x).norm();
    size += hessian_size(problem, x);
  }
  return size * (1 + x.squaredNorm());
}

// Where there are kinks or constraints.
void verify_optimality(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  Vector scratch(problem.dimension());
  for (const Fact<Vector>& minimiser : facts.minimisers) {
    const Vector& x = minimiser.value;
    findings.look_at(x);
    const double tolerance = roundings(problem) * size_of_optimality_terms(problem, x);
    const Optimality at = problem.optimality(x, scratch);
    findings.at_most("residual of optimality at minimisers", at.residual, tolerance);
    findings.at_most("constraints at minimisers", problem.infeasibility(x), tolerance);
    if (facts.minimum) findings.near("minimum", at.value, facts.minimum->value, tolerance);
    findings.near("value of the optimality", at.value, problem.value(x), tolerance);
  }
  for (const Probe& at : probes(problem)) {
    findings.look_at(at.x);
    const Optimality elsewhere = problem.optimality(at.x, scratch);
    findings.require("residual of optimality elsewhere", elsewhere.residual > 1e-6,
                     "it calls anything optimal");
    findings.at_least("residual of optimality elsewhere", elsewhere.residual, problem.infeasibility(at.x));
    if (facts.minimum && !problem.is_constrained()) {
      findings.at_least("no smaller value seen", elsewhere.value, facts.minimum->value);
    }
  }
}

// A stationary point is known to the rounding of its n components and of the sums that make the gradient: a few
// n eps |H| |x|, which the value feels as a few n eps |H| |x|^2.
double roundings_of_curvature(const Problem& problem, const Vector& x) {
  return roundings(problem) * hessian_size(problem, x);
}

double roundings_of_value(const Problem& problem, const Vector& x) {
  return roundings_of_curvature(problem, x) * (1 + x.squaredNorm()) + 10 * epsilon * std::abs(problem.value(x));
}

void verify_stationary(const Problem& problem, const Vector& x, double value, const std::string& what,
                       Findings& findings) {
  findings.look_at(x);
  findings.at_most("gradient at " + what, gradient_at(problem, x).norm(),
                   roundings_of_curvature(problem, x) * (1 + x.norm()));
  findings.near("value at " + what, problem.value(x), value, roundings_of_value(problem, x));
}

// Ascending; empty where the Hessian is too large, and where the decomposition does not converge, which is a
// finding.
Vector eigenvalues_at(const Problem& problem, const Vector& x, Findings& findings) {
  if (!has_dense_hessian(problem)) return {};
  const std::optional<Vector> eigenvalues = symmetric_eigenvalues(hessian_at(problem, x));
  findings.require("eigenvalues converge", eigenvalues.has_value(), "they did not");
  return eigenvalues.value_or(Vector());
}

void verify_no_negative_curvature(const Problem& problem, const Vector& x, const std::string& what,
                                  Findings& findings) {
  const Vector eigenvalues = eigenvalues_at(problem, x, findings);
  if (eigenvalues.size() == 0) return;
  findings.at_least("least eigenvalue at " + what, eigenvalues[0], -roundings_of_curvature(problem, x));
}

// An eigenvector of the least eigenvalue of H, by inverse iteration.
Vector direction_of_least_curvature(const Matrix& H, double least_eigenvalue) {
  const Index n = H.rows();
  const Matrix shifted = H - (least_eigenvalue - 1e-8 * H.norm()) * Matrix::Identity(n, n);
  Vector v = Vector::LinSpaced(n, 1, 2);
  for (int k = 0; k < 5; ++k) v = solve(shifted, v).normalized();
  return v;
}

// The least value of f at x + t d for these t and -t, and for d along v and the axes.
double least_value_around(const Problem& problem, const Vector& x, const Vector& v,
                          std::initializer_list<double> lengths) {
  double least = problem.value(x);
  for (const double length : lengths) {
    for (const double t : {-length, length}) {
      least = std::min(least, problem.value(x + t * v));
      for (Index i = 0; i < x.size(); ++i) {
        least = std::min(least, problem.value(x + t * Vector::Unit(x.size(), i)));
      }
    }
  }
  return least;
}

// mu <= lambda <= L for the eigenvalues, or Rayleigh quotients, between `least` and `greatest`; equalities
// where they are the eigenvalues of a constant Hessian.
void verify_bracket(const Problem& problem, double least, double greatest, double rounding, bool is_exact,
                    Findings& findings) {
  const Facts& facts = problem.facts();
  const double magnitude = std::max(std::abs(least), std::abs(greatest));
  if (facts.strong_convexity) {
    findings.at_least("mu bounds the eigenvalues", least, facts.strong_convexity->value - rounding);
  }
  if (facts.lipschitz) {
    findings.at_most("L bounds the eigenvalues", magnitude, facts.lipschitz->value + rounding);
  }
  if (is_declared_convex(facts)) findings.at_least("convex", least, -rounding);
  if (!is_exact || !facts.is_quadratic()) return;
  if (facts.lipschitz) findings.near("L of a quadratic", magnitude, facts.lipschitz->value, rounding);
  if (facts.strong_convexity) {
    findings.near("mu of a quadratic", least, facts.strong_convexity->value, rounding);
    const double condition = greatest / least;
    if (const auto kappa = facts.condition_number()) {
      findings.near("kappa of a quadratic", condition, *kappa, rounding / least * condition);
    }
  } else if (is_declared_convex(facts) && !problem.is_constrained()) {
    findings.at_most("not strongly convex", least, rounding);
  }
}

}  // namespace

void verify_dimensions(const Problem& problem, Findings& findings) {
  findings.look_at_the_whole();
  const Index n = problem.dimension();
  findings.require("dimension", n >= 1, fmt::format("it is {}", n));
  const Vector start = problem.start();
  const auto require_dimension = [&](const std::string& check, const Vector& x) {
    findings.require(check, x.size() == n && x.allFinite(),
                     fmt::format("{} components of {}, finite or not", x.size(), n));
  };
  require_dimension("start", start);
  if (start.size() == n) {
    Vector scratch(n);
    findings.require("value at the start", std::isfinite(problem.value(start)), "it is not finite");
    findings.require("optimality at the start", std::isfinite(problem.optimality(start, scratch).residual),
                     "it is not finite");
  }
  const Facts& facts = problem.facts();
  for (const auto& minimiser : facts.minimisers) require_dimension("minimisers", minimiser.value);
  for (const auto& minimum : facts.local_minima) require_dimension("local minima", minimum.value.x);
  for (const auto& saddle : facts.saddles) require_dimension("saddles", saddle.value.x);
}

void verify_minimisers(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  if (!facts.minimisers.empty()) {
    findings.require("minimum of the minimisers", facts.minimum.has_value(), "none is declared");
  }
  if (facts.is_nonsmooth() || problem.is_constrained()) return verify_optimality(problem, findings);
  for (const Fact<Vector>& minimiser : facts.minimisers) {
    if (!facts.minimum) break;
    verify_stationary(problem, minimiser.value, facts.minimum->value, "minimisers", findings);
    verify_no_negative_curvature(problem, minimiser.value, "minimisers", findings);
  }
  if (!facts.minimum) return;
  for (const Probe& at : probes(problem)) {
    findings.look_at(at.x);
    findings.at_least("no smaller value seen", problem.value(at.x), facts.minimum->value);
  }
}

void verify_local_minima(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  for (const Fact<StationaryPoint>& fact : facts.local_minima) {
    const auto& [x, value] = fact.value;
    verify_stationary(problem, x, value, "local minima", findings);
    verify_no_negative_curvature(problem, x, "local minima", findings);
    if (!facts.minimum) continue;
    findings.require("local minima are no global ones",
                     value > facts.minimum->value + roundings_of_value(problem, x),
                     fmt::format("{:.10g} is the minimum", value));
  }
}

// Smaller values lie along the eigenvector of the least eigenvalue; where that is 0, some way along it or,
// where the whole Hessian is, along one of the axes.
void verify_saddles(const Problem& problem, Findings& findings) {
  for (const Fact<StationaryPoint>& fact : problem.facts().saddles) {
    const auto& [x, value] = fact.value;
    verify_stationary(problem, x, value, "saddles", findings);
    const Vector eigenvalues = eigenvalues_at(problem, x, findings);
    if (eigenvalues.size() == 0) continue;
    findings.at_most("least eigenvalue at saddles", eigenvalues[0], roundings_of_curvature(problem, x));
    const Vector v = direction_of_least_curvature(hessian_at(problem, x), eigenvalues[0]);
    const double least = least_value_around(problem, x, v, {3, 1, 0.1, 0.01});
    findings.require("smaller values beside saddles", least < value - roundings_of_value(problem, x),
                     "none was found");
  }
}

// Down the gradient, the direction of least curvature and the axes, as far as 10^6.
void verify_unboundedness(const Problem& problem, Findings& findings) {
  if (!problem.facts().is_unbounded_below() || problem.is_constrained() || !has_dense_hessian(problem)) return;
  const Vector x = problem.start();
  findings.look_at(x);
  const Vector eigenvalues = eigenvalues_at(problem, x, findings);
  if (eigenvalues.size() == 0) return;
  const Vector v = direction_of_least_curvature(hessian_at(problem, x), eigenvalues[0]);
  const double least = std::min(least_value_around(problem, x, v, {1e2, 1e4, 1e6}),
                                least_value_around(problem, x, gradient_at(problem, x), {1e2, 1e4, 1e6}));
  findings.at_most("unbounded below", least, problem.value(x) - 1e3);
}

// An eigendecomposition is right to a few n eps |H|.
void verify_curvature(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  const bool is_dense = has_dense_hessian(problem);
  if (!is_dense && !problem.has_hessian_vector()) return;
  // A bound that fails somewhere holds at most points: many are looked at where that is cheap.
  const int of_each = problem.dimension() <= 20 ? 20 : 3;
  const double size_at_start = hessian_size(problem, problem.start());
  for (const Probe& at : probes(problem, of_each)) {
    findings.look_at(at.x);
    if (facts.is_quadratic()) {
      const double size = hessian_size(problem, at.x);
      findings.near("Hessian of a quadratic is constant", size, size_at_start,
                    roundings(problem) * size_at_start);
    }
    if (!is_dense) {
      const double quotient = at.d.dot(hessian_vector_at(problem, at.x, at.d)) / at.d.squaredNorm();
      verify_bracket(problem, quotient, quotient, roundings(problem) * hessian_size(problem, at.x), false,
                     findings);
      continue;
    }
    const Vector lambda = eigenvalues_at(problem, at.x, findings);
    if (lambda.size() == 0) continue;
    const double rounding = roundings(problem) * lambda.cwiseAbs().maxCoeff();
    verify_bracket(problem, lambda.minCoeff(), lambda.maxCoeff(), rounding, true, findings);
    if (!facts.is_quadratic() || !facts.distinct_eigenvalues) continue;
    Index distinct = 1;
    for (Index i = 1; i < lambda.size(); ++i) distinct += lambda[i] - lambda[i - 1] > rounding ? 1 : 0;
    findings.require("number of distinct eigenvalues", facts.distinct_eigenvalues->value == distinct,
                     fmt::format("{} computed, {} declared", distinct, facts.distinct_eigenvalues->value));
  }
}

// Between two points x and y, with g and h the gradients, or subgradients, there: mu |x-y|^2 <= (g-h)'(x-y)
// where f is convex, |g-h| <= L |x-y|, |f(x)-f(y)| <= M |x-y|, and |g| <= M. A gradient is right to n roundings
// of what it sums, which is of the size of |g| and |H| |x|.
void verify_secants(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  std::optional<SmoothPart> smooth_part;
  const auto* composite = dynamic_cast<const CompositeProblem*>(&problem);
  if (composite && composite->has_smooth_part()) smooth_part.emplace(*composite);
  if (!smooth_part && !problem.has_gradient()) return;
  const Problem& f = smooth_part ? static_cast<const Problem&>(*smooth_part) : problem;
  const double mu = facts.strong_convexity ? facts.strong_convexity->value : 0;
  const std::vector<Probe> points = probes(problem, 2);
  for (const Probe& a : points) {
    findings.look_at(a.x);
    const Vector g = gradient_at(f, a.x);
    for (const Probe& b : points) {
      const Vector step = a.x - b.x;
      const double distance = step.norm();
      if (distance == 0) continue;
      const Vector difference = g - gradient_at(f, b.x);
      const double rounding =
          roundings(problem) * (g.norm() + difference.norm() + gradient_terms(f, a.x) + gradient_terms(f, b.x));
      if (is_declared_convex(facts) && !smooth_part) {
        findings.at_least("secants of a convex function", difference.dot(step),
                          mu * distance * distance - rounding * distance);
      }
      if (facts.lipschitz) {
        findings.at_most("L bounds the secants", difference.norm(),
                         facts.lipschitz->value * distance + rounding);
      }
      if (!facts.value_lipschitz || smooth_part) continue;
      const double M = facts.value_lipschitz->value * (1 + 10 * epsilon);
      findings.at_most("M bounds the gradients", g.norm(), M);
      findings.at_most("M bounds the secants", std::abs(problem.value(a.x) - problem.value(b.x)),
                       M * distance + rounding * (1 + a.x.norm()));
    }
  }
}

// A sample's gradient is known to the rounding of the terms that it sums, of which those of f are the mean.
void verify_sample_variance(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  if (!facts.sample_variance || facts.minimisers.empty()) return;
  const auto& finite_sum = dynamic_cast<const FiniteSumProblem&>(problem);
  const Vector& x = facts.minimisers.front().value;
  findings.look_at(x);
  Vector g(problem.dimension());
  double sum = 0;
  for (Index i = 0; i < finite_sum.sample_count(); ++i) {
    one_sample(finite_sum, x, i, g);
    sum += g.squaredNorm();
  }
  const auto N = static_cast<double>(finite_sum.sample_count());
  findings.near("root of the sample variance", std::sqrt(sum / N), std::sqrt(facts.sample_variance->value),
                roundings(problem) * N * gradient_terms(problem, x));
}

// The residuals are known to the rounding of the terms of J x*, which cancel. (J'J)^-1 = R^-1 R^-T with J = Q
// R, of which R^-1 is known to the rounding of the largest of J's columns, scaled to be of one length, times
// their condition. Certified digits end with the eleventh.
void verify_standard_deviations(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  if (!facts.residual_standard_deviation || facts.minimisers.empty()) return;
  constexpr double digits = 1e-10;
  const auto& regression = dynamic_cast<const LeastSquaresProblem&>(problem);
  const Vector& x = facts.minimisers.front().value;
  findings.look_at(x);
  const Vector r = residuals_at(regression, x);
  const Matrix J = jacobian_at(regression, x);
  const double freedom = static_cast<double>(J.rows() - J.cols());
  const double deviation = facts.residual_standard_deviation->value;
  const double terms = (J.cwiseAbs() * x.cwiseAbs()).norm() + r.norm();
  findings.near("standard deviation of the residuals", r.norm() / std::sqrt(freedom), deviation,
                10 * epsilon * terms / std::sqrt(freedom) + digits * deviation);

  if (!facts.parameter_standard_deviations) return;
  const Vector lengths = J.colwise().norm();
  const Matrix scaled = J * lengths.cwiseInverse().asDiagonal();
  const Matrix inverse =
      thin_qr(scaled).R.triangularView<Eigen::Upper>().solve(Matrix::Identity(J.cols(), J.cols()));
  const double condition = static_cast<double>(J.cols()) * inverse.norm();
  for (Index j = 0; j < J.cols(); ++j) {
    const double expected = deviation * inverse.row(j).norm() / lengths[j];
    findings.near("standard deviations of the parameters", expected,
                  facts.parameter_standard_deviations->value[j],
                  (digits + 10 * condition * epsilon) * expected);
  }
}

void verify_that_facts_agree(const Problem& problem, Findings& findings) {
  findings.look_at_the_whole();
  const Facts& facts = problem.facts();
  const std::string check = "facts agree with each other";
  findings.require(check, facts.function_class.has_value(), "no class is declared");
  if (facts.strong_convexity) {
    findings.require(check, facts.strong_convexity->value > 0, "mu is not above 0");
    findings.require(check, facts.convexity && facts.convexity->value == Convexity::strongly_convex,
                     "there is a mu, but f is not declared strongly convex");
  }
  if (facts.strong_convexity && facts.lipschitz) {
    findings.require(check, facts.strong_convexity->value <= facts.lipschitz->value, "mu is above L");
  }
  if (facts.lipschitz) {
    findings.require(check,
                     !facts.function_class || facts.function_class->value != FunctionClass::locally_smooth,
                     "there is an L, but f is declared only locally smooth");
  }
  if (facts.is_nonsmooth() && problem.has_gradient()) {
    findings.require(check, !facts.lipschitz, "there is an L, but the gradient jumps");
  }
  if (facts.value_lipschitz) {
    findings.require(check, !facts.strong_convexity, "a strongly convex f grows faster than any line");
  }
  if (facts.is_unbounded_below()) {
    findings.require(check, !facts.minimum && facts.minimisers.empty(), "a minimum, but f is unbounded below");
  }
  if (facts.minimum) {
    findings.require(check, facts.bounded_below && facts.bounded_below->value,
                     "a minimum, but f is not declared bounded below");
  }
  for (const Fact<double>& limit : facts.limits_at_infinity) {
    findings.require(check, facts.minimum && limit.value > facts.minimum->value,
                     "a limit at infinity that is not above the minimum");
  }
}

void verify_sources(const Problem& problem, Findings& findings) {
  const Facts& facts = problem.facts();
  const auto require = [&](const char* name, bool has_source) {
    findings.require("every fact has a source", has_source, name);
  };
  const auto has_source = [](const auto& fact) { return !fact || !fact->source.empty(); };
  require("minimum", has_source(facts.minimum));
  require("mu", has_source(facts.strong_convexity));
  require("L", has_source(facts.lipschitz));
  require("M", has_source(facts.value_lipschitz));
  require("convexity", has_source(facts.convexity));
  require("class", has_source(facts.function_class));
  require("distinct eigenvalues", has_source(facts.distinct_eigenvalues));
  require("bounded below", has_source(facts.bounded_below));
  require("sample variance", has_source(facts.sample_variance));
  require("residual standard deviation", has_source(facts.residual_standard_deviation));
  require("parameter standard deviations", has_source(facts.parameter_standard_deviations));
  const auto have_sources = [](const auto& several) {
    return std::ranges::none_of(several, [](const auto& fact) { return fact.source.empty(); });
  };
  require("minimisers", have_sources(facts.minimisers));
  require("local minima", have_sources(facts.local_minima));
  require("saddles", have_sources(facts.saddles));
  require("limits at infinity", have_sources(facts.limits_at_infinity));
}

void verify_declared_facts(const Problem& problem, Findings& findings) {
  verify_minimisers(problem, findings);
  verify_local_minima(problem, findings);
  verify_saddles(problem, findings);
  verify_unboundedness(problem, findings);
  verify_curvature(problem, findings);
  verify_secants(problem, findings);
  verify_sample_variance(problem, findings);
  verify_standard_deviations(problem, findings);
  verify_that_facts_agree(problem, findings);
  verify_sources(problem, findings);
}

}  // namespace optbed::verification
