#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <set>

#include "experiments/built_in_specs.hpp"
#include "experiments/claims/claim.hpp"
#include "tests/experiments/command_line.hpp"

namespace optbed::claims_test {
namespace {

using testing::CommandLine;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Json;

class ClaimsCommand : public CommandLine {};

TEST_F(ClaimsCommand, PrintsTheDocumentedKeys) {
  const Json claims = json_of({"claims", "1", "11", "--json"});
  ASSERT_EQ(claims.size(), 2U);
  for (const Json& claim : claims) {
    for (const char* key :
         {"id", "statement", "relation", "expected", "measured", "tolerance", "verdict", "checks", "source"}) {
      EXPECT_TRUE(claim.contains(key)) << key;
    }
  }
  EXPECT_EQ(claims[0]["verdict"], "holds");
  EXPECT_EQ(claims[1]["verdict"], "shown_wrong");
}

// The numbers beside a verdict bear it out by themselves: of "1" and "10" bounds from above, of "2" an
// equation.
TEST_F(ClaimsCommand, SaysHowTheMeasuredNumberHasToRelateToTheExpectedOne) {
  const Json claims = json_of({"claims", "1", "2", "10", "--json"});
  std::vector<std::string> relations;
  for (const Json& claim : claims) {
    const double measured = claim.at("measured");
    const double expected = claim.at("expected");
    relations.push_back(claim.at("relation"));
    EXPECT_TRUE(relations.back() == "at most"
                    ? measured <= expected
                    : std::abs(measured - expected) <= claim.at("tolerance").get<double>());
  }
  EXPECT_THAT(relations, ElementsAre("at most", "equals", "at most"));
}

// The two pairs of claims that are about one sentence: it errs once.
TEST(Claims, CountASentenceAsWrongOnce) {
  std::map<std::string, std::string> mistaken;
  for (const Claim& claim : all_claims()) mistaken[claim.id] = claim.mistaken;
  EXPECT_EQ(mistaken.at("29"), "");
  EXPECT_NE(mistaken.at("67"), "");
  EXPECT_EQ(mistaken.at("36"), "");
  EXPECT_NE(mistaken.at("58"), "");
}

TEST_F(ClaimsCommand, NamesTheNearestIdOfAWrongOne) {
  const ProgramOutput output = optbed({"claims", "1000"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("no claim '1000'"));
}

class EveryClaim : public ::testing::TestWithParam<Claim> {};

TEST_P(EveryClaim, HoldsOrShowsWhereALectureErrs) {
  const ClaimResult result = try_claim(GetParam());
  EXPECT_EQ(result.error, "");
  for (const Check& check : result.checks) {
    EXPECT_TRUE(check.holds) << check.what << ": " << check.measured << ", expected "
                             << to_string(check.relation) << " " << check.expected << " +- " << check.tolerance;
  }
  EXPECT_EQ(result.verdict, GetParam().mistaken.empty() ? ClaimVerdict::holds : ClaimVerdict::shown_wrong);
}

INSTANTIATE_TEST_SUITE_P(All, EveryClaim, ::testing::ValuesIn(all_claims()),
                         [](const auto& test) { return "Number" + test.param.id; });

TEST(Claims, AreToldApartAndShownByFiguresThatExist) {
  std::set<std::string> ids;
  std::set<std::string> figures;
  for (const BuiltInSpec& spec : built_in_figures()) figures.insert(spec.name);
  for (const Claim& claim : all_claims()) {
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
    EXPECT_FALSE(claim.statement.empty() || claim.source.empty()) << claim.id;
    EXPECT_TRUE(claim.figure.empty() || figures.count(claim.figure) == 1) << claim.figure;
  }
}

// One measurement that is off by a little more than its tolerance, and one that is not a number.
TEST(Claims, FailWhereAMeasurementIsOff) {
  Claim claim{"0", "title", "statement", "", "source", [](Measurement& m) { m.equals("x", 1.1, 1, 0.1); }};
  claim.experiment = [](Measurement& m) { m.equals("x", 1.05, 1, 0.1); };
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::holds);
  claim.experiment = [](Measurement& m) { m.equals("x", 1.11, 1, 0.1); };
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::fails);
  claim.experiment = [](Measurement& m) { m.at_most("x", std::nan(""), 1); };
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::fails);
  claim.experiment = [](Measurement& m) { m.at_least("x", 0.9, 1); };
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::fails);
  claim.experiment = [](Measurement& m) { m.is_true("x", false); };
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::fails);
  claim.experiment = [](Measurement& /*m*/) {};
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::fails);
  claim.experiment = [](Measurement& m) {
    m.is_true("x", true);
    throw std::runtime_error("the disk is full");
  };
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::fails);
  EXPECT_EQ(try_claim(claim).error, "the disk is full");
}

TEST(Claims, ShowALectureWrongWhereItsCorrectionHolds) {
  const Claim claim{"0",         "title",
                    "statement", "what the lecture says",
                    "source",    [](Measurement& m) { m.is_true("x", true); }};
  EXPECT_EQ(try_claim(claim).verdict, ClaimVerdict::shown_wrong);
}

}  // namespace
}  // namespace optbed::claims_test
