// What no method is faster than whose k-th iterate lies in x_0 + span(g(x_0), …, g(x_{k-1})).
//
// On a quadratic such an iterate has x_k - x* = p(A)(x_0 - x*) with a polynomial p of degree k, p(0) = 1, so
// that with the parts e_i of x_0 - x* along the eigenvectors
//   |x_k - x*|^2 >= min_p sum_i e_i^2 p(lambda_i)^2,   f_k - f* >= min_p sum_i (lambda_i/2) e_i^2
//   p(lambda_i)^2.
// Conjugate gradients attain the second (Nocedal & Wright 2006, (5.31)). Nesterov's chains are the quadratics
// on which the minima are largest for their class (Nesterov 2004, theorems 2.1.7 and 2.1.13).
#include <algorithm>
#include <cmath>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "problems/linear_system.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nesterov.hpp"
#include "solvers/first_order/nonlinear_cg.hpp"
#include "solvers/first_order/optimized_gradient.hpp"
#include "solvers/first_order/triple_momentum.hpp"
#include "solvers/linear_systems/chebyshev.hpp"
#include "solvers/linear_systems/conjugate_gradient.hpp"
#include "solvers/linear_systems/richardson.hpp"

namespace optbed {
namespace {

// Iterations for which the minima are computed: n vectors of n numbers each.
constexpr Index longest_lower_bound = 200;

// min over p of |p(Lambda) c|, p of degree k with p(0) = 1, for k = 0, 1, … until it vanishes: what is left of
// c beside Lambda c, …, Lambda^k c, orthonormalised as they come.
std::vector<double> least_norms(const Vector& lambda, const Vector& c) {
  constexpr double vanished = 1e-15;
  const Index most = std::min<Index>(longest_lower_bound, c.size());
  Matrix Q(c.size(), most);
  Vector left = c;
  std::vector<double> norms = {c.norm()};
  for (Index k = 0; k < most; ++k) {
    const Vector before = k == 0 ? c : Vector(Q.col(k - 1));
    Vector q = lambda.cwiseProduct(before);
    const double size = q.norm();
    // Once more, as the first pass leaves what rounding puts in (Giraud, Langou & Rozložník 2005).
    for (int pass = 0; pass < 2; ++pass) q -= Q.leftCols(k) * (Q.leftCols(k).transpose() * q);
    if (!(q.norm() > 1e-14 * size)) break;
    Q.col(k) = q.normalized();
    left -= Q.col(k) * Q.col(k).dot(left);
    norms.push_back(left.norm());
    if (norms.back() <= vanished * norms.front()) break;
  }
  return norms;
}

Statement krylov_statement(Quantity quantity, const std::vector<double>& least) {
  Statement s;
  s.method = "any method that steps along its gradients";
  s.conditions = "strongly convex quadratic, x_k in x_0 + span(g_0, ..., g_{k-1})";
  s.source = "Nemirovski & Yudin 1983; Nesterov 2004, section 2.1; Nocedal & Wright 2006, (5.31)";
  s.quantity = quantity;
  s.strength = Strength::lower_bound;
  s.text = quantity == Quantity::gap
               ? "f_k - f* >= min_p sum_i (lambda_i/2) e_i^2 p(lambda_i)^2, which conjugate gradients attain"
               : "|x_k - x*|^2 >= min_p sum_i e_i^2 p(lambda_i)^2";
  s.text += ", p of degree k with p(0) = 1";
  s.bound = [least](long k) { return least[static_cast<std::size_t>(k)]; };
  s.valid_up_to = static_cast<long>(least.size()) - 1;
  return s;
}

template <class... Methods>
bool is_one_of(const Solver& solver) {
  return ((dynamic_cast<const Methods*>(&solver) != nullptr) || ...);
}

// Solvers of A x = b step along b - A x, which is -g where A is the Hessian; where f = (1/2)|Ax - b|^2 their
// iterates lie in the Krylov space of A, not in that of the Hessian A'A.
bool is_gradient_of_system(const Problem& problem) {
  const auto* system = dynamic_cast<const LinearSystem*>(&problem);
  return system != nullptr && system->is_gradient();
}

// One gradient of f, or more along one line, an iteration.
bool steps_along_gradients(const Solver& solver, const Problem& problem) {
  if (const auto* method = dynamic_cast<const GradientDescent*>(&solver)) return !method->options().batch_size;
  if (const auto* method = dynamic_cast<const Momentum*>(&solver)) return !method->options().batch_size;
  if (const auto* method = dynamic_cast<const Nesterov*>(&solver)) return !method->options().batch_size;
  if (is_one_of<Chebyshev, ConjugateGradient, Richardson>(solver)) return is_gradient_of_system(problem);
  return is_one_of<OptimizedGradient, TripleMomentum, NonlinearCg>(solver);
}

}  // namespace

std::vector<Statement> lower_bounds(const Solver& solver, const Setting& setting) {
  const Problem& problem = setting.problem;
  if (!solver.unmet_need(problem).empty() || !steps_along_gradients(solver, problem)) return {};
  const auto eigenvalues = eigenvalues_of_quadratic(problem);
  if (!eigenvalues || !eigenvalues->complete) return {};
  const auto start = start_in_eigenvectors(setting);
  if (!start) return {};
  const auto& [lambda, e] = *start;
  std::vector<double> gaps = least_norms(lambda, (lambda / 2).cwiseSqrt().cwiseProduct(e));
  for (double& gap : gaps) gap *= gap;
  return {krylov_statement(Quantity::gap, gaps), krylov_statement(Quantity::distance, least_norms(lambda, e))};
}

}  // namespace optbed
