#include "solvers/newton/newton_cg.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/classic/rosenbrock.hpp"
#include "problems/classic/saddle.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/minimize.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::newton_cg_test {
namespace {

const std::vector<std::string> variants = {"newton_cg",
                                           "newton_cg:line_search=hager_zhang",
                                           "newton_cg:line_search=more_thuente",
                                           "newton_cg:line_search=armijo",
                                           "newton_cg:line_search=exact",
                                           "newton_cg:forcing=quadratic",
                                           "newton_cg:forcing=constant,forcing_term=0.01",
                                           "newton_cg:safeguard=trust_region",
                                           "newton_cg:safeguard=trust_region,forcing=quadratic",
                                           "newton_cg:safeguard=trust_region,forcing=constant"};

TEST(NewtonCg, SolvesRosenbrockInEveryVariant) {
  for (const char* name : {"rosenbrock", "rosenbrock:n=20"}) {
    const auto problem = all_problems().make(name);
    for (const std::string& variant : variants) {
      const auto solver = all_solvers().make(variant);
      const Result result =
          minimize(*problem, *solver, {.limits = {.max_iterations = 300, .gradient_tolerance = 1e-10}});
      EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << variant;
      EXPECT_LE(*result.distance, 1e-9) << variant;
      EXPECT_EQ(result.evaluations.hessian, 0) << variant;
    }
  }
}

// |g_{k+1}| <= eta_k |g_k| by the test that ends conjugate gradients, where the step is whole: on a quadratic
// it is, as the residual is orthogonal to the step (Nocedal & Wright 2006, theorem 5.2).
TEST(NewtonCg, ReducesTheGradientOfAQuadraticByTheForcingTerm) {
  QuadraticOptions quadratic;
  quadratic.n = 30;
  quadratic.kappa = 1000;
  quadratic.rotation = Rotation::random;
  const auto problem = make_quadratic(quadratic);
  const auto forcing = [](Forcing kind, double g) {
    if (kind == Forcing::constant) return 0.3;
    return std::min(0.5, kind == Forcing::quadratic ? g : std::sqrt(g));
  };
  for (const NewtonCgSafeguard safeguard : {NewtonCgSafeguard::line_search, NewtonCgSafeguard::trust_region}) {
    for (const Forcing kind : {Forcing::superlinear, Forcing::quadratic, Forcing::constant}) {
      NewtonCg solver({.safeguard = safeguard, .initial_radius = 1e3, .forcing = kind, .forcing_term = 0.3});
      Oracle f(*problem);
      ASSERT_FALSE(solver.start(f, problem->start()));
      for (int k = 0; k < 5; ++k) {
        const double before = solver.current().gradient.norm();
        ASSERT_FALSE(solver.step(f).stop);
        // Rounding in g = A x is some eps |A||x|, and |x| <= |g|/mu.
        const double allowed = forcing(kind, before) * before + 1e-12 * before;
        EXPECT_LE(solver.current().gradient.norm(), allowed) << k;
      }
    }
  }
}

// As many products as conjugate gradients need: two for two distinct eigenvalues.
TEST(NewtonCg, MakesNoMoreProductsThanThereAreDistinctEigenvalues) {
  const auto problem = all_problems().make("quadratic:n=50,kappa=100,spectrum=two_point");
  NewtonCg solver({.forcing = Forcing::constant, .forcing_term = 1e-10});
  Oracle f(*problem);
  ASSERT_FALSE(solver.start(f, problem->start()));
  ASSERT_FALSE(solver.step(f).stop);
  EXPECT_EQ(f.counts().hessian_vector, 2);
  EXPECT_LE(solver.current().gradient_norm, 1e-8);
  double cg_iterations = 0;
  solver.properties(std::span(&cg_iterations, 1));
  EXPECT_EQ(cg_iterations, 2);
}

// Where the first direction has no positive curvature the step is along -g (algorithm 7.1).
TEST(NewtonCg, TakesTheGradientWhereTheCurvatureIsNegative) {
  const Saddle saddle({.delta = 0.5});
  const Vector start{{0.1, 0.5}};  // g = (0.2, -1), g'Hg = 0.08 - 2 < 0
  NewtonCg solver({.line_search = LineSearchKind::armijo});
  Oracle f(saddle);
  ASSERT_FALSE(solver.start(f, start));
  ASSERT_FALSE(solver.step(f).stop);
  EXPECT_LE((solver.current().x - Vector{{-0.1, 1.5}}).norm(), 1e-15);
  EXPECT_EQ(f.counts().hessian_vector, 1);
}

// Algorithm 7.2 goes on to the boundary then.
TEST(NewtonCg, GoesToTheBoundaryAlongNegativeCurvature) {
  const Saddle saddle({.delta = 0.5});
  NewtonCg solver({.safeguard = NewtonCgSafeguard::trust_region, .initial_radius = 2});
  Oracle f(saddle);
  ASSERT_FALSE(solver.start(f, Vector{{0.1, 0.5}}));
  const StepInfo info = solver.step(f);
  ASSERT_FALSE(info.stop);
  EXPECT_NEAR(info.length, 2, 1e-14);
  const Vector minus_g = Vector{{-0.2, 1}}.normalized();
  EXPECT_LE((solver.current().x - Vector{{0.1, 0.5}} - 2 * minus_g).norm(), 1e-14);
}

// A region that is large enough holds every iterate of conjugate gradients: both safeguards make the same step.
TEST(NewtonCg, MakesOneStepByBothSafeguardsWhereNothingBinds) {
  const auto problem = all_problems().make("quadratic:n=20,kappa=50,rotation=random");
  NewtonCg searched;
  NewtonCg confined({.safeguard = NewtonCgSafeguard::trust_region, .initial_radius = 1e3});
  Oracle f(*problem);
  for (NewtonCg* solver : {&searched, &confined}) {
    ASSERT_FALSE(solver->start(f, problem->start()));
    ASSERT_FALSE(solver->step(f).stop);
  }
  EXPECT_EQ(searched.current().x, confined.current().x);
}

TEST(NewtonCg, StaysAtASaddleOnItsStableManifoldAndIsNotSolved) {
  const Saddle saddle({.delta = 0});
  for (const std::string& variant : variants) {
    const auto solver = all_solvers().make(variant);
    const Result result = minimize(saddle, *solver);
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << variant;
    EXPECT_FALSE(result.solved) << variant;
  }
}

TEST(NewtonCg, DivergesWhereTheFunctionHasNoMinimum) {
  const Saddle saddle({.delta = 1e-3});
  for (const std::string& variant : variants) {
    const auto solver = all_solvers().make(variant);
    const Result result = minimize(saddle, *solver);
    EXPECT_EQ(result.stop, StopReason::diverged) << variant;
  }
}

TEST(NewtonCg, SaysThatItNeedsAHessianVectorProduct) {
  const auto only_hessian = testing::quadratic_form(Matrix::Identity(2, 2), Vector::Zero(2), Vector{{1, 2}});
  NewtonCg solver;
  EXPECT_EQ(solver.missing(only_hessian), "a Hessian-vector product");
  EXPECT_EQ(minimize(only_hessian, solver).stop, StopReason::unsupported);
}

TEST(NewtonCg, RefusesOptionsWithoutEffect) {
  const SolverRegistry solvers = all_solvers();
  EXPECT_THROW(solvers.make("newton_cg:safeguard=trust_region,line_search=exact"), UsageError);
  EXPECT_THROW(solvers.make("newton_cg:initial_radius=2"), UsageError);
  EXPECT_THROW(solvers.make("newton_cg:forcing_term=0.5"), UsageError);
  EXPECT_THROW(solvers.make("newton_cg:forcing=constant,forcing_term=1"), UsageError);
}

}  // namespace
}  // namespace optbed::newton_cg_test
