#include "problems/options.hpp"

#include <gtest/gtest.h>

#include "problems/errors.hpp"

namespace optbed::options_test {
namespace {

enum class Colour { red, green };

struct Example {
  double step = 0.5;
  std::optional<double> angle;
  long count = 3;
  std::optional<long> limit;
  bool fast = false;
  std::vector<double> weights = {1, 2};
  std::string file = "a.txt";
  Colour colour = Colour::green;
};

OptionTable<Example> table() {
  return OptionTable<Example>()
      .real("step", &Example::step, right_open(0, 1), "a step")
      .real("angle", &Example::angle, any_real(), "none", "an angle")
      .integer("count", &Example::count, at_least(1), "a count")
      .integer("limit", &Example::limit, at_least(0), "no limit", "a limit")
      .flag("fast", &Example::fast, "whether")
      .reals("weights", &Example::weights, positive(), "weights")
      .text("file", &Example::file, "a file", "a file")
      .choice("colour", &Example::colour, {{"red", Colour::red}, {"green", Colour::green}}, "a colour")
      .rule([](const Example& options, const std::set<std::string>& given) -> std::string {
        return given.count("count") && options.fast ? "'count' and 'fast' exclude each other" : "";
      });
}

// The message of the UsageError that these options cause; empty where they cause none.
std::string error(const KeyValues& values) {
  try {
    table().parse("example", values);
  } catch (const UsageError& wrong) {
    return wrong.what();
  }
  return {};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Options, HaveTheMembersAsDefaults) {
  const Example options = table().parse("example", {});
  EXPECT_EQ(options.step, 0.5);
  EXPECT_FALSE(options.angle);
  EXPECT_EQ(options.count, 3);
  EXPECT_EQ(options.colour, Colour::green);
}

TEST(Options, TakeTheValuesThatArePassed) {
  const Example options = table().parse("example", {{"step", "2.5e-1"},
                                                    {"angle", "-30"},
                                                    {"limit", "7"},
                                                    {"fast", "true"},
                                                    {"weights", "0.5;+2;1e3"},
                                                    {"file", "b c.txt"},
                                                    {"colour", "red"}});
  EXPECT_EQ(options.step, 0.25);
  EXPECT_EQ(options.angle, -30);
  EXPECT_EQ(options.limit, 7);
  EXPECT_TRUE(options.fast);
  EXPECT_EQ(options.weights, (std::vector<double>{0.5, 2, 1000}));
  EXPECT_EQ(options.file, "b c.txt");
  EXPECT_EQ(options.colour, Colour::red);
}

TEST(Options, TakeAWholeNumberInExponentForm) {
  EXPECT_EQ(table().parse("example", {{"count", "1e6"}}).count, 1'000'000);
  EXPECT_TRUE(contains(error({{"count", "1.5"}}), "whole number"));
  EXPECT_TRUE(contains(error({{"count", "1e30"}}), "whole number"));
}

TEST(Options, NameOwnerOptionValueAndDomainWhereAValueIsOutside) {
  const std::string message = error({{"step", "1"}});
  for (const char* part : {"example", "step", "'1'", "[0, 1)"}) EXPECT_TRUE(contains(message, part)) << message;
  EXPECT_EQ(error({{"step", "0"}}), "");
}

TEST(Options, RefuseWhatIsNotANumber) {
  for (const char* text : {"", "abc", "1x", "nan", "inf", "-inf", "+-1", "--1", " 1", "0x1", "1e999"}) {
    EXPECT_TRUE(contains(error({{"angle", text}}), "angle")) << text;
    EXPECT_TRUE(contains(error({{"count", text}}), "count")) << text;
  }
}

TEST(Options, RefuseAListWithAnEmptyOrIllegalMember) {
  for (const char* text : {"", "1;", ";1", "1;;2", "1;-1", "1,2"}) {
    EXPECT_TRUE(contains(error({{"weights", text}}), "weights")) << text;
  }
}

TEST(Options, RefuseAFlagThatIsNeitherTrueNorFalse) {
  EXPECT_EQ(error({{"fast", "false"}}), "");
  EXPECT_TRUE(contains(error({{"fast", "1"}}), "true or false"));
}

TEST(Options, RefuseAnEmptyText) { EXPECT_TRUE(contains(error({{"file", ""}}), "file is empty")); }

TEST(Options, NameTheNearestChoice) {
  const std::string message = error({{"colour", "gren"}});
  EXPECT_TRUE(contains(message, "red, green")) << message;
  EXPECT_TRUE(contains(message, "did you mean 'green'")) << message;
}

TEST(Options, NameTheNearestOptionAndAllOfThem) {
  const std::string message = error({{"stpe", "1"}});
  EXPECT_TRUE(contains(message, "did you mean 'step'")) << message;
  EXPECT_TRUE(contains(message, "step, angle, count, limit, fast, weights, file, colour")) << message;
}

TEST(Options, HoldRulesOverSeveralOptions) {
  EXPECT_EQ(error({{"count", "1"}}), "");
  EXPECT_EQ(error({{"fast", "true"}}), "");
  EXPECT_EQ(error({{"count", "1"}, {"fast", "true"}}), "example: 'count' and 'fast' exclude each other");
}

TEST(Options, DescribeThemselves) {
  const auto described = table().descriptions();
  ASSERT_EQ(described.size(), 8U);
  EXPECT_EQ(described[0].type, "real");
  EXPECT_EQ(described[0].default_value, "0.5");
  EXPECT_EQ(described[0].domain, "[0, 1)");
  EXPECT_EQ(described[1].default_value, "none");
  EXPECT_EQ(described[3].default_value, "no limit");
  EXPECT_EQ(described[3].type, "integer");
  EXPECT_EQ(described[5].default_value, "1;2");
  EXPECT_EQ(described[7].default_value, "green");
  EXPECT_EQ(described[7].domain, "red | green");
}

// What `describe` shows as a default can be typed and gives the same options.
TEST(Options, ReadTheirPrintedDefaultsBack) {
  KeyValues typed;
  const OptionTable<Example> known = table();
  for (const OptionDescription& option : known.descriptions()) {
    if (option.name != "angle" && option.name != "limit" && option.name != "count") {
      typed.emplace_back(option.name, option.default_value);
    }
  }
  const Example options = table().parse("example", typed);
  EXPECT_EQ(options.step, Example{}.step);
  EXPECT_EQ(options.weights, Example{}.weights);
  EXPECT_EQ(options.colour, Example{}.colour);
}

struct Whole {
  double weight = 2;
  Example part = {};
};

TEST(Options, OfAPartAreReadCheckedAndDescribedAsOnesOwn) {
  OptionTable<Example> of_part;
  of_part.real("step", &Example::step, positive(), "length of a step")
      .rule([](const Example& options, const std::set<std::string>&) {
        return options.step > 9 ? "step > 9" : "";
      });
  OptionTable<Whole> table;
  table.real("weight", &Whole::weight, any_real(), "a weight").part(&Whole::part, of_part);
  const Whole options = table.parse("whole", {{"weight", "3"}, {"step", "4"}});
  EXPECT_EQ(options.weight, 3);
  EXPECT_EQ(options.part.step, 4);
  EXPECT_EQ(table.descriptions().at(1).name, "step");
  EXPECT_THROW(table.parse("whole", {{"step", "-1"}}), UsageError);
  EXPECT_THROW(table.parse("whole", {{"step", "10"}}), UsageError);
}

TEST(Interval, KnowsItsEnds) {
  EXPECT_TRUE(between(0, 1).contains(0) && between(0, 1).contains(1));
  EXPECT_TRUE(right_open(0, 1).contains(0) && !right_open(0, 1).contains(1));
  EXPECT_TRUE(!open(0, 1).contains(0) && !open(0, 1).contains(1) && open(0, 1).contains(0.5));
  EXPECT_TRUE(!positive().contains(0) && at_least(0).contains(0) && !greater_than(2).contains(2));
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(any_real().contains(infinity) || at_least(0).contains(infinity));
  EXPECT_FALSE(any_real().contains(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_EQ(between(0, 1).text(), "[0, 1]");
  EXPECT_EQ(positive().text(), "(0, inf)");
}

TEST(FormatReal, GivesTheShortestTextThatReadsBack) {
  EXPECT_EQ(format_real(0.1), "0.1");
  EXPECT_EQ(format_real(100), "100");
  EXPECT_EQ(format_real(1e-300), "1e-300");
  const double third = 1.0 / 3;
  EXPECT_EQ(parse_real("", "", format_real(third), any_real()), third);
}

}  // namespace
}  // namespace optbed::options_test
