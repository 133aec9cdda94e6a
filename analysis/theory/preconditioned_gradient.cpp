// Claims on preconditioned gradient descent: x_{k+1} - x* = (I - eta A^-1 H(x*))(x_k - x*) + O(|x_k - x*|^2).
#include "solvers/newton/preconditioned_gradient.hpp"

#include <fmt/format.h>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "problems/decompositions.hpp"

namespace optbed {

std::vector<Statement> preconditioned_gradient_theory(const PreconditionedGradient& solver,
                                                      const Setting& setting) {
  const Problem& problem = setting.problem;
  const Facts& facts = problem.facts();
  const Index n = problem.dimension();
  const std::optional<Vector> limit = limit_point(setting);
  if (!limit || n > largest_decomposition) return {};
  Matrix A(n, n);
  problem.hessian(setting.x0, A);
  Matrix H(n, n);
  problem.hessian(*limit, H);
  if (solver.options().preconditioner == ScalingMatrix::diagonal) A = Matrix(A.diagonal().asDiagonal());
  const auto definite = symmetric_eigenvalues(A);
  if (!definite || !((*definite)[0] > 0)) return {};
  const auto computed = generalized_symmetric_eigenvalues(H, A);
  if (!computed) return {};
  const bool whitens = facts.is_quadratic() && solver.options().preconditioner == ScalingMatrix::hessian;
  const Vector lambda = whitens ? Vector::Ones(n) : *computed;
  const double eta = solver.options().learning_rate;
  const double factor = (1 - eta * lambda.array()).abs().maxCoeff();
  if (factor >= 1) return {};

  constexpr double rounded_zero = 1e-12;
  Statement s;
  s.method = "preconditioned gradient";
  s.source = "Ortega & Rheinboldt 1970, theorem 10.1.3; LeCun, Bottou, Orr & Müller 1998, section 5.3";
  s.strength = Strength::equality;
  const std::string of_matrix =
      solver.options().preconditioner == ScalingMatrix::hessian ? "the Hessian" : "the diagonal of the Hessian";
  if (facts.is_quadratic()) {
    s.conditions = fmt::format("strongly convex quadratic, A is {}", of_matrix);
    if (factor <= rounded_zero) {
      s.text = "x_1 = x*: the whitened Hessian is I";
      s.terminates_within = 1;
      return {s};
    }
  } else {
    s.conditions = fmt::format("close to the minimiser, A is {} at the start", of_matrix);
    s.scope = Scope::local;
    if (factor <= rounded_zero) return {};  // A is H(x*) by chance: the second order decides
  }
  s.factor = factor;
  s.text = fmt::format("|x_k - x*| contracts by max |1 - eta lambda_i(A^-1 H)| = {:.10g} an iteration", factor);
  return {s};
}

}  // namespace optbed
