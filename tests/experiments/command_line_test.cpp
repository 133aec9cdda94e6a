#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/experiments/command_line.hpp"

namespace optbed::command_line_test {
namespace {

using ::testing::AllOf;
using testing::CommandLine;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Json;
using testing::Words;

TEST_F(CommandLine, RunPrintsOneObjectWithTheDocumentedKeys) {
  const Json run = json_of({"run", "-p", "rosenbrock", "-s", "gauss_newton", "--seed", "7", "--json"});
  for (const char* key : {"problem", "solver", "seed", "dimension", "stop", "solved", "iterations",
                          "evaluations", "x", "value", "gap", "gradient_norm", "seconds", "version"}) {
    EXPECT_TRUE(run.contains(key)) << key;
  }
  for (const char* kind :
       {"value", "gradient", "hessian", "hessian_vector", "residual", "jacobian", "sample_gradient"}) {
    EXPECT_TRUE(run["evaluations"].contains(kind)) << kind;
  }
  EXPECT_EQ(run["seed"], 7);
  EXPECT_EQ(run["dimension"], 2);
  EXPECT_EQ(run["stop"], "gradient_tolerance");
  EXPECT_EQ(run["solved"], true);
  EXPECT_NEAR(run["x"][0].get<double>(), 1, 1e-12);
}

// 20 iterations of 16 samples and the batch of the next step: 7 batches are an epoch of 100, the last of 4.
TEST_F(CommandLine, RunCountsTheSamplesOfItsBatches) {
  const Words words = {"run", "-p", "logistic_regression", "-s", "sgd:batch_size=16", "--max-iterations", "20"};
  Words as_json = words;
  as_json.insert(as_json.end(), {"--json", "--trace", "t.csv"});
  const Json run = json_of(as_json);
  EXPECT_EQ(run["evaluations"]["sample_gradient"], 300);
  EXPECT_EQ(run["evaluations"]["gradient"], 0);
  EXPECT_EQ(run["epochs"], 3);
  std::string header;
  std::getline(std::ifstream(folder_ / "t.csv"), header);
  EXPECT_THAT(header, HasSubstr("sample_gradient_evaluations,epochs,"));
  EXPECT_THAT(optbed(words).out, HasSubstr("evaluations  300 sample_gradient  (3 epochs)"));
  EXPECT_NE(
      json_of({"run", "-p", "logistic_regression", "-s", "sgd:batch_size=16", "--seed", "1", "--json"})["x"],
      json_of({"run", "-p", "logistic_regression", "-s", "sgd:batch_size=16", "--seed", "2", "--json"})["x"]);
}

TEST_F(CommandLine, TheGapIsNullWhereTheMinimumIsNotKnown) {
  const Json run =
      json_of({"run", "-p", "saddle", "-s", "gradient_descent", "--max-iterations", "3", "--json"});
  EXPECT_TRUE(run["gap"].is_null());
}

TEST_F(CommandLine, AStationaryPointOfAFunctionUnboundedBelowIsNotSolved) {
  const Json run = json_of({"run", "-p", "saddle", "-s", "newton", "--json"});
  EXPECT_EQ(run["stop"], "gradient_tolerance");
  EXPECT_EQ(run["solved"], false);
  EXPECT_THAT(run["message"].get<std::string>(), HasSubstr("unbounded below"));
}

TEST_F(CommandLine, AStationaryPointFarAboveAKnownMinimumIsNotSolved) {
  // Beale's function has a saddle at (0, 1), where f = 14.203125; pure Newton goes there from (1, 1).
  const Json run = json_of({"run", "-p", "beale", "-s", "newton", "--json"});
  EXPECT_EQ(run["stop"], "gradient_tolerance");
  EXPECT_NEAR(run["value"].get<double>(), 14.203125, 1e-9);
  EXPECT_EQ(run["solved"], false);
}

TEST_F(CommandLine, AProblemWithKinksHasItsOwnResidual) {
  const Json run =
      json_of({"run", "-p", "lasso:m=20,n=40,sparsity=4", "-s",
               "proximal_gradient:acceleration=fista,restart=gradient", "--trace", "t.csv", "--json"});
  EXPECT_EQ(run["solved"], true);
  EXPECT_LE(run["gradient_norm"].get<double>(), 1e-8);
  EXPECT_FALSE(run.contains("infeasibility"));
  const Json at_start = json_of({"evaluate", "-p", "lasso:m=20,n=40,sparsity=4", "--json"});
  EXPECT_TRUE(at_start["gradient"].is_null());
  EXPECT_GT(at_start["optimality"].get<double>(), 1);
}

TEST_F(CommandLine, AProblemWithConstraintsSaysHowFarOutsideAPointIs) {
  const Json run = json_of({"run", "-p", "circle", "-s", "lagrange", "--trace", "t.json", "--json"});
  EXPECT_EQ(run["solved"], true);
  EXPECT_LE(run["infeasibility"].get<double>(), 1e-8);
  EXPECT_EQ(Json::parse(std::ifstream(folder_ / "t.json"))["trace"]["infeasibility"][0], 8);  // 9 + 1 - 2
  const Json at_start = json_of({"evaluate", "-p", "circle", "--json"});
  EXPECT_EQ(at_start["constraints"], Json::array({8}));
  EXPECT_EQ(at_start["constraint_jacobian"], Json::array({Json::array({-6, 2})}));
  EXPECT_EQ(at_start["gradient"], Json::array({1, 1}));
  EXPECT_EQ(at_start["infeasibility"], 8);
}

TEST_F(CommandLine, AnOutputThatCannotBeWrittenIsAnError) {
  const std::string command = std::string(OPTBED_PROGRAM) + " list > /dev/full 2> /dev/null";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 3);
}

TEST_F(CommandLine, AValueThatIsNotFiniteIsAString) {
  const Json run = json_of({"run", "-p", "rosenbrock", "-s", "gradient_descent", "--x0", "1e200,1", "--json"});
  EXPECT_EQ(run["stop"], "non_finite");
  EXPECT_EQ(run["value"], "inf");
}

TEST_F(CommandLine, RowKOfATraceIsTheStateAfterKIterations) {
  json_of({"run", "-p", "quadratic:eigenvalues=1;3", "-s", "gradient_descent:learning_rate=0.5", "--trace",
           "t.json", "--iterates", "--max-iterations", "4", "--json"});
  const Json file = Json::parse(std::ifstream(folder_ / "t.json"));
  EXPECT_EQ(file["solver"], "gradient_descent:learning_rate=0.5");
  const Json& trace = file["trace"];
  ASSERT_EQ(trace["x"].size(), 5U);
  for (std::size_t k = 0; k < 5; ++k) {
    // The factors are 1 - 0.5 and 1 - 1.5, so the powers are exact.
    const double power = std::pow(0.5, static_cast<double>(k));
    EXPECT_EQ(trace["x"][k][0], power);
    EXPECT_EQ(trace["x"][k][1], k % 2 == 0 ? power : -power);
    EXPECT_EQ(trace["value"][k], 2 * power * power);
    EXPECT_EQ(trace["iteration"][k], k);
  }
}

TEST_F(CommandLine, ATraceAsCsvHasAHeaderAndARowForEachIteration) {
  EXPECT_EQ(optbed({"run", "-p", "quadratic", "-s", "momentum", "--trace", "t.csv", "--iterates",
                    "--max-iterations", "2"})
                .exit_code,
            0);
  std::ifstream file(folder_ / "t.csv");
  std::string line;
  std::getline(file, line);
  EXPECT_THAT(line, AllOf(HasSubstr("iteration,value,gap,gradient_norm,distance"), HasSubstr(",x1,x2")));
  int rows = 0;
  while (std::getline(file, line)) ++rows;
  EXPECT_EQ(rows, 3);
}

TEST_F(CommandLine, TheLevenbergTraceHasDampingAndAcceptedForEachTrial) {
  const Json run =
      json_of({"run", "-p", "rosenbrock", "-s", "levenberg:damping=1", "--trace", "t.json", "--json"});
  const Json trace = Json::parse(std::ifstream(folder_ / "t.json"))["trace"];
  EXPECT_EQ(trace["damping"].size(), run["iterations"].get<std::size_t>() + 1);
  EXPECT_EQ(trace["damping"][0], 1.0);
  const Json& accepted = trace["accepted"];
  EXPECT_EQ((std::set<double>(accepted.begin(), accepted.end())), (std::set<double>{0, 1}));
}

TEST_F(CommandLine, VerifyHoldsOverTheWholeRegistryAndNamesItsChecks) {
  const Json verified = json_of({"verify", "--json"});
  EXPECT_TRUE(verified["holds"]);
  EXPECT_EQ(verified["problems"].size(), json_of({"list", "problems", "--json"}).size());
  for (const Json& problem : verified["problems"]) {
    EXPECT_TRUE(problem["holds"]) << problem.dump();
    EXPECT_GT(problem["checks"].size(), 5U) << problem["problem"];
  }
  const Json regression = json_of({"verify", "nist_misra1a", "--json"})["problems"][0];
  EXPECT_EQ(regression["dimension"], 2);
  std::set<std::string> checks;
  for (const Json& check : regression["checks"]) checks.insert(check["check"]);
  EXPECT_TRUE(checks.contains("Jacobian from residuals"));
  EXPECT_TRUE(checks.contains("standard deviation of the residuals"));
  EXPECT_FALSE(checks.contains("M bounds the gradients")) << "a fact that is not declared";
}

TEST_F(CommandLine, EvaluatePrintsWhatTheProblemHas) {
  // Moré, Garbow & Hillstrom 1981, problem 1: f(-1.2, 1) = 24.2; the derivatives by hand.
  const Json at = json_of({"evaluate", "-p", "rosenbrock", "--x0", "-1.2,1", "--json"});
  EXPECT_NEAR(at["value"].get<double>(), 24.2, 1e-13);
  EXPECT_NEAR(at["gradient"][0].get<double>(), -215.6, 1e-12);
  EXPECT_NEAR(at["hessian"][0][0].get<double>(), 1330, 1e-11);
  EXPECT_NEAR(at["hessian"][0][1].get<double>(), 480, 1e-12);
  EXPECT_NEAR(at["residuals"][0].get<double>(), -4.4, 1e-14);
  EXPECT_NEAR(at["jacobian"][0][0].get<double>(), 24, 1e-13);
  EXPECT_EQ(at["dimension"], 2);
}

// At 0 each of the 569 - 142 and 142 samples has the loss log 2, and no class.
TEST_F(CommandLine, EvaluatePrintsTheLossesOnTrainingAndTestSamples) {
  const std::string problem = "logistic_regression:data=breast_cancer,test_fraction=0.25";
  const Json at = json_of({"evaluate", "-p", problem, "--json"});
  for (const char* samples : {"training", "test"}) {
    EXPECT_NEAR(at[samples]["loss"].get<double>(), std::log(2.0), 1e-13) << samples;
    EXPECT_EQ(at[samples]["zero_one_loss"], 1) << samples;
  }
  EXPECT_THAT(optbed({"evaluate", "-p", problem}).out, HasSubstr("zero_one_loss 1.0"));
  EXPECT_FALSE(json_of({"evaluate", "-p", "logistic_regression", "--json"}).contains("test"));
}

TEST_F(CommandLine, RunPrintsTheLossesOnTrainingAndTestSamples) {
  const Words words = {"run", "-s", "newton", "-p",
                       "logistic_regression:data=breast_cancer,standardise=standard,test_fraction=0.25"};
  const ProgramOutput text = optbed(words);
  EXPECT_THAT(text.out, AllOf(HasSubstr("\ntraining     loss 0.0"), HasSubstr("\ntest         loss 0."),
                              HasSubstr("0-1 loss 0.0")));
  Words with_json = words;
  with_json.emplace_back("--json");
  const Json run = json_of(with_json);
  // A classifier that knows nothing is wrong about 37 % of them.
  for (const char* samples : {"training", "test"}) {
    EXPECT_LE(run[samples]["zero_one_loss"].get<double>(), 0.1) << samples;
  }
  EXPECT_LE(run["training"]["loss"].get<double>(), run["value"].get<double>());
}

TEST_F(CommandLine, DescribeSaysWhatTheDataAre) {
  EXPECT_THAT(json_of({"describe", "softmax_regression:data=iris,test_fraction=0.2", "--json"})["data"],
              HasSubstr("iris: 150 samples of 4 features, 3 classes (setosa 50, versicolor 50, virginica 50); "
                        "120 to train on, 30 to test on"));
}

TEST_F(CommandLine, AMalformedDataFileIsRefusedWithItsLine) {
  const std::string path = write("points.csv", "a,b,class\n1,2,u\n3,v\n");
  const ProgramOutput output = optbed({"evaluate", "-p", "logistic_regression:data=" + path});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, HasSubstr(path + ":3: the row has 2 fields, and the first one 3"));
}

TEST_F(CommandLine, ListAndDescribeAreReadableByAProgram) {
  const Json list = json_of({"list", "--json"});
  ASSERT_TRUE(list.is_array());
  std::set<std::string> kinds;
  for (const Json& item : list) kinds.insert(item["kind"]);
  EXPECT_EQ(kinds, (std::set<std::string>{"problem", "solver", "figure", "study"}));
  for (const Json& item : list) {
    const Json described = json_of({"describe", item["name"], "--json"});
    EXPECT_EQ(described["name"], item["name"]);
    if (item["kind"] == "figure" || item["kind"] == "study") continue;
    EXPECT_TRUE(described.contains("options"));
    EXPECT_TRUE(described.contains("source")) << item["name"];
  }
}

TEST_F(CommandLine, DescribeSaysWhatAMethodCanAskOfAProblem) {
  EXPECT_EQ(
      json_of({"describe", "rosenbrock", "--json"})["offers"],
      Json({"gradient", "Hessian", "sparse Hessian", "Hessian-vector products", "2 residuals with Jacobian"}));
  EXPECT_THAT(optbed({"describe", "poisson"}).out, HasSubstr("linear system A x = b"));
}

TEST_F(CommandLine, AnEmptySpecNeedsARun) {
  std::ofstream(folder_ / "empty.toml").close();
  const ProgramOutput output = optbed({"figure", "empty.toml"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("needs at least one [[run]]"));
}

TEST_F(CommandLine, EveryCommandHasHelp) {
  for (const char* command :
       {"list", "describe", "evaluate", "verify", "run", "figure", "rates", "spectrum", "theory", "claims",
        "batch", "certify", "merge", "export", "replay", "table", "profile", "compare", "submit"}) {
    const ProgramOutput output = optbed({command, "--help"});
    EXPECT_EQ(output.exit_code, 0);
    EXPECT_THAT(output.out, HasSubstr(std::string("usage: optbed ") + command));
  }
}

TEST_F(CommandLine, HelpSetsTheWordsThatNeedNoOptionApart) {
  const std::string help = optbed({"replay", "--help"}).out;
  EXPECT_THAT(help, HasSubstr("\n  STORE                 the store\n"));
  EXPECT_THAT(help, Not(HasSubstr("--store")));
}

TEST_F(CommandLine, MatrixMarketFilesMakeAQuadratic) {
  const std::string A =
      write("A.mtx", "%%MatrixMarket matrix coordinate real symmetric\n2 2 3\n1 1 4\n2 1 1\n2 2 3\n");
  const std::string b = write("b.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n2\n");
  const Json run = json_of({"run", "-p", "quadratic:matrix=" + A + ",rhs=" + b, "-s", "newton", "--json"});
  // Cramer's rule on [4 1; 1 3] x = (1, 2).
  EXPECT_NEAR(run["x"][0].get<double>(), 1.0 / 11, 1e-15);
  EXPECT_NEAR(run["x"][1].get<double>(), 7.0 / 11, 1e-15);
}

struct BadInput {
  std::string name;
  Words words;
  int exit_code;
  std::vector<std::string> message;  // each is part of what stderr says
};

class BadInputs : public CommandLine, public ::testing::WithParamInterface<BadInput> {};

TEST_P(BadInputs, NameTheThingAndTheRemedyAndWriteNothing) {
  const BadInput& input = GetParam();
  const ProgramOutput output = optbed(input.words);
  EXPECT_EQ(output.exit_code, input.exit_code) << output.err;
  for (const std::string& part : input.message) EXPECT_THAT(output.err, HasSubstr(part));
  EXPECT_THAT(output.out, IsEmpty());
  EXPECT_TRUE(folder_is_empty());
}

const std::vector<BadInput> bad_inputs = {
    {"UnknownCommand", {"rnu"}, 2, {"'rnu'", "did you mean 'run'"}},
    {"UnknownProblem",
     {"run", "-p", "rosenbrok", "-s", "newton"},
     2,
     {"'rosenbrok'", "did you mean 'rosenbrock'"}},
    {"UnknownSolver",
     {"run", "-p", "rosenbrock", "-s", "newtn", "--trace", "t.csv"},
     2,
     {"did you mean 'newton'"}},
    {"UnknownOptionOfASolver",
     {"run", "-p", "rosenbrock", "-s", "gradient_descent:learnrate=1"},
     2,
     {"'learnrate'", "did you mean 'learning_rate'"}},
    {"OptionOutsideItsDomain",
     {"run", "-p", "rosenbrock", "-s", "momentum:momentum=1"},
     2,
     {"momentum = '1'", "[0, 1)"}},
    {"OptionThatIsNoNumber", {"run", "-p", "quadratic:n=ten", "-s", "newton"}, 2, {"n = 'ten'", "[1, inf)"}},
    {"UnknownChoice",
     {"run", "-p", "quadratic", "-s", "gradient_descent:step=optimum"},
     2,
     {"'optimum'", "did you mean 'optimal'"}},
    {"ConflictingOptions",
     {"run", "-p", "quadratic:eigenvalues=1;2,kappa=3", "-s", "newton"},
     2,
     {"'kappa'", "'eigenvalues'"}},
    {"OptionGivenTwice", {"run", "-p", "quadratic:n=2,n=3", "-s", "newton"}, 2, {"'n'", "twice"}},
    {"StartOfTheWrongLength",
     {"run", "-p", "rosenbrock", "-s", "newton", "--x0", "1,2,3", "--trace", "t.csv"},
     2,
     {"3 numbers", "dimension 2"}},
    {"SolverForAProblem", {"run", "-p", "bfgs", "-s", "bfgs"}, 2, {"'bfgs' is a solver", "-s"}},
    {"ProblemForASolver", {"run", "-p", "beale", "-s", "beale"}, 2, {"'beale' is a problem", "-p"}},
    {"WordsWithoutOptions", {"run", "rosenbrock", "bfgs"}, 2, {"-p", "-s", "usage: optbed run"}},
    {"VerifyOfNoProblem", {"verify", "rosenbrock", "rosenbrok"}, 2, {"'rosenbrok'", "'rosenbrock'"}},
    {"StartThatIsNoNumber", {"evaluate", "-p", "rosenbrock", "--x0", "1,a"}, 2, {"'a'"}},
    {"SolverThatNeedsResiduals",
     {"run", "-p", "saddle", "-s", "gauss_newton"},
     2,
     {"lacks residuals", "it runs on ", "rosenbrock"}},
    {"StochasticMethodWithoutSamples",
     {"run", "-p", "rosenbrock", "-s", "sgd", "--trace", "t.csv"},
     2,
     {"sgd cannot run on rosenbrock", "lacks samples", "no finite sum"}},
    {"BatchesWithoutSamples",
     {"run", "-p", "rosenbrock", "-s", "sam:batch_size=16"},
     2,
     {"sam:batch_size=16", "lacks samples"}},
    {"BatchLargerThanTheProblem",
     {"run", "-p", "logistic_regression:samples=50", "-s", "saga:batch_size=64"},
     2,
     {"batch_size = 64", "it has 50"}},
    {"SamplingWithoutABatchSize",
     {"run", "-p", "logistic_regression", "-s", "sam:sampling=replacement"},
     2,
     {"'sampling' needs 'batch_size'"}},
    {"BatchesInALineSearch",
     {"run", "-p", "logistic_regression", "-s", "gradient_descent:step=armijo,batch_size=16"},
     2,
     {"'batch_size' needs step=fixed"}},
    {"SolverThatNeedsAGradient",
     {"run", "-p", "lasso", "-s", "gradient_descent"},
     2,
     {"gradient_descent cannot run on lasso", "lacks a gradient", "proximal_gradient"}},
    {"SolverThatHoldsNoConstraints",
     {"run", "-p", "circle", "-s", "lbfgs", "--trace", "t.csv"},
     2,
     {"lbfgs cannot run on circle", "constraints"}},
    {"StepsBeyondThePrimalDualBound",
     {"run", "-p", "total_variation", "-s", "primal_dual:tau=2,sigma=3"},
     2,
     {"tau = 2", "sigma = 3", "|K|^2"}},
    {"RestartWithoutMomentum",
     {"run", "-p", "lasso", "-s", "proximal_gradient:restart=gradient"},
     2,
     {"'restart'", "acceleration=fista"}},
    {"SolverThatNeedsConstants",
     {"run", "-p", "rosenbrock", "-s", "gradient_descent:step=optimal"},
     2,
     {"mu <= L", "options mu and lipschitz"}},
    {"MissingProblem", {"run", "-s", "newton"}, 2, {"--problem is missing"}},
    {"UnknownProgramOption",
     {"run", "-p", "rosenbrock", "-s", "newton", "--max-iteration", "5"},
     2,
     {"did you mean '--max-iterations'"}},
    {"LimitOutsideItsDomain",
     {"run", "-p", "rosenbrock", "-s", "newton", "--gradient-tolerance", "-1"},
     2,
     {"--gradient-tolerance", "[0, inf)"}},
    {"TraceOfUnknownFormat",
     {"run", "-p", "rosenbrock", "-s", "newton", "--trace", "t.txt"},
     2,
     {"NAME.csv or NAME.json"}},
    {"IteratesWithoutATrace", {"run", "-p", "rosenbrock", "-s", "newton", "--iterates"}, 2, {"--trace"}},
    {"TraceInAFolderThatIsNotThere",
     {"run", "-p", "rosenbrock", "-s", "newton", "--trace", "none/t.csv"},
     3,
     {"none", "does not exist"}},
    {"MatrixThatIsNotThere", {"run", "-p", "quadratic:matrix=none.mtx", "-s", "newton"}, 3, {"none.mtx"}},
    {"DataSetThatIsNotThere",
     {"run", "-p", "softmax_regression:data=digit", "-s", "lbfgs"},
     3,
     {"there is no file 'digit'", "did you mean 'digits'"}},
    {"RealDataBesideGeneratedOnes",
     {"run", "-p", "softmax_regression:data=digits,samples=5", "-s", "lbfgs"},
     2,
     {"'samples' is about generated data"}},
    {"UnknownKindOfList", {"list", "problem"}, 2, {"did you mean 'problems'"}},
    {"DescriptionOfNothing", {"describe", "lbgfs"}, 2, {"did you mean 'lbfgs'"}},
    {"UnknownFigure", {"figure", "sublinar"}, 2, {"did you mean 'sublinear'"}},
    {"UnknownFormatOfAFigure", {"figure", "sublinear", "--format", "gif"}, 2, {"'gif'", "svg, png or pdf"}},
};

INSTANTIATE_TEST_SUITE_P(All, BadInputs, ::testing::ValuesIn(bad_inputs),
                         [](const auto& test) { return test.param.name; });

TEST_F(CommandLine, AMalformedMatrixMarketFileIsRefusedWithItsLine) {
  const std::string A =
      write("A.mtx", "%%MatrixMarket matrix coordinate real symmetric\n% a comment\n2 2 2\n1 1 4\n3 2 1\n");
  const ProgramOutput output = optbed({"run", "-p", "quadratic:matrix=" + A, "-s", "newton"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, AllOf(HasSubstr("A.mtx:5:"), HasSubstr("row 3 is outside 1..2")));
}

TEST_F(CommandLine, ATraceThatStandsThereAlreadyIsKeptWhenTheUsageIsBad) {
  const std::string path = write("t.csv", "precious\n");
  EXPECT_EQ(optbed({"run", "-p", "rosenbrock", "-s", "nowton", "--trace", "t.csv"}).exit_code, 2);
  std::string text;
  std::getline(std::ifstream(path) >> std::ws, text);
  EXPECT_EQ(text, "precious");
}

TEST_F(CommandLine, SpectrumPrintsOneObjectWithTheDocumentedKeys) {
  const Json spectrum = json_of({"spectrum", "-p", "quadratic:eigenvalues=1;3;9", "--json"});
  EXPECT_EQ(spectrum["at"], "minimiser");
  EXPECT_EQ(spectrum["nature"], "minimum");
  EXPECT_EQ(spectrum["method"], "full decomposition");
  EXPECT_EQ(spectrum["negative"], 0);
  EXPECT_TRUE(spectrum["hessian_vector"].is_number_integer());
  ASSERT_EQ(spectrum["eigenvalues"].size(), 3U);
  EXPECT_NEAR(spectrum["eigenvalues"][1].get<double>(), 3, 1e-14);
  EXPECT_NEAR(spectrum["extreme"]["least"].get<double>(), 1, 1e-14);
  EXPECT_NEAR(spectrum["extreme"]["greatest"].get<double>(), 9, 1e-14);
  EXPECT_NEAR(spectrum["condition"].get<double>(), 9, 1e-13);
  for (const char* key : {"residuals", "x", "gradient_norm", "inertia", "trace", "frobenius_norm"}) {
    EXPECT_TRUE(spectrum.contains(key)) << key;
  }
}

TEST_F(CommandLine, SpectrumLooksWhereItIsAskedTo) {
  EXPECT_EQ(json_of({"spectrum", "-p", "beale", "--at", "0,1", "--json"})["nature"], "saddle (index 1)");
  const Json last = json_of({"spectrum", "-p", "rosenbrock", "-s", "bfgs", "--json"});
  EXPECT_EQ(last["at"], "final");
  EXPECT_EQ(last["stop"], "gradient_tolerance");
  EXPECT_EQ(last["nature"], "minimum");
  EXPECT_EQ(json_of({"spectrum", "-p", "saddle", "--json"})["at"], "start");
}

TEST_F(CommandLine, SpectrumFollowsTheSharpnessOfARun) {
  const Json spectrum =
      json_of({"spectrum", "-p", "quadratic:eigenvalues=1;3", "-s", "gradient_descent:learning_rate=0.5",
               "--along", "2", "--max-iterations", "4", "--gradient-tolerance", "0", "--json"});
  EXPECT_EQ(spectrum["along"]["iteration"], Json({0, 2, 4}));
  EXPECT_EQ(spectrum["along"]["threshold"], 2);
  EXPECT_NEAR(spectrum["along"]["step_times_sharpness"][2].get<double>(), 1.5, 1e-13);
}

TEST_F(CommandLine, SpectrumNeverPrintsAnEigenvalueThatHasNotConverged) {
  const Words words = {"spectrum", "-p",      "mlp:hidden=40;40", "-k", "8",
                       "--which",  "largest", "--max-products",   "1"};
  Words as_json = words;
  as_json.emplace_back("--json");
  const ProgramOutput output = optbed(as_json);
  EXPECT_EQ(output.exit_code, 1) << output.err;
  const Json spectrum = Json::parse(output.out);
  EXPECT_EQ(spectrum["converged"], false);
  EXPECT_EQ(spectrum["eigenvalues"].size() + spectrum["residuals_not_converged"].size(), 8U);
  EXPECT_TRUE(spectrum["extreme"]["greatest"].is_null());
  EXPECT_THAT(optbed(words).out, HasSubstr("NOT CONVERGED"));
}

TEST_F(CommandLine, SpectrumDrawsADensityAsTextAndAsAFile) {
  const ProgramOutput output =
      optbed({"spectrum", "-p", "poisson:n=60", "--density", "d.csv", "--probes", "4", "--steps", "20"});
  EXPECT_EQ(output.exit_code, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("the share of the eigenvalues"));
  std::string header;
  std::getline(std::ifstream(folder_ / "d.csv"), header);
  EXPECT_EQ(header, "lambda,density,density_standard_error,cumulative,cumulative_standard_error");
}

// Told before any work: the kinks of lasso are found in the work.
TEST_F(CommandLine, SpectrumSaysFirstThatItsFileCannotBeWritten) {
  const ProgramOutput output = optbed({"spectrum", "-p", "lasso", "--density", "no/such.csv"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, HasSubstr("no/such.csv"));
  EXPECT_EQ(optbed({"spectrum", "-p", "beale", "--steps", "20"}).exit_code, 2);
}

TEST_F(CommandLine, SpectrumNamesWhatIsWrongAndTheRemedy) {
  const std::vector<std::pair<Words, std::string>> wrong = {
      {{"-p", "beale", "--at", "minimizer"}, "did you mean 'minimiser'"},
      {{"-p", "beale", "--at", "1,2,3"}, "has dimension 2"},
      {{"-p", "beale", "--at", "final"}, "needs -s"},
      {{"-p", "saddle", "--at", "minimiser"}, "no minimiser of saddle is known"},
      {{"-p", "beale", "--along"}, "needs -s"},
      {{"-p", "beale", "-k", "5"}, "only 2 eigenvalues"},
      {{"-p", "beale", "--which", "larges"}, "did you mean 'largest'"},
      {{"-p", "beale", "--max-iterations", "5"}, "nothing is run without -s"},
      {{"-p", "lasso"}, "no Hessian; take a smooth one ('optbed list problems')"},
      {{"-p", "rosenbrock", "--at", "1e300,1"}, "not finite at this point; choose another one with --at"},
      {{"-p", "rosenbrock", "--at", "1e300,1", "--density"}, "choose another one with --at"},
      {{"-p", "interpolated_function"}, "no second derivatives; --finite-differences makes"},
  };
  for (const auto& [rest, remedy] : wrong) {
    Words words = {"spectrum"};
    words.insert(words.end(), rest.begin(), rest.end());
    const ProgramOutput output = optbed(words);
    EXPECT_EQ(output.exit_code, 2) << remedy;
    EXPECT_THAT(output.out, IsEmpty());
    EXPECT_THAT(output.err, HasSubstr(remedy));
  }
}

// L R^2/(4 n + 2) = 1/6 (Drori & Teboulle 2014), and the function that is saved attains it.
TEST_F(CommandLine, CertifyProvesABoundAndSavesAFunctionThatAttainsIt) {
  const std::string solver = "gradient_descent:step=inverse_lipschitz";
  const Json proved =
      json_of({"certify", "-s", solver, "-n", "4", "--lipschitz", "3", "--save", "worst.csv", "--json"});
  EXPECT_NEAR(proved["bound"].get<double>(), 1.0 / 6, 1e-7);
  EXPECT_NEAR(proved["measured"].get<double>(), 1.0 / 6, 1e-7);
  EXPECT_EQ(proved["theory"][0]["verdict"], "agrees");
  EXPECT_EQ(proved["holds"], true);
  EXPECT_EQ(proved["certificate"]["multipliers"].size(), 30U);
  const std::string problem = "interpolated_function:data=worst.csv";
  const Json run = json_of(
      {"run", "-p", problem, "-s", solver, "--max-iterations", "4", "--gradient-tolerance", "0", "--json"});
  EXPECT_NEAR(run["gap"].get<double>(), 1.0 / 6, 1e-7);
  EXPECT_THAT(optbed({"verify", problem}).out, HasSubstr("all hold"));
  EXPECT_THAT(optbed({"certify", "-s", solver, "-n", "4", "--lipschitz", "3"}).out,
              AllOf(HasSubstr("f(x_n) - f* <= 0.16666666"), HasSubstr("attained")));
}

// The same bound in other units of f.
TEST_F(CommandLine, CertifyTakesALipschitzConstantOfAnySize) {
  for (const auto& [text, L] : {std::pair("1e7", 1e7), std::pair("1e-7", 1e-7)}) {
    const Json proved = json_of(
        {"certify", "-s", "gradient_descent:step=inverse_lipschitz", "-n", "3", "--lipschitz", text, "--json"});
    EXPECT_NEAR(proved["bound"].get<double>() / L, 1.0 / 14, 1e-7);
    EXPECT_EQ(proved["holds"], true);
  }
}

TEST_F(CommandLine, CertifyRefusesWhatHasNoFixedStepsOrNoClass) {
  const auto refusal = [&](Words words) {
    words.insert(words.begin(), "certify");
    const ProgramOutput output = optbed(words);
    EXPECT_EQ(output.exit_code, 2);
    return output.err;
  };
  EXPECT_THAT(refusal({"-s", "lbfgs", "-n", "3", "--lipschitz", "1"}),
              HasSubstr("is not a first-order method with fixed steps"));
  EXPECT_THAT(refusal({"-s", "momentum", "-n", "3"}), HasSubstr("--lipschitz is missing"));
  EXPECT_THAT(refusal({"-s", "momentum", "-n", "99", "--lipschitz", "1"}), HasSubstr("[1, 20]"));
  EXPECT_THAT(refusal({"-s", "momentum", "-n", "3", "--lipschitz", "1", "--strong-convexity", "2"}),
              HasSubstr("0 <= mu < L"));
  EXPECT_THAT(refusal({"-s", "momentum", "-n", "3", "--lipschitz", "1", "--measure", "gape"}),
              HasSubstr("gap"));
}

}  // namespace
}  // namespace optbed::command_line_test
