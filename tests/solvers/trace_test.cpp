#include "solvers/trace.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <stdexcept>

#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/solvers/watched.hpp"

namespace optbed::trace_test {
namespace {

std::vector<long> rows_of(const Trigger& trigger, long last) {
  std::vector<long> rows;
  for (long k = 0; k <= last; ++k) {
    if (trigger.fires(k, false)) rows.push_back(k);
  }
  return rows;
}

Result run(const std::string& problem, const std::string& solver, const TracePolicy& policy, long iterations) {
  const auto made_problem = all_problems().make(problem);
  const auto made_solver = all_solvers().make(solver);
  return minimize(*made_problem, *made_solver,
                  {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .trace = policy});
}

std::vector<long> iterations_of(const Trace& trace) {
  std::vector<long> rows;
  for (const double k : trace.column("iteration")) rows.push_back(std::lround(k));
  return rows;
}

TEST(Trigger, FiresEveryIteration) { EXPECT_EQ(rows_of({}, 4), (std::vector<long>{0, 1, 2, 3, 4})); }

TEST(Trigger, FiresEachIntervalThIteration) {
  EXPECT_EQ(rows_of({.interval = 7}, 30), (std::vector<long>{0, 7, 14, 21, 28}));
}

TEST(Trigger, NeverFiresWhereNothingIsRecorded) {
  EXPECT_TRUE(rows_of({.kind = Trigger::Kind::never}, 100).empty());
}

TEST(Trigger, FiresAtTheIterationsThatFollowEvenlySpacedLogarithms) {
  for (const int points : {1, 3, 10}) {
    // The least iteration that is not below 10^(j/points), for each j; the powers of ten are among them.
    std::set<long> expected = {0};
    for (int j = 0; j <= 4 * points; ++j) {
      const double at = std::pow(10.0, static_cast<double>(j) / points);
      expected.insert(j % points == 0 ? std::lround(at) : static_cast<long>(std::ceil(at)));
    }
    const auto rows = rows_of({.kind = Trigger::Kind::logarithmic, .points_per_decade = points}, 10000);
    EXPECT_EQ(std::set<long>(rows.begin(), rows.end()), expected) << points;
  }
}

TEST(Trigger, FiresOnImprovementOnly) {
  const Trigger trigger{.kind = Trigger::Kind::on_improvement};
  EXPECT_TRUE(trigger.fires(5, true));
  EXPECT_FALSE(trigger.fires(5, false));
}

TEST(Trace, HasARowForTheFirstAndTheLastStateWhateverTheTrigger) {
  using Kind = Trigger::Kind;
  for (const Kind kind : {Kind::every, Kind::logarithmic, Kind::on_improvement}) {
    // f rises at each iteration: the factor of x2 is -2.
    const Result result = run("quadratic:eigenvalues=1;3", "gradient_descent:learning_rate=1",
                              {.trigger = {.kind = kind, .interval = 1000, .points_per_decade = 1}}, 23);
    const auto rows = iterations_of(result.trace);
    EXPECT_EQ(rows.front(), 0);
    EXPECT_EQ(rows.back(), 23);
    EXPECT_LE(rows.size(), 4u);
  }
}

TEST(Trace, HasARowForEachNewBestValueOnImprovement) {
  const std::string solver = "momentum:learning_rate=0.3,momentum=0.9";
  const Result all = run("quadratic:eigenvalues=1;3", solver, {}, 40);
  const Result best =
      run("quadratic:eigenvalues=1;3", solver, {.trigger = {.kind = Trigger::Kind::on_improvement}}, 40);
  std::vector<long> expected;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < all.trace.rows(); ++k) {
    const double value = all.trace.column("value")[k];
    if (value < least || k + 1 == all.trace.rows()) expected.push_back(static_cast<long>(k));
    least = std::min(least, value);
  }
  EXPECT_LT(expected.size(), all.trace.rows());  // momentum overshoots
  EXPECT_EQ(iterations_of(best.trace), expected);
}

// Also where the run ends between two recorded rows because a step fails, here from the 60th value of f on.
TEST(Trace, ThinnedHoldsRowsOfTheFullOne) {
  const auto inner = all_problems().make("rosenbrock");
  const auto trace_of = [&](const std::string& name, const Trigger& trigger) {
    long asked = 0;
    Watch watch;
    watch.instead = [&asked](Asked what, const Vector&) -> std::optional<double> {
      const bool bad = (what == Asked::value || what == Asked::residual) && ++asked >= 60;
      return bad ? std::optional(std::nan("")) : std::nullopt;
    };
    const auto problem = watched(*inner, watch);
    const auto solver = all_solvers().make(name);
    return minimize(*problem, *solver,
                    {.limits = {.max_iterations = 200, .gradient_tolerance = 0},
                     .trace = {.trigger = trigger, .iterates = true}})
        .trace;
  };
  for (const std::string name :
       {"gradient_descent", "gradient_descent:step=armijo", "momentum", "levenberg_marquardt"}) {
    const Trace every = trace_of(name, {});
    const Trace some = trace_of(name, {.interval = 7});
    ASSERT_EQ(every.names(), some.names());
    ASSERT_LT(some.rows(), every.rows());
    EXPECT_EQ(some.column("iteration").back(), every.column("iteration").back());
    for (std::size_t row = 0; row < some.rows(); ++row) {
      const auto k = static_cast<std::size_t>(some.column("iteration")[row]);
      for (const std::string& column : every.names()) {
        if (column == "seconds") continue;
        EXPECT_EQ(some.column(column)[row], every.column(column)[k])
            << name << ", " << column << " in row " << k;
      }
      EXPECT_EQ(some.iterate(row), every.iterate(k));
    }
  }
}

TEST(Trace, NamesItsColumns) {
  const std::vector<std::string> all = {"iteration",
                                        "value",
                                        "gap",
                                        "gradient_norm",
                                        "distance",
                                        "step_length",
                                        "value_evaluations",
                                        "gradient_evaluations",
                                        "hessian_evaluations",
                                        "hessian_vector_evaluations",
                                        "residual_evaluations",
                                        "jacobian_evaluations",
                                        "sample_gradient_evaluations",
                                        "seconds",
                                        "damping",
                                        "accepted"};
  EXPECT_EQ(run("rosenbrock", "levenberg", {}, 1).trace.names(), all);
}

TEST(Trace, HasOnlyTheColumnsThatAreAskedFor) {
  const TracePolicy none{.value = false,
                         .gradient_norm = false,
                         .distance = false,
                         .step_length = false,
                         .evaluations = false,
                         .seconds = false,
                         .properties = false};
  const Trace trace = run("rosenbrock", "levenberg", none, 3).trace;
  EXPECT_EQ(trace.names(), std::vector<std::string>{"iteration"});
  EXPECT_EQ(trace.rows(), 4u);
  EXPECT_FALSE(trace.has_iterates());
}

TEST(Trace, HoldsTheNumbersOfEachState) {
  // Factors (1/2, -1/2): x_k = 2^-k (1, (-1)^k), f = 2/4^k, |g|_inf = 3/2^k, |x| = sqrt(2)/2^k.
  const Trace trace =
      run("quadratic:eigenvalues=1;3", "gradient_descent:learning_rate=0.5", {.iterates = true}, 10).trace;
  ASSERT_EQ(trace.rows(), 11u);
  for (std::size_t k = 0; k < trace.rows(); ++k) {
    const double power = std::ldexp(1, -static_cast<int>(k));
    EXPECT_EQ(trace.column("iteration")[k], static_cast<double>(k));
    EXPECT_DOUBLE_EQ(trace.column("value")[k], 2 * power * power);
    EXPECT_DOUBLE_EQ(trace.column("gap")[k], 2 * power * power);
    EXPECT_DOUBLE_EQ(trace.column("gradient_norm")[k], 3 * power);
    EXPECT_DOUBLE_EQ(trace.column("distance")[k], std::sqrt(2.0) * power);
    // d_k = (x1, 3 x2)/2 at the point before.
    EXPECT_DOUBLE_EQ(trace.column("step_length")[k], k == 0 ? 0 : std::sqrt(10.0) * power);
    EXPECT_EQ(trace.column("gradient_evaluations")[k], static_cast<double>(k + 1));
    EXPECT_EQ(trace.column("learning_rate")[k], k == 0 ? 0 : 0.5);
    EXPECT_EQ(trace.iterate(k), Eigen::Vector2d(power, k % 2 == 0 ? power : -power));
  }
}

TEST(Trace, HasNoRowsWhereNoneAreAskedFor) {
  const Result result = run("rosenbrock", "levenberg", TracePolicy::none(), 3);
  EXPECT_EQ(result.trace.rows(), 0u);
  EXPECT_TRUE(result.trace.names().empty());
}

TEST(Trace, RefusesAColumnThatItDoesNotHave) {
  const Trace trace({"iteration", "value"});
  EXPECT_TRUE(trace.has("value"));
  EXPECT_FALSE(trace.has("gap"));
  EXPECT_THROW(trace.column("gap"), std::out_of_range);
}

}  // namespace
}  // namespace optbed::trace_test
