#include <gmock/gmock.h>

#include "tests/experiments/command_line.hpp"

namespace optbed::rates_test {
namespace {

using testing::CommandLine;
using ::testing::HasSubstr;
using testing::Json;
using testing::Words;

class RatesCommand : public CommandLine {};

// (kappa - 1)/(kappa + 1) = 99/101.
TEST_F(RatesCommand, PrintsWhatWasMeasuredBesideWhatIsPredicted) {
  const Json rates =
      json_of({"rates", "-p", "quadratic:n=10,kappa=100", "-s", "gradient_descent:step=optimal", "--json"});
  const double factor = 99.0 / 101;
  EXPECT_EQ(rates["kind"], "linear");
  EXPECT_NEAR(rates["measured"]["factor"].get<double>(), factor, 1e-6);
  EXPECT_LE(rates["measured"]["low"].get<double>(), factor);
  EXPECT_GE(rates["measured"]["high"].get<double>(), factor);
  EXPECT_NEAR(rates["predicted"]["class"].get<double>(), factor, 1e-12);
  EXPECT_NEAR(rates["predicted"]["local"].get<double>(), factor, 1e-12);
  EXPECT_EQ(rates["verdict"], "agrees");
}

TEST_F(RatesCommand, MeasuresTheOrderOfNewtonsMethod) {
  const Json rates = json_of({"rates", "-p", "rosenbrock", "-s", "newton", "--json"});
  EXPECT_EQ(rates["kind"], "quadratic");
  EXPECT_GT(rates["measured"]["order"].get<double>(), 1.7);
  EXPECT_TRUE(rates["predicted"]["class"].is_null());
  EXPECT_EQ(rates["verdict"], "agrees");
}

TEST_F(RatesCommand, SaysHowManyIterationsAShortRunLacks) {
  const ProgramOutput output =
      optbed({"rates", "-p", "quadratic:kappa=100", "-s", "gradient_descent", "--max-iterations", "3"});
  EXPECT_EQ(output.exit_code, 0);
  EXPECT_THAT(output.out, HasSubstr("undecided"));
  EXPECT_THAT(output.out, HasSubstr("at least"));
}

TEST_F(RatesCommand, WritesTheErrorInTheEigenvectors) {
  const Json rates =
      json_of({"rates", "-p", "quadratic:eigenvalues=1;3", "-s", "gradient_descent:learning_rate=0.5",
               "--max-iterations", "30", "--modes-file", "modes.csv", "--json"});
  ASSERT_EQ(rates["modes"].size(), 2U);
  EXPECT_NEAR(rates["modes"][0]["predicted"].get<double>(), 0.5, 1e-15);
  EXPECT_NEAR(rates["modes"][1]["predicted"].get<double>(), 0.5, 1e-15);
  std::ifstream file(folder_ / "modes.csv");
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "iteration,eigenvalue,error,theory");
  std::getline(file, line);
  EXPECT_EQ(line, "0,1,1,1");
  std::getline(file, line);
  EXPECT_EQ(line, "1,1,0.5,0.5");
}

TEST_F(RatesCommand, RefusesAProblemWithoutEigenvectorsAndAFileThatCannotBeWritten) {
  EXPECT_EQ(optbed({"rates", "-p", "l1_norm", "-s", "gradient_descent", "--modes"}).exit_code, 2);
  const ProgramOutput output =
      optbed({"rates", "-p", "quadratic", "-s", "newton", "--modes-file", "no/such.csv"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, HasSubstr("no/such.csv"));
}

TEST_F(RatesCommand, ShowsTheOrderInFiftyDigits) {
  const Json rates = json_of({"rates", "-p", "bard", "-s", "newton", "--digits", "50", "--json"});
  EXPECT_EQ(rates["kind"], "quadratic");
  EXPECT_NEAR(rates["measured"]["order"].get<double>(), 2, 0.02);
  EXPECT_LT(rates["errors"].back().get<double>(), 1e-45);
}

TEST_F(RatesCommand, RefusesWhatIsNotThereInFiftyDigits) {
  const ProgramOutput problem = optbed({"rates", "-p", "watson", "-s", "newton", "--digits", "50"});
  EXPECT_EQ(problem.exit_code, 2);
  EXPECT_THAT(problem.err, HasSubstr("rosenbrock"));
  EXPECT_EQ(optbed({"rates", "-p", "bard", "-s", "adam", "--digits", "50"}).exit_code, 2);
  EXPECT_EQ(optbed({"rates", "-p", "bard", "-s", "newton", "--digits", "30"}).exit_code, 2);
}

TEST_F(RatesCommand, RefusesOptionsThatHaveNoMeaningInFiftyDigits) {
  const Words run = {"rates", "-p", "bard", "-s", "newton", "--digits", "50"};
  for (const Words& option :
       {Words{"--seed", "3"}, Words{"--finite-differences"}, Words{"--gradient-tolerance", "1e-3"},
        Words{"--max-seconds", "1"}, Words{"--max-evaluations", "10"}, Words{"--value-target", "1"},
        Words{"--gap-tolerance", "1"}, Words{"--modes"}, Words{"--modes-file", "m.csv"}}) {
    Words words = run;
    words.insert(words.end(), option.begin(), option.end());
    const ProgramOutput output = optbed(words);
    EXPECT_EQ(output.exit_code, 2) << option.front();
    EXPECT_THAT(output.err, HasSubstr(option.front() + " has no meaning with --digits 50"));
  }
  Words words = run;
  words.insert(words.end(), {"--max-iterations", "100", "--x0", "1,1,1"});
  EXPECT_EQ(optbed(words).exit_code, 0);
}

}  // namespace
}  // namespace optbed::rates_test
