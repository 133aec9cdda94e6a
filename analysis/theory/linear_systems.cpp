// Claims on the solvers of A x = b. Where A is the Hessian of f, f - f* is half the square of the error's
// A-norm; where f = (1/2)|Ax - b|^2, of the residual.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "analysis/theory/iteration_matrix.hpp"
#include "analysis/theory/krylov.hpp"
#include "analysis/theory/linear_modes.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "problems/decompositions.hpp"
#include "solvers/linear_systems/chebyshev.hpp"
#include "solvers/linear_systems/conjugate_gradient.hpp"
#include "solvers/linear_systems/direct.hpp"
#include "solvers/linear_systems/eigenvalue_bounds.hpp"
#include "solvers/linear_systems/jacobi.hpp"
#include "solvers/linear_systems/minres.hpp"
#include "solvers/linear_systems/preconditioned_conjugate_gradient.hpp"
#include "solvers/linear_systems/richardson.hpp"
#include "solvers/linear_systems/sor.hpp"

namespace optbed {
namespace {

const LinearSystem& system_of(const Setting& setting) {
  return dynamic_cast<const LinearSystem&>(setting.problem);
}

// Ascending, of a symmetric A; what the facts know of the ends goes before the decomposition.
std::optional<Eigenvalues> eigenvalues_of_matrix(const Setting& setting) {
  const LinearSystem& system = system_of(setting);
  if (system.is_gradient()) {
    if (auto eigenvalues = eigenvalues_of_quadratic(setting.problem)) return eigenvalues;
  }
  if (!system.is_symmetric() || setting.problem.dimension() > largest_decomposition) return std::nullopt;
  const std::optional<Vector> eigenvalues = symmetric_eigenvalues(dense_copy(system.matrix()));
  if (!eigenvalues) return std::nullopt;
  return Eigenvalues{*eigenvalues, true};
}

// A radius this small is a zero that was rounded.
constexpr double vanishing_radius = 1e-14;

// Of an iteration matrix of order n.
Statement spectral_radius_statement(const std::string& method, const std::string& conditions,
                                    const std::string& source, const SpectralRadius& radius, Index n) {
  Statement s;
  s.method = method;
  s.conditions = conditions;
  s.source = source;
  s.scope = Scope::instance;
  if (radius.value <= vanishing_radius) {
    s.terminates_within = n;
    s.text = fmt::format("x_k = x* after {} iterations at most: the iteration matrix is nilpotent", n);
    return s;
  }
  s.factor = radius.value;
  s.strength = radius.real ? Strength::equality : Strength::upper_bound;
  s.text = fmt::format("|x_k - x*| {} asymptotically by the spectral radius {:.10g} an iteration",
                       radius.value > 1 ? "grows" : "contracts", radius.value);
  return s;
}

// ---- Chebyshev ----

// T_k((theta - lambda)/delta)/T_k(theta/delta), with z + 1/z = 2t where |t| > 1.
struct ChebyshevMode {
  double t;      // (theta - lambda)/delta
  double sigma;  // theta/delta > 1

  static double larger_root(double t) { return std::abs(t) + std::sqrt(t * t - 1); }

  double factor() const { return (std::abs(t) > 1 ? larger_root(t) : 1) / larger_root(sigma); }

  double error(long iteration) const {
    const auto k = static_cast<double>(iteration);
    const double decay = 2 / (1 + std::pow(larger_root(sigma), -2 * k));
    if (std::abs(t) <= 1) return decay * std::pow(factor(), k) * std::abs(std::cos(k * std::acos(t)));
    return decay / 2 * std::pow(factor(), k) * (1 + std::pow(larger_root(t), -2 * k));
  }
};

// ---- preconditioned conjugate gradients ----

// K = M^-1 column by column.
std::optional<Matrix> inverse_preconditioner(const PreconditionedConjugateGradientOptions& options,
                                             const Setting& setting) {
  const Index n = setting.problem.dimension();
  const auto M = make_preconditioner(options.preconditioner, options.omega);
  if (!M->prepare(system_of(setting).matrix())) return std::nullopt;
  Oracle f(setting.problem);
  Matrix K(n, n);
  Vector column(n);
  for (Index j = 0; j < n; ++j) {
    M->apply(f, Vector::Unit(n, j), column);
    K.col(j) = column;
  }
  return (K + K.transpose()) / 2;
}

}  // namespace

std::vector<Statement> direct_theory(const Direct& /*solver*/, const Setting& setting) {
  if (setting.problem.facts().minimisers.size() != 1) return {};
  Statement s;
  s.method = "direct solver";
  s.text = "x_1 = x*";
  s.conditions = "A nonsingular (positive definite for Cholesky), exact arithmetic";
  s.source = "Golub & Van Loan 2013, chapters 3 to 5";
  s.strength = Strength::equality;
  s.terminates_within = 1;
  return {s};
}

std::vector<Statement> richardson_theory(const Richardson& solver, const Setting& setting) {
  const LinearSystem& system = system_of(setting);
  if (!system.is_gradient()) return {};
  const double eta = Richardson::step_length(solver.options(), true, setting.problem.facts()).value();
  const auto mode = [eta](double lambda) {
    return Mode{.sum = 1 - eta * lambda, .product = 0, .first = 1 - eta * lambda};
  };
  return modal_theory({"Richardson", "eta constant (contracts for 0 < eta < 2/L)",
                       "x_{k+1} - x* = (I - eta A)(x_k - x*); Saad 2003, example 4.1", mode},
                      setting);
}

std::vector<Statement> jacobi_theory(const Jacobi& solver, const Setting& setting) {
  const LinearSystem& system = system_of(setting);
  const double omega = solver.options().omega;
  const Vector D = diagonal(system.matrix());
  const std::string source = "Saad 2003, theorem 4.1";
  if (system.is_gradient() && D.minCoeff() == D.maxCoeff()) {
    const auto mode = [step = omega / D[0]](double lambda) {
      return Mode{.sum = 1 - step * lambda, .product = 0, .first = 1 - step * lambda};
    };
    return modal_theory({"Jacobi", "constant diagonal", source, mode}, setting);
  }
  const auto radius = jacobi_radius(system, omega);
  if (!radius) return {};
  return {spectral_radius_statement("Jacobi", "linear system with a nonzero diagonal", source, *radius,
                                    setting.problem.dimension())};
}

std::vector<Statement> sor_theory(const Sor& solver, const Setting& setting) {
  const auto [omega, symmetric] = solver.options();
  const auto radius = sor_radius(system_of(setting), omega, symmetric);
  if (!radius) return {};
  return {spectral_radius_statement(omega == 1 ? "Gauss-Seidel" : "successive over-relaxation",
                                    fmt::format("linear system with a nonzero diagonal, omega = {:g}{}", omega,
                                                symmetric ? ", symmetric" : ""),
                                    "Saad 2003, theorem 4.1; Young 1971, theorem 6.2.3", *radius,
                                    setting.problem.dimension())};
}

std::vector<Statement> chebyshev_theory(const Chebyshev& solver, const Setting& setting) {
  const Facts& facts = setting.problem.facts();
  const auto eigenvalues = eigenvalues_of_matrix(setting);
  if (!eigenvalues || eigenvalues->least() <= 0) return {};
  const SmoothnessConstants ends = eigenvalue_bounds(solver.options(), system_of(setting).is_gradient(), facts);
  const double theta = (*ends.lipschitz + *ends.mu) / 2;
  const double delta = (*ends.lipschitz - *ends.mu) / 2;
  if (!(delta > 0)) return {};
  std::vector<ChebyshevMode> modes;
  for (const double lambda : eigenvalues->values) modes.push_back({(theta - lambda) / delta, theta / delta});
  // Where only the ends are known, an eigenvalue between them may be at an extremum of T_k.
  if (!eigenvalues->complete) modes.push_back({1, theta / delta});
  Statement s;
  s.method = "Chebyshev";
  s.factor = 0;
  for (const ChebyshevMode& mode : modes) s.factor = std::max(*s.factor, mode.factor());
  // The polynomial does not oscillate at the interval's ends and beyond: what is slowest there shows its
  // factor.
  const bool persists = std::any_of(modes.begin(), modes.end(), [&](const ChebyshevMode& mode) {
    return std::abs(mode.t) >= 1 && mode.factor() == *s.factor;
  });
  if (persists) s.strength = Strength::equality;
  s.text = fmt::format(
      "|x_k - x*| <= max_i |T_k((theta - lambda_i)/delta)|/T_k(theta/delta) |x_0 - x*|, which {} by {:.10g} an "
      "iteration",
      *s.factor > 1 ? "grows" : "falls", *s.factor);
  s.conditions =
      fmt::format("symmetric positive definite A, interval [{:.6g}, {:.6g}]", *ends.mu, *ends.lipschitz);
  s.source = "Golub & Varga 1961; Saad 2003, section 12.3.1";
  const auto envelope = [modes](long k) {
    double largest = 0;
    for (const ChebyshevMode& mode : modes) largest = std::max(largest, mode.error(k));
    return largest;
  };
  const SettingFacts known = facts_of(setting);
  if (known.radius) s.bound = [envelope, R = *known.radius](long k) { return R * envelope(k); };
  std::vector<Statement> statements = {s};
  if (known.initial_gap) {
    s.quantity = Quantity::gap;
    s.text = fmt::format("f_k - f* falls by {:.10g} an iteration", *s.factor * *s.factor);
    s.bound = [envelope, initial = *known.initial_gap](long k) { return initial * envelope(k) * envelope(k); };
    statements.push_back(std::move(s));
  }
  return statements;
}

std::vector<Statement> cg_theory(const ConjugateGradient& /*solver*/, const Setting& setting) {
  if (!system_of(setting).is_gradient()) return {};
  return conjugate_gradient_statements("conjugate gradients", "symmetric positive definite A", setting);
}

std::vector<Statement> pcg_theory(const PreconditionedConjugateGradient& solver, const Setting& setting) {
  const Problem& problem = setting.problem;
  const SettingFacts known = facts_of(setting);
  const auto eigenvalues = eigenvalues_of_matrix(setting);
  if (problem.dimension() > largest_decomposition || !system_of(setting).is_gradient() || !known.initial_gap ||
      !eigenvalues || eigenvalues->least() <= 0) {
    return {};
  }
  const auto K = inverse_preconditioner(solver.options(), setting);
  if (!K) return {};
  const auto lambda = eigenvalues_of_product(*K, dense_copy(system_of(setting).matrix()));
  if (!lambda || !((*lambda)[0] > 0)) return {};
  const double kappa = (*lambda)[lambda->size() - 1] / (*lambda)[0];
  Statement s;
  s.method = "preconditioned conjugate gradients";
  s.conditions = "symmetric positive definite A and M, kappa that of M^-1 A";
  constexpr double rounding = 1e-12;
  if (kappa <= 1 + rounding) {
    s.text = "x_1 = x*: M is a multiple of A";
    s.source = "Saad 2003, section 9.2";
    s.terminates_within = 1;
    return {s};
  }
  return {minimax_gap_statement(s, kappa, *known.initial_gap)};
}

std::vector<Statement> minres_theory(const Minres& /*solver*/, const Setting& setting) {
  const auto eigenvalues = eigenvalues_of_matrix(setting);
  if (!eigenvalues) return {};
  const Problem& problem = setting.problem;
  const Vector sizes = eigenvalues->values.cwiseAbs();
  const bool singular = sizes.minCoeff() <= 1e-14 * sizes.maxCoeff();
  if (singular) return {};
  const bool distinct_known = system_of(setting).is_gradient() && problem.facts().distinct_eigenvalues;
  const Index distinct = distinct_known ? problem.facts().distinct_eigenvalues->value : problem.dimension();
  Statement ends;
  ends.method = "MINRES";
  ends.text = fmt::format("x_k = x* after {} iterations", distinct);
  ends.conditions = "symmetric nonsingular A, exact arithmetic";
  ends.source = "Paige & Saunders 1975";
  ends.terminates_within = distinct;
  std::vector<Statement> statements = {ends};
  const SettingFacts known = facts_of(setting);
  if (system_of(setting).is_gradient() || !known.initial_gap) return statements;

  // f - f* = |r|^2/2. An indefinite spectrum is squared: polynomials of degree [k/2] in A^2.
  const bool definite = eigenvalues->least() > 0;
  const double kappa = definite ? eigenvalues->greatest() / eigenvalues->least()
                                : std::pow(sizes.maxCoeff() / sizes.minCoeff(), 2);
  if (!(kappa > 1)) return statements;
  Statement s = ends;
  s.terminates_within.reset();
  s.quantity = Quantity::gap;
  s.conditions = definite ? "symmetric positive definite A" : "symmetric nonsingular A";
  s.source = "Greenbaum 1997, section 3.1";
  s.factor = definite ? minimax_factor(kappa) : std::sqrt(minimax_factor(kappa));
  s.text = fmt::format("|r_k| <= |r_0| min max |p_k| over the spectrum, which falls by {:.10g} an iteration",
                       *s.factor);
  s.bound = [definite, kappa, initial = *known.initial_gap](long k) {
    const double part = minimax(kappa, definite ? k : k / 2);
    return initial * part * part;
  };
  statements.push_back(std::move(s));
  return statements;
}

}  // namespace optbed
