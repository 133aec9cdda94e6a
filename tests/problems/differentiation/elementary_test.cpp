// Every elementary function against its difference quotients: the first derivative against those of its values,
// the second against those of its first, in both modes.
#include "problems/differentiation/elementary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "problems/differentiation/dual.hpp"
#include "problems/differentiation/tape.hpp"

namespace optbed::elementary_test {
namespace {

using First = Dual<double, 1>;
using Second = Dual<First, 1>;

struct Function {
  std::string name;
  double at;
  std::function<double(double)> plain;
  std::function<First(First)> first;
  std::function<Second(Second)> second;
  std::function<Variable<double>(Variable<double>)> reverse;
  std::function<Variable<First>(Variable<First>)> reverse_along;
};

template <class F>
Function function(std::string name, double at, F f) {
  return {std::move(name), at, f, f, f, f, f};
}

std::vector<Function> functions() {
  return {
      function("exp", 0.7,
               [](const auto& x) {
                 using std::exp;
                 return exp(x);
               }),
      function("expm1", 1e-3,
               [](const auto& x) {
                 using std::expm1;
                 return expm1(x);
               }),
      function("log", 2.5,
               [](const auto& x) {
                 using std::log;
                 return log(x);
               }),
      function("log1p", 0.25,
               [](const auto& x) {
                 using std::log1p;
                 return log1p(x);
               }),
      function("log10", 7.0,
               [](const auto& x) {
                 using std::log10;
                 return log10(x);
               }),
      function("sqrt", 3.0,
               [](const auto& x) {
                 using std::sqrt;
                 return sqrt(x);
               }),
      function("cbrt", -2.0,
               [](const auto& x) {
                 using std::cbrt;
                 return cbrt(x);
               }),
      function("sin", 1.1,
               [](const auto& x) {
                 using std::sin;
                 return sin(x);
               }),
      function("cos", 1.1,
               [](const auto& x) {
                 using std::cos;
                 return cos(x);
               }),
      function("tan", 0.6,
               [](const auto& x) {
                 using std::tan;
                 return tan(x);
               }),
      function("asin", 0.3,
               [](const auto& x) {
                 using std::asin;
                 return asin(x);
               }),
      function("acos", -0.4,
               [](const auto& x) {
                 using std::acos;
                 return acos(x);
               }),
      function("atan", 1.7,
               [](const auto& x) {
                 using std::atan;
                 return atan(x);
               }),
      function("sinh", 0.9,
               [](const auto& x) {
                 using std::sinh;
                 return sinh(x);
               }),
      function("cosh", 0.9,
               [](const auto& x) {
                 using std::cosh;
                 return cosh(x);
               }),
      function("tanh", 0.5,
               [](const auto& x) {
                 using std::tanh;
                 return tanh(x);
               }),
      function("erf", 0.8,
               [](const auto& x) {
                 using std::erf;
                 return erf(x);
               }),
      function("abs of a negative number", -1.5,
               [](const auto& x) {
                 using std::abs;
                 return abs(x) * x;
               }),
      function("a constant power", 1.3,
               [](const auto& x) {
                 using std::pow;
                 return pow(x, 3.7);
               }),
      function("a square", -1.3,
               [](const auto& x) {
                 using std::pow;
                 return pow(x, 2);
               }),
      function("a power of itself", 1.3,
               [](const auto& x) {
                 using std::pow;
                 return pow(x, x);
               }),
      function("an exponential", 1.3,
               [](const auto& x) {
                 using std::pow;
                 return pow(2.5, x);
               }),
      function("atan2", 0.8,
               [](const auto& x) {
                 using std::atan2;
                 return atan2(x * x, 1.0 - x);
               }),
      function("hypot", 0.8,
               [](const auto& x) {
                 using std::hypot;
                 return hypot(x * x, 1.0 - x);
               }),
      function("the greater of two", 0.8, [](const auto& x) { return x * x < x ? x * x * x : x; }),
      function("sums", 0.4, [](const auto& x) { return +x + (2.0 + x) - (x - 3.0) + (1.0 - x) - (-x) * 5.0; }),
      function("products", 0.4, [](const auto& x) { return x * (2.0 * x) * (x * 3.0) / 7.0; }),
      function("quotients", 0.4, [](const auto& x) { return x / (1.0 + x * x) + 3.0 / x - x / 2.0; }),
      function("assignments", 0.4, [](auto x) {
        auto y = x;
        y += x * x;
        y -= 0.5 * x;
        y *= y;
        y /= 2.0 + x;
        return y;
      })};
}

// Central differences of sixth order (Fornberg 1988): h^6 f^(7)/140, which stays below 1e-11 for these
// functions, and rounding of some eps/h.
double difference(const std::function<double(double)>& f, double x) {
  constexpr double h = 1e-3;
  const auto around = [&](int i) { return f(x + i * h) - f(x - i * h); };
  return (45 * around(1) - 9 * around(2) + around(3)) / (60 * h);
}
constexpr double tolerance = 1e-11;

TEST(Elementary, FirstDerivativesAreThoseOfTheDifferenceQuotients) {
  for (const Function& f : functions()) {
    const First forward = f.first(First(f.at, 0));
    EXPECT_EQ(forward.value(), f.plain(f.at)) << f.name;
    const double expected = difference(f.plain, f.at);
    EXPECT_NEAR(forward.slope(0), expected, tolerance * (1 + std::abs(expected))) << f.name;
  }
}

TEST(Elementary, SecondDerivativesAreThoseOfTheDifferenceQuotients) {
  for (const Function& f : functions()) {
    Second x(First(f.at, 0), 0);
    const Second forward = f.second(x);
    const double expected = difference([&](double at) { return f.first(First(at, 0)).slope(0); }, f.at);
    EXPECT_NEAR(forward.slope(0).slope(0), expected, tolerance * (1 + std::abs(expected))) << f.name;
  }
}

TEST(Elementary, ReverseModeAgreesWithForwardModeToRounding) {
  for (const Function& f : functions()) {
    const Second forward = f.second(Second(First(f.at, 0), 0));
    const double first = forward.slope(0).value();
    const double second = forward.slope(0).slope(0);
    {
      Recording<double> recording;
      const Variable<double> x = recording.input(f.at);
      const Variable<double> y = f.reverse(x);
      recording.sweep(y);
      EXPECT_EQ(y.value(), forward.value().value()) << f.name;
      EXPECT_NEAR(recording.derivative(x), first, 1e-14 * (1 + std::abs(first))) << f.name;
    }
    Recording<First> recording;
    const Variable<First> x = recording.input(First(f.at, 0));
    recording.sweep(f.reverse_along(x));
    EXPECT_NEAR(recording.derivative(x).slope(0), second, 1e-13 * (1 + std::abs(second))) << f.name;
  }
}

TEST(Elementary, ComparisonsLookAtValuesAlone) {
  const First x(1.0, 0);
  const First y(1.0);
  EXPECT_TRUE(x == y);
  EXPECT_TRUE(x <= y && x >= y && !(x < y) && !(x > y));
  EXPECT_TRUE(x < 2.0 && 0.5 < x && x > 0.5 && 2.0 > x && x <= 1.0 && 1.0 <= x && x >= 1.0 && 1.0 >= x);
  EXPECT_EQ(max(x, y).slope(0), 1);
  EXPECT_EQ(min(y, x).slope(0), 0);
  EXPECT_EQ(max(First(0.5, 0), y).slope(0), 0);
}

TEST(Elementary, TheAbsoluteValueOfNaNIsNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(abs(First(nan, 0)).value()));
  EXPECT_EQ(abs(First(0.0, 0)).slope(0), 0);
  EXPECT_EQ(abs(First(-2.0, 0)).slope(0), -1);
}

TEST(Elementary, ZeroToAPositivePowerHasNoSlopeInItsExponent) {
  EXPECT_EQ(pow(First(0.0), First(2.0, 0)).slope(0), 0);
  EXPECT_EQ(pow(0.0, First(2.0, 0)).slope(0), 0);
  EXPECT_EQ(pow(First(0.0, 0), 0).slope(0), 0);
}

}  // namespace
}  // namespace optbed::elementary_test
