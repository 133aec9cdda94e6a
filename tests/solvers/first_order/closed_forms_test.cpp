// First-order methods on quadratics, whose iterates have closed forms.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/solvers/first_order/traced.hpp"

namespace optbed::closed_forms_test {
namespace {

// E = a w^2/2: e_{k+1}/e_k = 1 - eta/eta_opt with eta_opt = 1/a.
TEST(GradientDescentInOneDimension, ContractsByOneMinusTheStepOverTheOptimalOne) {
  for (const double ratio : {0.25, 0.5, 0.9, 1.3, 1.75, 1.99, 2.5}) {
    const double a = 4;
    const Trace trace =
        traced("quadratic:eigenvalues=4", "gradient_descent:learning_rate=" + std::to_string(ratio / a), 20);
    ASSERT_EQ(trace.rows(), 21U);
    for (std::size_t k = 0; k + 1 < trace.rows(); ++k) {
      const double before = trace.iterate(k)[0];
      const double after = trace.iterate(k + 1)[0];
      EXPECT_NEAR(after / before, 1 - ratio, 1e-14) << ratio;
      EXPECT_EQ(after * before > 0, ratio < 1);  // monotone below the optimal step, alternating above
      EXPECT_EQ(std::abs(after) < std::abs(before), ratio < 2);
    }
  }
}

TEST(GradientDescentInOneDimension, EndsInOneStepAtTheOptimalOne) {
  EXPECT_EQ(traced("quadratic:eigenvalues=4", "gradient_descent:learning_rate=0.25", 1).iterate(1)[0], 0);
}

TEST(GradientDescentInOneDimension, ReturnsForEverAtTwiceTheOptimalStep) {
  const Trace trace = traced("quadratic:eigenvalues=4", "gradient_descent:learning_rate=0.5", 100);
  for (std::size_t k = 0; k < trace.rows(); ++k) EXPECT_EQ(trace.iterate(k)[0], k % 2 == 0 ? 1 : -1);
}

// Eigenvalues 1 and 3 from (1, 1): x_k = ((1 - eta)^k, (1 - 3 eta)^k).
TEST(GradientDescentOnTwoEigenvalues, MakesThePowersOfItsFactors) {
  for (const double multiple : {2.1, 2.0, 1.5, 1.0, 0.75}) {
    const double eta = multiple / 3;
    const Trace trace =
        traced("quadratic:eigenvalues=1;3", "gradient_descent:learning_rate=" + format_real(eta), 30);
    for (std::size_t k = 0; k < trace.rows(); ++k) {
      const auto power = static_cast<double>(k);
      // Each step rounds twice; what is absolute covers the factor 0 of the third of these, which is rounding
      // itself.
      const double rounding = 4 * (power + 1) * 1e-16;
      const double first = std::pow(1 - eta, power);
      const double second = std::pow(1 - multiple, power);
      EXPECT_NEAR(trace.iterate(k)[0], first, rounding * first + 1e-300);
      EXPECT_NEAR(trace.iterate(k)[1], second, rounding * std::abs(second) + (multiple == 1 ? 1e-15 : 1e-300));
    }
  }
}

// From (kappa, 1) on diag(1, kappa): x_k = (kappa q^k, (-q)^k) with q = (kappa - 1)/(kappa + 1) (Boyd &
// Vandenberghe 2004, 9.3.2).
TEST(SteepestDescent, ZigzagsOnItsWorstCase) {
  for (const double kappa : {2.0, 10.0, 100.0}) {
    const double q = (kappa - 1) / (kappa + 1);
    const Trace trace =
        traced("quadratic:kappa=" + format_real(kappa), "gradient_descent:step=exact", 25, Vector{{kappa, 1}});
    for (std::size_t k = 0; k < trace.rows(); ++k) {
      const double power = std::pow(q, static_cast<double>(k));
      // A change of the start perturbs each step's length by as much as kappa times itself.
      const double tolerance = 1e-15 * kappa * static_cast<double>(k + 1);
      EXPECT_NEAR(trace.iterate(k)[0] / (kappa * power), 1, tolerance);
      EXPECT_NEAR(trace.iterate(k)[1] / (k % 2 == 0 ? power : -power), 1, tolerance * kappa);
    }
  }
}

TEST(SteepestDescent, IsFasterThanItsWorstCaseFromAGenericStart) {
  const Trace trace = traced("quadratic:n=10,kappa=100", "gradient_descent:step=exact", 400);
  const std::vector<double>& f = trace.column("value");
  const double factor = std::pow(f[400] / f[300], 0.01);
  const double worst = std::pow(99.0 / 101, 2);  // 0.9608
  EXPECT_LT(factor, worst);
  EXPECT_NEAR(factor, 0.9602, 5e-5);  // by an independent implementation
}

// Polyak 1964 from rest: e_k = (1 + (1 - q) k) q^k at lambda = mu and (1 + (1 + q) k)(-q)^k at lambda = L. The
// factor measured from them, after the polynomial is divided out, is q.
TEST(TunedHeavyBall, HasTheFactorOfItsDoubleRoots) {
  for (const double kappa : {2.0, 10.0, 100.0, 1e4}) {
    const double q = (std::sqrt(kappa) - 1) / (std::sqrt(kappa) + 1);
    const Trace trace = traced("quadratic:kappa=" + format_real(kappa), "momentum:tuning=optimal", 40);
    for (const double k : {10.0, 40.0}) {
      const Vector x = trace.iterate(static_cast<std::size_t>(k));
      EXPECT_NEAR(std::pow(std::abs(x[0]) / (1 + (1 - q) * k), 1 / k), q, 1e-6 * q) << kappa;
      EXPECT_NEAR(std::pow(std::abs(x[1]) / (1 + (1 + q) * k), 1 / k), q, 1e-6 * q) << kappa;
    }
  }
}

// With eta = 1/L and beta = (sqrt(kappa) - 1)/(sqrt(kappa) + 1): e_k = (1 + k/sqrt(kappa))(1 - 1/sqrt(kappa))^k
// at lambda = mu.
TEST(NesterovForStronglyConvexFunctions, HasTheFactorOfItsDoubleRoot) {
  for (const double kappa : {2.0, 10.0, 100.0, 1e4}) {
    const double root = std::sqrt(kappa);
    const Trace trace =
        traced("quadratic:kappa=" + format_real(kappa), "nesterov:sequence=strongly_convex", 20);
    for (const double k : {5.0, 20.0}) {
      const double error = trace.iterate(static_cast<std::size_t>(k))[0];
      EXPECT_NEAR(std::pow(error / (1 + k / root), 1 / k), 1 - 1 / root, 1e-6) << kappa;
    }
  }
}

}  // namespace
}  // namespace optbed::closed_forms_test
