#include "problems/specification.hpp"

#include <gtest/gtest.h>

#include "problems/errors.hpp"

namespace optbed::specification_test {
namespace {

TEST(Specification, IsANameAlone) {
  const Specification found = parse_specification("rosenbrock");
  EXPECT_EQ(found.name, "rosenbrock");
  EXPECT_TRUE(found.options.empty());
}

TEST(Specification, KeepsTheOptionsInTheirOrder) {
  const Specification found = parse_specification("quadratic:n=2,eigenvalues=1;3,angle=-30");
  EXPECT_EQ(found.name, "quadratic");
  EXPECT_EQ(found.options, (KeyValues{{"n", "2"}, {"eigenvalues", "1;3"}, {"angle", "-30"}}));
}

TEST(Specification, ForgivesBlanksAroundItsParts) {
  const Specification found = parse_specification(" quadratic : n = 2 ,\tkappa = 10 ");
  EXPECT_EQ(found.name, "quadratic");
  EXPECT_EQ(found.options, (KeyValues{{"n", "2"}, {"kappa", "10"}}));
}

TEST(Specification, SplitsAtTheFirstColonAndEqualsSignOnly) {
  EXPECT_EQ(parse_specification("q:matrix=C:/a=b.mtx").options, (KeyValues{{"matrix", "C:/a=b.mtx"}}));
}

TEST(Specification, KeepsACommaInsideDoubleQuotes) {
  EXPECT_EQ(parse_specification("q:matrix=\"a,b.mtx\",n=2").options,
            (KeyValues{{"matrix", "a,b.mtx"}, {"n", "2"}}));
}

TEST(Specification, KeepsACommaInsideParentheses) {
  EXPECT_EQ(parse_specification("q:model=pow(max(a,b),2)*f(c,d),n=2").options,
            (KeyValues{{"model", "pow(max(a,b),2)*f(c,d)"}, {"n", "2"}}));
  EXPECT_EQ(parse_specification("q:model=exp((x,n=2").options, (KeyValues{{"model", "exp((x"}, {"n", "2"}}))
      << "one that is not closed is left to the model to report";
}

TEST(Specification, AllowsAnEmptyValue) {
  EXPECT_EQ(parse_specification("q:matrix=").options, (KeyValues{{"matrix", ""}}));
}

TEST(Specification, RefusesWhatHasNotItsForm) {
  for (const char* text :
       {"", "  ", ":n=2", "q:", "q:n", "q:=2", "q:n=2,", "q:,n=2", "q:n=2,,m=3", "q:m=\"a,b"}) {
    EXPECT_THROW(parse_specification(text), UsageError) << text;
  }
}

TEST(Specification, NamesAnOptionThatIsGivenTwice) {
  try {
    parse_specification("quadratic:n=2,kappa=10,n=3");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("'n' is given twice"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace optbed::specification_test
