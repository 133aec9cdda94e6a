#include "problems/convex/worst_case/interpolated_function.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "problems/convex/worst_case/huber_worst_case.hpp"
#include "problems/errors.hpp"
#include "tests/problems/verified.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::interpolated_function_test {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFile;

// Points, gradients and values of a problem.
InterpolationData sampled(const Problem& f, const Matrix& points, double mu) {
  InterpolationData data{.mu = mu,
                         .lipschitz = f.facts().lipschitz->value,
                         .points = points,
                         .gradients = points,
                         .values = Vector(points.cols())};
  for (Index i = 0; i < points.cols(); ++i) {
    Vector g(points.rows());
    data.values[i] = f.gradient(points.col(i), g);
    data.gradients.col(i) = g;
  }
  return data;
}

std::string message_of(const std::string& csv) {
  const TemporaryFile file(csv, ".csv");
  try {
    const InterpolatedFunction f({.data = file.path()});
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing is wrong";
}

// Beyond its threshold on both sides and at 0, the triplets of a Huber function leave no other.
TEST(InterpolatedFunction, IsTheHuberFunctionThroughThreeOfItsPoints) {
  const HuberWorstCase huber({.horizon = 2, .lipschitz = 3});
  const InterpolatedFunction f(sampled(huber, Matrix{{1, 0, -1}}, 0));
  for (double x = -1; x <= 1; x += 1.0 / 64) {
    const Vector at = Vector::Constant(1, x);
    EXPECT_NEAR(f.value(at), huber.value(at), 1e-15) << x;
    EXPECT_NEAR(testing::gradient_at(f, at)[0], testing::gradient_at(huber, at)[0], 1e-15) << x;
  }
}

// Any function of the class will do; its gradient is that of a Huber function plus mu x.
class TiltedHuber final : public Problem {
 public:
  explicit TiltedHuber(double mu) : mu_(mu), huber_({.n = 3, .horizon = 2, .lipschitz = 1}) {
    facts_.lipschitz = {1 + mu, "the sum"};
  }
  Index dimension() const override { return 3; }
  Vector start() const override { return Vector::Zero(3); }
  double value(const Vector& x) const override { return huber_.value(x) + mu_ / 2 * x.squaredNorm(); }
  double gradient(const Vector& x, Vector& g) const override {
    const double value = huber_.gradient(x, g) + mu_ / 2 * x.squaredNorm();
    g += mu_ * x;
    return value;
  }

 private:
  double mu_;
  HuberWorstCase huber_;
};

TEST(InterpolatedFunction, HasTheValuesAndGradientsOfItsDataAndTheFactsOfItsClass) {
  Random random(5);
  for (const double mu : {0.0, 0.2}) {
    Matrix points = random.normal_matrix(3, 8);
    points.col(4).setZero();
    const InterpolationData data = sampled(TiltedHuber(mu), points, mu);
    const InterpolatedFunction f(data);
    for (Index i = 0; i < points.cols(); ++i) {
      EXPECT_NEAR(f.value(points.col(i)), data.values[i], 1e-14);
      EXPECT_LE((testing::gradient_at(f, points.col(i)) - data.gradients.col(i)).norm(), 1e-14);
    }
    EXPECT_EQ(f.start(), points.col(0));
    EXPECT_EQ(f.facts().minimisers.at(0).value, Vector::Zero(3));
    EXPECT_EQ(f.facts().strong_convexity.has_value(), mu > 0);
    testing::expect_declared_facts_to_hold(f);
  }
}

TEST(InterpolatedFunction, HasContinuousDerivativesAndTheDeclaredFactsByDefault) {
  const InterpolatedFunction f;
  EXPECT_EQ(f.dimension(), 2);
  testing::expect_consistent_derivatives(f);
  testing::expect_declared_facts_to_hold(f);
}

TEST(InterpolatedFunction, KnowsNoMinimumWhereNoGradientIsZero) {
  const TemporaryFile file("f,x1,g1,mu,lipschitz\n1,1,1,0,1\n2,2,1,0,1\n", ".csv");
  const InterpolatedFunction f({.data = file.path()});
  EXPECT_FALSE(f.facts().minimum);
  EXPECT_TRUE(f.facts().minimisers.empty());
  EXPECT_EQ(f.value(Vector::Constant(1, -10)), -10);  // both pieces are x
}

TEST(InterpolatedFunction, ReadsBackWhatItWrites) {
  Random random(7);
  const InterpolationData data = sampled(TiltedHuber(0.1), random.normal_matrix(3, 5), 0.1);
  const InterpolationData read = interpolation_data_of("test", to_csv(data));
  EXPECT_EQ(read.points, data.points);
  EXPECT_EQ(read.gradients, data.gradients);
  EXPECT_EQ(read.values, data.values);
  EXPECT_EQ(read.mu, data.mu);
  EXPECT_EQ(read.lipschitz, data.lipschitz);
}

// f_0 >= f_1 + g_1 (x_0 - x_1) + |g_1|^2/(2 L) = 1 - 2 + 2 for x = 0, 1 and g = 0, 2.
TEST(InterpolatedFunction, RefusesDataOfNoFunctionOfTheClass) {
  EXPECT_THAT(message_of("x1,g1,f,mu,lipschitz\n0,0,0,0,1\n1,2,1,0,1\n"),
              HasSubstr("rows 1 and 2 are of no such function: f in row 1 is 1 too small"));
  // The parabola x^2/2 has mu = 1 but not mu = 2, as L = 4 allows.
  EXPECT_EQ(message_of("x1,g1,f,mu,lipschitz\n0,0,0,1,4\n1,1,0.5,1,4\n"), "nothing is wrong");
  EXPECT_THAT(message_of("x1,g1,f,mu,lipschitz\n0,0,0,2,4\n1,1,0.5,2,4\n"),
              HasSubstr("are of no such function"));
  const InterpolationData data{.points = Matrix{{0, 1}}, .gradients = Matrix{{0, 2}}, .values = Vector{{0, 1}}};
  EXPECT_THROW(InterpolatedFunction{data}, UsageError);
}

TEST(InterpolatedFunction, RefusesMalformedData) {
  EXPECT_THAT(message_of("1,1,1,0,1\n"), HasSubstr("no column 'f'"));
  EXPECT_THAT(message_of("f,x1,x2,g1,mu,lipschitz\n0,0,0,0,0,1\n"),
              HasSubstr("2 columns x1, …, but 1 columns g1"));
  EXPECT_THAT(message_of("f,x1,g1,mu,lipschitz\n"), HasSubstr("no row after the header"));
  EXPECT_THAT(message_of("f,x1,g1,mu,lipschitz\n0,0,0,1,1\n"), HasSubstr("0 <= mu < lipschitz must hold"));
  EXPECT_THAT(message_of("f,x1,g1,mu,lipschitz\n0,0,0,0,1\n0,0,0,0,2\n"),
              HasSubstr("differ from the row before"));
}

}  // namespace
}  // namespace optbed::interpolated_function_test
