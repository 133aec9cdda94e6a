#include "analysis/theory/eigenvalues.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/measured_run.hpp"
#include "problems/all_problems.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/registry.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::eigenvalues_test {
namespace {

using ::testing::ElementsAre;

// c x_1^4/4 + 5 x_2^2 by its gradient alone: the Hessian at its minimiser 0 is diag(0, 10).
class QuarticValley final : public Problem {
 public:
  explicit QuarticValley(double c) : c_(c) {
    facts_.minimisers.push_back({Vector::Zero(2), "both terms are least at 0"});
    facts_.function_class = {FunctionClass::locally_smooth, "a polynomial"};
  }
  Index dimension() const override { return 2; }
  Vector start() const override { return Vector::Ones(2); }
  double value(const Vector& x) const override { return c_ * std::pow(x[0], 4) / 4 + 5 * x[1] * x[1]; }
  double gradient(const Vector& x, Vector& g) const override {
    g << c_ * std::pow(x[0], 3), 10 * x[1];
    return value(x);
  }

 private:
  double c_;
};

// Differences of x_1^3 with the step t make t^2 of the eigenvalue 0.
TEST(EigenvaluesAtLimit, AreNotTakenFromWhatDifferencesMakeOfAZero) {
  for (const double c : {1e-3, 1.0, 100.0}) {
    const QuarticValley problem(c);
    const Setting setting{problem, problem.start(), Vector::Zero(2), true};
    EXPECT_FALSE(eigenvalues_at_limit(setting)) << c;
    EXPECT_FALSE(has_nondegenerate_limit(setting)) << c;
  }
}

TEST(EigenvaluesAtLimit, AreThoseOfADefiniteHessianByDifferences) {
  const testing::FunctionProblem problem(Vector::Ones(2), [](const Vector& x, Vector& g) {
    g << std::sinh(x[0]), 3 * std::sinh(3 * x[1]);
    return std::cosh(x[0]) + std::cosh(3 * x[1]);
  });
  const auto found = eigenvalues_at_limit({problem, problem.start(), Vector::Zero(2), true});
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->least(), 1, 1e-8);
  EXPECT_NEAR(found->greatest(), 9, 1e-7);
  EXPECT_FALSE(eigenvalues_at_limit({problem, problem.start(), Vector::Zero(2), false}));
}

// x_1 falls like k^(-1/2) under gradient descent, and BFGS is linear: x^3 vanishes to the third order.
TEST(EigenvaluesAtLimit, PromiseNothingAtADegenerateMinimiser) {
  const QuarticValley problem(1);
  for (const char* name : {"gradient_descent:learning_rate=0.05", "bfgs"}) {
    const auto solver = all_solvers().make(name);
    const MeasuredRun run =
        measure_run(problem, *solver, {.limits = {.max_iterations = 3000, .gradient_tolerance = 0}},
                    {.bootstrap_samples = 0, .takes_differences = true});
    EXPECT_FALSE(run.predicted.local) << name;
    for (const Statement& s : run.statements) EXPECT_FALSE(s.order || s.factor) << name << ": " << s.text;
  }
}

TEST(GroupsOfEqual, TakeTogetherWhatRoundingSetsApart) {
  const Vector eigenvalues{{1, 3, 3 + 1e-12, 10, 10}};
  EXPECT_THAT(groups_of_equal(eigenvalues), ElementsAre(0, 1, 3, 5));
  EXPECT_THAT(groups_of_equal(Vector::Ones(1)), ElementsAre(0, 1));
}

Vector present(const Problem& problem, const Vector& x0, const Vector& eigenvalues) {
  return eigenvalues_in_start({problem, x0}, eigenvalues);
}

TEST(EigenvaluesInStart, AreThoseThatTheErrorHasAPartIn) {
  const Vector lambda{{1, 4, 4, 9}};
  const Vector x_star = Vector::Constant(4, 0.5);
  const DiagonalQuadratic problem(lambda, x_star);
  EXPECT_THAT(present(problem, x_star + Vector{{0, 1, 0, 2}}, lambda), ElementsAre(4, 4, 9));
  EXPECT_THAT(present(problem, x_star + Vector{{1e-3, 0, 0, 0}}, lambda), ElementsAre(1));
  EXPECT_THAT(present(problem, x_star + Vector::Ones(4), lambda), ElementsAre(1, 4, 4, 9));
  EXPECT_THAT(present(problem, x_star, lambda), ElementsAre(1, 4, 4, 9));
}

// A = [[2.5, 1.5], [1.5, 2.5]] has the eigenvectors (1, -1) of 1 and (1, 1) of 4, or the other way round.
TEST(EigenvaluesInStart, AreFoundInTurnedAxes) {
  const auto problem = all_problems().make("quadratic:eigenvalues=1;4,angle=45");
  Matrix H(2, 2);
  problem->hessian(Vector::Zero(2), H);
  const Vector of_four = H(0, 1) > 0 ? Vector{{1, 1}} : Vector{{1, -1}};
  const Vector x_star = problem->facts().minimisers.at(0).value;
  EXPECT_THAT(present(*problem, x_star + of_four, Eigen::Vector2d(1, 4)), ElementsAre(4));
}

TEST(EigenvaluesInStart, AreAllWhereNoMinimiserIsKnown) {
  const testing::FunctionProblem problem =
      testing::quadratic_form(Matrix{{1, 0}, {0, 2}}, Vector::Zero(2), Vector::Unit(2, 0));
  EXPECT_THAT(present(problem, problem.start(), Eigen::Vector2d(1, 2)), ElementsAre(1, 2));
}

}  // namespace
}  // namespace optbed::eigenvalues_test
