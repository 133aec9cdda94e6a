// Methods that become linear conjugate gradients on a quadratic with exact searches.
#include <gtest/gtest.h>

#include <limits>

#include "problems/quadratic/quadratic.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed::conjugate_gradients_test {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

std::unique_ptr<Problem> rotated_quadratic(long n, double kappa) {
  QuadraticOptions options;
  options.n = n;
  options.kappa = kappa;
  options.rotation = Rotation::random;
  return make_quadratic(options);
}

// The iterates of linear conjugate gradients (Hestenes & Stiefel 1952; Nocedal & Wright 2006, algorithm 5.2) on
// a quadratic with Hessian A, in plain loops.
std::vector<Vector> conjugate_gradient_iterates(const Problem& problem, const Matrix& A, int steps) {
  const Index n = problem.dimension();
  Vector x = problem.start();
  Vector r(n);
  problem.gradient(x, r);
  std::vector<double> p(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) p[static_cast<std::size_t>(i)] = -r[i];
  std::vector<Vector> iterates = {x};
  for (int k = 0; k < steps; ++k) {
    std::vector<double> Ap(static_cast<std::size_t>(n), 0);
    double rr = 0;
    double pAp = 0;
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) Ap[static_cast<std::size_t>(i)] += A(i, j) * p[static_cast<std::size_t>(j)];
      rr += r[i] * r[i];
      pAp += p[static_cast<std::size_t>(i)] * Ap[static_cast<std::size_t>(i)];
    }
    const double alpha = rr / pAp;
    double rr_next = 0;
    for (Index i = 0; i < n; ++i) {
      x[i] += alpha * p[static_cast<std::size_t>(i)];
      r[i] += alpha * Ap[static_cast<std::size_t>(i)];
      rr_next += r[i] * r[i];
    }
    for (Index i = 0; i < n; ++i) {
      p[static_cast<std::size_t>(i)] = -r[i] + rr_next / rr * p[static_cast<std::size_t>(i)];
    }
    iterates.push_back(x);
  }
  return iterates;
}

// Every method from the identity (Nocedal & Wright 2006, theorem 6.4 and section 7.2; Dixon 1972 for all of
// Broyden's family, SR1 with it), and every formula of nonlinear conjugate gradients, restarts or not.
const std::vector<std::string> methods = {
    "bfgs:line_search=exact,initial_scaling=false",
    "dfp:line_search=exact,initial_scaling=false",
    "sr1:line_search=exact,initial_scaling=false",
    "lbfgs:line_search=exact,initial_scaling=false,memory=10",
    "lbfgs:line_search=exact,initial_scaling=false,memory=6",
    "lbfgs:line_search=exact,initial_scaling=false,memory=1",
    "nonlinear_cg:line_search=exact,formula=hager_zhang",
    "nonlinear_cg:line_search=exact,formula=polak_ribiere_plus",
    "nonlinear_cg:line_search=exact,formula=fletcher_reeves",
    "nonlinear_cg:line_search=exact,formula=hestenes_stiefel",
    "nonlinear_cg:line_search=exact,formula=dai_yuan",
    "nonlinear_cg:line_search=exact,restart=powell",
    "nonlinear_cg:line_search=exact,restart=periodic,first_trial=first_order_change"};

// Rounding is amplified from step to step by the condition number at most: 20, over six steps of six.
TEST(ConjugateGradients, AreWhatExactSearchesMakeOnAQuadratic) {
  const double kappa = 20;
  const auto problem = rotated_quadratic(6, kappa);
  Matrix A(6, 6);
  problem->hessian(problem->start(), A);
  const std::vector<Vector> expected = conjugate_gradient_iterates(*problem, A, 6);
  for (const std::string& method : methods) {
    const auto solver = all_solvers().make(method);
    Oracle f(*problem);
    ASSERT_FALSE(solver->start(f, problem->start()));
    for (std::size_t k = 1; k < expected.size(); ++k) {
      ASSERT_FALSE(solver->step(f).stop) << method;
      EXPECT_LE((solver->current().x - expected[k]).norm(), 1000 * epsilon * kappa * expected[0].norm())
          << method << " " << k;
    }
  }
}

// |g_0| = 20, and Hager and Zhang's beta multiplies the rounding of d'g by 2 |y|^2/d'y, which is up to 2 kappa.
TEST(ConjugateGradients, EndAfterNSteps) {
  const auto problem = rotated_quadratic(6, 20);
  for (const std::string& method : methods) {
    const auto solver = all_solvers().make(method);
    const Result result = minimize(*problem, *solver, {.limits = {.gradient_tolerance = 1e-10}});
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << method;
    EXPECT_EQ(result.iterations, 6) << method;
  }
}

// One step for each distinct eigenvalue (theorem 5.4).
TEST(ConjugateGradients, EndAfterAsManyStepsAsThereAreDistinctEigenvalues) {
  QuadraticOptions options;
  options.n = 12;
  options.kappa = 30;
  options.spectrum = Spectrum::two_point;
  options.rotation = Rotation::random;
  const auto problem = make_quadratic(options);
  for (const std::string& method : methods) {
    const auto solver = all_solvers().make(method);
    const Result result = minimize(*problem, *solver, {.limits = {.gradient_tolerance = 1e-11}});
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << method;
    EXPECT_EQ(result.iterations, 2) << method;
  }
}

}  // namespace
}  // namespace optbed::conjugate_gradients_test
