// Gauss-Newton, Levenberg, Levenberg-Marquardt and dogleg against closed forms.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/solvers/least_squares/classic_residuals.hpp"

namespace optbed::least_squares_test {
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

// r = (x_1 + x_2 - 1) twice: a Jacobian of rank 1 in two parameters.
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

// J'J d = -c J'r with c = 2: what J'J written beside the gradient 2 J'r of |r|^2 takes for a step.
TEST(GradientFactor, OfTwoMirrorsTheStartAtTheMinimiserOfLinearResiduals) {
  const auto problem = all_problems().make("linear_regression");
  const Vector x0{{1, -2}};
  const Vector minimiser{{3.5, 1.4}};  // of the normal equations (4 10; 10 30) theta = (28, 77)
  const auto solver = all_solvers().make("gauss_newton:gradient_factor=2");
  const Result result = minimize(
      *problem, *solver,
      {.limits = {.max_iterations = 2, .gradient_tolerance = 0}, .trace = {.iterates = true}, .start = x0});
  const double rounding =
      100 * std::numeric_limits<double>::epsilon() * minimiser.norm() * 38;  // cond(J'J) is 33
  EXPECT_LE((result.trace.iterate(1) - (2 * minimiser - x0)).norm(), rounding);
  EXPECT_LE((result.trace.iterate(2) - x0).norm(), rounding);
  const std::vector<double>& f = result.trace.column("value");
  EXPECT_NEAR(f[1], f[0], 1e-12 * f[0]);
}

TEST(GradientFactor, OfTwoIsUndoneByADampingOfTheSizeOfTheCurvature) {
  // J'J = 2 for linear residuals in one variable: (2 + lambda) d = -2 J'r is the Gauss-Newton step for lambda
  // = 2.
  const CurvedResiduals problem(0);
  const Vector whole = first_step(problem, "gauss_newton");
  const Vector doubled = first_step(problem, "levenberg:gradient_factor=2,damping=2");
  EXPECT_NEAR(doubled[0], whole[0], 1e-15);
}

TEST(GaussNewton, SolvesTheTextbookRegressionInOneStepFromAnywhere) {
  const auto problem = all_problems().make("linear_regression");
  for (const char* options : {"", ":linear_solver=cholesky", ":linear_solver=svd", ":jacobian=central"}) {
    const auto solver = all_solvers().make(std::string("gauss_newton") + options);
    const Result result =
        minimize(*problem, *solver,
                 {.limits = {.max_iterations = 1, .gradient_tolerance = 0}, .start = Vector{{-40, 90}}});
    // Differences of linear residuals of size 300 err by 300 eps/h, h = 6e-6 90 at least.
    const double allowed = std::string(options) == ":jacobian=central" ? 1e-7 : 1e-11;
    EXPECT_NEAR(result.x[0], 3.5, allowed) << options;
    EXPECT_NEAR(result.x[1], 1.4, allowed) << options;
    EXPECT_NEAR(result.value, 4.2, 1e-12) << options;
  }
}

TEST(LinearSolvers, FailOnASingularGaussNewtonSystemAndLeaveTheIterateAlone) {
  const RankDeficient problem;
  for (const char* solver : {"gauss_newton:linear_solver=cholesky", "gauss_newton:linear_solver=qr",
                             "dogleg:linear_solver=cholesky", "dogleg:linear_solver=qr"}) {
    const Result result = run(problem, solver, {});
    EXPECT_EQ(result.stop, StopReason::linear_solve_failed) << solver;
    EXPECT_EQ(result.x, problem.start()) << solver;
  }
}

TEST(LinearSolvers, FindTheNearestSolutionOfARankDeficientProblemBySvd) {
  const RankDeficient problem;
  for (const char* solver : {"gauss_newton:linear_solver=svd", "dogleg:linear_solver=svd"}) {
    const Result result = run(problem, solver, {});
    EXPECT_TRUE(result.solved) << solver;
    EXPECT_NEAR(result.x[0], 0.5, 1e-15) << solver;
    EXPECT_NEAR(result.x[1], 0.5, 1e-15) << solver;
  }
}

TEST(Levenberg, SolvesARankDeficientProblemWithEachScheduleAndLinearSolver) {
  const RankDeficient problem;
  for (const std::string schedule : {"factor", "nielsen", "minpack"}) {
    for (const std::string linear_solver : {"qr", "cholesky", "svd"}) {
      for (const std::string method : {"levenberg", "levenberg_marquardt"}) {
        const std::string solver =
            fmt::format("{}:schedule={},linear_solver={}", method, schedule, linear_solver);
        const Result result = run(problem, solver, {});
        EXPECT_TRUE(result.solved) << solver << " " << to_string(result.stop);
      }
    }
  }
}

// With lambda = 1e30 the first trials do not move x at all.
TEST(Levenberg, ComesDownFromADampingThatNoStepCanMoveWith) {
  const auto problem = all_problems().make("rosenbrock");
  for (const char* solver :
       {"levenberg:damping=1e30", "levenberg_marquardt:damping=1e30", "levenberg:schedule=nielsen,damping=1e30",
        "dogleg:initial_radius=1e-30", "levenberg_marquardt:schedule=minpack,radius_factor=1e-30"}) {
    const Result result = run(*problem, solver, {});
    EXPECT_TRUE(result.solved) << solver << " " << to_string(result.stop);
  }
}

TEST(Levenberg, StallsWithADampingThatMayNotFall) {
  const auto problem = all_problems().make("rosenbrock");
  const Result result = run(*problem, "levenberg:damping=1e30,decrease=1", {});
  EXPECT_EQ(result.stop, StopReason::stalled);
  EXPECT_EQ(result.iterations, 0);
  EXPECT_EQ(result.x, problem->start());
}

TEST(Scales, MakeLevenbergInvariantAsMarquardtIs) {
  // D = (1, 3) is Levenberg's method in the parameters (x_1, 3 x_2).
  const testing_problems::Residuals plain = testing_problems::rosenbrock_valley(10);
  const testing_problems::Residuals stretched(
      Vector{{-1.2, 3}}, 2, [](const Vector& x, Vector& r) { r << 10 * (x[1] / 3 - x[0] * x[0]), 1 - x[0]; },
      [](const Vector& x, Matrix& J) { J << -20 * x[0], 10.0 / 3, -1, 0; });
  for (const std::string solver : {"levenberg", "dogleg", "levenberg:schedule=minpack"}) {
    const std::string scaled = solver + (solver.find(':') == std::string::npos ? ":" : ",") + "scales=1;3";
    const Limits limits{.max_iterations = 15, .gradient_tolerance = 0};
    const Result a = run(plain, scaled, limits);
    const Result b = run(stretched, solver, limits);
    EXPECT_NEAR(a.x[0], b.x[0], 1e-10) << solver;
    EXPECT_NEAR(a.x[1], b.x[1] / 3, 1e-10) << solver;
  }
}

TEST(Scales, OfTheWrongNumberAreSaidToBeMissing) {
  const auto problem = all_problems().make("rosenbrock");
  const Result result = run(*problem, "dogleg:scales=1;2;3", {});
  EXPECT_EQ(result.stop, StopReason::unsupported);
  EXPECT_NE(result.message.find("'scales'"), std::string::npos) << result.message;
}

TEST(LevenbergMarquardt, NamesBothOptionsThatExcludeEachOther) {
  const SolverRegistry solvers = all_solvers();
  const std::vector<std::pair<std::string, std::vector<std::string>>> conflicts = {
      {"levenberg:schedule=minpack,damping=1", {"'damping'", "'schedule'"}},
      {"levenberg:schedule=nielsen,increase=3", {"'increase'", "'schedule'"}},
      {"levenberg:radius_factor=3", {"'radius_factor'", "'schedule'"}},
      {"levenberg_marquardt:schedule=minpack,acceleration=geodesic", {"'acceleration'", "'schedule'"}},
      {"levenberg_marquardt:schedule=minpack,gradient_factor=2", {"'gradient_factor'", "'schedule'"}},
      {"levenberg:acceleration_limit=1", {"'acceleration_limit'", "'acceleration'"}},
      {"levenberg:scales=1;2,scaling=more", {"'scales'", "'scaling'"}},
      {"dogleg:scales=1;2,scaling=more", {"'scales'", "'scaling'"}}};
  for (const auto& [text, names] : conflicts) {
    try {
      solvers.make(text);
      ADD_FAILURE() << text << " was taken";
    } catch (const UsageError& error) {
      for (const std::string& name : names)
        EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << text;
    }
  }
}

TEST(DifferencedJacobian, CostsOneResidualEvaluationAParameterOrTwo) {
  const auto problem = all_problems().make("rosenbrock:n=4");
  for (const std::string method : {"gauss_newton", "levenberg_marquardt", "dogleg"}) {
    for (const auto& [jacobian, each] : {std::pair{"forward", 4}, std::pair{"central", 8}}) {
      const Result result =
          run(*problem, method + ":jacobian=" + jacobian, {.max_iterations = 12, .gradient_tolerance = 0});
      long accepted = result.iterations;
      if (result.trace.has("accepted")) {
        accepted = 0;
        for (std::size_t k = 1; k < result.trace.rows(); ++k)
          accepted += result.trace.column("accepted")[k] == 1;
      }
      ASSERT_GT(accepted, 1);
      const auto trials = static_cast<long>(result.iterations);
      // A trial that does not move x is not evaluated, so a run that has ended at the minimiser is left out.
      if (result.stop != StopReason::max_iterations) continue;
      EXPECT_EQ(result.evaluations.jacobian, 0);
      EXPECT_EQ(result.evaluations.residual, 1 + trials + each * (1 + accepted)) << method << " " << jacobian;
    }
  }
}

TEST(DifferencedJacobian, LeadsToTheSameMinimiser) {
  const testing_problems::Residuals problem = testing_problems::bard();
  for (const std::string method :
       {"gauss_newton", "levenberg", "levenberg_marquardt:schedule=minpack", "dogleg"}) {
    for (const std::string jacobian : {"forward", "central"}) {
      const std::string solver =
          fmt::format("{}{}jacobian={}", method, method.find(':') == std::string::npos ? ":" : ",", jacobian);
      const Result result = run(problem, solver, {.max_iterations = 40, .gradient_tolerance = 1e-6});
      EXPECT_TRUE(result.solved) << solver << " " << to_string(result.stop);
      EXPECT_NEAR(result.value, 0.00821487730658, 1e-10) << solver;  // Moré, Garbow & Hillstrom 1981, polished
    }
  }
}

TEST(Dogleg, TakesACauchyStepThenALegThenTheGaussNewtonStep) {
  // r = (x_1, 10 x_2) from (1, 1): J'r = (1, 100), |J'r|^3/|J J'r|^2 = 1.00005 is the end of the first leg and
  // |(1, 1)| that of the second.
  const testing_problems::Residuals problem(
      Vector{{1, 1}}, 2, [](const Vector& x, Vector& r) { r << x[0], 10 * x[1]; },
      [](const Vector&, Matrix& J) { J << 1, 0, 0, 10; });
  const double alpha = 10001.0 / 1000001.0;
  const Vector cauchy = first_step(problem, "dogleg:initial_radius=0.5");
  EXPECT_NEAR(cauchy.norm(), 0.5, 1e-15);
  EXPECT_NEAR(cauchy[1], 100 * cauchy[0], 1e-13);
  const Vector leg = first_step(problem, "dogleg:initial_radius=1.2");
  EXPECT_NEAR(leg.norm(), 1.2, 1e-15);
  // On the line from -alpha (1, 100) to -(1, 1).
  EXPECT_NEAR((leg[0] + alpha) * (-1 + 100 * alpha), (leg[1] + 100 * alpha) * (-1 + alpha), 1e-14);
  const Vector whole = first_step(problem, "dogleg:initial_radius=1.5");
  EXPECT_NEAR(whole[0], -1, 1e-15);
  EXPECT_NEAR(whole[1], -1, 1e-15);
}

long trials(const Problem& problem, const std::string& solver) {
  const Result result = run(problem, solver, {.gradient_tolerance = 0, .value_target = 1e-20});
  EXPECT_EQ(result.stop, StopReason::value_target) << solver;
  return result.iterations;
}

// Measured with increase=2, decrease=3 from (-1.2, 1) to f <= 1e-20: 35, 104 and 627 trials without, 27, 59 and
// 118 with it, of two residual evaluations each.
TEST(GeodesicAcceleration, FollowsACanyonInFewerTrialsTheMoreTheNarrowerItIs) {
  double gain_before = 1;
  for (const double steepness : {10.0, 100.0, 1000.0}) {
    const testing_problems::Residuals canyon = testing_problems::rosenbrock_valley(steepness);
    const long straight = trials(canyon, "levenberg_marquardt:increase=2,decrease=3");
    const long bent = trials(canyon, "levenberg_marquardt:increase=2,decrease=3,acceleration=geodesic");
    const double gain = static_cast<double>(straight) / static_cast<double>(bent);
    EXPECT_GT(gain, gain_before) << steepness;
    gain_before = gain;
  }
  EXPECT_GT(gain_before, 4);
}

TEST(GeodesicAcceleration, CostsOneResidualEvaluationATrial) {
  const auto problem = all_problems().make("rosenbrock");
  const Result result = run(*problem, "levenberg:acceleration=geodesic,acceleration_limit=1e9",
                            {.max_iterations = 3, .gradient_tolerance = 0});
  ASSERT_EQ(result.iterations, 3);
  EXPECT_EQ(result.evaluations.residual, 1 + 2 * 3);
}

TEST(Trace, HasTheRadiusOfATrustRegion) {
  const auto problem = all_problems().make("rosenbrock");
  for (const char* solver : {"dogleg", "levenberg:schedule=minpack"}) {
    const Result result = run(*problem, solver, {.max_iterations = 5});
    EXPECT_TRUE(result.trace.has("radius")) << solver;
    EXPECT_TRUE(result.trace.has("accepted")) << solver;
  }
}

}  // namespace
}  // namespace optbed::least_squares_test
