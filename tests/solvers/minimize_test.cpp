#include "solvers/minimize.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "problems/errors.hpp"
#include "solvers/registry.hpp"
#include "tests/solvers/watched.hpp"

namespace optbed::minimize_test {
namespace {

// f = (1/2)(x1^2 + 3 x2^2) from (1, 1).
std::unique_ptr<Problem> bowl() { return all_problems().make("quadratic:eigenvalues=1;3"); }

std::unique_ptr<Solver> descent(const std::string& options) {
  return all_solvers().make("gradient_descent:" + options);
}

// A method that does what a test says: halves x, and at iteration `at` reports what it is told to.
class Scripted : public Solver {
 public:
  Scripted() = default;
  Scripted(long at, StepInfo info) : at_(at), info_(info) {}

  std::string missing(const Problem& /*problem*/) const override { return missing_; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override {
    k_ = 0;
    current_.resize(x0.size());
    current_.x = x0;
    if (!f.evaluate(current_)) return StopReason::non_finite;
    return std::nullopt;
  }
  StepInfo step(Oracle& f) override {
    if (++k_ >= at_) {
      if (info_.stop) f.value(current_.x);  // a failure has its price
      return info_;
    }
    const double before = current_.x.norm();
    current_.x /= 2;
    if (!f.evaluate(current_)) return stopped(StopReason::non_finite);
    return moved(before / 2);
  }
  const Point& current() const override { return current_; }

  std::string missing_;

 protected:
  Point current_;

 private:
  long at_ = 1000000;
  StepInfo info_;
  long k_ = 0;
};

// Claims a minimum that it has not found.
class Liar final : public Scripted {
 public:
  StepInfo step(Oracle& /*f*/) override {
    current_.value = -1;
    current_.gradient.setZero();
    current_.gradient_norm = 0;
    return moved(1);
  }
};

Result run(const Problem& problem, Solver& solver, const Limits& limits) {
  return minimize(problem, solver, {.limits = limits});
}

TEST(Minimize, StopsAtTheFirstIterateWithASmallGradient) {
  // Factors (1/2, -1/2) at eta = 1/2: |g_k|_inf = 3/2^k, which is first at most 1e-3 at k = 12.
  const Result result = run(*bowl(), *descent("learning_rate=0.5"), {.gradient_tolerance = 1e-3});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_EQ(result.iterations, 12);
  EXPECT_DOUBLE_EQ(result.gradient_norm, 3.0 / 4096);
  EXPECT_TRUE(result.solved);
}

TEST(Minimize, StopsAtTheFirstIterateOnTheValueTarget) {
  // f_k = 2/4^k, which is first at most 1e-3 at k = 6.
  const Result result = run(*bowl(), *descent("learning_rate=0.5"), {.value_target = 1e-3});
  EXPECT_EQ(result.stop, StopReason::value_target);
  EXPECT_EQ(result.iterations, 6);
  EXPECT_DOUBLE_EQ(result.value, 2.0 / 4096);
  EXPECT_TRUE(result.solved);
}

TEST(Minimize, StopsWhenTheGapIsClosed) {
  const Result result = run(*bowl(), *descent("learning_rate=0.5"), {.gap_tolerance = 1e-3});
  EXPECT_EQ(result.stop, StopReason::value_target);
  EXPECT_EQ(result.iterations, 6);
  EXPECT_TRUE(result.solved);
}

TEST(Minimize, StopsAfterTheGivenIterations) {
  const Result result = run(*bowl(), *descent("learning_rate=0.5"), {.max_iterations = 5});
  EXPECT_EQ(result.stop, StopReason::max_iterations);
  EXPECT_EQ(result.iterations, 5);
  EXPECT_EQ(result.x, Eigen::Vector2d(std::ldexp(1, -5), -std::ldexp(1, -5)));
  EXPECT_FALSE(result.solved);
}

TEST(Minimize, MakesNoIterationWhereNoneIsAllowed) {
  const Result result = run(*bowl(), *descent("learning_rate=0.5"), {.max_iterations = 0});
  EXPECT_EQ(result.stop, StopReason::max_iterations);
  EXPECT_EQ(result.iterations, 0);
  EXPECT_EQ(result.evaluations.total(), 1);
}

TEST(Minimize, StopsWhenTheBudgetIsUsedUp) {
  const Result result = run(*bowl(), *descent("learning_rate=0.5"), {.max_evaluations = 4});
  EXPECT_EQ(result.stop, StopReason::max_evaluations);
  EXPECT_EQ(result.iterations, 3);
  EXPECT_EQ(result.evaluations.gradient, 4);
  EXPECT_EQ(result.evaluations.total(), 4);
}

TEST(Minimize, StopsWhenItsTimeIsUp) {
  const Result result = run(*bowl(), *descent("learning_rate=1e-9"),
                            {.max_iterations = 1000000000, .max_seconds = 1e-3, .gradient_tolerance = 0});
  EXPECT_EQ(result.stop, StopReason::max_seconds);
  EXPECT_GE(result.seconds, 1e-3);
}

TEST(Minimize, DoesNotCountTheObserversTime) {
  constexpr int iterations = 5;
  constexpr auto nap = std::chrono::milliseconds(20);
  const auto solver = descent("learning_rate=0.5");
  const Result result = minimize(
      *bowl(), *solver, {.limits = {.max_iterations = iterations}, .observer = [&](const Observation&) {
                           std::this_thread::sleep_for(nap);
                           return false;
                         }});
  EXPECT_EQ(result.stop, StopReason::max_iterations);
  EXPECT_LT(result.seconds, std::chrono::duration<double>(iterations * nap).count());
}

TEST(Minimize, StopsWhenTheObserverAsksForIt) {
  const auto solver = descent("learning_rate=0.5");
  const Result result =
      minimize(*bowl(), *solver, {.observer = [](const Observation& now) { return now.iteration == 3; }});
  EXPECT_EQ(result.stop, StopReason::observer);
  EXPECT_EQ(result.iterations, 3);
}

TEST(Minimize, ShowsTheObserverTheStartAndEachIteration) {
  std::vector<double> lengths;
  const auto solver = descent("learning_rate=0.5");
  const auto problem = bowl();
  minimize(*problem, *solver, {.limits = {.max_iterations = 2}, .observer = [&](const Observation& now) {
                                 EXPECT_EQ(now.iteration, static_cast<long>(lengths.size()));
                                 EXPECT_EQ(now.evaluations.total(), now.iteration + 1);
                                 lengths.push_back(now.step.length);
                                 return false;
                               }});
  // x goes (1, 1), (1/2, -1/2), (1/4, 1/4).
  ASSERT_EQ(lengths.size(), 3u);
  EXPECT_EQ(lengths[0], 0);
  EXPECT_DOUBLE_EQ(lengths[1], std::sqrt(0.25 + 2.25));
  EXPECT_DOUBLE_EQ(lengths[2], std::sqrt(0.25 + 2.25) / 2);
}

TEST(Minimize, StopsWhenTheIterateDoesNotMoveForTenIterations) {
  Scripted solver(4, moved(0));
  const Result result = run(*bowl(), solver, {});
  EXPECT_EQ(result.stop, StopReason::stalled);
  EXPECT_EQ(result.iterations, 3 + 10);
}

TEST(Minimize, DoesNotTakeARejectedTrialForAStall) {
  Scripted solver(4, rejected());
  const Result result = run(*bowl(), solver, {.max_iterations = 100});
  EXPECT_EQ(result.stop, StopReason::max_iterations);
}

// Knows its point only, and asks for a look at every fourth iterate.
class Blind final : public Scripted {
 public:
  using Scripted::Scripted;
  Knowledge knowledge() const override { return Knowledge::point; }
  long look_interval() const override { return 4; }
};

// |g_k|_inf = 3/2^k, which is first at most 1e-3 at k = 12, and f_k = 2/4^k at most 0.1 at k = 3.
TEST(Minimize, LooksAtFWhereTheMethodAsksForItAndStopsThereOnly) {
  const auto inner = bowl();
  for (const bool traced : {false, true}) {
    Watch watch;
    const auto counting = watched(*inner, watch);
    Blind solver;
    MinimizeSettings settings{.limits = {.gradient_tolerance = 1e-3}};
    if (traced) settings.trace = {};
    const Result small_gradient = minimize(*counting, solver, settings);
    EXPECT_EQ(small_gradient.stop, StopReason::gradient_tolerance);
    EXPECT_EQ(small_gradient.iterations, 12);
    // 13 iterates of the method itself, looks at 0, 4, 8 and 12, or all 13 of them, and the last look.
    EXPECT_EQ(watch.counts.gradient, 13 + (traced ? 13 : 4) + 1);
    EXPECT_EQ(small_gradient.best->iteration, 12);
    settings.limits = {.gradient_tolerance = 0, .value_target = 0.1};
    const Result on_target = minimize(*inner, solver, settings);
    EXPECT_EQ(on_target.stop, StopReason::value_target);
    EXPECT_EQ(on_target.iterations, 4);
    if (traced) {
      EXPECT_EQ(on_target.trace.column("value"), (std::vector<double>{2, 0.5, 0.125, 0.03125, 0.0078125}));
    }
  }
}

TEST(Minimize, DoesNotLookBetweenTheLooksWhenItIsTakenFurther) {
  const auto problem = bowl();
  Blind solver;
  Minimization run(*problem, solver, {.limits = {.max_iterations = 3, .gradient_tolerance = 0}});
  run.run();
  const Result result = run.run({.max_iterations = 9, .gradient_tolerance = 0, .value_target = 0.1});
  EXPECT_EQ(result.stop, StopReason::value_target);
  EXPECT_EQ(result.iterations, 4);
}

TEST(Minimize, SolvesWhatItFindsSolvedAtTheLastIterate) {
  Blind solver;
  const Result result = run(*bowl(), solver, {.max_iterations = 13, .gradient_tolerance = 5e-4});
  EXPECT_EQ(result.stop, StopReason::max_iterations);
  EXPECT_TRUE(result.solved);
}

TEST(Minimize, StopsWithTheReasonThatTheMethodGives) {
  for (const StopReason reason :
       {StopReason::line_search_failed, StopReason::not_descent, StopReason::linear_solve_failed,
        StopReason::non_finite, StopReason::stalled, StopReason::unsupported}) {
    Scripted solver(4, stopped(reason));
    const Result result = run(*bowl(), solver, {});
    EXPECT_EQ(result.stop, reason);
    EXPECT_EQ(result.iterations, 3);
    EXPECT_EQ(result.x, Eigen::Vector2d(0.125, 0.125));
    EXPECT_FALSE(result.solved);
  }
}

TEST(Minimize, StopsWhereTheFunctionIsNotFinite) {
  const auto inner = bowl();
  for (const Asked kind : {Asked::value, Asked::gradient}) {
    long asked = 0;
    Watch watch;
    watch.instead = [&](Asked what, const Vector&) -> std::optional<double> {
      return what == kind && ++asked == 4 ? std::optional(std::nan("")) : std::nullopt;
    };
    const auto problem = watched(*inner, watch);
    const Result result = run(*problem, *descent("learning_rate=0.5"), {});
    EXPECT_EQ(result.stop, StopReason::non_finite);
    EXPECT_EQ(result.iterations, 2);
    EXPECT_EQ(result.x, Eigen::Vector2d(0.25, 0.25));
    EXPECT_TRUE(std::isfinite(result.value));
  }
}

TEST(Minimize, StopsWhenTheMethodDiverges) {
  // The factor of x2 is 1 - 3 * 3 = -8: |g| = 3 * 8^k is over 1e100 at k = 111, and f = (3/2) 64^k at k = 56.
  const Result result = run(*bowl(), *descent("learning_rate=3"), {});
  EXPECT_EQ(result.stop, StopReason::diverged);
  EXPECT_EQ(result.iterations, 56);
}

TEST(Minimize, SaysWhatTheProblemLacks) {
  Scripted solver;
  solver.missing_ = "a Hessian";
  const Result result = run(*bowl(), solver, {});
  EXPECT_EQ(result.stop, StopReason::unsupported);
  EXPECT_EQ(result.message, "the problem lacks a Hessian");
  EXPECT_EQ(result.evaluations.total(), 0);
  EXPECT_EQ(result.x, Eigen::Vector2d(1, 1));
}

// f = x1 + x2 subject to |x|^2 = 2 from (3, 1): minimum -2 at (-1, -1) (Nocedal & Wright 2006, example 12.1).
class OnACircle final : public EqualityConstrainedProblem {
 public:
  OnACircle() { facts_.minimum = {-2, "Nocedal & Wright 2006, example 12.1"}; }

  Index dimension() const override { return 2; }
  Vector start() const override { return Vector{{3, 1}}; }
  double value(const Vector& x) const override { return x[0] + x[1]; }
  double gradient(const Vector& x, Vector& g) const override {
    g.setOnes();
    return value(x);
  }
  Index constraint_count() const override { return 1; }
  void constraints(const Vector& x, Vector& c) const override { c[0] = x.squaredNorm() - 2; }
  void constraint_jacobian(const Vector& x, Matrix& A) const override { A = 2 * x.transpose(); }
  void lagrangian_hessian(const Vector& /*x*/, const Vector& lambda, Matrix& H) const override {
    H = -2 * lambda[0] * Matrix::Identity(2, 2);
  }
};

// |x|, of which nothing but a value is known.
class AbsoluteValue final : public CompositeProblem {
 public:
  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Constant(1, 4); }
  double value(const Vector& x) const override { return std::abs(x[0]); }
  Optimality optimality(const Vector& x, Vector& /*scratch*/) const override {
    return {value(x), std::abs(x[0])};
  }
  double g_value(const Vector& z) const override { return std::abs(z[0]); }
  void g_proximal_map(const Vector& v, double t, Vector& p) const override {
    p[0] = std::copysign(std::max(std::abs(v[0]) - t, 0.0), v[0]);
  }
};

// Visits given points.
class Visitor : public Scripted {
 public:
  explicit Visitor(std::vector<Vector> points) : points_(std::move(points)) {}

  bool needs_gradient() const override { return false; }
  bool handles_constraints() const override { return true; }
  Knowledge knowledge() const override { return Knowledge::point; }
  std::optional<StopReason> start(Oracle& /*f*/, const Vector& x0) override {
    current_.x = x0;
    visited_ = 0;
    return std::nullopt;
  }
  StepInfo step(Oracle& /*f*/) override {
    current_.x = points_[std::min(visited_++, points_.size() - 1)];
    return moved(1);
  }

 private:
  std::vector<Vector> points_;
  std::size_t visited_ = 0;
};

TEST(Minimize, CallsNoPointOutsideOfTheConstraintsSolved) {
  const OnACircle problem;
  // f < f* outside, and stationary there: where the gradient of f has no part along the circle through x.
  Visitor outside({Vector{{-2, -2}}});
  const Result wrong = run(problem, outside, {.max_iterations = 3, .value_target = -2, .gap_tolerance = 1e-6});
  EXPECT_EQ(wrong.stop, StopReason::max_iterations);
  EXPECT_FALSE(wrong.solved);
  EXPECT_EQ(wrong.infeasibility, 6);
  EXPECT_EQ(wrong.gradient_norm, 6);
  EXPECT_EQ(wrong.gap, -2);
  EXPECT_FALSE(wrong.best);

  Visitor inside({Vector{{-2, -2}}, Vector{{1, 1}}, Vector{{-1, -1}}});
  const Result right = run(problem, inside, {.gradient_tolerance = 0, .gap_tolerance = 1e-6});
  EXPECT_EQ(right.stop, StopReason::value_target);
  EXPECT_EQ(right.iterations, 3);
  EXPECT_TRUE(right.solved);
  ASSERT_TRUE(right.best);
  EXPECT_EQ(right.best->iteration, 3);
}

TEST(Minimize, MeasuresStationarityAlongTheConstraints) {
  const OnACircle problem;
  // At (1, 1), the maximum, grad f = (1, 1) is a multiple of grad c; at (sqrt(2), 0) its part along the circle,
  // (0, 1), is left. |x|^2 - 2 = 0 to rounding.
  Visitor maximum({Vector{{1, 1}}});
  const Result top = run(problem, maximum, {.max_iterations = 2});
  EXPECT_EQ(top.stop, StopReason::gradient_tolerance);
  EXPECT_FALSE(top.solved) << "a maximum";
  Visitor side({Vector{{std::sqrt(2.0), 0}}});
  EXPECT_NEAR(run(problem, side, {.max_iterations = 2}).gradient_norm, 1, 1e-15);
}

TEST(Minimize, HoldsAProblemWithKinksToItsOwnResidual) {
  const AbsoluteValue problem;
  Visitor visitor({Vector{{1}}, Vector{{1e-9}}});
  const Result result = minimize(problem, visitor, {.limits = {}, .trace = {}});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_TRUE(result.solved);
  EXPECT_EQ(result.gradient_norm, 1e-9);
  EXPECT_EQ(result.trace.column("gradient_norm"), (std::vector<double>{4, 1, 1e-9}));
  EXPECT_FALSE(result.trace.has("infeasibility"));
  EXPECT_FALSE(result.infeasibility);
}

TEST(Minimize, RefusesAProblemThatTheMethodIsNotMadeFor) {
  for (const char* name : {"gradient_descent", "lbfgs", "bfgs", "nesterov", "momentum"}) {
    const auto solver = all_solvers().make(name);
    const Result kinks = run(AbsoluteValue(), *solver, {});
    EXPECT_EQ(kinks.stop, StopReason::unsupported) << name;
    EXPECT_NE(kinks.message.find("lacks a gradient"), std::string::npos) << kinks.message;
    const Result constrained = run(OnACircle(), *solver, {});
    EXPECT_EQ(constrained.stop, StopReason::unsupported) << name;
    EXPECT_NE(constrained.message.find("constraints"), std::string::npos) << constrained.message;
  }
}

TEST(Minimize, FailsInALineSearchThatFindsNoValue) {
  // |g| = 1e9, so that 60 halvings of the step leave 1e9 / 2^60, which still changes x.
  const auto inner = all_problems().make("quadratic:eigenvalues=1e9;1e9");
  Watch watch;
  watch.instead = [](Asked, const Vector& x) {
    return x == Vector::Ones(2) ? std::nullopt : std::optional(std::nan(""));
  };
  const auto problem = watched(*inner, watch);
  const Result result = run(*problem, *descent("step=armijo"), {});
  EXPECT_EQ(result.stop, StopReason::line_search_failed);
  EXPECT_EQ(result.iterations, 0);
  EXPECT_EQ(result.x, Eigen::Vector2d(1, 1));
}

TEST(Minimize, StallsWhereALineSearchDoesNotChangeTheIterate) {
  const auto flat = all_problems().make("quadratic:eigenvalues=1e-20;1e-20");  // g = 1e-20 x
  const Result result = run(*flat, *descent("step=armijo"), {.gradient_tolerance = 0});
  EXPECT_EQ(result.stop, StopReason::stalled);
  EXPECT_EQ(result.iterations, 10);
  EXPECT_EQ(result.x, Eigen::Vector2d(1, 1));
}

TEST(Minimize, DoesNotBelieveAMethodThatLiesAboutItsValue) {
  Liar solver;
  const Result by_gradient = run(*bowl(), solver, {.gradient_tolerance = 1e-8});
  EXPECT_EQ(by_gradient.stop, StopReason::gradient_tolerance);
  EXPECT_FALSE(by_gradient.solved);
  EXPECT_EQ(by_gradient.value, 2);
  EXPECT_EQ(by_gradient.gradient_norm, 3);

  const Result by_value = run(*bowl(), solver, {.gradient_tolerance = 0, .value_target = -0.5});
  EXPECT_EQ(by_value.stop, StopReason::value_target);
  EXPECT_FALSE(by_value.solved);

  const Result by_gap = run(*bowl(), solver, {.gradient_tolerance = 0, .gap_tolerance = 1e-3});
  EXPECT_EQ(by_gap.stop, StopReason::value_target);
  EXPECT_FALSE(by_gap.solved);
}

TEST(Minimize, CallsARunSolvedThatMeetsATargetWhateverStoppedIt) {
  const Result result =
      run(*bowl(), *descent("learning_rate=0.5"), {.max_iterations = 12, .gradient_tolerance = 1e-3});
  EXPECT_TRUE(result.solved);
  const Result without =
      run(*bowl(), *descent("learning_rate=0.5"), {.max_iterations = 60, .gradient_tolerance = 0});
  EXPECT_FALSE(without.solved);  // nothing was asked for
}

TEST(Minimize, EvaluatesTheFinalPointWithoutACharge) {
  const auto inner = bowl();
  Watch watch;
  const auto problem = watched(*inner, watch);
  const Result result = run(*problem, *descent("learning_rate=0.5"), {.max_iterations = 5});
  EXPECT_EQ(result.evaluations.total(), 6);
  EXPECT_EQ(watch.counts.total(), 7);
}

TEST(Minimize, RemembersTheBestIterate) {
  // At eta = 2/3 the factors are (1/3, -1): f_k = 9^-k/2 + 3/2 falls; with eta = 1 they are (0, -2) and f
  // rises.
  const Result rising = run(*bowl(), *descent("learning_rate=1"), {.max_iterations = 5});
  ASSERT_TRUE(rising.best);
  EXPECT_EQ(rising.best->iteration, 0);
  EXPECT_EQ(rising.best->value, 2);
  const Result falling = run(*bowl(), *descent("learning_rate=0.5"), {.max_iterations = 5});
  EXPECT_EQ(falling.best->iteration, 5);
  EXPECT_EQ(falling.best->value, falling.value);
}

TEST(Minimize, RefusesAStartOfTheWrongLength) {
  Scripted solver;
  EXPECT_THROW(minimize(*bowl(), solver, {.start = Vector::Ones(3)}), UsageError);
}

TEST(Minimize, RefusesATraceWithoutAnInterval) {
  Scripted solver;
  EXPECT_THROW(minimize(*bowl(), solver, {.trace = {.trigger = {.interval = 0}}}), UsageError);
  EXPECT_THROW(minimize(*bowl(), solver, {.trace = {.trigger = {.points_per_decade = 0}}}), UsageError);
}

// A run that has ended stays where it is under the same limits.
TEST(Minimization, DoesNotMoveWhenARunThatHasEndedIsTakenFurther) {
  for (const Limits& limits : {Limits{.gradient_tolerance = 1e-3}, Limits{.value_target = 1e-3},
                               Limits{.max_iterations = 5}, Limits{.max_evaluations = 4}}) {
    const auto problem = bowl();
    const auto solver = descent("learning_rate=0.5");
    Minimization minimization(*problem, *solver, {.limits = limits});
    const Result first = minimization.run();
    const Result second = minimization.run();
    EXPECT_EQ(second.stop, first.stop);
    EXPECT_EQ(second.iterations, first.iterations);
    EXPECT_EQ(second.evaluations, first.evaluations);
    EXPECT_EQ(second.x, first.x);
  }
}

TEST(Minimization, GoesOnTowardsATighterTolerance) {
  const auto problem = bowl();
  const auto solver = descent("learning_rate=0.5");
  Minimization minimization(*problem, *solver, {.limits = {.gradient_tolerance = 1e-3}});
  minimization.run();
  const Result result = minimization.run({.gradient_tolerance = 1e-6});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_EQ(result.iterations, 22);  // 3/2^22 is the first at most 1e-6
}

TEST(Minimization, GoesOnAfterTheObserverHasEndedIt) {
  const auto problem = bowl();
  const auto solver = descent("learning_rate=0.5");
  Minimization minimization(*problem, *solver,
                            {.observer = [](const Observation& now) { return now.iteration == 3; }});
  EXPECT_EQ(minimization.run().stop, StopReason::observer);
  const Result result = minimization.run({.max_iterations = 5});
  EXPECT_EQ(result.stop, StopReason::max_iterations);
  EXPECT_EQ(result.iterations, 5);
}

TEST(Minimization, DoesNotTryAgainWhereTheMethodCannotGoOn) {
  const auto problem = bowl();
  Scripted solver(4, stopped(StopReason::line_search_failed));
  Minimization minimization(*problem, solver, {});
  const Result first = minimization.run();
  const Result second = minimization.run({.max_iterations = 100});
  EXPECT_EQ(second.stop, StopReason::line_search_failed);
  EXPECT_EQ(second.iterations, 3);
  EXPECT_EQ(second.evaluations, first.evaluations);
}

TEST(Minimization, StartsWhenTheBudgetAllowsIt) {
  const auto problem = all_problems().make("rosenbrock");
  const auto solver = all_solvers().make("gauss_newton");  // its start needs two evaluations
  Minimization minimization(*problem, *solver, {.limits = {.max_evaluations = 1}});
  const Result first = minimization.run();
  EXPECT_EQ(first.stop, StopReason::max_evaluations);
  EXPECT_EQ(first.evaluations.total(), 1);
  EXPECT_EQ(first.x, problem->start());
  EXPECT_TRUE(minimization.run({}).solved);
}

TEST(StopReason, HasANameForEachReason) {
  const std::vector<std::pair<StopReason, std::string>> names = {
      {StopReason::gradient_tolerance, "gradient_tolerance"},
      {StopReason::value_target, "value_target"},
      {StopReason::stalled, "stalled"},
      {StopReason::max_iterations, "max_iterations"},
      {StopReason::max_evaluations, "max_evaluations"},
      {StopReason::max_seconds, "max_seconds"},
      {StopReason::observer, "observer"},
      {StopReason::line_search_failed, "line_search_failed"},
      {StopReason::not_descent, "not_descent"},
      {StopReason::linear_solve_failed, "linear_solve_failed"},
      {StopReason::non_finite, "non_finite"},
      {StopReason::diverged, "diverged"},
      {StopReason::unsupported, "unsupported"}};
  for (const auto& [reason, name] : names) EXPECT_EQ(to_string(reason), name);
}

}  // namespace
}  // namespace optbed::minimize_test
