// What every line search promises, on the functions of line_functions.hpp and from steps too short and too
// long.
#include "solvers/line_search/line_search.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/quadratic/quadratic.hpp"
#include "tests/solvers/line_search/line_functions.hpp"

namespace optbed::line_search_test {
namespace {

using testing::FunctionProblem;
using testing::NamedFunction;
using testing::on_the_line;

constexpr double epsilon = std::numeric_limits<double>::epsilon();
const double initial_steps[] = {1e-3, 1e-1, 1, 1e1, 1e3};

struct Searched {
  Point from;
  Point trial;
  LineSearchResult result;
  EvaluationCounts counts;
};

Searched search_along(const Problem& problem, LineSearch& search, double initial_step, const Vector& d) {
  Oracle f(problem);
  Searched searched;
  searched.from.resize(problem.dimension());
  searched.trial.resize(problem.dimension());
  searched.from.x = problem.start();
  EXPECT_TRUE(f.evaluate(searched.from));
  search.start(problem.dimension());
  searched.result = search.search(f, searched.from, d, initial_step, searched.trial);
  searched.counts = f.counts();
  return searched;
}

const Vector forwards = Vector::Ones(1);

class EveryLineSearch : public ::testing::TestWithParam<std::pair<std::string, LineSearchKind>> {
 protected:
  std::unique_ptr<LineSearch> search_ = make_line_search(GetParam().second);
};

// The conditions that the header of each search names, written out here a second time. Values may exceed the
// bound by what rounding does to them.
std::string broken_condition(LineSearchKind kind, const NamedFunction& function, const Searched& s) {
  const double alpha = s.result.step;
  const double slope0 = s.from.gradient[0];
  const double slope = s.trial.gradient[0];
  const double change = s.trial.value - s.from.value;
  const double rounding = 10 * epsilon * std::abs(s.from.value);
  switch (kind) {
    case LineSearchKind::armijo:
      return change <= 1e-4 * alpha * slope0 + rounding ? "" : "sufficient decrease";
    case LineSearchKind::strong_wolfe:
    case LineSearchKind::more_thuente:
      if (change > 1e-4 * alpha * slope0 + rounding) return "sufficient decrease";
      return std::abs(slope) <= 0.9 * std::abs(slope0) ? "" : "curvature";
    case LineSearchKind::hager_zhang: {
      if (slope < 0.9 * slope0) return "curvature";
      const bool wolfe = change <= 0.1 * alpha * slope0;
      const bool approximate = change <= 1e-6 * std::abs(s.from.value) && slope <= -0.8 * slope0;
      return wolfe || approximate ? "" : "sufficient decrease, also in its approximate form";
    }
    case LineSearchKind::exact: {
      if (change > rounding) return "no rise";
      if (std::abs(slope) <= 1e-13 * std::abs(slope0)) return "";
      // Where rounding in the slope leaves no such point: it changes its sign within some units of alpha.
      const double unit = 8 * epsilon * alpha;
      return function.slope(alpha - unit) <= 0 && function.slope(alpha + unit) >= 0 ? "" : "vanishing slope";
    }
  }
  return "unknown line search";
}

TEST_P(EveryLineSearch, SatisfiesItsConditionsOnTheFunctionsOfMoreAndThuente) {
  for (const NamedFunction& function : testing::more_thuente_functions()) {
    for (const double initial_step : initial_steps) {
      SCOPED_TRACE(function.name + " from " + std::to_string(initial_step));
      const Searched s = search_along(function.problem(), *search_, initial_step, forwards);
      ASSERT_FALSE(s.result.failure);
      EXPECT_GT(s.result.step, 0);
      EXPECT_EQ(broken_condition(GetParam().second, function, s), "");
    }
  }
}

TEST_P(EveryLineSearch, SatisfiesItsConditionsWhereTheFunctionIsNotFiniteOrFlatOrLostInRounding) {
  for (const NamedFunction& function : testing::awkward_functions()) {
    for (const double initial_step : initial_steps) {
      SCOPED_TRACE(function.name + " from " + std::to_string(initial_step));
      const Searched s = search_along(function.problem(), *search_, initial_step, forwards);
      ASSERT_FALSE(s.result.failure);
      EXPECT_GT(s.result.step, 0);
      EXPECT_EQ(broken_condition(GetParam().second, function, s), "");
    }
  }
}

TEST_P(EveryLineSearch, LeavesTheAcceptedPointInTheTrialAsAFreshEvaluationFindsIt) {
  std::vector<NamedFunction> functions = testing::more_thuente_functions();
  for (const NamedFunction& function : testing::awkward_functions()) functions.push_back(function);
  for (const NamedFunction& function : functions) {
    for (const double initial_step : initial_steps) {
      SCOPED_TRACE(function.name + " from " + std::to_string(initial_step));
      const Searched s = search_along(function.problem(), *search_, initial_step, forwards);
      ASSERT_FALSE(s.result.failure);
      EXPECT_EQ(s.trial.x[0], s.result.step);
      EXPECT_EQ(s.trial.value, function.value(s.trial.x[0]));
      EXPECT_EQ(s.trial.gradient[0], function.slope(s.trial.x[0]));
      EXPECT_EQ(s.trial.gradient_norm, std::abs(s.trial.gradient[0]));
    }
  }
}

TEST_P(EveryLineSearch, RefusesADirectionThatDoesNotDescend) {
  const FunctionProblem uphill = on_the_line(
      1, [](double x) { return x * x; }, [](double x) { return 2 * x; });
  EXPECT_EQ(search_along(uphill, *search_, 1, forwards).result.failure, StopReason::not_descent);
  const FunctionProblem level = on_the_line(
      0, [](double) { return 5.0; }, [](double) { return 0.0; });
  EXPECT_EQ(search_along(level, *search_, 1, forwards).result.failure, StopReason::not_descent);
}

TEST_P(EveryLineSearch, RefusesADirectionThatIsNotFinite) {
  const FunctionProblem parabola = on_the_line(
      1, [](double x) { return x * x; }, [](double x) { return 2 * x; });
  const Vector nowhere = Vector::Constant(1, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(search_along(parabola, *search_, 1, nowhere).result.failure, StopReason::non_finite);
}

TEST_P(EveryLineSearch, GivesUpAfterABoundedNumberOfTrialsWhereNoFiniteStepExists) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const FunctionProblem alone = on_the_line(
      0, [=](double x) { return x == 0 ? 1.0 : nan; }, [](double) { return -1.0; });
  const Searched s = search_along(alone, *search_, 1, forwards);
  EXPECT_EQ(s.result.failure, StopReason::line_search_failed);
  EXPECT_LE(s.counts.total(), 2000);
}

TEST_P(EveryLineSearch, GivesUpAfterABoundedNumberOfTrialsWhereTheSlopeIsWrong) {
  const FunctionProblem wrong = on_the_line(
      0, [](double x) { return x; }, [](double) { return -1.0; });
  const Searched s = search_along(wrong, *search_, 1, forwards);
  EXPECT_EQ(s.result.failure, StopReason::line_search_failed);
  EXPECT_LE(s.counts.total(), 300);
}

TEST_P(EveryLineSearch, ThrowsNothingAwayWhenTheBudgetEndsInTheMiddle) {
  const NamedFunction function = testing::more_thuente_functions()[2];
  const FunctionProblem problem = function.problem();
  Oracle f(problem, 2);
  Point from, trial;
  from.resize(1);
  trial.resize(1);
  ASSERT_TRUE(f.evaluate(from));
  search_->start(1);
  EXPECT_THROW(
      {
        search_->search(f, from, forwards, 1e3, trial);
        search_->search(f, from, forwards, 1e3, trial);
      },
      BudgetExhausted);
  EXPECT_EQ(from.x[0], 0);
  EXPECT_EQ(f.counts().total(), 2);
}

INSTANTIATE_TEST_SUITE_P(All, EveryLineSearch, ::testing::ValuesIn(line_search_choices()),
                         [](const auto& choice) { return choice.param.first; });

// -x falls for ever: the Wolfe conditions bound phi' and no step satisfies them.
TEST(LineSearch, ThatBoundsTheSlopeSaysWhereTheFunctionFallsForEver) {
  const FunctionProblem fall = on_the_line(
      0, [](double x) { return -x; }, [](double) { return -1.0; });
  for (const LineSearchKind kind : {LineSearchKind::strong_wolfe, LineSearchKind::more_thuente,
                                    LineSearchKind::hager_zhang, LineSearchKind::exact}) {
    const auto search = make_line_search(kind);
    const Searched s = search_along(fall, *search, 1, forwards);
    EXPECT_EQ(s.result.failure, StopReason::diverged);
    EXPECT_LE(s.counts.gradient, 210);
  }
}

}  // namespace
}  // namespace optbed::line_search_test
