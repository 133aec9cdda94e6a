// Gauss-Newton, Levenberg and Levenberg-Marquardt against closed forms.
#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// r = (x + 1, lambda x^2 + x - 1), f = |r|^2: x* = 0 is stationary, J'J = 2 and sum r_i r_i'' = -2 lambda
// there, so that Gauss-Newton contracts with the factor lambda (Dennis & Schnabel 1996, example 10.2.4).
class CurvedResiduals final : public LeastSquaresProblem {
 public:
  explicit CurvedResiduals(double lambda) : lambda_(lambda) {}
  Index dimension() const override { return 1; }
  Index residual_count() const override { return 2; }
  Vector start() const override { return Vector::Constant(1, 0.01); }
  double value(const Vector& x) const override {
    Vector r(2);
    residuals(x, r);
    return r.squaredNorm();
  }
  double gradient(const Vector& x, Vector& g) const override {
    Vector r(2);
    Matrix J(2, 1);
    residuals(x, r);
    jacobian(x, J);
    g = 2 * J.transpose() * r;
    return r.squaredNorm();
  }
  void residuals(const Vector& x, Vector& r) const override { r << x[0] + 1, lambda_ * x[0] * x[0] + x[0] - 1; }
  void jacobian(const Vector& x, Matrix& J) const override { J << 1, 2 * lambda_ * x[0] + 1; }

 private:
  double lambda_;
};

Result run(const Problem& problem, const std::string& solver_text, Limits limits) {
  const auto solver = all_solvers().make(solver_text);
  return minimize(problem, *solver, {.limits = limits, .trace = {.iterates = true}});
}

TEST(GaussNewton, TakesExactlyTwoStepsOnRosenbrock) {
  // From (-1.2, 1) the first step solves r_2 = 0, which leaves f = 100 (1 - x_1)^4 = 100 * 2.2^4; the second
  // ends at the minimiser.
  const auto problem = all_problems().make("rosenbrock");
  const Result result = run(*problem, "gauss_newton", {.gradient_tolerance = 1e-8});
  const std::vector<double>& f = result.trace.column("value");
  ASSERT_EQ(f.size(), 3U);
  EXPECT_NEAR(f[0], 24.2, 1e-12);
  EXPECT_NEAR(f[1], 100 * std::pow(2.2, 4), 1e-10 * 2342.56);
  EXPECT_LE(f[2], 1e-25);
}

class GaussNewtonFactor : public ::testing::TestWithParam<double> {};

TEST_P(GaussNewtonFactor, IsTheCurvatureOfTheResidualsOverThatOfTheModel) {
  const double lambda = GetParam();
  const CurvedResiduals problem(lambda);
  const Result result = run(problem, "gauss_newton", {.max_iterations = 6, .gradient_tolerance = 0});
  const std::size_t rows = result.trace.rows();
  const double before = result.trace.iterate(rows - 2)[0];
  const double after = result.trace.iterate(rows - 1)[0];
  // The ratio tends to lambda with an error of the order of x, which is below 0.01 * 0.6^5 at the end.
  EXPECT_NEAR(after / before, lambda, 5 * std::abs(before));
}

INSTANTIATE_TEST_SUITE_P(Convergent, GaussNewtonFactor, ::testing::Values(0.1, 0.3, 0.5, -0.4, 0.6));

TEST(GaussNewton, SolvesLinearResidualsInOneStep) {
  const CurvedResiduals problem(0);
  const Result result = run(problem, "gauss_newton", {.max_iterations = 1, .gradient_tolerance = 0});
  EXPECT_NEAR(result.x[0], 0, 1e-15);  // a few roundings of residuals of size 1
}

TEST(GaussNewton, LeavesAMinimiserWhoseFactorIsOverOne) {
  const CurvedResiduals problem(2);
  const Result result = run(problem, "gauss_newton", {.max_iterations = 4, .gradient_tolerance = 0});
  for (std::size_t k = 0; k + 1 < 4; ++k) {
    EXPECT_GT(std::abs(result.trace.iterate(k + 1)[0]), 1.5 * std::abs(result.trace.iterate(k)[0]));
  }
}

// A residual (a x - b)^2 with a Jacobian of rank 1 in two parameters.
class RankDeficient final : public LeastSquaresProblem {
 public:
  Index dimension() const override { return 2; }
  Index residual_count() const override { return 2; }
  Vector start() const override { return Vector::Zero(2); }
  double value(const Vector& x) const override { return 2 * std::pow(x.sum() - 1, 2); }
  double gradient(const Vector& x, Vector& g) const override {
    g.setConstant(4 * (x.sum() - 1));
    return value(x);
  }
  void residuals(const Vector& x, Vector& r) const override { r.setConstant(x.sum() - 1); }
  void jacobian(const Vector& /*x*/, Matrix& J) const override { J.setOnes(); }
};

TEST(GaussNewton, SaysThatARankDeficientJacobianCannotBeSolved) {
  const RankDeficient problem;
  const Result result = run(problem, "gauss_newton", {});
  EXPECT_EQ(result.stop, StopReason::linear_solve_failed);
  EXPECT_EQ(result.x, problem.start());
}

TEST(Levenberg, SolvesARankDeficientProblemThatGaussNewtonCannot) {
  const RankDeficient problem;
  const Result result = run(problem, "levenberg", {});
  EXPECT_TRUE(result.solved);
  EXPECT_NEAR(result.x.sum(), 1, 1e-8);
}

Vector first_step(const Problem& problem, const std::string& solver_text) {
  const Result result = run(problem, solver_text, {.max_iterations = 1, .gradient_tolerance = 0});
  return result.x - problem.start();
}

TEST(Levenberg, TakesTheGaussNewtonStepForSmallDampingAndAShortGradientStepForLarge) {
  // Nearly linear residuals at the start, so that even the whole Gauss-Newton step is accepted.
  const CurvedResiduals problem(0.1);
  const Vector gauss_newton = first_step(problem, "gauss_newton");
  const Vector small = first_step(problem, "levenberg:damping=1e-12");
  EXPECT_NEAR(small[0], gauss_newton[0], 1e-11 * std::abs(gauss_newton[0]));

  const double lambda = 1e8;
  Vector g(1);
  problem.gradient(problem.start(), g);
  const Vector large = first_step(problem, "levenberg:damping=1e8");
  // -(1/lambda) J'r with J'r = g/2; the relative difference is of the order of |J'J|/lambda.
  EXPECT_NEAR(large[0], -g[0] / 2 / lambda, 1e-7 * std::abs(g[0] / lambda));
}

struct TrialCount {
  std::string solver;
  double target;
  long trials;
};

class LevenbergTrials : public ::testing::TestWithParam<TrialCount> {};

// Counted with an independent implementation on Rosenbrock from (-1.2, 1).
TEST_P(LevenbergTrials, OnRosenbrock) {
  const auto problem = all_problems().make("rosenbrock");
  const Result result =
      run(*problem, GetParam().solver, {.gradient_tolerance = 0, .value_target = GetParam().target});
  EXPECT_EQ(result.iterations, GetParam().trials);
}

INSTANTIATE_TEST_SUITE_P(All, LevenbergTrials,
                         ::testing::Values(TrialCount{"levenberg:damping=1", 1e-20, 48},
                                           TrialCount{"levenberg:damping=1,increase=2,decrease=3", 1e-20, 18},
                                           TrialCount{"levenberg_marquardt:damping=1", 1e-20, 38},
                                           TrialCount{"levenberg:schedule=nielsen,damping=1e-3", 1e-26, 18}));

TEST(LevenbergMarquardt, IsInvariantToTheScaleOfAParameter) {
  // x -> (x_1, 1e6 x_2) turns J into J D^-1; the iterates transform with it because the damping does.
  class Scaled final : public LeastSquaresProblem {
   public:
    Scaled()
        : inner_(all_problems().make("rosenbrock")),
          rosenbrock_(dynamic_cast<const LeastSquaresProblem&>(*inner_)) {}
    Index dimension() const override { return 2; }
    Index residual_count() const override { return 2; }
    Vector start() const override { return Vector{{-1.2, 1e6}}; }
    double value(const Vector& x) const override { return rosenbrock_.value(unscaled(x)); }
    double gradient(const Vector& x, Vector& g) const override {
      const double f = rosenbrock_.gradient(unscaled(x), g);
      g[1] /= 1e6;
      return f;
    }
    void residuals(const Vector& x, Vector& r) const override { rosenbrock_.residuals(unscaled(x), r); }
    void jacobian(const Vector& x, Matrix& J) const override {
      rosenbrock_.jacobian(unscaled(x), J);
      J.col(1) /= 1e6;
    }
    static Vector unscaled(const Vector& x) { return Vector{{x[0], x[1] / 1e6}}; }

   private:
    std::unique_ptr<Problem> inner_;
    const LeastSquaresProblem& rosenbrock_;
  };
  const Scaled scaled;
  const auto rosenbrock = all_problems().make("rosenbrock");
  const Limits limits{.max_iterations = 20, .gradient_tolerance = 0};
  const Result a = run(scaled, "levenberg_marquardt", limits);
  const Result b = run(*rosenbrock, "levenberg_marquardt", limits);
  // Twenty steps of a problem with condition number 2500.
  EXPECT_LE((Scaled::unscaled(a.x) - b.x).norm(), 1e-10);
}

}  // namespace
}  // namespace optbed
