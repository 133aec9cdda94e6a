#include <gmock/gmock.h>

#include <set>

#include "solvers/registry.hpp"
#include "tests/experiments/command_line.hpp"

namespace optbed::theory_command_test {
namespace {

using testing::CommandLine;
using ::testing::HasSubstr;
using testing::Json;

class TheoryCommand : public CommandLine {};

TEST_F(TheoryCommand, ListsKnownRatesOfSolversThatExist) {
  const Json rates = json_of({"theory", "--json"});
  EXPECT_GE(rates.size(), 50U);
  const auto names = all_solvers().names();
  for (const Json& rate : rates) {
    for (const char* key : {"method", "problems", "rate", "kind", "conditions", "source"})
      EXPECT_TRUE(rate.contains(key));
    std::istringstream solvers(rate["solvers"].get<std::string>());
    for (std::string name; solvers >> name;) EXPECT_THAT(names, ::testing::Contains(name));
    EXPECT_FALSE(rate["source"].get<std::string>().empty());
  }
}

TEST_F(TheoryCommand, ShowsTheRatesOfOneSolver) {
  const Json rates = json_of({"theory", "-s", "momentum", "--json"});
  EXPECT_FALSE(rates.empty());
  for (const Json& rate : rates) {
    EXPECT_THAT(rate["solvers"].get<std::string>(), HasSubstr("momentum"));
  }
  EXPECT_THAT(optbed({"theory", "-s", "nelder_mead"}).out, HasSubstr("no rate of nelder_mead"));
}

// kappa = 4: (2 - 1)/(2 + 1) and (4 - 1)/(4 + 1).
TEST_F(TheoryCommand, HasTheFactorsOfAProblem) {
  const Json methods = json_of({"theory", "-p", "quadratic:eigenvalues=1;4", "--json"});
  std::map<std::string, Json> local;
  for (const Json& method : methods) local[method["solver"]] = method["predicted"]["local"];
  EXPECT_NEAR(local.at("momentum:tuning=optimal").get<double>(), 1.0 / 3, 1e-12);
  EXPECT_NEAR(local.at("gradient_descent:step=optimal").get<double>(), 0.6, 1e-12);
  EXPECT_NEAR(local.at("nesterov:sequence=strongly_convex").get<double>(), 0.5, 1e-12);
  EXPECT_EQ(local.count("adam"), 0U);
}

// f_k - f* <= L R^2/(4k + 2) from a start at the distance 1, with L = 1.
TEST_F(TheoryCommand, HasTheBoundsOfAMethodOnAProblem) {
  const Json methods = json_of({"theory", "-p", "huber_worst_case:horizon=10", "-s",
                                "gradient_descent:step=inverse_lipschitz", "--json"});
  bool found = false;
  for (const Json& statement : methods[0]["statements"]) {
    if (statement["source"] != "Drori & Teboulle 2014, section 3") continue;
    found = true;
    EXPECT_NEAR(statement["bound"][2]["value"].get<double>(), 1.0 / 42, 1e-12);
  }
  EXPECT_TRUE(found);
}

TEST_F(TheoryCommand, RefusesWhatDoesNotFit) {
  EXPECT_EQ(optbed({"theory", "-s", "momentm"}).exit_code, 2);
  EXPECT_EQ(optbed({"theory", "--x0", "1,2"}).exit_code, 2);
  const ProgramOutput output = optbed({"theory", "-p", "quadratic", "-s", "gauss_newton"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("residuals"));
}

}  // namespace
}  // namespace optbed::theory_command_test
