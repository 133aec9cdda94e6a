#include "solvers/global/genetic.hpp"

#include <gtest/gtest.h>

#include "problems/classic/rosenbrock.hpp"
#include "problems/errors.hpp"
#include "solvers/minimize.hpp"
#include "tests/solvers/global/test_functions.hpp"

namespace optbed::genetic_test {
namespace {

using testing::values_only;

Limits until(double value, long generations) {
  return {.max_iterations = generations, .gradient_tolerance = 0, .value_target = value};
}

class GeneticVariant : public ::testing::TestWithParam<std::string> {};

TEST_P(GeneticVariant, MinimisesTheSphere) {
  const auto problem = values_only(Vector::Constant(5, 1.5), testing::sphere);
  const auto solver = all_solvers().make(GetParam());
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Result result = minimize(problem, *solver, {.limits = until(1e-3, 1000), .seed = seed});
    EXPECT_EQ(result.stop, StopReason::value_target) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(All, GeneticVariant,
                         ::testing::Values("genetic", "genetic:crossover=blend", "genetic:mutation=gaussian",
                                           "genetic:crossover=blend,mutation=gaussian",
                                           "genetic:population=51,elite=2,tournament=4"),
                         [](const auto& variant) { return "_" + std::to_string(variant.index); });

// 11^3 local minima lie in the box of the first generation.
TEST(Genetic, FindsTheGlobalMinimumOfRastriginsFunction) {
  const auto problem = values_only(Vector{{3, -4, 2}}, testing::rastrigin);
  Genetic solver({.population = 100, .mutation_scale = 2, .mutation_index = 5, .initial_spread = 5});
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Result result = minimize(problem, solver, {.limits = until(1e-3, 1000), .seed = seed});
    EXPECT_EQ(result.stop, StopReason::value_target) << "seed " << seed;
  }
}

// All of a generation but its elite, which keeps its values; of the first all but x0.
TEST(Genetic, EvaluatesAllOfAGenerationButItsElite) {
  for (const long elite : {0L, 1L, 7L}) {
    Genetic solver({.population = 20, .elite = elite});
    const Rosenbrock problem;
    Oracle oracle(problem, 0, 4);
    ASSERT_FALSE(solver.start(oracle, problem.start()));
    EXPECT_EQ(oracle.counts().value, 1);
    solver.step(oracle);
    EXPECT_EQ(oracle.counts().value, 20);
    solver.step(oracle);
    EXPECT_EQ(oracle.counts().value, 40 - elite);
  }
}

// One member that is the best of the whole population wins every tournament; without variation all children are
// its copies.
TEST(Genetic, CopiesTheBestWhereEveryTournamentIsWonByItAndNothingVaries) {
  const Rosenbrock problem;
  Genetic solver({.population = 10, .tournament = 400, .crossover_probability = 0, .mutation_probability = 0});
  Oracle f(problem, 0, 1);
  ASSERT_FALSE(solver.start(f, problem.start()));
  solver.step(f);
  solver.step(f);
  double values[2];
  solver.properties(values);
  EXPECT_DOUBLE_EQ(values[0], solver.current().value);
  EXPECT_EQ(values[1], 0);
}

TEST(Genetic, KeepsTheBestPointSoFarWithoutElite) {
  const Rosenbrock problem;
  Genetic solver({.population = 10, .elite = 0});
  Oracle f(problem, 0, 2);
  ASSERT_FALSE(solver.start(f, problem.start()));
  double best = solver.current().value;
  for (int k = 0; k < 100; ++k) {
    const StepInfo info = solver.step(f);
    EXPECT_EQ(info.accepted, solver.current().value < best);
    EXPECT_LE(solver.current().value, best);
    best = solver.current().value;
  }
}

TEST(Genetic, NamesTheOptionsThatDoNotGoTogether) {
  for (const auto& [text, named] : std::vector<std::pair<std::string, std::string>>{
           {"genetic:blend_alpha=1", "'blend_alpha' needs crossover=blend"},
           {"genetic:crossover=blend,crossover_index=3", "'crossover_index' needs crossover=sbx"},
           {"genetic:mutation=gaussian,mutation_index=3", "'mutation_index' needs mutation=polynomial"},
           {"genetic:population=5,elite=5", "'elite' = 5 must be less than 'population' = 5"}}) {
    try {
      all_solvers().make(text);
      ADD_FAILURE() << text;
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(named), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace optbed::genetic_test
