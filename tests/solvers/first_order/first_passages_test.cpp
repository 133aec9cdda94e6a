// How many iterations the first-order methods take to get somewhere. The numbers are of an independent
// implementation.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/solvers/first_order/traced.hpp"

namespace optbed::first_passages_test {
namespace {

constexpr long never = -1;

// The first row for which `reached(row)` holds.
template <class Reached>
long first_passage(const Trace& trace, Reached reached) {
  for (std::size_t k = 0; k < trace.rows(); ++k) {
    if (reached(k)) return static_cast<long>(k);
  }
  return never;
}

// f_k <= factor f_0, on a problem with minimum 0.
long fall_of_value(const std::string& problem, const std::string& solver, double factor, const Vector& start,
                   long limit) {
  const Trace trace = traced(problem, solver, limit, start);
  const std::vector<double>& f = trace.column("value");
  return first_passage(trace, [&](std::size_t k) { return f[k] <= factor * f[0]; });
}

struct Passage {
  std::string solver;
  long along_axes;
  long rotated;
};

// kappa = 100 from (1, 0.7), and the same problem with its start turned by 45 degrees, to f <= 1e-8 f_0.
// Gradient descent and the momentum methods commute with a rotation; the methods that treat each variable by
// itself do not.
TEST(FirstPassages, ShowWhichMethodsAreBoundToTheAxes) {
  const double half_root = std::sqrt(0.5);
  const Vector start{{1, 0.7}};
  const Vector turned{{half_root * 0.3, half_root * 1.7}};
  for (const auto& [solver, along_axes, rotated] :
       {Passage{"adagrad:learning_rate=0.3", 32, 1315}, Passage{"adam:learning_rate=0.05", 152, 706},
        Passage{"adamax:learning_rate=0.05", 147, 2063}, Passage{"rprop", 36, 239},
        Passage{"quickprop:learning_rate=0.005", 2, 908}, Passage{"rprop:variant=lecture", 25, never},
        Passage{"gradient_descent:learning_rate=0.01", 722, 722},
        Passage{"momentum:learning_rate=0.01,momentum=0.9", 141, 141},
        Passage{"nesterov:learning_rate=0.01,momentum=0.9", 62, 62}}) {
    EXPECT_EQ(fall_of_value("quadratic:kappa=100", solver, 1e-8, start, 3000), along_axes) << solver;
    EXPECT_EQ(fall_of_value("quadratic:kappa=100,angle=45", solver, 1e-8, turned, 3000), rotated) << solver;
  }
}

// x^2 - y^2 from (1, delta) to |y| >= 1.
long escape(const std::string& solver, double delta) {
  const Trace trace = traced("saddle", solver, 1000, Vector{{1, delta}});
  return first_passage(trace, [&](std::size_t k) { return std::abs(trace.iterate(k)[1]) >= 1; });
}

TEST(FirstPassages, TellTheEscapeFromASaddle) {
  for (const auto& [solver, steps] : {std::pair<std::string, long>{"gradient_descent:learning_rate=0.05", 145},
                                      {"momentum:learning_rate=0.05,momentum=0.9", 52},
                                      {"nesterov:learning_rate=0.05,momentum=0.9", 47},
                                      {"adagrad:learning_rate=0.05", 57},
                                      {"adam:learning_rate=0.05", 20},
                                      {"rmsprop:learning_rate=0.05", 8},
                                      {"rprop", 7}}) {
    EXPECT_EQ(escape(solver, 1e-6), steps) << solver;
  }
}

// |y| grows by 1 + 2 eta an iteration of gradient descent: ln(1/delta)/ln(1.1) of them. A step of Adam does not
// depend on how small y is.
TEST(FirstPassages, DoubleForGradientDescentAndNotForAdamWhenTheExponentOfTheStartDoes) {
  EXPECT_EQ(std::ceil(std::log(1e6) / std::log(1.1)), 145);
  EXPECT_EQ(escape("gradient_descent:learning_rate=0.05", 1e-12), 290);
  EXPECT_EQ(escape("adam:learning_rate=0.05,epsilon=0", 1e-6), 20);
  EXPECT_EQ(escape("adam:learning_rate=0.05,epsilon=0", 1e-12), 20);
  EXPECT_EQ(escape("gradient_descent:learning_rate=0.05", 0), never);
}

// n = 10, kappa = 100, from ones, to f <= 1e-10 f_0.
TEST(FirstPassages, OrderTheAcceleratedMethods) {
  for (const auto& [solver, iterations] :
       {std::pair<std::string, long>{"momentum:tuning=optimal", 80},
        {"nesterov:sequence=quadratic_optimal", 93},
        {"nesterov:sequence=strongly_convex", 107},
        {"momentum:learning_rate=0.01,momentum=" + format_real(9.0 / 11), 112},
        {"nesterov:sequence=fista", 320},
        {"gradient_descent:step=optimal", 554},
        {"gradient_descent:step=inverse_lipschitz", 872}}) {
    EXPECT_EQ(fall_of_value("quadratic:n=10,kappa=100", solver, 1e-10, {}, 1000), iterations) << solver;
  }
}

// Momentum 0.9 remembers too much where the condition number is 2.
TEST(FirstPassages, AreLaterWithMomentumThanWithoutWhereTheConditionNumberIsSmall) {
  const long plain = fall_of_value("quadratic:kappa=2", "gradient_descent:learning_rate=0.5", 1e-8, {}, 1000);
  const long heavy =
      fall_of_value("quadratic:kappa=2", "momentum:learning_rate=0.5,momentum=0.9", 1e-8, {}, 1000);
  // Factors 1/2 and sqrt(0.9) an iteration in the distance: 1e-8 takes 14 and at least 175 halves of them in f.
  EXPECT_LE(plain, 14);
  EXPECT_GE(heavy, 80);
}

}  // namespace
}  // namespace optbed::first_passages_test
