#include "problems/learning/separable.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "problems/errors.hpp"

namespace optbed::separable_test {
namespace {

// The squared error of a sigmoid unit with targets, point by point, as it is taught.
double squared_error(const std::vector<std::array<double, 3>>& points_and_labels, const Vector& x) {
  double sum = 0;
  for (const auto& [a1, a2, label] : points_and_labels) {
    const double output = 1 / (1 + std::exp(-(x[0] * a1 + x[1] * a2 + x[2])));
    sum += std::pow(output - (label > 0 ? 0.99 : 0.01), 2);
  }
  return sum;
}

TEST(Separable, IsTheSquaredErrorOfASigmoidUnit) {
  const std::vector<std::array<double, 3>> points = {{1, 0, 1}, {0, 1, 1}, {-1, 0, -1}, {0, -3, 1}};
  const Separable problem({.spoiler = 3});
  for (const Vector& x : {Vector{{0, 0, 0}}, Vector{{1, -2, 0.5}}, Vector{{-3, 0.2, 1}}}) {
    EXPECT_NEAR(problem.value(x), squared_error(points, x), 1e-14);
  }
}

// At w = (u, u), b = 0 the spoiler's output is s(-t u) = 1/(1 + 99^t): its loss is 0.99^2 but for that, and its
// gradient 2 0.99 99^-t |(0, -t, 1)|. For t = 10 this is 2.2e-19.
TEST(Separable, IsFlatAtTheOldMinimumWhereTheSpoilerIsMisclassified) {
  const double u = std::log(99);
  const Vector x{{u, u, 0}};
  const Separable problem({.spoiler = 10});
  EXPECT_NEAR(problem.value(x), 0.99 * 0.99, 1e-14);
  EXPECT_FALSE(problem.is_separated_by(x));
  Vector g(3);
  const std::array<Index, 1> spoiler = {3};
  problem.sample_gradient(x, spoiler, g);
  const double expected = 2 * 0.99 * std::pow(99, -10) * std::hypot(10, 1);
  EXPECT_NEAR(g.norm() / 4 / expected, 1, 1e-13);  // a sample stands for all four
  EXPECT_NEAR(expected, 2.2e-19, 0.01e-19);
  problem.gradient(x, g);
  EXPECT_LT(g.norm(), 1e-17);  // the other points' outputs are 0.99 to rounding
}

// ((2, 0), 1)/sqrt(5): the four margins are at least 1/sqrt(5).
TEST(Separable, CanBeSeparatedWhateverTheSpoiler) {
  for (const double t : {1.0, 10.0, 1e6}) {
    const Separable problem({.spoiler = t});
    Vector c(3);
    for (Index i = 0; i < 4; ++i) {
      problem.signed_point(i, c);
      EXPECT_GE(c.dot(Vector{{2, 0, 1}}), 1);
    }
  }
}

TEST(Separable, NamesTheOptionsThatDoNotGoTogether) {
  for (const auto& [values, named] : std::vector<std::pair<KeyValues, std::string>>{
           {{{"samples", "5"}, {"spoiler", "3"}}, "'samples' and 'spoiler'"},
           {{{"margin", "0.5"}}, "'margin' needs 'samples'"}}) {
    try {
      Separable::option_table().parse("separable", values);
      ADD_FAILURE();
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(named), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace optbed::separable_test
