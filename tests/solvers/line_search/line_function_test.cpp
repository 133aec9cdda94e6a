#include "solvers/line_search/line_function.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "solvers/rounding.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::line_function_test {
namespace {

TEST(LineFunction, ReportsATrialThatIsNotFiniteAsInfinitelyHigh) {
  const auto problem = testing::on_the_line(
      1, [](double x) { return std::log(x); }, [](double x) { return 1 / x; });
  Oracle f(problem);
  Point from, trial;
  from.resize(1);
  trial.resize(1);
  from.x = problem.start();
  ASSERT_TRUE(f.evaluate(from));
  const Vector d = -Vector::Ones(1);
  LineFunction phi(f, from, d, trial);
  EXPECT_EQ(phi.origin().value, 0);
  EXPECT_EQ(phi.origin().slope, -1);
  for (const double alpha : {1.0, 2.0}) {  // log 0 = -inf, which is no minimum, and log(-1) is NaN
    const Sample beyond = phi(alpha);
    EXPECT_FALSE(beyond.is_finite());
    EXPECT_EQ(beyond.value, std::numeric_limits<double>::infinity());
  }
  EXPECT_EQ(phi.trials(), 2);
}

TEST(SufficientDecrease, IsTestedOnValuesWhereTheyTellIt) {
  const Sample origin{0, 1, -1};
  const double rounding = rounding_of_value(origin.value, 1);
  EXPECT_TRUE(decreases_sufficiently({1, 0.5, 0}, origin, 0.1, rounding));
  EXPECT_FALSE(decreases_sufficiently({1, 0.95, 0}, origin, 0.1, rounding));
  // The same value as at the origin by coincidence: 0.1 was asked for, which is far above rounding.
  EXPECT_FALSE(decreases_sufficiently({1, 1, 0}, origin, 0.1, rounding));
}

// phi = 1e8 + (1/2)(alpha - 1)^2 1e-12: at the minimiser the fall of 5e-13 is far below the spacing 1.5e-8 of
// doubles near 1e8.
TEST(SufficientDecrease, IsTestedOnSlopesWhereValuesAreLostInRounding) {
  const Sample origin{0, 1e8, -1e-12};
  const double rounding = rounding_of_value(origin.value, 1);
  EXPECT_TRUE(decreases_sufficiently({1, 1e8, 0}, origin, 0.1, rounding));
  EXPECT_TRUE(decreases_sufficiently({1, std::nextafter(1e8, 2e8), 0}, origin, 0.1, rounding));
  // At alpha = 1.9 a quadratic falls by just less than 0.1 alpha |phi'(0)|, at 1.7 by more.
  EXPECT_FALSE(decreases_sufficiently({1.9, 1e8, 0.9e-12}, origin, 0.1, rounding));
  EXPECT_TRUE(decreases_sufficiently({1.7, 1e8, 0.7e-12}, origin, 0.1, rounding));
}

// A sum of 40000 terms is allowed the rounding of 200 of them.
TEST(RoundingOfAValue, GrowsWithTheRootOfTheNumberOfVariables) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  EXPECT_EQ(rounding_of_value(-2, 1), 20 * epsilon);
  EXPECT_EQ(rounding_of_value(-2, 100), 20 * epsilon);
  EXPECT_EQ(rounding_of_value(-2, 40000), 400 * epsilon);
}

}  // namespace
}  // namespace optbed::line_function_test
