// The problems on which methods are known to fail or to be as slow as any method must be.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/solvers/first_order/traced.hpp"

namespace optbed::counterexamples_test {
namespace {

// Lessard, Recht & Packard 2016, section 4.6. A perturbation of the cycle is multiplied by the matrix of a step
// with the slope 25, 25 and 25 of f', whose eigenvalues have the modulus sqrt(4/9): after 300 steps nothing is
// left of it.
TEST(Momentum, CyclesOnAStronglyConvexFunctionWithTheTuningForQuadratics) {
  const Trace trace =
      traced("heavy_ball_cycle",
             "momentum:learning_rate=" + format_real(1.0 / 9) + ",momentum=" + format_real(4.0 / 9), 300);
  std::vector<double> last;
  for (std::size_t k = 298; k <= 300; ++k) last.push_back(trace.iterate(k)[0] * 1225);
  std::sort(last.begin(), last.end());
  EXPECT_NEAR(last[0], -2208, 1e-9);
  EXPECT_NEAR(last[1], 792, 1e-9);
  EXPECT_NEAR(last[2], 2592, 1e-9);
}

// Where gradient descent with the best step for mu and L converges, by (kappa - 1)/(kappa + 1) = 12/13 or
// better.
TEST(GradientDescent, ConvergesWhereTheHeavyBallCycles) {
  const Trace trace =
      traced("heavy_ball_cycle", "gradient_descent:learning_rate=" + format_real(2.0 / 26), 300);
  EXPECT_LE(std::abs(trace.iterate(300)[0]), 3.3 * std::pow(12.0 / 13, 300));
}

double end_of(const std::string& solver) {
  const std::string options =
      ":batch_size=1,sampling=sequential,beta1=0,beta2=0.1,bias_correction=false,schedule=robbins_monro,"
      "decay=0.51,learning_rate=0.5";
  return traced("adam_counterexample", solver + options, 30000).iterate(30000)[0];
}

// Reddi, Kale & Kumar 2018, theorem 1 and section 5: C = 3, beta1 = 0, beta2 = 1/(1 + C^2), alpha < sqrt(1 -
// beta2). A step of the last round is at most 0.5/sqrt(3e4) = 0.003 times 1/sqrt(1 - beta2) long.
TEST(Adam, GoesToTheWorstPointOfTheCounterexample) { EXPECT_GE(end_of("adam"), 0.99); }

TEST(Amsgrad, GoesToTheBestPointOfTheCounterexample) { EXPECT_LE(end_of("amsgrad"), -0.99); }

// Nesterov 2004, theorem 2.1.13: |x_k - x*|^2 >= sum over i > k of q^(2i), q = 9/11 for kappa = 100.
TEST(FirstOrderMethods, AreNoFasterThanTheChainAllows) {
  const long n = 60;
  const double q = 9.0 / 11;
  for (const char* solver :
       {"gradient_descent:step=inverse_lipschitz", "gradient_descent:step=exact", "momentum:tuning=optimal",
        "nesterov:sequence=strongly_convex", "triple_momentum", "nonlinear_cg:line_search=exact"}) {
    const auto problem = all_problems().make("strongly_convex_chain:n=60");
    const Trace trace = traced(*problem, solver, 30);
    for (std::size_t k = 0; k < trace.rows(); ++k) {
      double rest = 0;
      for (long i = n; i > static_cast<long>(k); --i) rest += std::pow(q, 2 * i);
      EXPECT_GE(*problem->facts().distance(trace.iterate(k)), std::sqrt(rest) * (1 - 1e-12)) << solver << k;
    }
  }
}

// The best of k + 1 points of the subgradient method with steps h: f - f* <= (R^2 + M^2 (k+1) h^2)/(2 (k+1) h),
// M R/ sqrt(k+1) for h = R/(M sqrt(k+1)) (Nesterov 2004, theorem 3.2.2).
TEST(SubgradientSteps, KeepTheirBoundOnFunctionsWithKinks) {
  const long k = 400;
  for (const char* text :
       {"l1_norm:n=5", "l1_norm:n=20,kappa=100,shift=-0.3", "max_coordinate:n=50,form=norm"}) {
    const auto problem = all_problems().make(text);
    const double M = problem->facts().value_lipschitz->value;
    const double R = *problem->facts().distance(problem->start());
    const double bound = M * R / std::sqrt(static_cast<double>(k + 1));
    const double h = R / (M * std::sqrt(static_cast<double>(k + 1)));
    const Trace trace = traced(*problem, "gradient_descent:learning_rate=" + format_real(h), k);
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < trace.rows(); ++i) best = std::min(best, problem->value(trace.iterate(i)));
    EXPECT_LE(best - problem->facts().minimum->value, bound * (1 + 1e-12)) << text;
  }
}

// Steps eta/(k+1)^0.51 come closer than constant ones; neither stops for a small subgradient, as there is none,
// and where the residual of the end is not below the tolerance nothing is solved.
TEST(SubgradientSteps, AreNotCalledASolutionWhereTheyAreNone) {
  const auto problem = all_problems().make("l1_norm:n=5");
  const auto run = [&](const std::string& solver) {
    return minimize(*problem, *all_solvers().make(solver), {.limits = {.max_iterations = 5000}});
  };
  const Result constant = run("gradient_descent:learning_rate=0.03");
  const Result falling = run("gradient_descent:learning_rate=0.03,schedule=robbins_monro,decay=0.51");
  for (const Result* result : {&constant, &falling}) {
    EXPECT_EQ(result->stop, StopReason::max_iterations);
    EXPECT_FALSE(result->solved);
    EXPECT_GT(result->gradient_norm, 0);
  }
  EXPECT_LT(*falling.gap, *constant.gap / 5);
}

}  // namespace
}  // namespace optbed::counterexamples_test
