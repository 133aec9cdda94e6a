// Stochastic gradient descent: its path, and on quadratics the variance that noise leaves.
#include "problems/quadratic/sample_mean.hpp"
#include "tests/solvers/stochastic/finite_sums.hpp"

namespace optbed::sgd_test {
namespace {

using testing::batches;
using testing::run_with_seed;
using testing::small_logistic;

TEST(Sgd, FollowsTheGradientsOfItsBatches) {
  const LogisticRegression problem(small_logistic);
  const reference::FiniteSum f = testing::small_logistic_reference();
  for (const Index batch_size : {1, 6, 20}) {
    const auto drawn = batches(Sampling::shuffle, 20, batch_size, 7, 50);
    const Result result =
        run_with_seed(problem, fmt::format("sgd:learning_rate=0.5,batch_size={}", batch_size), 50, 7);
    testing::expect_the_same_path(result.trace,
                                  reference::stochastic_descent(f, drawn, [](std::size_t) { return 0.5; }));
    long samples = batches(Sampling::shuffle, 20, batch_size, 7, 51).back().size();  // the next step's batch
    for (const auto& batch : drawn) samples += static_cast<long>(batch.size());
    EXPECT_EQ(result.evaluations.sample_gradient, samples);
    EXPECT_EQ(result.evaluations.total(), samples);
  }
}

TEST(Sgd, TakesItsScheduleByTheIteration) {
  const auto drawn = batches(Sampling::replacement, 20, 3, 7, 50);
  const auto path =
      reference::stochastic_descent(testing::small_logistic_reference(), drawn,
                                    [](std::size_t k) { return 2.0 / static_cast<double>(k + 1); });
  const Result result =
      run_with_seed(LogisticRegression(small_logistic),
                    "sgd:learning_rate=2,schedule=linear,batch_size=3,sampling=replacement", 50, 7);
  testing::expect_the_same_path(result.trace, path);
}

// The sum over n samples is n times their mean: eta/n undoes it. n is a power of 2, which rounds nothing.
TEST(Sgd, MakesTheSamePathWithASumAndAnNthOfTheStep) {
  const LogisticRegression problem(small_logistic);
  const Result mean = run_with_seed(problem, "sgd:learning_rate=0.5,batch_size=4", 50);
  const Result sum = run_with_seed(problem, "sgd:learning_rate=0.125,batch_size=4,reduction=sum", 50);
  for (std::size_t k = 0; k <= 50; ++k) EXPECT_EQ(mean.trace.iterate(k), sum.trace.iterate(k));
}

// eta_k = 1/(lambda (k + 1)): x_k is the mean of the first k points (Robbins & Monro 1951), and after an epoch
// that of all. k divisions round.
TEST(Sgd, IsTheMeanOfTheSamplesSeenWithTheBestOfTheRobbinsMonroSteps) {
  const SampleMean problem({.samples = 200, .eigenvalues = {1, 4, 4}, .deviation = 3});
  const SampleMean scaled(problem.points(), Vector::Constant(3, 4));
  const Result result =
      run_with_seed(scaled, "sgd:learning_rate=0.25,schedule=robbins_monro,decay=1,sampling=sequential", 200);
  Vector sum = Vector::Zero(3);
  for (Index k = 1; k <= 200; ++k) {
    sum += problem.points().col(k - 1);
    const Vector x = result.trace.iterate(static_cast<std::size_t>(k));
    ASSERT_LE((x - sum / static_cast<double>(k)).norm(), 1e-14 * 10) << k;
  }
  EXPECT_LE(*result.distance, 1e-13);
}

// -- The variance that is left --

// e_{k+1} = a e_k + b e_{k-1} + noise in every coordinate, which sgd, momentum and Nesterov's method are on a
// quadratic of one eigenvalue with batches that are drawn independently.
struct Recursion {
  double a;
  double b;

  // 1 + 2 sum_{k >= 1} r_k^2 of the autocorrelations r_k = a r_{k-1} + b r_{k-2}, r_1 = a/(1 - b) (Box &
  // Jenkins 1976, section 3.2.4): the mean of K squares of a Gaussian sequence of this kind has the variance 2
  // V^2/K times this (Bartlett 1946).
  double correlation_time() const {
    double before = 1;
    double now = a / (1 - b);
    double sum = 1;
    for (int k = 0; k < 100'000 && std::abs(now) + std::abs(before) > 1e-9; ++k) {
      sum += 2 * now * now;
      const double next = a * now + b * before;
      before = now;
      now = next;
    }
    return sum;
  }
};

constexpr double lambda = 1;
constexpr double sigma = 1;

// Many coordinates of one eigenvalue: as many runs of one coordinate, with the same batches.
const SampleMean& noise() {
  static const SampleMean problem(
      {.samples = 1000, .eigenvalues = std::vector<double>(50, lambda), .deviation = sigma});
  return problem;
}

// By how much the coordinates of the data, which are not quite uncorrelated, raise the variance of a mean over
// them: the mean over j of sum_k r_jk^2.
double correlation_of_the_coordinates() {
  const Matrix& points = noise().points();
  const Matrix covariance = points * points.transpose() / static_cast<double>(points.cols());
  return covariance.squaredNorm() / covariance.diagonal().squaredNorm();
}

struct Floor {
  double variance;        // of a coordinate, measured over all of them and the iterations
  double standard_error;  // of that, relative
};

// After a start at the minimiser and as many iterations as the memory lasts.
Floor measured_floor(const std::string& solver, const Recursion& recursion, long iterations) {
  const auto method = all_solvers().make(solver);
  const auto settle = static_cast<long>(10 * recursion.correlation_time());
  Oracle f(noise(), 0, 5);
  if (method->start(f, noise().facts().minimisers.at(0).value)) throw std::logic_error(solver);
  for (long k = 0; k < settle; ++k) (void)method->step(f);
  double sum = 0;
  for (long k = 0; k < iterations; ++k) {
    (void)method->step(f);
    sum += (method->current().x - noise().facts().minimisers[0].value).squaredNorm();
  }
  const auto numbers = static_cast<double>(iterations) * 50;
  return {sum / numbers,
          std::sqrt(2 * recursion.correlation_time() * correlation_of_the_coordinates() / numbers)};
}

// Within five standard errors, relative to theory.
void expect_floor(const std::string& solver, const Recursion& recursion, double theory, long iterations) {
  const Floor floor = measured_floor(solver + ",sampling=replacement", recursion, iterations);
  EXPECT_LT(floor.standard_error, 0.02) << "the test would show nothing";
  EXPECT_NEAR(floor.variance / theory, 1, 5 * floor.standard_error) << solver;
}

double sgd_floor(double eta, double variance = sigma * sigma) {
  return eta * variance / (lambda * (2 - eta * lambda));
}

// Var x = eta s^2/(lambda (2 - eta lambda)), s^2 = sigma^2/m with batches of m: the AR(1) sequence with the
// coefficient 1 - eta lambda and the noise eta s.
TEST(NoiseFloor, OfSgdIsThatOfTheFirstOrderRecursion) {
  for (const double eta : {0.1, 0.5, 1.5}) {
    expect_floor(fmt::format("sgd:batch_size=1,learning_rate={}", eta), {1 - eta * lambda, 0}, sgd_floor(eta),
                 20'000);
  }
  expect_floor("sgd:batch_size=10,learning_rate=0.5", {0.5, 0}, sgd_floor(0.5, sigma * sigma / 10), 5'000);
}

// Var x = eta s^2 (1 + beta)/(lambda (1 - beta)(2 (1 + beta) - eta lambda)): the AR(2) sequence e_{k+1} = (1 +
// beta - eta lambda) e_k - beta e_{k-1} with the noise eta s. For short steps 1/(1 - beta) times that of sgd.
TEST(NoiseFloor, OfMomentumIsThatOfTheSecondOrderRecursion) {
  const auto theory = [](double eta, double beta) {
    return eta * sigma * sigma * (1 + beta) / (lambda * (1 - beta) * (2 * (1 + beta) - eta * lambda));
  };
  EXPECT_NEAR(theory(1e-4, 0.9) / sgd_floor(1e-4), 10, 1e-3);
  for (const double beta : {0.5, 0.9}) {
    for (const double eta : {0.1, 1.0}) {
      expect_floor(fmt::format("momentum:batch_size=1,learning_rate={},momentum={}", eta, beta),
                   {1 + beta - eta * lambda, -beta}, theory(eta, beta), 40'000);
    }
  }
}

// With h = eta lambda and c = beta (1 - h) the iterate follows e_{k+1} = (1 + beta)(1 - h) e_k - c e_{k-1} with
// the noise eta s: Var x = eta^2 s^2 (1 + c)/((1 - c)((1 + c)^2 - (1 + beta)^2 (1 - h)^2)).
TEST(NoiseFloor, OfNesterovsMethodIsThatOfTheSecondOrderRecursion) {
  for (const double beta : {0.5, 0.9}) {
    for (const double eta : {0.1, 0.8}) {
      const double h = eta * lambda;
      const double c = beta * (1 - h);
      const double a = (1 + beta) * (1 - h);
      const double theory = eta * eta * sigma * sigma * (1 + c) / ((1 - c) * ((1 + c) * (1 + c) - a * a));
      expect_floor(fmt::format("nesterov:batch_size=1,learning_rate={},momentum={}", eta, beta), {a, -c},
                   theory, 40'000);
    }
  }
}

// A step ten times smaller leaves (0.1/1.9)/(0.01/1.99) = 10.47 times less.
TEST(NoiseFloor, FallsByTenPointFourSevenWithATenthOfTheStep) {
  EXPECT_NEAR(sgd_floor(0.1) / sgd_floor(0.01), 10.47, 0.005);
  const Floor large = measured_floor("sgd:learning_rate=0.1,sampling=replacement", {0.9, 0}, 40'000);
  const Floor small = measured_floor("sgd:learning_rate=0.01,sampling=replacement", {0.99, 0}, 100'000);
  const double error = std::hypot(large.standard_error, small.standard_error);
  EXPECT_LT(error, 0.02);
  EXPECT_NEAR(large.variance / small.variance / 10.47, 1, 5 * error);
}

// eta_k = c/(lambda (k + 1)) with independent samples: V_{k+1} = (1 - c/(k + 1))^2 V_k + (c s/(lambda (k +
// 1)))^2.
double robbins_monro_variance(double c, double start, long steps) {
  double variance = start * start;
  for (long k = 0; k < steps; ++k) {
    const double step = c / static_cast<double>(k + 1);
    variance = (1 - step) * (1 - step) * variance + step * step * sigma * sigma / (lambda * lambda);
  }
  return variance;
}

// k Var x -> c^2 s^2/((2c - 1) lambda^2) for c > 1/2, least at c = 1; for c < 1/2 the start is forgotten only
// like k^(-2c): a thousand times as many steps make c = 1/4 no better than by 1000^(1/2).
TEST(RobbinsMonro, HasItsVarianceAtEveryC) {
  for (const double c : {0.75, 1.0, 2.0}) {
    const double limit = c * c / (2 * c - 1);
    EXPECT_NEAR(1e6 * robbins_monro_variance(c, 1, 1'000'000) / limit, 1, 0.02) << c;
  }
  EXPECT_NEAR(robbins_monro_variance(0.25, 1, 1'000) / robbins_monro_variance(0.25, 1, 1'000'000),
              std::sqrt(1000.0), 0.05 * std::sqrt(1000.0));
  constexpr int runs = 60;
  constexpr long steps = 300;
  const double standard_error = std::sqrt(2 * correlation_of_the_coordinates() / (runs * 50));
  for (const double c : {0.25, 0.75, 1.0, 2.0}) {
    const auto sgd = all_solvers().make(
        fmt::format("sgd:learning_rate={},schedule=robbins_monro,decay=1,sampling=replacement", c / lambda));
    double sum = 0;
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
      const Result result =
          minimize(noise(), *sgd, {.limits = {.max_iterations = steps, .gradient_tolerance = 0}, .seed = seed});
      sum += *result.distance * *result.distance / 50;
    }
    // From ones. For c < 1/2 a part of the second moment is the start's, which does not vary: an over-estimate
    // of the error.
    EXPECT_NEAR(sum / runs / robbins_monro_variance(c, 1, steps), 1, 5 * standard_error) << c;
  }
}

// Without replacement the batches of an epoch balance each other: random reshuffling ends nearer to the
// minimiser.
TEST(NoiseFloor, IsLowerWhenEveryEpochPassesThroughAllSamples) {
  const Floor shuffled = measured_floor("sgd:batch_size=100,learning_rate=0.1", {0.9, 0}, 10'000);
  EXPECT_LT(shuffled.variance, 0.5 * sgd_floor(0.1, sigma * sigma / 100));
}

// Where the variance-reduced methods go on, a constant step ends in its floor.
TEST(Sgd, StallsWhereSvrgAndSagaConverge) {
  const LogisticRegression problem({.samples = 40, .features = 5, .lambda = 0.1});
  const auto gap = [&](const std::string& solver) {
    const auto method = all_solvers().make(solver + ":learning_rate=0.1,sampling=replacement");
    const Result result = minimize(
        problem, *method,
        {.limits = {.max_iterations = 1'000'000, .max_evaluations = 200L * 40, .gradient_tolerance = 0}});
    EXPECT_NE(result.stop, StopReason::max_iterations);  // a step may end in rounding before
    return *result.gap;
  };
  EXPECT_GT(gap("sgd"), 1e-4);
  EXPECT_LT(gap("svrg"), 1e-12);
  EXPECT_LT(gap("saga"), 1e-12);
}

}  // namespace
}  // namespace optbed::sgd_test
