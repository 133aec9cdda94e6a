// SVRG and SAGA: against loops written from their papers, and where stochastic gradient descent does not get.
#include "solvers/stochastic/saga.hpp"
#include "solvers/stochastic/svrg.hpp"
#include "tests/solvers/stochastic/finite_sums.hpp"

namespace optbed::variance_reduction_test {
namespace {

using testing::batches;
using testing::run_with_seed;
using testing::small_logistic;

constexpr long steps = 60;
constexpr std::uint64_t seed = 12;

struct Drawn {
  std::string options;
  Sampling sampling;
  Index batch_size;
};

// Batches of 7 out of 20 with replacement hold a sample twice now and then.
const std::vector<Drawn> ways = {{"", Sampling::replacement, 1},
                                 {",batch_size=7", Sampling::replacement, 7},
                                 {",batch_size=3,sampling=shuffle", Sampling::shuffle, 3},
                                 {",batch_size=20,sampling=sequential", Sampling::sequential, 20}};

TEST(Svrg, IsTheMethodOfItsPaper) {
  const LogisticRegression problem(small_logistic);
  for (const auto& [options, sampling, batch_size] : ways) {
    const auto drawn = batches(sampling, 20, batch_size, seed, steps);
    const Result result =
        run_with_seed(problem, "svrg:learning_rate=0.2,inner_iterations=13" + options, steps, seed);
    testing::expect_the_same_path(result.trace,
                                  reference::svrg(testing::small_logistic_reference(), drawn, 0.2, 13));
  }
}

TEST(Saga, IsTheMethodOfItsPaper) {
  const LogisticRegression problem(small_logistic);
  for (const auto& [options, sampling, batch_size] : ways) {
    const auto drawn = batches(sampling, 20, batch_size, seed, steps);
    const Result result = run_with_seed(problem, "saga:learning_rate=0.2" + options, steps, seed);
    testing::expect_the_same_path(result.trace,
                                  reference::saga(testing::small_logistic_reference(), drawn, 0.2));
  }
}

// Snapshots at k = 0, 40, 80, … by default: 2 N/m iterations apart.
TEST(Svrg, PaysForItsSnapshots) {
  const Result result = run_with_seed(LogisticRegression(small_logistic), "svrg", 81);
  EXPECT_EQ(result.evaluations.sample_gradient, 3 * 20 + 81 * 2);
  EXPECT_EQ(result.evaluations.total(), result.evaluations.sample_gradient);
  EXPECT_EQ(result.epochs, (3 * 20 + 81 * 2) / 20.0);
}

TEST(Saga, PaysForItsTableOnce) {
  const Result result = run_with_seed(LogisticRegression(small_logistic), "saga:batch_size=4", 10);
  EXPECT_EQ(result.evaluations.sample_gradient, 20 + 10 * 4);
  EXPECT_EQ(result.evaluations.total(), result.evaluations.sample_gradient);
}

// A sum of more samples and numbers than any table holds, without data.
class Endless final : public FiniteSumProblem {
 public:
  Index dimension() const override { return 1000; }
  Vector start() const override { return Vector::Zero(1000); }
  double value(const Vector& x) const override { return x.squaredNorm(); }
  double gradient(const Vector& x, Vector& g) const override { return g = 2 * x, x.squaredNorm(); }
  Index sample_count() const override { return 1'000'000; }
  double sample_gradient(const Vector& x, std::span<const Index> /*samples*/, Vector& g) const override {
    return gradient(x, g);
  }
};

// 8e9 bytes are 7.45 GiB.
TEST(Saga, RefusesATableThatIsTooLarge) {
  const std::string missing = Saga().missing(Endless());
  EXPECT_NE(missing.find("1000000 samples of dimension 1000 take 7.45 GiB, more than 4"), std::string::npos)
      << missing;
  EXPECT_EQ(Svrg().missing(Endless()), "");
}

// 40 samples in 5 dimensions: L_i <= max |a_i|^2/4 + lambda bounds the curvature of every sample.
struct Convergence {
  LogisticRegressionOptions options{.samples = 40, .features = 5, .lambda = 0.1};
  LogisticRegression problem{options};
  double mu = options.lambda;
  double L = generated_data(options).inputs.colwise().squaredNorm().maxCoeff() / 4 + options.lambda;
};

// Corollary 1 of Defazio, Bach & Lacoste-Julien 2014 at eta = 1/(3 L): E |x_k - x*|^2 <= (1 - min(1/(4 N),
// mu/(3 L)))^k (|x_0 - x*|^2 + 2 N/(3 L) (f_0 - g*'(x_0 - x*) - f*)), where g* = 0 here. It bounds an
// expectation, but from so far above that this run stays below it too, down to rounding.
TEST(Saga, StaysBelowItsBoundToTheEnd) {
  const Convergence on;
  const double N = 40;
  const Result result =
      run_with_seed(on.problem, fmt::format("saga:learning_rate={}", 1 / (3 * on.L)), 200 * on.options.samples);
  const double gap_0 = std::log(2.0) - on.problem.facts().minimum->value;
  const double distance_0 = *on.problem.facts().distance(on.problem.start());
  const double scale = distance_0 * distance_0 + 2 * N / (3 * on.L) * gap_0;
  const double factor = 1 - std::min(1 / (4 * N), on.mu / (3 * on.L));
  const auto& distance = result.trace.column("distance");
  for (std::size_t k = 0; k < distance.size(); k += 40) {
    EXPECT_LE(distance[k] * distance[k], std::max(scale * std::pow(factor, static_cast<double>(k)), 1e-28));
  }
  EXPECT_LE(distance.back(), 1e-12);
}

// Theorem 1 of Johnson & Zhang 2013 contracts f - f* by alpha = 1/(mu eta (1 - 2 L eta) M) + 2 L eta/(1 - 2 L
// eta) in expectation from snapshot to snapshot; with eta = 1/(10 L) and M = 50 L/mu it is 1/2. Their snapshot
// is a random inner iterate, and the last one is closer; the run stays below alpha^s to the end.
TEST(Svrg, StaysBelowItsBoundToTheEnd) {
  const Convergence on;
  const double eta = 1 / (10 * on.L);
  const long M = std::lround(50 * on.L / on.mu);
  const double alpha =
      1 / (on.mu * eta * (1 - 2 * on.L * eta) * static_cast<double>(M)) + 2 * on.L * eta / (1 - 2 * on.L * eta);
  ASSERT_NEAR(alpha, 0.5, 1e-3);
  const auto solver = all_solvers().make(fmt::format("svrg:learning_rate={},inner_iterations={}", eta, M));
  const Result result = minimize(
      on.problem, *solver,
      {.limits = {.max_iterations = 12 * M, .gradient_tolerance = 0}, .trace = {.trigger = {.interval = M}}});
  const auto& gap = result.trace.column("gap");
  ASSERT_EQ(gap.size(), 13u);
  for (std::size_t s = 1; s < gap.size(); ++s) {
    EXPECT_LE(gap[s], std::max(gap[0] * std::pow(alpha, static_cast<double>(s)), 1e-15));
  }
  EXPECT_LE(result.distance, 1e-12);
}

}  // namespace
}  // namespace optbed::variance_reduction_test
