#include "problems/oracle.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <limits>

#include "problems/all_problems.hpp"
#include "problems/random.hpp"

namespace optbed::oracle_test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// f = r^2 with r = x, as a finite sum one of three samples of which each is f, which counts for itself and can
// answer with what is not finite.
class Counting final : public LeastSquaresProblem, public FiniteSumProblem {
 public:
  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Ones(1); }
  double value(const Vector& x) const override {
    return ++seen.value, broken_value ? *broken_value : x[0] * x[0];
  }
  double gradient(const Vector& x, Vector& g) const override {
    ++seen.gradient;
    g[0] = broken_gradient ? *broken_gradient : 2 * x[0];
    return broken_value ? *broken_value : x[0] * x[0];
  }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& /*x*/, Matrix& H) const override { ++seen.hessian, H(0, 0) = 2; }
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const override {
    ++seen.hessian_vector;
    Hv[0] = 2 * v[0];
  }
  Index residual_count() const override { return 1; }
  void residuals(const Vector& x, Vector& r) const override { ++seen.residual, r[0] = x[0]; }
  void jacobian(const Vector& /*x*/, Matrix& J) const override { ++seen.jacobian, J(0, 0) = 1; }
  Index sample_count() const override { return 3; }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override {
    seen.sample_gradient += static_cast<long>(samples.size());
    g[0] = broken_gradient ? *broken_gradient : 2 * x[0];
    return broken_value ? *broken_value : x[0] * x[0];
  }

  mutable EvaluationCounts seen;
  std::optional<double> broken_value;
  std::optional<double> broken_gradient;
};

class WithoutAnything final : public Problem {
 public:
  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Ones(1); }
  double value(const Vector& x) const override { return x[0]; }
  double gradient(const Vector& x, Vector& g) const override { return g[0] = 1, x[0]; }
};

// One evaluation of each kind.
std::vector<std::function<void(Oracle&)>> every_kind() {
  static const Vector x = Vector::Constant(1, 3);
  static Vector v(1);
  static Matrix M(1, 1);
  return {[](Oracle& f) { EXPECT_EQ(f.value(x), 9); },
          [](Oracle& f) {
            EXPECT_EQ(f.gradient(x, v), 9);
            EXPECT_EQ(v[0], 6);
          },
          [](Oracle& f) {
            f.hessian(x, M);
            EXPECT_EQ(M(0, 0), 2);
          },
          [](Oracle& f) {
            f.hessian_vector(x, x, v);
            EXPECT_EQ(v[0], 6);
          },
          [](Oracle& f) {
            f.residuals(x, v);
            EXPECT_EQ(v[0], 3);
          },
          [](Oracle& f) {
            f.jacobian(x, M);
            EXPECT_EQ(M(0, 0), 1);
          },
          [](Oracle& f) {
            constexpr Index sample = 2;
            EXPECT_EQ(f.sample_gradient(x, {&sample, 1}, v), 9);
            EXPECT_EQ(v[0], 6);
          }};
}

TEST(Oracle, CountsEveryKindOfEvaluationOnce) {
  const Counting problem;
  Oracle oracle(problem);
  long total = 0;
  for (const auto& evaluate : every_kind()) {
    evaluate(oracle);
    EXPECT_EQ(oracle.counts().total(), ++total);
    EXPECT_EQ(oracle.counts(), problem.seen);
  }
  EXPECT_EQ(problem.seen.value, 1);
  EXPECT_EQ(problem.seen.gradient, 1);
  EXPECT_EQ(problem.seen.hessian, 1);
  EXPECT_EQ(problem.seen.hessian_vector, 1);
  EXPECT_EQ(problem.seen.residual, 1);
  EXPECT_EQ(problem.seen.jacobian, 1);
  EXPECT_EQ(problem.seen.sample_gradient, 1);
}

TEST(Oracle, CountsASparseHessianAsAHessian) {
  const auto problem = all_problems().make("poisson:n=3");
  Oracle oracle(*problem, 1);
  SparseRows H = oracle.sparse_hessian_pattern();
  EXPECT_EQ(oracle.counts().total(), 0);
  oracle.sparse_hessian(problem->start(), H);
  EXPECT_EQ(oracle.counts().hessian, 1);
  EXPECT_EQ(H.coeff(1, 0), -1);
  EXPECT_THROW(oracle.sparse_hessian(problem->start(), H), BudgetExhausted);
}

TEST(Oracle, ChargesABatchForEachOfItsSamplesOrNotAtAll) {
  const Counting problem;
  Oracle oracle(problem, 5);
  Point point;
  point.resize(1);
  point.x[0] = 3;
  const std::array<Index, 3> batch = {0, 2, 2};
  EXPECT_TRUE(oracle.evaluate(point, batch));
  EXPECT_EQ(point.value, 9);
  EXPECT_EQ(point.gradient_norm, 6);
  EXPECT_EQ(oracle.counts().sample_gradient, 3);
  EXPECT_THROW((void)oracle.evaluate(point, batch), BudgetExhausted);
  EXPECT_EQ(oracle.counts().total(), 3);
  EXPECT_EQ(oracle.counts(), problem.seen);
  EXPECT_NO_THROW(oracle.require_evaluations(2));
  EXPECT_THROW(oracle.require_evaluations(3), BudgetExhausted);
  EXPECT_TRUE(oracle.evaluate(point, std::span(batch).first(2)));
  EXPECT_EQ(oracle.counts().total(), 5);
}

TEST(Oracle, CountsTheValueThatComesWithAGradientNotAgain) {
  const Counting problem;
  Oracle oracle(problem);
  Point point;
  point.resize(1);
  point.x[0] = 3;
  EXPECT_TRUE(oracle.evaluate(point));
  EXPECT_EQ(point.value, 9);
  EXPECT_EQ(point.gradient_norm, 6);
  EXPECT_EQ(oracle.counts().gradient, 1);
  EXPECT_EQ(oracle.counts().total(), 1);
}

TEST(Oracle, HoldsItsBudgetExactlyWhateverTheKind) {
  for (const auto& last : every_kind()) {
    const Counting problem;
    Oracle oracle(problem, 3);
    for (int i = 0; i < 3; ++i) every_kind()[static_cast<std::size_t>(i)](oracle);
    const EvaluationCounts before = oracle.counts();
    EXPECT_EQ(before.total(), 3);
    EXPECT_THROW(last(oracle), BudgetExhausted);
    EXPECT_EQ(oracle.counts(), before);
    EXPECT_EQ(problem.seen, before);
  }
}

TEST(Oracle, LeavesThePointAsItIsWhereTheBudgetIsUsedUp) {
  const Counting problem;
  Oracle oracle(problem, 1);
  Point point;
  point.resize(1);
  oracle.value(point.x);
  point.value = 5;
  EXPECT_THROW((void)oracle.evaluate(point), BudgetExhausted);
  EXPECT_EQ(point.value, 5);
}

TEST(Oracle, TakesALargerBudgetOnTheWay) {
  const Counting problem;
  Oracle oracle(problem, 1);
  const Vector x = Vector::Ones(1);
  oracle.value(x);
  EXPECT_THROW(oracle.value(x), BudgetExhausted);
  oracle.set_max_evaluations(2);
  oracle.value(x);
  EXPECT_THROW(oracle.value(x), BudgetExhausted);
  oracle.set_max_evaluations(0);
  for (int i = 0; i < 100; ++i) oracle.value(x);
  EXPECT_EQ(oracle.counts().value, 102);
}

TEST(Oracle, ReportsAnAnswerThatIsNotFinite) {
  for (const double wrong : {nan, infinity, -infinity}) {
    Counting problem;
    Point point;
    point.resize(1);
    problem.broken_value = wrong;
    EXPECT_FALSE(Oracle(problem).evaluate(point)) << wrong;
    problem.broken_value.reset();
    problem.broken_gradient = wrong;
    EXPECT_FALSE(Oracle(problem).evaluate(point)) << wrong;
    constexpr Index sample = 0;
    EXPECT_FALSE(Oracle(problem).evaluate(point, {&sample, 1})) << wrong;
    problem.broken_gradient.reset();
    EXPECT_TRUE(Oracle(problem).evaluate(point));
  }
}

TEST(Oracle, SaysWhatAProblemHasAndRefusesWhatItHasNot) {
  const WithoutAnything problem;
  Oracle oracle(problem);
  EXPECT_FALSE(oracle.has_hessian());
  EXPECT_FALSE(oracle.has_sparse_hessian());
  EXPECT_FALSE(oracle.has_hessian_vector());
  EXPECT_FALSE(oracle.has_residuals());
  EXPECT_FALSE(oracle.has_samples());
  EXPECT_EQ(oracle.sample_count(), 0);
  const Vector x = Vector::Ones(1);
  Vector v(1);
  Matrix M(1, 1);
  EXPECT_THROW(oracle.residuals(x, v), std::logic_error);
  EXPECT_THROW(oracle.jacobian(x, M), std::logic_error);
  EXPECT_THROW(oracle.sample_gradient(x, {}, v), std::logic_error);
  EXPECT_THROW(oracle.hessian(x, M), std::logic_error);
  SparseRows S;
  EXPECT_THROW((void)oracle.sparse_hessian_pattern(), std::logic_error);
  EXPECT_THROW(oracle.sparse_hessian(x, S), std::logic_error);
  EXPECT_THROW(oracle.hessian_vector(x, v, v), std::logic_error);
  const Counting counting;
  const Oracle full(counting, 0, 42);
  EXPECT_TRUE(full.has_hessian() && full.has_hessian_vector() && full.has_residuals());
  EXPECT_TRUE(full.has_samples());
  EXPECT_EQ(full.sample_count(), 3);
  EXPECT_EQ(full.residual_count(), 1);
  EXPECT_EQ(full.least_squares_scale(), 1);
  EXPECT_EQ(full.seed(), unrelated_seed(42));
  EXPECT_EQ(Oracle(counting).seed(), unrelated_seed(0));
}

TEST(InfinityNorm, IsTheLargestAbsoluteValueAndKeepsNaN) {
  EXPECT_EQ(infinity_norm(Vector{{1, -3, 2}}), 3);
  EXPECT_EQ(infinity_norm(Vector()), 0);
  EXPECT_TRUE(std::isnan(infinity_norm(Vector{{1, nan, 2}})));
  EXPECT_TRUE(std::isnan(infinity_norm(Vector{{nan, infinity, 2}})));
}

TEST(Point, ChangesPlacesWithAnother) {
  Point a{Vector{{1}}, 2, Vector{{3}}, 4};
  Point b{Vector{{5}}, 6, Vector{{7}}, 8};
  swap(a, b);
  EXPECT_EQ(a.x[0], 5);
  EXPECT_EQ(a.value, 6);
  EXPECT_EQ(a.gradient[0], 7);
  EXPECT_EQ(a.gradient_norm, 8);
  EXPECT_EQ(b.x[0], 1);
  EXPECT_EQ(b.gradient_norm, 4);
}

}  // namespace
}  // namespace optbed::oracle_test
