// What the methods that scale each variable by its own gradients are known to do.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

#include "tests/solvers/first_order/traced.hpp"

namespace optbed::adaptive_methods_test {
namespace {

// f = c'x: a constant gradient.
class Linear final : public Problem {
 public:
  explicit Linear(Vector c) : c_(std::move(c)) {}
  Index dimension() const override { return c_.size(); }
  Vector start() const override { return Vector::Zero(c_.size()); }
  double value(const Vector& x) const override { return c_.dot(x); }
  double gradient(const Vector& x, Vector& g) const override {
    g = c_;
    return value(x);
  }

 private:
  Vector c_;
};

bool same_bits(const Vector& a, const Vector& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) {
           return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
         });
}

// With epsilon = 0 the first step has the same length over eta for every gradient, which follows from the
// formulas with t = 1: 1 for Adagrad, AdaMax and Adam, 1/sqrt(1 - rho) for RMSProp, (1 - beta1)/sqrt(1 - beta2)
// for Adam and AMSGrad without a correction, 1 + beta1 for Nadam.
struct FirstStep {
  std::string solver;
  double length;
};

const Vector signs{{1, -1, 1, -1}};
const Vector steepness{{1e-3, 1, 20, 1e6}};

Vector first_step_over_eta(const std::string& solver) {
  const Linear problem(signs.cwiseProduct(steepness));
  return -100 * traced(problem, solver + ",learning_rate=0.01", 1).iterate(1);
}

TEST(FirstStepOverEta, IsTheSameForEveryGradientOfAnAdaptiveMethod) {
  for (const auto& [solver, length] :
       {FirstStep{"adagrad:epsilon=0,epsilon_placement=outside", 1},
        FirstStep{"adagrad:epsilon=0,epsilon_placement=inside", 1},
        FirstStep{"rmsprop:epsilon=0,epsilon_placement=outside", 1 / std::sqrt(0.1)},
        FirstStep{"rmsprop:epsilon=0,epsilon_placement=inside", 1 / std::sqrt(0.1)},
        FirstStep{"adam:epsilon=0", 1}, FirstStep{"adam:epsilon=0,epsilon_form=hat", 1},
        FirstStep{"adam:epsilon=0,bias_correction=false", 0.1 / std::sqrt(0.001)},
        FirstStep{"amsgrad:epsilon=0", 1},
        FirstStep{"amsgrad:epsilon=0,bias_correction=false", 0.1 / std::sqrt(0.001)},
        FirstStep{"adamax:epsilon=0", 1}, FirstStep{"nadam:epsilon=0", 1.9}}) {
    const Vector step = first_step_over_eta(solver);
    // A few roundings each, and one more where 1 - beta is a difference of 0.001.
    for (Index i = 0; i < 4; ++i) EXPECT_NEAR(step[i], signs[i] * length, 1e-12) << solver;
  }
}

TEST(FirstStepOverEta, IsInProportionToTheGradientOfAMomentumMethod) {
  for (const auto& [solver, length] :
       {FirstStep{"momentum:momentum=0.9", 1}, FirstStep{"momentum:momentum=0.9,form=outside", 1},
        FirstStep{"momentum:momentum=0.9,form=average", 0.1},
        FirstStep{"nesterov:momentum=0.9,iterate=main", 1},
        FirstStep{"nesterov:momentum=0.9,iterate=lookahead", 1.9}}) {
    const Vector step = first_step_over_eta(solver);
    for (Index i = 0; i < 4; ++i) {
      EXPECT_NEAR(step[i] / (signs[i] * steepness[i]), length, 1e-14) << solver;
    }
  }
}

// s >= (1 - rho) g^2, so that no step is longer than eta/sqrt(1 - rho) in a variable.
TEST(Rmsprop, NeverStepsFurtherThanEtaOverTheRootOfOneMinusRho) {
  for (const std::string problem : {"rosenbrock", "saddle", "beale", "quadratic:n=10,kappa=1e6"}) {
    for (const double rho : {0.5, 0.9, 0.99}) {
      constexpr double eta = 0.05;
      const Trace trace = traced(problem, "rmsprop:learning_rate=0.05,rho=" + format_real(rho), 500);
      for (std::size_t k = 0; k + 1 < trace.rows(); ++k) {
        const Vector step = trace.iterate(k + 1) - trace.iterate(k);
        // The difference rounds by eps |x|.
        const double rounding = 1e-15 * trace.iterate(k).lpNorm<Eigen::Infinity>();
        ASSERT_LE(step.lpNorm<Eigen::Infinity>(), eta / std::sqrt(1 - rho) * (1 + 1e-15) + rounding);
      }
    }
  }
}

// x = +-eta/2: the gradients of both points have the same square, s is its average, and the step is eta.
TEST(Rmsprop, EndsInAnOrbitOfHalfAStepWhateverTheCurvature) {
  constexpr double eta = 0.01;
  for (const double curvature : {1e-3, 1.0, 1e4}) {
    const Trace trace =
        traced("quadratic:eigenvalues=" + format_real(curvature), "rmsprop:learning_rate=0.01,epsilon=0", 1000);
    for (const std::size_t k : {900U, 999U}) {
      const double x = trace.iterate(k)[0];
      EXPECT_NEAR(std::abs(x), eta / 2, 1e-14 * eta * 1000);  // each step rounds by eps eta
      EXPECT_NEAR(trace.iterate(k + 1)[0], -x, 1e-14 * eta * 1000);
      EXPECT_NEAR(trace.column("value")[k], curvature * eta * eta / 8, 1e-10 * curvature * eta * eta);
    }
  }
}

// x_T = -eta sum_{t <= T} t^(-1/2): steps that vanish, and a way without an end.
TEST(Adagrad, TravelsLikeTheRootOfTimeUnderAConstantGradient) {
  constexpr double eta = 0.1;
  const Linear problem(Vector{{7.0}});
  const Trace trace = traced(problem, "adagrad:learning_rate=0.1,epsilon=0", 10000);
  double sum = 0;
  for (long T = 1; T <= 10000; ++T) {
    sum += 1 / std::sqrt(static_cast<double>(T));
    if (T % 1000 == 0) {
      const double x = trace.iterate(static_cast<std::size_t>(T))[0];
      EXPECT_NEAR(x / (-eta * sum), 1, 1e-12);
      EXPECT_NEAR(x / (-2 * eta * std::sqrt(static_cast<double>(T))), 1, 0.03);  // 1.46/(2 sqrt(T)) short
    }
  }
}

TEST(Momentum, ReachesTheTerminalStepUnderAConstantGradient) {
  const Linear problem(Vector{{3.0}});
  const Trace trace = traced(problem, "momentum:learning_rate=0.01,momentum=0.9", 400);
  const double last = trace.iterate(400)[0] - trace.iterate(399)[0];
  EXPECT_NEAR(last, -0.01 * 3 / (1 - 0.9), 1e-13);  // eta g/(1 - beta); 0.9^400 is 5e-19
  for (std::size_t k = 0; k < 400; ++k) {
    EXPECT_LE(std::abs(trace.iterate(k + 1)[0] - trace.iterate(k)[0]), 0.3 * (1 + 1e-12));
  }
}

// On a separable function every variable goes its own way, by the signs of its derivative alone.
TEST(Rprop, MakesTheSameIteratesBitForBitWhateverTheConditionNumber) {
  const Vector start{{1, 0.7}};
  for (const std::string variant : {"irprop_minus", "rprop_plus", "lecture", "lecture_signed_caps"}) {
    const Trace reference = traced("quadratic:eigenvalues=1;1", "rprop:variant=" + variant, 60, start);
    for (const std::string kappa : {"1e4", "1e12"}) {
      const Trace trace = traced("quadratic:eigenvalues=1;" + kappa, "rprop:variant=" + variant, 60, start);
      ASSERT_EQ(trace.rows(), reference.rows());
      for (std::size_t k = 0; k < trace.rows(); ++k) {
        EXPECT_TRUE(same_bits(trace.iterate(k), reference.iterate(k))) << variant << ", kappa " << kappa;
      }
    }
  }
}

// A factor on the gradient cancels where epsilon = 0; a power of 4 cancels without rounding.
TEST(AdaptiveMethods, WithoutEpsilonDoNotSeeTheConditionNumber) {
  const Vector start{{1, 0.7}};
  for (const std::string solver :
       {"adagrad:learning_rate=0.3", "rmsprop:learning_rate=0.01", "adam:learning_rate=0.05",
        "adam:learning_rate=0.05,epsilon_form=hat", "adam:learning_rate=0.05,bias_correction=false",
        "adamax:learning_rate=0.05", "nadam:learning_rate=0.05", "nadam:learning_rate=0.05,variant=dozat",
        "amsgrad:learning_rate=0.05"}) {
    const Trace reference = traced("quadratic:eigenvalues=1;1", solver + ",epsilon=0", 200, start);
    for (const double kappa : {std::ldexp(1.0, 14), std::ldexp(1.0, 40)}) {
      const Trace trace =
          traced("quadratic:eigenvalues=1;" + format_real(kappa), solver + ",epsilon=0", 200, start);
      ASSERT_EQ(trace.rows(), reference.rows());
      for (std::size_t k = 0; k < trace.rows(); ++k) {
        ASSERT_TRUE(same_bits(trace.iterate(k), reference.iterate(k))) << solver << ", iterate " << k;
      }
    }
  }
}

TEST(AdaptiveMethods, WithoutEpsilonLeaveAVariableWithoutAGradientAlone) {
  for (const std::string solver : {"adagrad", "rmsprop", "adam", "adamax", "nadam", "amsgrad"}) {
    const Trace trace = traced("saddle", solver + ":epsilon=0", 20, Vector{{1, 0}});
    EXPECT_EQ(trace.rows(), 21U) << solver;
    EXPECT_EQ(trace.iterate(20)[1], 0) << solver;
  }
}

}  // namespace
}  // namespace optbed::adaptive_methods_test
