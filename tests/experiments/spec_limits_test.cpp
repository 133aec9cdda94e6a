#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/batch/batch_spec.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "solvers/registry.hpp"

namespace optbed::spec_limits_test {
namespace {

using ::testing::HasSubstr;

Limits limits_of(const std::string& lines) {
  return parse_batch_spec("name = 'b'\nproblems = ['rosenbrock']\nsolvers = ['lbfgs']\n[limits]\n" + lines,
                          "b.toml", all_problems(), all_solvers())
      .limits.front();
}

std::string complaint(const std::string& lines) {
  try {
    limits_of(lines);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "none";
}

TEST(SpecLimits, AreReadFromTheirTable) {
  const Limits limits = limits_of("max_iterations = 7\nvalue_target = -2.5\ngap_tolerance = 1e-3\n");
  EXPECT_EQ(limits.max_iterations, 7);
  EXPECT_EQ(limits.value_target, -2.5);
  EXPECT_EQ(limits.gap_tolerance, 1e-3);
  EXPECT_EQ(limits.gradient_tolerance, Limits().gradient_tolerance);
}

// What is not a number equals not even itself, and would be no part of a run's name.
TEST(SpecLimits, AreNumbers) {
  EXPECT_THAT(complaint("value_target = nan\n"), HasSubstr("b.toml:5:16: 'value_target' = nan"));
  for (const char* key : {"max_seconds", "gradient_tolerance", "gap_tolerance"}) {
    EXPECT_THAT(complaint(std::string(key) + " = nan\n"), HasSubstr("b.toml:5:")) << key;
  }
}

}  // namespace
}  // namespace optbed::spec_limits_test
