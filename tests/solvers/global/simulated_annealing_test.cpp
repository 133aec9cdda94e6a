#include "solvers/global/simulated_annealing.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/errors.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/minimize.hpp"
#include "tests/solvers/global/test_functions.hpp"

namespace optbed::simulated_annealing_test {
namespace {

using testing::values_only;

TEST(SimulatedAnnealing, CoolsByTheFormulaOfItsSchedule) {
  const DiagonalQuadratic problem(Vector{{1}}, Vector::Zero(1));
  struct Case {
    Cooling cooling;
    double (*temperature)(double j);
  };
  for (const Case& schedule :
       {Case{Cooling::geometric, [](double j) { return 3 * std::pow(0.8, j); }},
        Case{Cooling::logarithmic, [](double j) { return 3 * std::log(2) / std::log(2 + j); }},
        Case{Cooling::fast, [](double j) { return 3 / (1 + j); }}}) {
    SimulatedAnnealing solver(
        {.temperature = 3, .cooling = schedule.cooling, .cooling_rate = 0.8, .plateau = 4});
    Oracle f(problem, 0, 1);
    ASSERT_FALSE(solver.start(f, problem.start()));
    for (int k = 0; k < 40; ++k) {
      solver.step(f);
      double values[2];
      solver.properties(values);
      EXPECT_DOUBLE_EQ(values[0], schedule.temperature(k / 4)) << k;
    }
  }
}

TEST(SimulatedAnnealing, MinimisesAQuadratic) {
  const auto problem = values_only(Vector::Constant(5, 1.5), testing::sphere);
  for (const char* text : {"simulated_annealing", "simulated_annealing:cooling=fast",
                           "simulated_annealing:proposal=cauchy", "simulated_annealing:proposal=uniform"}) {
    const auto solver = all_solvers().make(text);
    for (const std::uint64_t seed : {1, 2, 3}) {
      const Limits limits{.max_iterations = 20'000, .gradient_tolerance = 0, .value_target = 1e-3};
      const Result result = minimize(problem, *solver, {.limits = limits, .seed = seed});
      EXPECT_EQ(result.stop, StopReason::value_target) << text << ", seed " << seed;
    }
  }
}

// Two wells, at -1 with the value 0.3 and at 1 with 0, and a barrier of about 1 between them; the start is in
// the worse one. Which part of the runs ends in the better?
double part_that_escapes(const SimulatedAnnealingOptions& options, int runs) {
  const auto problem = values_only(
      Vector{{-1}}, [](const Vector& x) { return std::pow(x[0] * x[0] - 1, 2) + 0.15 * (1 - x[0]); });
  int escaped = 0;
  for (int run = 0; run < runs; ++run) {
    SimulatedAnnealing solver(options);
    Oracle f(problem, 0, static_cast<std::uint64_t>(run));
    EXPECT_FALSE(solver.start(f, problem.start()));
    for (int k = 0; k < 3000; ++k) solver.step(f);
    escaped += solver.current().x[0] > 0 ? 1 : 0;
  }
  return static_cast<double>(escaped) / runs;
}

// Hajek 1988: cooling like c/log k with c above the depth of the worse well finds the better, and a quench does
// not.
TEST(SimulatedAnnealing, EscapesWhenItCoolsSlowlyAndIsCaughtWhenItIsQuenched) {
  const SimulatedAnnealingOptions slow{.temperature = 1.5,
                                       .cooling = Cooling::logarithmic,
                                       .plateau = 1,
                                       .proposal_scale = 0.3,
                                       .scale_with_temperature = false};
  SimulatedAnnealingOptions quenched = slow;
  quenched.cooling = Cooling::geometric;
  quenched.cooling_rate = 0.5;
  const int runs = 100;
  const double found_slowly = part_that_escapes(slow, runs);
  const double found_quenched = part_that_escapes(quenched, runs);
  EXPECT_GT(found_slowly, 0.7);
  EXPECT_LT(found_quenched, 0.1);
}

TEST(SimulatedAnnealing, NamesTheOptionThatItsCoolingDoesNotHave) {
  try {
    all_solvers().make("simulated_annealing:cooling=fast,cooling_rate=0.9");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("'cooling_rate' needs cooling=geometric"), std::string::npos);
  }
}

}  // namespace
}  // namespace optbed::simulated_annealing_test
