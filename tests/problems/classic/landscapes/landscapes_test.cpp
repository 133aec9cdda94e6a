#include "problems/classic/landscapes/landscapes.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "problems/all_problems.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::landscapes_test {
namespace {

using std::numbers::e;
using std::numbers::pi;
using testing::eigenvalues_at;
using testing::gradient_at;

std::unique_ptr<Problem> make(const std::string& text) { return all_problems().make(text); }

// A point of the size of 1, whose components are all different.
Vector generic_point(Index n) {
  Vector x(n);
  for (Index i = 0; i < n; ++i) x[i] = 1.3 * std::sin(1.0 + 2.0 * static_cast<double>(i));
  return x;
}

double square(double x) { return x * x; }

// The formulas as they are printed, where those of the code differ from them.
TEST(Rastrigin, IsThePrintedSum) {
  const Vector x = generic_point(5);
  double sum = 50;
  for (const double t : x) sum += t * t - 10 * std::cos(2 * pi * t);
  EXPECT_NEAR(make("rastrigin:n=5")->value(x), sum, 1e-12 * sum);
}

TEST(Ackley, IsThePrintedExpression) {
  const Vector x = generic_point(5);
  double squares = 0, cosines = 0;
  for (const double t : x) {
    squares += t * t / 5;
    cosines += std::cos(2 * pi * t) / 5;
  }
  const double f = -20 * std::exp(-0.2 * std::sqrt(squares)) - std::exp(cosines) + 20 + e;
  EXPECT_NEAR(make("ackley:n=5")->value(x), f, 1e-12 * f);
}

TEST(Levy, IsThePrintedSum) {
  const Vector x = generic_point(4);
  const auto w = [&](Index i) { return 1 + (x[i] - 1) / 4; };
  double sum = square(std::sin(pi * w(0)));
  for (Index i = 0; i < 3; ++i) sum += square(w(i) - 1) * (1 + 10 * square(std::sin(pi * w(i) + 1)));
  sum += square(w(3) - 1) * (1 + square(std::sin(2 * pi * w(3))));
  EXPECT_NEAR(make("levy:n=4")->value(x), sum, 1e-12 * sum);
}

TEST(Griewank, IsThePrintedExpression) {
  const Vector x = 100 * generic_point(3);
  const double f = x.squaredNorm() / 4000 -
                   std::cos(x[0]) * std::cos(x[1] / std::sqrt(2.0)) * std::cos(x[2] / std::sqrt(3.0)) + 1;
  EXPECT_NEAR(make("griewank:n=3")->value(x), f, 1e-12 * f);
}

// By hand: s = (1 + 2*2 + 3*3)/2 = 7.
TEST(Zakharov, HasTheValueByHand) { EXPECT_EQ(make("zakharov:n=3")->value(Vector{{1, 2, 3}}), 14 + 49 + 2401); }

TEST(MonkeySaddle, FallsInThreeDirections) {
  const auto f = make("monkey_saddle");
  for (int k = 0; k < 6; ++k) {
    const double angle = k * pi / 3;
    EXPECT_NEAR(f->value(Vector{{std::cos(angle), std::sin(angle)}}), k % 2 == 0 ? 1 : -1, 1e-14);
  }
  EXPECT_EQ(f->start(), (Vector{{1, 1e-6}}));
}

// Jamil & Yang 2013 and the papers print these digits.
TEST(Landscapes, HaveThePublishedMinima) {
  EXPECT_EQ(make("himmelblau")->facts().minimisers.size(), 4U);
  EXPECT_NEAR(make("six_hump_camel")->facts().minimum->value, -1.0316285, 1e-7);
  EXPECT_EQ(make("goldstein_price")->facts().minimum->value, 3);
  EXPECT_NEAR(make("styblinski_tang:n=3")->facts().minimum->value, 3 * -39.16599, 3e-3);
  EXPECT_EQ(make("booth")->value(Vector{{0, 0}}), 74);
}

// What the facts have no place for.
TEST(Landscapes, HaveTheMaximaThatTheirDescriptionsName) {
  struct Maximum {
    const char* problem;
    Vector x;
    double value;
  };
  for (const auto& [name, x, value] :
       {Maximum{"himmelblau", Vector{{-0.27084459066734761304, -0.92303855647998146313}},
                181.61652152258270404},
        Maximum{"goldstein_price", Vector{{0.8, 0.2}}, 1155},
        Maximum{"six_hump_camel", Vector{{1.2302298765166526266, 0.16233458445899497001}},
                2.4962953510235769337}}) {
    const auto f = make(name);
    EXPECT_NEAR(f->value(x), value, 1e-12 * value);
    EXPECT_LE(gradient_at(*f, x).norm(), 1e-11 * value);
    EXPECT_LT(eigenvalues_at(*f, x)[1], 0);
  }
}

TEST(SixHumpCamel, KnowsAllItsHumpsAndSaddles) {
  const auto f = make("six_hump_camel");
  EXPECT_EQ(f->facts().minimisers.size() + f->facts().local_minima.size(), 6U);
  EXPECT_EQ(f->facts().saddles.size(), 7U);
}

TEST(StyblinskiTang, HasTwoToThePowerOfNMinima) {
  EXPECT_EQ(make("styblinski_tang:n=1")->facts().local_minima.size(), 1U);
  EXPECT_EQ(make("styblinski_tang:n=3")->facts().local_minima.size(), 7U);
}

// Near 0, f = 4 |x|/sqrt(n) + O(|x|^2), where the second derivatives are of the size of 100.
TEST(Ackley, HasACone) {
  for (const Index n : {1, 2, 9}) {
    const auto f = make("ackley:n=" + std::to_string(n));
    const Vector d = generic_point(n).normalized();
    const double slope = 4 / std::sqrt(static_cast<double>(n));
    EXPECT_NEAR(f->value(1e-8 * d) / 1e-8, slope, 1e-5);
    EXPECT_NEAR(gradient_at(*f, 1e-8 * d).norm(), slope, 1e-5);
    EXPECT_NEAR(gradient_at(*f, -1e-8 * d).dot(d), -slope, 1e-5);
  }
}

// Where the gradient does not exist it is given as 0, which lies between those on all sides of the cone.
TEST(Ackley, IsStationaryAtTheTipOfItsConeAndNowhereNear) {
  const auto f = make("ackley:n=3");
  EXPECT_EQ(f->value(Vector::Zero(3)), 0);
  EXPECT_EQ(gradient_at(*f, Vector::Zero(3)).norm(), 0);
  EXPECT_TRUE(testing::hessian_at(*f, Vector::Zero(3)).allFinite());
  for (const double t : {1e-150, 1e-100, 1e-10, 1e-3}) {
    EXPECT_GT(gradient_at(*f, Vector::Constant(3, t)).norm(), 2) << t;
  }
}

// Michalewicz 1992 and Surjanovic & Bingham.
TEST(Michalewicz, HasThePublishedMinimaOfItsDomain) {
  const auto least = [](long n) {
    return make(fmt::format("michalewicz:n={}", n))->facts().local_minima.at(0).value;
  };
  EXPECT_NEAR(least(2).value, -1.8013034, 1e-7);
  EXPECT_NEAR(least(5).value, -4.687658, 1e-6);
  EXPECT_NEAR(least(10).value, -9.66015, 1e-5);
  EXPECT_NEAR(least(2).x[0], 2.20290552, 1e-8);
  EXPECT_NEAR(least(2).x[1], pi / 2, 1e-14);
}

// A search of the whole domain, component by component: the function is separable.
TEST(Michalewicz, HasNoLowerValueInItsDomain) {
  const auto f = make("michalewicz:n=12");
  const auto& least = f->facts().local_minima.at(0).value;
  constexpr int steps = 20000;
  Vector x = least.x;
  for (Index i = 0; i < x.size(); ++i) {
    for (int k = 0; k <= steps; ++k) {
      x[i] = pi * k / steps;
      ASSERT_GE(f->value(x), least.value - 1e-12) << "component " << i << " at " << x[i];
    }
    x[i] = least.x[i];
  }
}

// Which is why its least value on the whole space is not declared.
TEST(Michalewicz, IsLowerOutsideOfItsDomain) {
  const auto f = make("michalewicz");
  EXPECT_FALSE(f->facts().minimum);
  // sin(x_2) = 1 and 2 x_2^2/pi near pi/2 + 12 pi.
  EXPECT_LT(f->value(Vector{{7.85, 1.5707963267948966}}), 0);
  double lowest = 0;
  for (double t = 0; t < 40; t += 1e-3) lowest = std::min(lowest, f->value(Vector{{t, pi / 2}}));
  EXPECT_LT(lowest, -1.95);
}

// The number of local minima of one component on [-4, 4]: how often the slope changes from falling to rising.
int valleys(const std::string& options) {
  const auto f = make("valleys_in_valleys:n=1," + options);
  int count = 0;
  double before = -1;
  for (int k = 0; k <= 400000; ++k) {
    const double slope = gradient_at(*f, Vector::Constant(1, -4 + 2e-5 * k + 1e-6))[0];
    count += before < 0 && slope > 0 ? 1 : 0;
    before = slope;
  }
  return count;
}

// With one level the slope t + pi/2 sin(2 pi t) vanishes for |t| <= pi/2 only, in the three valleys near -1, 0
// and 1; the next level divides each of those and the slopes around them.
TEST(ValleysInValleys, HasMoreValleysWithEveryLevel) {
  EXPECT_EQ(valleys("depth=0"), 1);
  EXPECT_EQ(valleys("depth=1"), 3);
  const int two = valleys("depth=2");
  EXPECT_GT(two, 9);
  EXPECT_GT(valleys("depth=3"), 4 * two);
}

// One level more is the same function at 1/scale of the size, but for the bowl: the ripples r_d satisfy
// r_{d+1}(t) = r_1(t) + r_d(scale t)/scale.
TEST(ValleysInValleys, RepeatsItselfAtASmallerScale) {
  const auto ripples = [](int depth, const Vector& x) {
    return make(fmt::format("valleys_in_valleys:scale=3,depth={}", depth))->value(x) - 0.5 * x.squaredNorm();
  };
  const Vector x{{0.3, -0.71}};
  EXPECT_NEAR(ripples(4, x), ripples(1, x) + ripples(3, 3 * x) / 3, 1e-13);
}

TEST(ValleysInValleys, HasAFiniteCurvatureHoweverRough) {
  const auto roughest = make("valleys_in_valleys:depth=12,scale=100,roughness=1e6");
  EXPECT_TRUE(std::isfinite(roughest->facts().lipschitz->value));
  EXPECT_THROW(make("valleys_in_valleys:roughness=1e308"), UsageError);
}

TEST(ValleysInValleys, KnowsWhenItIsConvex) {
  const auto convexity = [](const std::string& options) {
    return make("valleys_in_valleys:" + options)->facts().convexity;
  };
  EXPECT_EQ(convexity("depth=1,roughness=0.05")->value, Convexity::strongly_convex);
  EXPECT_EQ(convexity("depth=1,roughness=0.06")->value, Convexity::nonconvex);
}

}  // namespace
}  // namespace optbed::landscapes_test
