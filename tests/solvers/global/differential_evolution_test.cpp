#include "solvers/global/differential_evolution.hpp"

#include <gtest/gtest.h>

#include "problems/classic/rosenbrock.hpp"
#include "problems/errors.hpp"
#include "solvers/minimize.hpp"
#include "tests/solvers/global/test_functions.hpp"
#include "tests/solvers/reference/differential_evolution.hpp"

namespace optbed::differential_evolution_test {
namespace {

using testing::values_only;

// Rounding may differ in the last bits of a trial, and forty generations carry it on.
TEST(DifferentialEvolution, MakesTheGenerationsOfASecondImplementation) {
  const Rosenbrock problem({.n = 4});
  const auto f = [&problem](const reference::Member& x) {
    return problem.value(Eigen::Map<const Vector>(x.data(), static_cast<Index>(x.size())));
  };
  const Vector x0 = problem.start();
  for (const bool best : {false, true}) {
    const int generations = 40;
    const auto expected = reference::differential_evolution(
        f, reference::Member(x0.begin(), x0.end()),
        {.population = 30, .F = 0.7, .CR = 0.6, .spread = 2, .mutates_best = best}, unrelated_seed(17),
        generations);
    DifferentialEvolution solver({.strategy = {.base = best ? MutationBase::best : MutationBase::random},
                                  .population = 30,
                                  .F = 0.7,
                                  .CR = 0.6,
                                  .initial_spread = 2});
    Oracle oracle(problem, 0, 17);
    ASSERT_FALSE(solver.start(oracle, x0));
    for (const double least : expected) {
      ASSERT_FALSE(solver.step(oracle).stop);
      EXPECT_NEAR(solver.current().value, least, 1e-9 * least);
    }
    EXPECT_EQ(oracle.counts().value, 30 * (generations + 1));
  }
}

class Strategy : public ::testing::TestWithParam<std::string> {};

// Storn & Price 1997, table 1, has 654 evaluations for Rosenbrock's function with F = CR = 0.9 and ten members.
TEST_P(Strategy, MinimisesRosenbrocksFunction) {
  const Rosenbrock problem;
  const auto solver = all_solvers().make("differential_evolution:F=0.9,population=20,strategy=" + GetParam());
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Limits limits{.max_iterations = 400, .gradient_tolerance = 0, .gap_tolerance = 1e-6};
    const Result result = minimize(problem, *solver, {.limits = limits, .seed = seed});
    EXPECT_EQ(result.stop, StopReason::value_target) << "seed " << seed << ": " << result.value;
    EXPECT_LT(result.evaluations.value, 4000);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Strategy,
                         ::testing::Values("rand1bin", "rand1exp", "rand2bin", "best1bin", "best1exp",
                                           "best2bin", "current_to_best1bin"),
                         [](const auto& strategy) { return strategy.param; });

TEST(DifferentialEvolution, FindsTheGlobalMinimumOfRastriginsFunction) {
  const auto problem = values_only(Vector{{3, -4, 2}}, testing::rastrigin);
  DifferentialEvolution solver({.CR = 0.3, .initial_spread = 5});
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Limits limits{.max_iterations = 600, .gradient_tolerance = 0, .value_target = 1e-8};
    EXPECT_EQ(minimize(problem, solver, {.limits = limits, .seed = seed}).stop, StopReason::value_target);
  }
}

// On a constant function every trial is taken, and the variance V of a component over the population changes by
// a factor (Zaharie 2002, theorem 3.1, there without the terms from r0, r1 and r2 being different and not i).
// With C = CR + (1 - CR)/n the probability of a component to be the mutant's, E u_i^2 = A V on average over i
// with A = 1 + 2 F^2 C NP/(NP - 1), E u_i = c x_i with c = 1 - C - C/(NP - 1), both from the population's mean,
// so that E V' = A V - (A - c^2) V/NP.
TEST(DifferentialEvolution, ChangesTheVarianceOfItsPopulationByZahariesFactor) {
  const Index n = 50;
  const double NP = 20;
  const double F = 0.4;
  const double CR = 0.7;
  const double C = CR + (1 - CR) / static_cast<double>(n);
  const double A = 1 + 2 * F * F * C * NP / (NP - 1);
  const double c = 1 - C - C / (NP - 1);
  const double expected = A - (A - c * c) / NP;
  EXPECT_NEAR(expected, 1 + 2 * F * F * CR - 2 * CR / NP + CR * CR / NP, 0.01);  // Zaharie's

  std::vector<Vector> members;
  const auto problem = values_only(Vector::Zero(n), [&](const Vector& x) {
    members.push_back(x);
    return 1.0;
  });
  const auto variance = [&] {  // of the last generation
    Matrix X(n, 20);
    for (Index i = 0; i < 20; ++i) X.col(i) = members[members.size() - 20 + static_cast<std::size_t>(i)];
    return (X.colwise() - X.rowwise().mean()).squaredNorm();
  };
  const Index generations = 5;
  const Index seeds = 100;
  Vector ratios(seeds * generations);
  for (Index seed = 0; seed < seeds; ++seed) {
    DifferentialEvolution solver({.population = 20, .F = F, .CR = CR});
    Oracle f(problem, 0, static_cast<std::uint64_t>(seed));
    ASSERT_FALSE(solver.start(f, problem.start()));
    solver.step(f);
    for (Index g = 0; g < generations; ++g) {
      const double before = variance();
      solver.step(f);
      ratios[seed * generations + g] = variance() / before;
    }
  }
  const testing::ChainStatistics found = testing::chain_statistics(ratios, 50);
  EXPECT_NEAR(found.mean, expected, 5 * found.error);
  EXPECT_LT(found.error, 0.01);
}

// Differences by half a best vector die out on this function before the valley's end (seen at every seed
// tried).
TEST(DifferentialEvolution, EndsWhereAllMembersAreOnePoint) {
  const Rosenbrock problem;
  DifferentialEvolution solver({.strategy = {.base = MutationBase::best}, .population = 20, .F = 0.5});
  const Result result =
      minimize(problem, solver, {.limits = {.max_iterations = 3000, .gradient_tolerance = 0}, .seed = 1});
  EXPECT_EQ(result.stop, StopReason::stalled);
}

TEST(DifferentialEvolution, SaysHowManyMembersItsStrategyNeeds) {
  EXPECT_NO_THROW(all_solvers().make("differential_evolution:strategy=rand2bin,population=6"));
  try {
    all_solvers().make("differential_evolution:strategy=rand2bin,population=5");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("'population' of 6 or more"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace optbed::differential_evolution_test
