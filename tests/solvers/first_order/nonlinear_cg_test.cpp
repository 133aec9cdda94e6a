#include "solvers/first_order/nonlinear_cg.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/classic/rosenbrock.hpp"
#include "problems/classic/saddle.hpp"
#include "solvers/minimize.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::nonlinear_cg_test {
namespace {

const std::vector<std::string> formulas = {"hager_zhang", "polak_ribiere_plus", "fletcher_reeves",
                                           "hestenes_stiefel", "dai_yuan"};

class EveryFormula : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryFormula, SolvesRosenbrockWithEverySearchRestartAndFirstTrial) {
  const Rosenbrock problem;
  for (const auto& [search, kind] : line_search_choices()) {
    for (const char* restart : {"none", "powell", "periodic"}) {
      for (const char* first : {"quadratic_step", "first_order_change"}) {
        // Where the first trial is bound to the last step, backtracking cannot grow, nor do steps grow that are
        // accepted early: both need some 20000 iterations here.
        const bool loose = kind == LineSearchKind::armijo || kind == LineSearchKind::hager_zhang;
        if (loose && std::string(first) == "first_order_change") continue;
        const std::string variant =
            fmt::format("nonlinear_cg:formula={},line_search={},restart={},first_trial={}", GetParam(), search,
                        restart, first);
        const auto solver = all_solvers().make(variant);
        const Result result =
            minimize(problem, *solver, {.limits = {.max_iterations = 20000, .gradient_tolerance = 1e-8}});
        EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << variant;
        EXPECT_LE(*result.distance, 1e-6) << variant;
      }
    }
  }
}

// beta of the second direction, from the two gradients and the formula as it is printed.
TEST_P(EveryFormula, MakesItsBeta) {
  const auto problem = testing::quadratic_form(Matrix{{1, 0}, {0, 4}}, Vector::Zero(2), Vector{{1, 1}});
  const auto solver = all_solvers().make(
      fmt::format("nonlinear_cg:formula={},line_search=armijo,first_trial=first_order_change", GetParam()));
  Oracle f(problem);
  ASSERT_FALSE(solver->start(f, problem.start()));
  const Vector g0 = solver->current().gradient;
  const Vector d0 = -g0;
  ASSERT_FALSE(solver->step(f).stop);
  const Vector g1 = solver->current().gradient;
  const Vector y = g1 - g0;
  double expected = 0;
  if (GetParam() == "fletcher_reeves") expected = g1.dot(g1) / g0.dot(g0);
  if (GetParam() == "polak_ribiere_plus") expected = std::max(0.0, g1.dot(y) / g0.dot(g0));
  if (GetParam() == "hestenes_stiefel") expected = g1.dot(y) / d0.dot(y);
  if (GetParam() == "dai_yuan") expected = g1.dot(g1) / d0.dot(y);
  if (GetParam() == "hager_zhang") {
    const double beta = (y - 2 * (y.dot(y) / d0.dot(y)) * d0).dot(g1) / d0.dot(y);
    expected = std::max(beta, -1 / (d0.norm() * std::min(0.01, g0.norm())));
  }
  double beta = 0;
  solver->properties(std::span(&beta, 1));
  EXPECT_NEAR(beta, expected, 1e-14 * std::max(1.0, std::abs(expected)));
}

TEST_P(EveryFormula, StaysAtASaddleOnItsStableManifoldAndDivergesOffIt) {
  const auto solver = all_solvers().make("nonlinear_cg:formula=" + GetParam());
  const Result on = minimize(Saddle({.delta = 0}), *solver);
  EXPECT_EQ(on.stop, StopReason::gradient_tolerance);
  EXPECT_FALSE(on.solved);
  EXPECT_EQ(minimize(Saddle({.delta = 1e-3}), *solver).stop, StopReason::diverged);
}

INSTANTIATE_TEST_SUITE_P(All, EveryFormula, ::testing::ValuesIn(formulas),
                         [](const auto& formula) { return formula.param; });

// Fletcher and Reeves' method jams where gradients overlap, Polak and Ribière's does not (Nocedal & Wright
// 2006, p. 125 and table 5.1); Powell's restarts mend it.
TEST(NonlinearCg, JamsWithFletcherReevesUnlessItRestarts) {
  const auto problem = all_problems().make("rosenbrock:n=20,form=chained");
  const auto iterations = [&](const std::string& options) {
    const auto solver = all_solvers().make("nonlinear_cg:line_search=strong_wolfe," + options);
    return minimize(*problem, *solver, {.limits = {.max_iterations = 5000, .gradient_tolerance = 1e-6}})
        .iterations;
  };
  const long jammed = iterations("formula=fletcher_reeves");
  EXPECT_GT(jammed, 2 * iterations("formula=polak_ribiere_plus"));
  EXPECT_GT(jammed, 2 * iterations("formula=fletcher_reeves,restart=powell"));
}

TEST(NonlinearCg, RestartsAfterNSteps) {
  const auto problem = all_problems().make("rosenbrock:n=4");
  const auto solver = all_solvers().make("nonlinear_cg:restart=periodic,formula=fletcher_reeves");
  const Result result = minimize(*problem, *solver, {.limits = {.max_iterations = 12}, .trace = {}});
  const std::vector<double>& beta = result.trace.column("beta");
  ASSERT_EQ(beta.size(), 13U);
  for (std::size_t k = 0; k < beta.size(); ++k) EXPECT_EQ(beta[k] == 0, k % 4 == 0) << k;
}

}  // namespace
}  // namespace optbed::nonlinear_cg_test
