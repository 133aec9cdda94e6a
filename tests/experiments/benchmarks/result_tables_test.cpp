#include "experiments/benchmarks/result_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "problems/errors.hpp"

namespace optbed::result_tables_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string results(const std::string& benchmarks) {
  return R"({"context": {}, "benchmarks": [)" + benchmarks + "]}";
}

// As Google Benchmark 1.7.1 writes a repetition, with `more` of its keys at the end.
std::string repetition(const std::string& name, double cpu_time, const std::string& more) {
  return R"({"name": ")" + name + R"(", "family_index": 0, "run_name": ")" + name +
         R"(", "run_type": "iteration", "repetitions": 3, "threads": 1, "iterations": 7, "real_time": 9000, )" +
         R"("cpu_time": )" + std::to_string(cpu_time) + R"(, "time_unit": "ns")" + more + "}";
}

TEST(ResultTables, ShowTheMedianAndTheLeastOfTheRepetitions) {
  const std::string text = result_tables(results(repetition("family/problem/a", 3000, "") + "," +
                                                 repetition("family/problem/a", 1000, "") + "," +
                                                 repetition("family/problem/a", 2000, "")));
  EXPECT_EQ(text,
            "family/problem\n"
            "benchmark  median us  least us  remark\n"
            "a                  2         1\n");
}

TEST(ResultTables, KeepTheOrderOfTheProgramAfterARandomOne) {
  const std::string text =
      result_tables(results(repetition("f/late", 1000, R"(, "per_family_instance_index": 2)") + "," +
                            repetition("f/early", 1000, R"(, "per_family_instance_index": 1)")));
  EXPECT_LT(text.find("early"), text.find("late"));
}

TEST(ResultTables, TakeTheWallTimeOfWhatWasTimedByHand) {
  EXPECT_THAT(result_tables(results(repetition("step/64/manual_time", 1000, ""))),
              HasSubstr("64                 9         9"));
}

TEST(ResultTables, ShowEveryCounterThatIsNotZeroThroughout) {
  const std::string text = result_tables(
      results(repetition("f/a/min_time:0.005", 1000, R"(, "gradient": 12, "hessian": 0)") + "," +
              repetition("f/b/min_time:0.005", 1000, R"(, "gradient": 0, "hessian": 0, "label": "stalled")")));
  EXPECT_THAT(text, HasSubstr("benchmark  median us  least us  gradient  remark"));
  EXPECT_THAT(text, HasSubstr("stalled"));
  EXPECT_THAT(text, Not(HasSubstr("hessian")));
  EXPECT_THAT(text, Not(HasSubstr("min_time")));
}

TEST(ResultTables, SayWhyABenchmarkFailed) {
  const std::string failed = R"(, "error_occurred": true, "error_message": "no start")";
  EXPECT_THAT(result_tables(results(repetition("f/a", 0, failed))), HasSubstr("no start"));
}

TEST(ResultTables, ShowTheFittedComplexityAboveItsFamily) {
  const auto aggregate = [](const std::string& keys) {
    return R"({"name": "step/newton_", "run_name": "step/newton", "run_type": "aggregate", )" + keys + "}";
  };
  const std::string text = result_tables(results(
      repetition("step/newton/64", 1000, "") + "," +
      aggregate(
          R"("aggregate_name": "BigO", "cpu_coefficient": 1.0, "real_coefficient": 2.5, "big_o": "N^3", "time_unit": "ns")") +
      "," + aggregate(R"("aggregate_name": "RMS", "rms": 0.034)")));
  EXPECT_THAT(text, HasSubstr("step/newton\ntime: 2.5 ns N^3, off by 3 %\n"));
}

TEST(ResultTables, ReadTheNumbersThatJsonHasNoWordsFor) {
  const std::string text = result_tables(results(
      repetition("f/a", 1000, R"(, "gap": NaN, "ratio": -Infinity, "gradient": 2)") + "," +
      R"({"run_name": "f/a", "run_type": "aggregate", "aggregate_name": "cv", "cpu_time": NaN, "gap": Infinity})"));
  EXPECT_THAT(text, HasSubstr("benchmark  median us  least us  gradient  remark"));
}

TEST(ResultTables, RefuseWhatGoogleBenchmarkHasNotWritten) {
  EXPECT_THROW(result_tables("no JSON"), InputError);
  EXPECT_THROW(result_tables("{}"), InputError);
  EXPECT_THROW(result_tables(results(R"({"name": "a"})")), InputError);
}

}  // namespace
}  // namespace optbed::result_tables_test
