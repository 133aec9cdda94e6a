// Runs with costs that can be counted by hand. On f = (1/2) l x^2 from x = 1 gradient descent has the gradient
// l |1 - eta l|^k after k iterations, Newton's method 0 after one:
//
//   iterations to |g| <= 1e-3     eta = 1/2    eta = 1/4                 newton
//   l = 1                         10           25 (0.75^24 = 1.003e-3)   1
//   l = 2                         1            11                        1
//   l = 4                         never        1                         1
//
// k iterations cost k + 1 gradients, and Newton's one a Hessian, too.
#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

#include <cmath>

#include "tests/experiments/command_line.hpp"

namespace optbed::reports_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Json;
using ::testing::Not;
using testing::Words;

const std::string half = "gradient_descent:learning_rate=0.5";
const std::string quarter = "gradient_descent:learning_rate=0.25";

class Reports : public testing::CommandLine {
 protected:
  Reports() { make_store("a", "[1, 2]", "1e-3"); }

  void make_store(const std::string& name, const std::string& seeds, const std::string& tolerance) const {
    write(name + ".toml", "name = '" + name + "'\nproblems = ['quadratic:eigenvalues=1|2|4']\nsolvers = ['" +
                              half + "', '" + quarter + "', 'newton']\nseeds = " + seeds +
                              "\n[limits]\nmax_iterations = 30\ngradient_tolerance = " + tolerance + "\n");
    const ProgramOutput output = optbed({"batch", name + ".toml", "--quiet"});
    EXPECT_EQ(output.exit_code, 0) << output.err;
  }

  std::string out_of(const Words& words) const {
    const ProgramOutput output = optbed(words);
    EXPECT_EQ(output.exit_code, 0) << output.err;
    return output.out;
  }
};

void expect_curve(const Json& solver, const std::vector<double>& x, const std::vector<double>& share) {
  ASSERT_EQ(solver["x"].size(), x.size()) << solver;
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_DOUBLE_EQ(solver["x"][i].get<double>(), x[i]);
    EXPECT_DOUBLE_EQ(solver["share"][i].get<double>(), share[i]);
  }
}

TEST_F(Reports, TablesTheCostsOfEachPair) {
  EXPECT_EQ(
      out_of({"table", "a.sqlite", "--wide", "--cost", "iterations", "seed=1"}),
      "cost: iterations; median over the seeds, with [quartiles] and the solved of all runs\n"
      "not solved counts as more than any cost; unsolved: half of the runs or more are not solved (in CSV inf, "
      "and an empty field where there is no run)\n"
      "problem                  n  gradient_descent:learning_rate=0.25  gradient_descent:learning_rate=0.5  "
      "newton\n"
      "quadratic:eigenvalues=1  1                                   25                                  10  "
      "     1\n"
      "quadratic:eigenvalues=2  1                                   11                                   1  "
      "     1\n"
      "quadratic:eigenvalues=4  1                                    1                            unsolved  "
      "     1\n");
  const std::string all = out_of({"table", "a.sqlite", "--format", "csv"});
  EXPECT_THAT(all, HasSubstr("quadratic:eigenvalues=1,1," + half + ",2,2,11,11,11\n"));
  EXPECT_THAT(all, HasSubstr("quadratic:eigenvalues=4,1," + half + ",2,0,inf,inf,inf\n"));
  EXPECT_THAT(all, HasSubstr("quadratic:eigenvalues=4,1,newton,2,2,3,3,3\n"));
}

TEST_F(Reports, TableTakesTheRunsThatFitTheFilterOnly) {
  const std::string text = out_of({"table", "a.sqlite", "solver=newton," + quarter, "iterations>1", "seed=2"});
  EXPECT_THAT(text, HasSubstr(quarter));
  EXPECT_THAT(text, Not(HasSubstr("newton")));
  EXPECT_THAT(text, Not(HasSubstr("eigenvalues=4")));
}

TEST_F(Reports, PerformanceProfileHasTheRatiosToTheLeastCost) {
  const Json profile = json_of({"profile", "a.sqlite", "--cost", "iterations", "--json"});
  EXPECT_EQ(profile["kind"], "performance");
  EXPECT_EQ(profile["problems"], 3);
  EXPECT_EQ(profile["left_out"], 0);
  ASSERT_EQ(profile["solvers"].size(), 3U);
  const Json& quarters = profile["solvers"][0];
  const Json& halves = profile["solvers"][1];
  const Json& newton = profile["solvers"][2];
  expect_curve(quarters, {1, 11, 25}, {1.0 / 3, 2.0 / 3, 1});
  expect_curve(halves, {1, 10}, {1.0 / 3, 2.0 / 3});
  expect_curve(newton, {1}, {1});
  EXPECT_EQ(newton["rank"], 1);
  EXPECT_DOUBLE_EQ(newton["area"].get<double>(), 1);
  EXPECT_NEAR(halves["area"].get<double>(), (std::log(10) + 2 * std::log(2.5)) / 3 / std::log(25), 1e-14);
  EXPECT_NEAR(quarters["area"].get<double>(), (std::log(11) + 2 * std::log(25.0 / 11)) / 3 / std::log(25),
              1e-14);
  EXPECT_DOUBLE_EQ(halves["solved"].get<double>(), 2.0 / 3);
  EXPECT_EQ(newton["worst_rank"], 1);
  EXPECT_EQ(newton["kept"], 1);
}

// Newton's method is the first always. Of the others eta = 1/2 is the second with the ratios 10, 1, - against
// 25, 11, 1, for 25/10 25/1 > 25/11 25/1, and without l = 4. Without l = 1 the two are alike, 11/1 and 11/1,
// and without l = 2 eta = 1/4 is before, 25/10 < 25/1: each keeps its rank in one of three cases.
TEST_F(Reports, PerformanceProfilesTextSaysHowStableTheOrderIs) {
  const std::string text = out_of({"profile", "a.sqlite", "--cost", "iterations"});
  EXPECT_THAT(text,
              HasSubstr("solver                                   1      2      4      8     16     32\n"));
  EXPECT_THAT(text, HasSubstr(half + "   0.333  0.333  0.333  0.333  0.667  0.667\n"));
  EXPECT_THAT(text, HasSubstr(half + "   0.428         33 %    67 %                  2 to 3       33 %\n"));
  EXPECT_THAT(text, HasSubstr(quarter + "  0.418         33 %   100 %                  2 to 3       33 %\n"));
  EXPECT_THAT(text, HasSubstr("the order changes with the loss of 2 of 3 problems\n"));
}

// 25 of eta = 1/4 on l = 1 and 30 of eta = 1/2 on l = 4 are left out: all solvers have run on l = 2 only.
TEST_F(Reports, SaysHowManyProblemsAreLeftOut) {
  const Words words = {"profile", "a.sqlite", "iterations<12"};
  EXPECT_THAT(out_of(words), HasSubstr("left out: 2 problems that not every solver has run on\n"));
  const Json profile = json_of({"profile", "a.sqlite", "iterations<12", "--json"});
  EXPECT_EQ(profile["problems"], 1);
  EXPECT_EQ(profile["left_out"], 2);
}

// f / f_0 = (1 - eta l)^{2k} <= 1e-3 after 5, 1 iterations and never; after 13, 5, 1; after 1. Each is k + 1
// gradients, and a simplex gradient is n + 1 = 2 evaluations.
TEST_F(Reports, DataProfileCountsSimplexGradients) {
  const Json profile =
      json_of({"profile", "a.sqlite", "--kind", "data", "--cost", "gradient_evaluations", "--json"});
  EXPECT_DOUBLE_EQ(profile["tau"].get<double>(), 1e-3);
  expect_curve(profile["solvers"][0], {1, 3, 7}, {1.0 / 3, 2.0 / 3, 1});
  expect_curve(profile["solvers"][1], {1, 3}, {1.0 / 3, 2.0 / 3});
  expect_curve(profile["solvers"][2], {1}, {1});
  // With its Hessian Newton's method has spent 3 evaluations.
  const Json all_kinds = json_of({"profile", "a.sqlite", "--kind", "data", "--json"});
  expect_curve(all_kinds["solvers"][2], {1.5}, {1});
  // (1 - eta l)^{2k} <= 0.3: after 1, 1 and never; after 3 (0.75^4 = 0.316), 1, 1. Of the least, 2 gradients.
  const Json coarse =
      json_of({"profile", "a.sqlite", "--tau", "0.3", "--cost", "gradient_evaluations", "--json"});
  expect_curve(coarse["solvers"][0], {1, 2}, {2.0 / 3, 1});
  expect_curve(coarse["solvers"][1], {1}, {2.0 / 3});
}

// f_0 = 1/2: of 10^2, 10^1.8, …, 10^-8 the first 12 are reached at the start, with one gradient.
TEST_F(Reports, DistributionCountsTheTargetsReached) {
  const Json profile = json_of({"profile", "a.sqlite", "problem=quadratic:eigenvalues=1", "--kind", "ecdf",
                                "--cost", "gradient_evaluations", "--json"});
  expect_curve(profile["solvers"][2], {1, 2}, {12.0 / 51, 1});
  EXPECT_EQ(optbed({"profile", "a.sqlite", "--kind", "ecdf", "--tau", "0.1"}).exit_code, 2);
  EXPECT_EQ(optbed({"profile", "a.sqlite", "--kind", "ecdf", "--cost", "seconds"}).exit_code, 2);
}

TEST_F(Reports, ProfileWritesItsStepsAndItsPicture) {
  out_of({"profile", "a.sqlite", "--cost", "iterations", "--csv", "p.csv", "-o", "p.svg"});
  EXPECT_THAT(content_of("p.csv"), HasSubstr("solver,x,share\n" + quarter + ",1,0.3333333333333333\n" +
                                             quarter + ",11,0.6666666666666666\n" + quarter + ",25,1\n"));
  const std::string svg = content_of("p.svg");
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, HasSubstr("newton"));
  EXPECT_THAT(svg, HasSubstr("stroke-dasharray"));
  EXPECT_THAT(svg, HasSubstr("over 3 problems; cost: iterations"));
  // The key has the order of the ranks.
  const std::vector<std::size_t> places = {svg.find(">newton<"), svg.find('>' + half + '<'),
                                           svg.find('>' + quarter + '<')};
  EXPECT_TRUE(std::is_sorted(places.begin(), places.end())) << svg;
  EXPECT_NE(places.back(), std::string::npos);
  EXPECT_EQ(optbed({"profile", "a.sqlite", "-o", "p.gif"}).exit_code, 2);
  EXPECT_EQ(optbed({"profile", "a.sqlite", "-o", "no/such.svg"}).exit_code, 3);
}

// Ranks of eta = 1/4, 1/2, newton: 3 2 1; 3 1.5 1.5; 1.5 3 1.5. The critical difference of three solvers is
// 2.343 sqrt(3 4 / (6 N)) (Demšar 2006, table 5).
TEST_F(Reports, ComparesTheSolversOfOneStoreByTheirRanks) {
  const Json comparison = json_of({"compare", "a.sqlite", "--cost", "iterations", "--json"});
  EXPECT_DOUBLE_EQ(comparison["average_ranks"][quarter].get<double>(), 7.5 / 3);
  EXPECT_DOUBLE_EQ(comparison["average_ranks"][half].get<double>(), 6.5 / 3);
  EXPECT_DOUBLE_EQ(comparison["average_ranks"]["newton"].get<double>(), 4.0 / 3);
  EXPECT_NEAR(comparison["critical_difference"].get<double>(), 2.343 * std::sqrt(12.0 / 18), 1e-3);
  EXPECT_EQ(comparison["nemenyi_groups"], Json::parse("[[\"newton\", \"" + half + "\", \"" + quarter + "\"]]"));
  EXPECT_EQ(comparison["pairs"].size(), 3U);
  const std::string text = out_of({"compare", "a.sqlite", "--cost", "iterations"});
  EXPECT_THAT(text, HasSubstr("       1.333  newton                               A        A\n"));
  EXPECT_EQ(optbed({"compare", "a.sqlite", "solver=newton"}).exit_code, 2);
}

// To 1e-6 they need 49 (so 30 are not enough), 21, 1; 20, 1, never; 1. Of the medians, eta = 1/4 has the ratios
// 21/11 and 1, and the ranks 3 (lost), 2 and a zero, so W+ = 5; eta = 1/2 has 2 and 1, the rank 3 and two
// zeros. The variance of W+ is a quarter of the sum of the squared ranks.
TEST_F(Reports, WritesNothingInThePlaceOfAStore) {
  const std::string before = content_of("a.sqlite");
  for (const Words& words :
       {Words{"profile", "a.sqlite", "--csv", "a.sqlite"}, Words{"batch", "a.toml", "--json-log", "a.sqlite"},
        Words{"batch", "a.toml", "--json-log", "./a.toml"}}) {
    const ProgramOutput output = optbed(words);
    EXPECT_EQ(output.exit_code, 2) << words.front();
    EXPECT_THAT(output.err, HasSubstr("name another file"));
  }
  EXPECT_EQ(content_of("a.sqlite"), before);
  EXPECT_EQ(optbed({"batch", "a.toml", "--store", "new", "--json-log", "new"}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new"));
}

TEST_F(Reports, ComparesTheSolversOfOneStoreByProblemsOnly) {
  EXPECT_EQ(optbed({"compare", "a.sqlite"}).exit_code, 0);
  EXPECT_THAT(optbed({"compare", "a.sqlite", "--unit", "run"}).err, HasSubstr("--unit is of two stores"));
}

TEST_F(Reports, ComparesTwoStoresOverTheRunsInBoth) {
  make_store("b", "[2, 3]", "1e-6");
  const Json comparison = json_of({"compare", "a.sqlite", "b.sqlite", "--cost", "iterations", "--json"});
  EXPECT_EQ(comparison["only_before"], 9);
  EXPECT_EQ(comparison["only_after"], 9);
  ASSERT_EQ(comparison["solvers"].size(), 3U);
  const Json& quarters = comparison["solvers"][0];
  EXPECT_EQ(quarters["solver"], quarter);
  EXPECT_EQ(quarters["runs"], 3);
  EXPECT_EQ(quarters["solved_before"], 3);
  EXPECT_EQ(quarters["solved_after"], 2);
  EXPECT_DOUBLE_EQ(quarters["ratio"].get<double>(), 16.0 / 11);
  const double p = std::erfc((5 - 2.5 - 0.5) / std::sqrt(2 * 13.0 / 4));
  EXPECT_NEAR(quarters["p"].get<double>(), p, 1e-12);
  EXPECT_NEAR(quarters["adjusted_p"].get<double>(), 3 * p, 1e-12);
  const Json& halves = comparison["solvers"][1];
  EXPECT_DOUBLE_EQ(halves["ratio"].get<double>(), 1.5);
  EXPECT_NEAR(halves["p"].get<double>(), std::erfc((3 - 1.5 - 0.5) / std::sqrt(2 * 9.0 / 4)), 1e-12);
  EXPECT_EQ(halves["adjusted_p"], 1);
  EXPECT_EQ(comparison["solvers"][2]["p"], 1);
  ASSERT_EQ(comparison["lost"].size(), 1U);
  EXPECT_EQ(comparison["lost"][0]["problem"], "quadratic:eigenvalues=1");
  EXPECT_EQ(comparison["lost"][0]["stop_after"], "max_iterations");
  EXPECT_TRUE(comparison["gained"].empty());
  EXPECT_TRUE(comparison["environment"].empty());
}

// What the costs of two stores are compared under is said: the tolerance in all 9 runs that both have.
TEST_F(Reports, SayInWhichLimitsTwoStoresDiffer) {
  make_store("b", "[2, 3]", "1e-6");
  const Json comparison = json_of({"compare", "a.sqlite", "b.sqlite", "--json"});
  EXPECT_EQ(comparison.at("unit"), "problem");
  EXPECT_EQ(json_of({"compare", "a.sqlite", "b.sqlite", "--unit", "run", "--json"}).at("unit"), "run");
  ASSERT_EQ(comparison.at("limits").size(), 1U);
  EXPECT_EQ(comparison.at("limits")[0],
            Json::parse(R"({"limit": "gradient_tolerance", "before": 0.001, "after": 1e-6, "runs": 9})"));
  EXPECT_THAT(out_of({"compare", "a.sqlite", "b.sqlite"}),
              HasSubstr("gradient_tolerance 0.001 and 1e-06, in 9 of 9 runs\n"));
  EXPECT_TRUE(json_of({"compare", "a.sqlite", "a.sqlite", "--json"}).at("limits").empty());
  EXPECT_THAT(out_of({"compare", "a.sqlite", "a.sqlite"}), Not(HasSubstr("other limits")));
}

// As if all runs but the first by its name had been made elsewhere.
TEST_F(Reports, SayInWhichEnvironmentsTheRunsThatAreComparedWereMade) {
  make_store("b", "[1, 2]", "1e-3");
  SQLite::Database(folder_ / "b.sqlite", SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO environments SELECT 2, version, 'clang 99', flags, libraries, processor, system FROM "
          "environments; UPDATE results SET environment = 2 WHERE run > (SELECT min(run) FROM results)");
  const Words words = {"compare", "a.sqlite", "b.sqlite"};
  EXPECT_THAT(out_of(words), AllOf(HasSubstr("in another environment"),
                                   HasSubstr(" and clang 99 (in 17 of 18 runs)"), Not(HasSubstr("processor"))));
  EXPECT_EQ(json_of({"compare", "a.sqlite", "b.sqlite", "--json"}).at("environment").size(), 1U);

  // The filter leaves runs of one environment only: that of the first store, or the other.
  SQLite::Database(folder_ / "b.sqlite", SQLite::OPEN_READWRITE)
      .exec("UPDATE results SET environment = 1 + (solver = 'newton')");
  EXPECT_THAT(out_of({"compare", "a.sqlite", "b.sqlite", "solver=" + half}),
              HasSubstr("\nin the same environment\n"));
  EXPECT_THAT(out_of({"compare", "a.sqlite", "b.sqlite", "solver=newton"}), HasSubstr(" and clang 99\n"));
}

TEST_F(Reports, ManySeedsOfOneProblemAreOneObservationUnlessAskedFor) {
  make_store("b", "[1, 2]", "1e-6");
  EXPECT_EQ(json_of({"compare", "a.sqlite", "b.sqlite", "--json"})["solvers"][0]["observations"], 3);
  EXPECT_EQ(
      json_of({"compare", "a.sqlite", "b.sqlite", "--unit", "run", "--json"})["solvers"][0]["observations"], 6);
  EXPECT_EQ(optbed({"compare", "a.sqlite", "b.sqlite", "--unit", "seed"}).exit_code, 2);
}

TEST_F(Reports, RefusesToAverageRunsWithOtherLimits) {
  make_store("b", "[2, 3]", "1e-6");
  out_of({"merge", "both.sqlite", "a.sqlite", "b.sqlite"});
  const ProgramOutput output = optbed({"table", "both.sqlite"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("gradient_tolerance=0.001 or gradient_tolerance=1e-06"));
  EXPECT_THAT(
      out_of({"table", "both.sqlite", "gradient_tolerance=1e-6", "--cost", "iterations", "--format", "csv"}),
      HasSubstr(half + ",2,2,20,20,20\n"));
}

TEST_F(Reports, SayWhatIsWrongWithTheWords) {
  const ProgramOutput key = optbed({"table", "a.sqlite", "solvr=newton"});
  EXPECT_EQ(key.exit_code, 2);
  EXPECT_THAT(key.err, HasSubstr("did you mean 'solver'?"));
  const ProgramOutput name = optbed({"profile", "a.sqlite", "solver=nweton"});
  EXPECT_EQ(name.exit_code, 2);
  EXPECT_THAT(name.err, HasSubstr("did you mean 'newton'?"));
  EXPECT_THAT(optbed({"table", "a.sqlite", "mgh"}).err, HasSubstr("problem=mgh"));
  EXPECT_THAT(optbed({"table", "a.sqlite", "n>5"}).err, HasSubstr("no run in a.sqlite fits 'n>5'"));
  EXPECT_EQ(optbed({"table", "a.sqlite", "--cost", "time"}).exit_code, 2);
  EXPECT_EQ(optbed({"table"}).exit_code, 2);
}

TEST_F(Reports, SayHowAStoreIsWrittenWhoseNameLooksLikeACondition) {
  std::filesystem::rename(folder_ / "a.sqlite", folder_ / "n=1.sqlite");
  const ProgramOutput output = optbed({"table", "n=1.sqlite"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("is written ./n=1.sqlite"));
  EXPECT_THAT(out_of({"table", "./n=1.sqlite"}), HasSubstr("newton"));
}

TEST_F(Reports, LeaveFilesThatAreNoStoresAlone) {
  for (const char* command : {"table", "profile", "compare"}) {
    EXPECT_EQ(optbed({command, "no.sqlite"}).exit_code, 3) << command;
    EXPECT_EQ(optbed({command, "a.toml"}).exit_code, 3) << command;
  }
  std::filesystem::resize_file(folder_ / "a.sqlite", 1000);
  EXPECT_EQ(optbed({"table", "a.sqlite"}).exit_code, 3);
}

TEST_F(Reports, ProfilesOfTracesNeedTraces) {
  write("c.toml", "name = 'c'\nproblems = ['quadratic']\nsolvers = ['newton']\n[trace]\ntrigger = 'none'\n");
  out_of({"batch", "c.toml", "--quiet"});
  const ProgramOutput output = optbed({"profile", "c.sqlite", "--kind", "data"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("no trace"));
}

}  // namespace
}  // namespace optbed::reports_test
