// Every method of the registry that takes batches where it is asked to.
#include "tests/solvers/stochastic/finite_sums.hpp"

namespace optbed::batches_test {
namespace {

using testing::run_with_seed;
using testing::small_logistic;

std::vector<std::string> methods_with_optional_batches() {
  const SolverRegistry solvers = all_solvers();
  std::vector<std::string> names;
  for (const SolverEntry& entry : solvers.entries()) {
    for (const OptionDescription& option : entry.options) {
      if (option.name == "batch_size" && option.default_value == "all samples") names.push_back(entry.name);
    }
  }
  return names;
}

class Batches : public ::testing::TestWithParam<std::string> {};

// One batch of all samples in their order is f: 30 steps that differ by the rounding of two sums. Steps that
// answer to a sign would show any difference; away from the minimiser there is none.
TEST_P(Batches, OfAllSamplesMakeThePathOfTheWholeFunction) {
  const LogisticRegression problem(small_logistic);
  const Result whole = run_with_seed(problem, GetParam(), 30);
  const Result batches = run_with_seed(problem, GetParam() + ":batch_size=20,sampling=sequential", 30);
  ASSERT_EQ(whole.trace.rows(), batches.trace.rows());
  for (std::size_t k = 0; k < whole.trace.rows(); ++k) {
    const Vector x = whole.trace.iterate(k);
    ASSERT_LE((batches.trace.iterate(k) - x).norm(), 1e-10 * (1 + x.norm())) << "iteration " << k;
  }
  EXPECT_EQ(batches.evaluations.sample_gradient, 20 * whole.evaluations.gradient);
  EXPECT_EQ(batches.evaluations.gradient, 0);
  EXPECT_EQ(batches.epochs, whole.epochs);
}

TEST_P(Batches, ComeFromTheSeed) {
  const LogisticRegression problem(small_logistic);
  const std::string on_batches = GetParam() + ":batch_size=3";
  const Result first = run_with_seed(problem, on_batches, 30, 1);
  EXPECT_EQ(first.x, run_with_seed(problem, on_batches, 30, 1).x);
  EXPECT_NE(first.x, run_with_seed(problem, on_batches, 30, 2).x);
}

INSTANTIATE_TEST_SUITE_P(Registry, Batches, ::testing::ValuesIn(methods_with_optional_batches()),
                         [](const auto& method) { return method.param; });

}  // namespace
}  // namespace optbed::batches_test
