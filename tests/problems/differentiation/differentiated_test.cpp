// Problems made of a functor, against the same problems written by hand.
#include <gtest/gtest.h>

#include <thread>

#include "problems/all_problems.hpp"
#include "problems/differentiation/differentiated_residuals.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::differentiated_test {
namespace {

using testing::relative_error;

struct RosenbrockResiduals {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    for (std::size_t i = 0; i < x.size(); i += 2) {
      r[i] = 10.0 * (x[i + 1] - x[i] * x[i]);
      r[i + 1] = 1.0 - x[i];
    }
  }
};

struct LogSumExp {
  template <class X>
  X operator()(std::span<const X> x) const {
    using std::exp;
    using std::log;
    X sum(0.0);
    for (std::size_t i = 0; i < x.size(); ++i) sum += exp(x[i] * (i % 2 == 0 ? 1.0 : -2.0));
    return log(sum);
  }
};

DifferentiatedResiduals<RosenbrockResiduals> differentiated(Index n) {
  return {{}, {.start = Vector::LinSpaced(n, -1.2, 1)}};
}

// The rounding of some ten operations; forward up to eight variables, then in reverse.
constexpr double rounding = 1e-14;

TEST(Differentiated, ResidualsHaveTheDerivativesThatAreWrittenByHand) {
  for (const Index n : {2, 4, 8, 10, 50}) {
    const auto problem = differentiated(n);
    const auto by_hand = all_problems().make("rosenbrock:n=" + std::to_string(n));
    for (const testing::Probe& probe : testing::probes(problem)) {
      const auto& squares = dynamic_cast<const LeastSquaresProblem&>(*by_hand);
      EXPECT_NEAR(problem.value(probe.x), by_hand->value(probe.x), rounding * by_hand->value(probe.x));
      EXPECT_LE(relative_error(testing::gradient_at(problem, probe.x), testing::gradient_at(*by_hand, probe.x)),
                rounding);
      EXPECT_LE(relative_error(testing::hessian_at(problem, probe.x), testing::hessian_at(*by_hand, probe.x)),
                rounding);
      EXPECT_LE(relative_error(testing::hessian_vector_at(problem, probe.x, probe.d),
                               testing::hessian_vector_at(*by_hand, probe.x, probe.d)),
                10 * rounding);
      EXPECT_LE(relative_error(testing::jacobian_at(problem, probe.x), testing::jacobian_at(squares, probe.x)),
                rounding);
      EXPECT_LE(
          relative_error(testing::residuals_at(problem, probe.x), testing::residuals_at(squares, probe.x)),
          rounding);
    }
  }
}

// The gradient of log sum exp(a_i x_i) is a_i p_i with p the softmax, its Hessian diag(a^2 p) - (a p)(a p)'.
TEST(Differentiated, FunctionHasTheDerivativesOfItsClosedForm) {
  for (const Index n : {1, 3, 8, 9, 40}) {
    const Vector x = Vector::LinSpaced(n, -1, 2);
    const DifferentiatedFunction<LogSumExp> problem({}, {.start = x});
    Vector a(n);
    for (Index i = 0; i < n; ++i) a[i] = i % 2 == 0 ? 1 : -2;
    Vector p = (a.array() * x.array()).exp();
    p /= p.sum();
    const Vector g = a.cwiseProduct(p);
    Matrix H = -g * g.transpose();
    H.diagonal() += a.cwiseProduct(g);
    EXPECT_LE(relative_error(testing::gradient_at(problem, x), g), rounding);
    EXPECT_LE((testing::hessian_at(problem, x) - H).norm(), rounding * g.norm());
    EXPECT_EQ(testing::hessian_at(problem, x), testing::hessian_at(problem, x).transpose());
  }
}

TEST(Differentiated, GradientReturnsTheValue) {
  for (const Index n : {2, 20}) {
    const auto problem = differentiated(n);
    Vector g(n);
    EXPECT_EQ(problem.gradient(problem.start(), g), problem.value(problem.start()));
  }
}

// A function that is itself a gradient step of another one, which differentiates while it is recorded.
struct Nested {
  template <class X>
  X operator()(std::span<const X> x) const {
    Vector inner(20);
    for (Index i = 0; i < 20; ++i) inner[i] = plain_value(x[static_cast<std::size_t>(i)]);
    Vector g(20);
    gradient_of(LogSumExp{}, inner, g);
    X sum(0.0);
    for (std::size_t i = 0; i < 20; ++i) sum += g[static_cast<Index>(i)] * x[i] * x[i];
    return sum;
  }
};

TEST(Differentiated, RecordingsMayLieWithinEachOther) {
  const Vector x = Vector::LinSpaced(20, -1, 1);
  Vector inner(20);
  gradient_of(LogSumExp{}, x, inner);
  Vector g(20);
  gradient_of(Nested{}, x, g);
  EXPECT_LE(relative_error(g, 2 * inner.cwiseProduct(x)), rounding);
}

TEST(Differentiated, ThreadsShareAProblem) {
  const auto problem = differentiated(100);
  const Vector expected = testing::gradient_at(problem, problem.start());
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (int& count : wrong) {
    threads.emplace_back([&] {
      for (int repeat = 0; repeat < 200; ++repeat)
        count += testing::gradient_at(problem, problem.start()) == expected ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4));
}

struct Constant {
  template <class X>
  X operator()(std::span<const X> /*x*/) const {
    return X(3.0);
  }
};

TEST(Differentiated, AConstantHasTheGradientZero) {
  for (const Index n : {2, 20}) {
    Vector g = Vector::Ones(n);
    EXPECT_EQ(gradient_of(Constant{}, Vector::Ones(n), g), 3);
    EXPECT_EQ(g, Vector::Zero(n));
  }
}

}  // namespace
}  // namespace optbed::differentiated_test
