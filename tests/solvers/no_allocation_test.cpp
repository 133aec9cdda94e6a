// No solver allocates in a step: neither through operator new, whose calls are counted, nor through Eigen,
// which calls malloc itself and checks an assertion before it does.
#include <gtest/gtest.h>
#include <unistd.h>

#include <Eigen/Core>
#include <csignal>
#include <cstring>

#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/registry.hpp"
#include "tests/allocation_count.hpp"

namespace optbed::no_allocation_test {
namespace {

constexpr int steps = 12;  // more than the pairs that L-BFGS keeps

char watched[500] = "";  // who is stepping; an array, as it is read after an abort

void name_the_watched(int) {
  constexpr char before[] = "\nAllocated in step: ";
  [[maybe_unused]] ssize_t written = ::write(STDERR_FILENO, before, sizeof before - 1);
  written = ::write(STDERR_FILENO, watched, std::strlen(watched));
  written = ::write(STDERR_FILENO, "\n", 1);
}

// Lives while nothing may be allocated: Eigen aborts then, after saying in whose step.
class AllocationForbidden {
 public:
  explicit AllocationForbidden(const std::string& who) : before_(testing::allocation_count()) {
    std::strncpy(watched, who.c_str(), sizeof watched - 1);
    previous_ = std::signal(SIGABRT, name_the_watched);
    Eigen::internal::set_is_malloc_allowed(false);
  }
  ~AllocationForbidden() {
    Eigen::internal::set_is_malloc_allowed(true);
    std::signal(SIGABRT, previous_);
  }
  AllocationForbidden(const AllocationForbidden&) = delete;
  AllocationForbidden& operator=(const AllocationForbidden&) = delete;

  long count() const { return testing::allocation_count() - before_; }

 private:
  long before_;
  void (*previous_)(int);
};

// How often operator new was called in some steps from the problem's start.
long allocations_in_steps(Solver& solver, const Problem& problem, const std::string& who) {
  Oracle f(problem, 0, 1);
  if (solver.start(f, problem.start())) return 0;
  const AllocationForbidden forbidden(who);
  for (int k = 0; k < steps; ++k) {
    if (solver.step(f).stop) break;
  }
  return forbidden.count();
}

// Every combination of the values of the options that have a fixed set of them.
std::vector<KeyValues> combinations(const std::vector<OptionDescription>& options) {
  std::vector<KeyValues> all = {{}};
  for (const OptionDescription& option : options) {
    if (option.type != "choice" && option.type != "boolean") continue;
    std::vector<KeyValues> longer = all;  // where the option is left at its default
    for (std::size_t begin = 0; begin < option.domain.size();) {
      const std::size_t end = std::min(option.domain.find(" | ", begin), option.domain.size());
      const std::string value = option.domain.substr(begin, end - begin);
      begin = end + 3;
      if (value == option.default_value) continue;
      for (KeyValues values : all) {
        values.emplace_back(option.name, value);
        longer.push_back(std::move(values));
      }
    }
    all = std::move(longer);
  }
  return all;
}

// The combinations of what concerns the whole method, and with batches those of what concerns the batches.
std::vector<KeyValues> settings_of(const SolverEntry& entry) {
  std::vector<OptionDescription> of_method;
  std::vector<OptionDescription> of_batches;
  bool takes_batches = false;
  for (const OptionDescription& option : entry.options) {
    takes_batches = takes_batches || option.name == "batch_size";
    (option.name == "sampling" || option.name == "reduction" ? of_batches : of_method).push_back(option);
  }
  std::vector<KeyValues> all = combinations(of_method);
  if (!takes_batches) return all;
  for (KeyValues& values : combinations(of_batches)) {
    values.emplace_back("batch_size", "4");
    all.push_back(std::move(values));
  }
  return all;
}

std::string text(const std::string& name, const KeyValues& values) {
  std::string text = name;
  for (const auto& [key, value] : values) {
    text.append(text == name ? ":" : ",").append(key).append("=").append(value);
  }
  return text;
}

class StepOfEverySolver : public ::testing::TestWithParam<std::string> {};

TEST_P(StepOfEverySolver, AllocatesNothingWhateverTheOptions) {
  // Of dimension 40 where there is a choice, large enough for Eigen's factorisations to work by blocks.
  const ProblemRegistry registry = all_problems();
  std::vector<std::unique_ptr<Problem>> problems;
  for (const char* name :
       {"quadratic:n=40,kappa=100,spectrum=log", "rosenbrock:n=40,form=chained", "lasso:m=20,n=40,sparsity=4",
        "lasso:m=20,n=40,sparsity=4,splitting=data", "basis_pursuit:m=20,n=40,sparsity=4",
        "total_variation:n=40", "constrained_quadratic:n=40,p=15", "powell_exponential",
        "logistic_regression:samples=10,features=40", "separable:samples=200,features=39,margin=0.01"}) {
    problems.push_back(registry.make(name));
  }
  const SolverRegistry solvers = all_solvers();
  const SolverEntry& entry = solvers.at(GetParam());
  int runs = 0;
  for (const KeyValues& values : settings_of(entry)) {
    std::unique_ptr<Solver> solver;
    try {
      solver = entry.make(values);
    } catch (const UsageError&) {
      continue;  // options that exclude each other
    }
    for (const auto& problem : problems) {
      if (!solver->unmet_need(*problem).empty()) continue;
      ++runs;
      const std::string who = text(entry.name, values);
      EXPECT_EQ(allocations_in_steps(*solver, *problem, who), 0) << who;
    }
  }
  EXPECT_GT(runs, 0) << "no problem of this test suits " << entry.name;
}

INSTANTIATE_TEST_SUITE_P(All, StepOfEverySolver, ::testing::ValuesIn(all_solvers().names()),
                         [](const auto& name) { return name.param; });

// A solver that does what must not be done.
class Allocating final : public Solver {
 public:
  enum class By { operator_new, eigen };
  explicit Allocating(By by) : by_(by) {}

  std::string missing(const Problem&) const override { return {}; }
  std::optional<StopReason> start(Oracle&, const Vector& x0) override {
    current_.x = x0;
    H_.setIdentity(x0.size(), x0.size());
    return std::nullopt;
  }
  StepInfo step(Oracle&) override {
    if (by_ == By::operator_new) {
      scratch_ = std::vector<double>(100);  // a member, as an optimiser may do without a local one
      return moved(0);
    }
    current_.x = H_ * current_.x;  // into a temporary, as the product may not overwrite its factor
    return moved(0);
  }
  const Point& current() const override { return current_; }

 private:
  By by_;
  Point current_;
  Matrix H_;
  std::vector<double> scratch_;
};

TEST(AllocationWatch, CountsWhatOperatorNewAllocates) {
  const DiagonalQuadratic problem(Vector{{1, 2}}, Vector::Zero(2));
  Allocating solver(Allocating::By::operator_new);
  EXPECT_EQ(allocations_in_steps(solver, problem, "allocating"), steps);
}

TEST(AllocationWatchDeathTest, AbortsWhereEigenAllocatesAndNamesTheSolver) {
  const DiagonalQuadratic problem(Vector{{1, 2}}, Vector::Zero(2));
  Allocating solver(Allocating::By::eigen);
  EXPECT_DEATH(allocations_in_steps(solver, problem, "the planted one"), "Allocated in step: the planted one");
}

}  // namespace
}  // namespace optbed::no_allocation_test
