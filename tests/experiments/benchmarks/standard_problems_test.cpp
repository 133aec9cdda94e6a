#include "experiments/benchmarks/standard_problems.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "solvers/registry.hpp"

namespace optbed::standard_problems_test {
namespace {

TEST(StandardProblems, GiveEverySolverOneThatHasWhatItNeeds) {
  const std::vector<StandardProblem> problems = standard_problems();
  const SolverRegistry solvers = all_solvers();
  for (const std::string& name : solvers.names()) {
    EXPECT_FALSE(problems_for(*solvers.make(name), problems).empty()) << name;
  }
}

TEST(StandardProblems, AreGivenOnlyToSolversThatSupportThem) {
  const std::vector<StandardProblem> problems = standard_problems();
  for (const char* name : {"proximal_gradient", "cg", "levenberg_marquardt", "sgd", "lagrange", "lbfgs"}) {
    const auto solver = all_solvers().make(name);
    for (const StandardProblem& standard : problems_for(*solver, problems)) {
      EXPECT_NE(minimize(*standard.problem, *solver, {.limits = {.max_iterations = 1}}).stop,
                StopReason::unsupported)
          << name << " on " << standard.text;
    }
  }
}

// With all but a millionth of f(x_0) - f* closed, written out for a problem with f* = 0 and f(x_0) = 24.2: the
// standard start (-1.2, 1) of Rosenbrock's function (Moré, Garbow & Hillstrom 1981, no. 1).
TEST(StandardProblems, EndAtAMillionthOfTheGap) {
  const std::vector<StandardProblem> problems = standard_problems();
  const auto rosenbrock = std::find_if(problems.begin(), problems.end(),
                                       [](const StandardProblem& one) { return one.text == "rosenbrock"; });
  ASSERT_NE(rosenbrock, problems.end());
  const Limits limits = to_tolerance(*rosenbrock->problem);
  ASSERT_TRUE(limits.value_target);
  EXPECT_NEAR(*limits.value_target, 24.2e-6, 1e-18);
  EXPECT_EQ(limits.gradient_tolerance, 0);
}

TEST(StandardProblems, AreEachSolvedByOneOfTheSolvers) {
  const SolverRegistry solvers = all_solvers();
  for (const StandardProblem& standard : standard_problems()) {
    Limits limits = to_tolerance(*standard.problem);
    limits.max_seconds = 0;  // the answer is not to depend on the machine
    const auto solves = [&](const std::string& name) {
      const auto solver = solvers.make(name);
      return solver->unmet_need(*standard.problem).empty() &&
             minimize(*standard.problem, *solver, {.limits = limits}).solved;
    };
    const std::vector<std::string> likely = {"newton", "proximal_gradient", "admm", "lagrange"};
    EXPECT_TRUE(std::any_of(likely.begin(), likely.end(), solves)) << standard.text;
  }
}

}  // namespace
}  // namespace optbed::standard_problems_test
