#include "solvers/stochastic/gradient_norm_penalty.hpp"

#include "problems/all_problems.hpp"
#include "tests/solvers/reference/objective.hpp"
#include "tests/solvers/stochastic/finite_sums.hpp"

namespace optbed::gradient_norm_penalty_test {
namespace {

using testing::run_with_seed;

TEST(GradientNormPenalty, IsTheMethodOfItsPaperOnTheWholeFunction) {
  const auto rosenbrock = reference::rosenbrock<double>();
  const auto path =
      reference::penalised_descent(rosenbrock.start, 50, 1e-3, 0.7, 0.02,
                                   [&](std::size_t, const auto& x) { return rosenbrock.gradient(x); });
  const auto problem = all_problems().make("rosenbrock");
  const Result result =
      run_with_seed(*problem, "gradient_norm_penalty:learning_rate=1e-3,alpha=0.7,radius=0.02", 50);
  testing::expect_the_same_path(result.trace, path);
  EXPECT_EQ(result.evaluations.gradient, 1 + 2 * 50);
}

TEST(GradientNormPenalty, TakesBothGradientsOfAStepFromOneBatch) {
  const reference::FiniteSum f = testing::small_logistic_reference();
  const auto drawn = testing::batches(Sampling::shuffle, 20, 6, 3, 50);
  const auto path = reference::penalised_descent(
      f.start, 50, 0.1, 0.7, 0.02, [&](std::size_t k, const auto& x) { return f.gradient_of(drawn[k], x); });
  const Result result =
      run_with_seed(LogisticRegression(testing::small_logistic),
                    "gradient_norm_penalty:learning_rate=0.1,alpha=0.7,radius=0.02,batch_size=6", 50, 3);
  testing::expect_the_same_path(result.trace, path);
}

TEST(GradientNormPenalty, IsGradientDescentWithoutWeight) {
  const auto problem = all_problems().make("rosenbrock");
  const Result penalised = run_with_seed(*problem, "gradient_norm_penalty:alpha=0,learning_rate=1e-3", 30);
  const Result plain = run_with_seed(*problem, "gradient_descent:learning_rate=1e-3", 30);
  EXPECT_EQ(penalised.x, plain.x);
}

TEST(SharpnessAware, IsTheGradientNormPenaltyWithAllTheWeight) {
  const auto problem = all_problems().make("rosenbrock");
  const Result sam = run_with_seed(*problem, "sam:rho=0.03,learning_rate=1e-3", 30);
  const Result penalty =
      run_with_seed(*problem, "gradient_norm_penalty:alpha=1,radius=0.03,learning_rate=1e-3", 30);
  EXPECT_EQ(sam.x, penalty.x);
}

// On (lambda/2) x^2: x_{k+1} = (1 - h) x_k - h alpha r sign(x_k), h = eta lambda < 1. It changes sign for ever
// between the two points where |x| = -(1 - h)|x| + h alpha r: |x| = h alpha r/(2 - h).
TEST(GradientNormPenalty, EndsInAnOrbitOfTheRadius) {
  for (const auto& [alpha, lambda] : {std::pair(1.0, 1.0), std::pair(0.5, 1.0), std::pair(1.0, 4.0)}) {
    const double h = 0.1 * lambda;
    const auto problem = all_problems().make(fmt::format("quadratic:eigenvalues={}", lambda));
    const Result result = run_with_seed(
        *problem, fmt::format("gradient_norm_penalty:alpha={},radius=0.3,learning_rate=0.1", alpha), 1000);
    const double amplitude = h * alpha * 0.3 / (2 - h);
    EXPECT_NEAR(std::abs(result.x[0]), amplitude, 1e-14);
    EXPECT_NEAR(result.x[0], -result.trace.iterate(999)[0], 1e-14);
  }
}

}  // namespace
}  // namespace optbed::gradient_norm_penalty_test
