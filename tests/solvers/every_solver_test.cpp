// What holds for every solver of the registry, in each of its variants, on problems of each kind.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <sstream>

#include "problems/errors.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/solvers/watched.hpp"

namespace optbed::every_solver_test {
namespace {

constexpr long horizon = 25;  // iterations, enough for every method here to pass all of its phases
constexpr long largest_budget = 60;

struct Pair {
  std::string solver;
  std::string problem;
};

// Where batches are optional: how they are made says nothing without a size.
bool needs_a_batch_size(const SolverEntry& entry, const OptionDescription& option) {
  if (option.name != "sampling" && option.name != "reduction") return false;
  return std::any_of(entry.options.begin(), entry.options.end(), [](const OptionDescription& other) {
    return other.name == "batch_size" && other.default_value == "all samples";
  });
}

std::vector<std::string> values_of(const OptionDescription& option) {
  std::vector<std::string> values;
  if (option.type != "choice" && option.type != "boolean") return values;
  std::istringstream words(option.domain);
  for (std::string value; words >> value;) {
    if (value != "|" && value != option.default_value) values.push_back(value);
  }
  return values;
}

bool is_legal(const SolverRegistry& registry, const std::string& solver) {
  try {
    registry.make(solver);
    return true;
  } catch (const UsageError&) {
    return false;
  }
}

// `variant` itself or, where it needs another choice beside it, the first that makes it legal.
std::string made_legal(const SolverRegistry& registry, const SolverEntry& entry, const std::string& variant) {
  if (is_legal(registry, variant)) return variant;
  for (const OptionDescription& option : entry.options) {
    for (const std::string& value : values_of(option)) {
      std::string longer = fmt::format("{},{}={}", variant, option.name, value);
      if (is_legal(registry, longer)) return longer;
    }
  }
  throw std::logic_error("no second choice makes " + variant + " legal");
}

// A solver by its name alone, and with each value of each option that is a choice. One that takes batches on
// demand is there with them once: all make their batches in the same way.
std::vector<std::string> variants_of(const SolverRegistry& registry, const SolverEntry& entry) {
  std::vector<std::string> names = {entry.name};
  for (const OptionDescription& option : entry.options) {
    if (option.name == "batch_size") names.push_back(entry.name + ":batch_size=3");
    if (needs_a_batch_size(entry, option)) continue;
    if (option.name == "schedule" && entry.name != "gradient_descent") continue;  // all take the same ones
    for (const std::string& value : values_of(option)) {
      names.push_back(made_legal(registry, entry, fmt::format("{}:{}={}", entry.name, option.name, value)));
    }
  }
  return names;
}

// Every variant on each of the first two problems that has what it needs, and on the others if the first has
// not: with kinks, a map K, constraints, and samples.
std::vector<Pair> pairs_of(const std::string& solver_name) {
  const SolverRegistry solvers = all_solvers();
  const ProblemRegistry problems = all_problems();
  const std::string smooth = "quadratic:n=10,kappa=100";
  const std::string finite_sum = "logistic_regression:samples=10,features=3";
  const std::string labelled_points = "separable:samples=10";
  const std::vector<std::string> names = {
      smooth,     "rosenbrock",   "lasso:m=6,n=10,sparsity=2", "total_variation:n=12,jumps=2", "circle",
      finite_sum, labelled_points};
  std::vector<std::unique_ptr<Problem>> made;
  for (const std::string& name : names) made.push_back(problems.make(name));
  std::vector<Pair> supported;
  for (const std::string& variant : variants_of(solvers, solvers.at(solver_name))) {
    const std::unique_ptr<Solver> solver = solvers.make(variant);
    std::vector<std::string> suitable;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (solver->unmet_need(*made[i]).empty()) suitable.push_back(names[i]);
    }
    const auto suits = [&](const std::string& name) {
      return std::find(suitable.begin(), suitable.end(), name) != suitable.end();
    };
    for (const std::string& name : suitable) {
      const bool for_every_method = name == smooth || name == "rosenbrock";
      if (!for_every_method && suits(smooth)) continue;
      if (name == labelled_points && suits(finite_sum)) continue;
      supported.push_back({variant, name});
    }
    if (suitable.empty()) ADD_FAILURE() << "no problem here has what " << variant << " needs";
  }
  return supported;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same_bits(const Vector& a, const Vector& b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return same_bits(x, y); });
}

// The same numbers in every column but the clock's, and the same iterates.
void expect_same_bits(const Trace& a, const Trace& b) {
  ASSERT_EQ(a.names(), b.names());
  ASSERT_EQ(a.rows(), b.rows());
  for (std::size_t row = 0; row < a.rows(); ++row) {
    for (const std::string& name : a.names()) {
      if (name == "seconds") continue;
      const double number = a.column(name)[row];
      const double other = b.column(name)[row];
      ASSERT_TRUE(same_bits(number, other)) << name << " in row " << row << ": " << number << ", " << other;
    }
    ASSERT_TRUE(same_bits(a.iterate(row), b.iterate(row))) << "iterate in row " << row;
  }
}

// Evaluations of all kinds up to a row.
long total(const Trace& trace, std::size_t row) {
  double sum = 0;
  for (const std::string& name : trace.names()) {
    if (name.ends_with("_evaluations")) sum += trace.column(name)[row];
  }
  return std::lround(sum);
}

// One test for all the variants of a solver: a process for each of their thousands of pairs with problems would
// take longer to start than to run.
class EverySolver : public ::testing::TestWithParam<std::string> {
 protected:
  void on_each_pair(const std::function<void()>& check) {
    for (const Pair& pair : pairs_of(GetParam())) {
      SCOPED_TRACE(pair.solver + " on " + pair.problem);
      solver_ = pair.solver;
      problem_ = all_problems().make(pair.problem);
      check();
      if (HasFatalFailure()) return;
    }
  }

  std::unique_ptr<Solver> solver() const { return all_solvers().make(solver_); }

  // Runs without tolerances, so that nothing but the method and the limits ends them.
  static MinimizeSettings settings(Limits limits) {
    limits.gradient_tolerance = 0;
    return {.limits = limits, .trace = {.iterates = true}};
  }

  Result run(const Problem& problem, Limits limits) const {
    const auto fresh = solver();
    return minimize(problem, *fresh, settings(limits));
  }

  std::string solver_;
  std::unique_ptr<Problem> problem_;
};

TEST_P(EverySolver, GivesTheSameTraceWhenItIsStartedAgain) {
  on_each_pair([&] {
    const auto used = solver();
    const Result first = minimize(*problem_, *used, settings({.max_iterations = horizon}));
    const Result second = minimize(*problem_, *used, settings({.max_iterations = horizon}));
    const Result fresh = run(*problem_, {.max_iterations = horizon});
    EXPECT_EQ(first.stop, second.stop);
    EXPECT_EQ(first.evaluations, second.evaluations);
    expect_same_bits(first.trace, second.trace);
    expect_same_bits(first.trace, fresh.trace);
  });
}

TEST_P(EverySolver, PassesThroughTheSameStatesInOneRunAndInTwo) {
  on_each_pair([&] {
    const Result whole = run(*problem_, {.max_iterations = horizon});
    for (const long k : {0L, 1L, 2L, 9L, horizon}) {
      const auto stopped = solver();
      Minimization run(*problem_, *stopped, settings({.max_iterations = k}));
      const Result part = run.run();
      EXPECT_LE(part.iterations, k);
      const Result both = run.run({.max_iterations = horizon, .gradient_tolerance = 0});
      EXPECT_EQ(both.stop, whole.stop);
      EXPECT_EQ(both.evaluations, whole.evaluations) << k;
      expect_same_bits(both.trace, whole.trace);
    }
  });
}

TEST_P(EverySolver, IsChargedForEachEvaluationOnce) {
  on_each_pair([&] {
    Watch watch;
    const auto counting = watched(*problem_, watch);
    Oracle oracle(*counting);
    const auto method = solver();
    ASSERT_EQ(method->start(oracle, counting->start()), std::nullopt);
    EXPECT_EQ(oracle.counts(), watch.counts);
    for (long k = 0; k < horizon; ++k) {
      if (method->step(oracle).stop) break;
      ASSERT_EQ(oracle.counts(), watch.counts) << "iteration " << k;
    }
  });
}

TEST_P(EverySolver, KeepsItsBudgetAndEndsAtTheLastIterateThatItPaysFor) {
  on_each_pair([&] {
    const Result unlimited = run(*problem_, {.max_iterations = largest_budget});
    for (long budget = 1; budget <= largest_budget; ++budget) {
      const Result result = run(*problem_, {.max_iterations = largest_budget, .max_evaluations = budget});
      if (result.stop != StopReason::max_evaluations) {
        EXPECT_EQ(result.stop, unlimited.stop);
        EXPECT_EQ(result.evaluations, unlimited.evaluations);
        EXPECT_LE(result.evaluations.total(), budget);
        continue;
      }
      if (unlimited.evaluations.sample_gradient == 0) {
        EXPECT_EQ(result.evaluations.total(), budget);
      } else {  // the rest may be too small for a batch
        EXPECT_LE(result.evaluations.total(), budget);
      }
      std::size_t last = 0;
      while (last + 1 < unlimited.trace.rows() && total(unlimited.trace, last + 1) <= budget) ++last;
      ASSERT_LE(result.iterations, static_cast<long>(last)) << "budget " << budget;
      // Iterations that evaluate nothing may follow, but they do not move.
      EXPECT_TRUE(same_bits(result.x, unlimited.trace.iterate(last))) << "budget " << budget;
      EXPECT_EQ(total(unlimited.trace, static_cast<std::size_t>(result.iterations)),
                total(unlimited.trace, last));
    }
  });
}

TEST_P(EverySolver, TakesUpWhereItsBudgetEnded) {
  on_each_pair([&] {
    const Result whole = run(*problem_, {.max_iterations = horizon});
    for (long budget = 1; budget <= largest_budget; ++budget) {
      const auto stopped = solver();
      Minimization run(*problem_, *stopped, settings({.max_iterations = horizon, .max_evaluations = budget}));
      run.run();
      const Result both = run.run({.max_iterations = horizon, .gradient_tolerance = 0});
      ASSERT_EQ(both.stop, whole.stop) << "after a budget of " << budget;
      ASSERT_EQ(both.iterations, whole.iterations) << "after a budget of " << budget;
      for (std::size_t row = 0; row < whole.trace.rows(); ++row) {
        ASSERT_TRUE(same_bits(both.trace.iterate(row), whole.trace.iterate(row)))
            << "row " << row << " after a budget of " << budget;
      }
    }
  });
}

TEST_P(EverySolver, IsNotChangedByBeingWatched) {
  on_each_pair([&] {
    const auto unseen = solver();
    const Result blind =
        minimize(*problem_, *unseen, {.limits = {.max_iterations = horizon, .gradient_tolerance = 0}});
    const auto seen = solver();
    std::vector<Vector> observed;
    MinimizeSettings watching = settings({.max_iterations = horizon});
    watching.observer = [&](const Observation& now) {
      EXPECT_EQ(now.iteration, static_cast<long>(observed.size()));
      observed.push_back(now.x);
      return false;
    };
    const Result watched = minimize(*problem_, *seen, watching);
    EXPECT_EQ(blind.evaluations, watched.evaluations);
    EXPECT_TRUE(same_bits(blind.x, watched.x));
    ASSERT_EQ(observed.size(), watched.trace.rows());
    for (std::size_t row = 0; row < observed.size(); ++row) {
      EXPECT_TRUE(same_bits(observed[row], watched.trace.iterate(row)));
    }
  });
}

TEST_P(EverySolver, StopsAtAStartWhereTheFunctionIsNotFinite) {
  on_each_pair([&] {
    for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
      Watch watch;
      watch.instead = [bad](Asked, const Vector&) { return bad; };
      const auto spoilt = watched(*problem_, watch);
      const Result result = run(*spoilt, {.max_iterations = horizon});
      EXPECT_EQ(result.stop, StopReason::non_finite);
      EXPECT_EQ(result.iterations, 0);
      EXPECT_FALSE(result.solved);
      EXPECT_TRUE(same_bits(result.x, problem_->start()));
    }
  });
}

// One bad answer, of each kind and at each evaluation in turn. The path is the clean one until then, and every
// iterate of the whole run is finite, as are f and its gradient there.
TEST_P(EverySolver, CommitsNothingThatIsNotFinite) {
  on_each_pair([&] {
    const Result clean = run(*problem_, {.max_iterations = horizon});
    for (const Asked kind : {Asked::value, Asked::gradient, Asked::hessian, Asked::hessian_vector,
                             Asked::residual, Asked::jacobian, Asked::sample_value, Asked::sample_gradient}) {
      for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
        for (long n = 1; n <= 15; ++n) {
          long asked = 0;
          long before = -1;  // evaluations that came before the bad answer
          Watch watch;
          watch.instead = [&](Asked what, const Vector&) -> std::optional<double> {
            if (what != kind || ++asked != n) return std::nullopt;
            before = watch.counts.total() - 1;
            return bad;
          };
          const auto spoilt = watched(*problem_, watch);
          Oracle oracle(*spoilt);
          const auto method = solver();
          bool failed = method->start(oracle, spoilt->start()).has_value();
          std::size_t k = 0;
          while (!failed && k < horizon) {
            const Vector untouched = method->current().x;
            const StepInfo info = method->step(oracle);
            failed = info.stop.has_value();
            if (failed) {
              EXPECT_TRUE(same_bits(method->current().x, untouched));
            } else {
              ++k;
            }
            if (before < 0 && k < clean.trace.rows()) {
              EXPECT_TRUE(same_bits(method->current().x, clean.trace.iterate(k)));
            }
            const Point& now = method->current();
            ASSERT_TRUE(now.x.allFinite()) << "iteration " << k << ", evaluation " << n;
            ASSERT_TRUE(method->knowledge() == Knowledge::point || std::isfinite(now.value));
            ASSERT_TRUE(method->knowledge() != Knowledge::gradient || now.gradient.allFinite());
          }
          if (before < 0) break;  // it does not ask that often
        }
      }
    }
  });
}

// A region without values that the method runs into: it ends, with a reason, outside of it.
TEST_P(EverySolver, StaysOutOfARegionWithoutValues) {
  on_each_pair([&] {
    const Vector start = problem_->start();
    const auto inside = [&](const Vector& x) { return (x - start).norm() > 0.3; };
    const std::vector<std::vector<Asked>> missing = {
        {Asked::value, Asked::residual, Asked::sample_value},
        {Asked::gradient, Asked::jacobian, Asked::sample_gradient}};
    for (const auto& kinds : missing) {
      Watch watch;
      watch.instead = [&](Asked what, const Vector& x) -> std::optional<double> {
        const bool bad = inside(x) && std::find(kinds.begin(), kinds.end(), what) != kinds.end();
        return bad ? std::optional(std::nan("")) : std::nullopt;
      };
      const auto spoilt = watched(*problem_, watch);
      const auto method = solver();
      const Result result = minimize(*spoilt, *method, settings({.max_iterations = 10 * horizon}));
      EXPECT_TRUE(result.x.allFinite());
      // A method may stand where it does not look: one that knows only points anywhere, one that knows values
      // where only the gradient is missing.
      const Knowledge needed = kinds.front() == Asked::value ? Knowledge::value : Knowledge::gradient;
      EXPECT_TRUE(method->knowledge() < needed || !inside(result.x)) << to_string(result.stop);
      EXPECT_FALSE(result.solved);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Registry, EverySolver, ::testing::ValuesIn(all_solvers().names()),
                         [](const ::testing::TestParamInfo<std::string>& solver) { return solver.param; });

}  // namespace
}  // namespace optbed::every_solver_test
