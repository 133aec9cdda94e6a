#include "problems/regression/expression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "problems/data/built_in_data.hpp"
#include "problems/data/nist_strd.hpp"
#include "problems/errors.hpp"
#include "problems/regression/curve_regression.hpp"
#include "problems/regression/nist_models.hpp"

namespace optbed::expression_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Of an expression in b1 and x, where b1 = 3 and x = 2.
double value_of(const std::string& text) {
  const Expression expression = parse_expression("b1-b1+" + text, {"x"});
  const std::vector<double> b = {3};
  const Matrix x = Matrix::Constant(1, 1, 2);
  double value = 0;
  expression.model->evaluate(std::span<const double>(b), x, std::span<double>(&value, 1));
  return value;
}

TEST(Expression, FollowsThePrecedenceOfArithmetic) {
  EXPECT_EQ(value_of("1+2*3"), 7);
  EXPECT_EQ(value_of("(1+2)*3"), 9);
  EXPECT_EQ(value_of("8-2-1"), 5);
  EXPECT_EQ(value_of("8/2/2"), 2);
  EXPECT_EQ(value_of("2*-3"), -6);
  EXPECT_EQ(value_of("-2^2"), -4);
  EXPECT_EQ(value_of("2^-1"), 0.5);
  EXPECT_EQ(value_of("2^3^2"), 512);
  EXPECT_EQ(value_of("2**3*2"), 16);
  EXPECT_EQ(value_of("--2"), 2);
  EXPECT_EQ(value_of("+2 - +1"), 1);
  EXPECT_EQ(value_of(" ( ( 7 ) ) "), 7);
}

TEST(Expression, ReadsNumbersToTheLastBit) {
  EXPECT_EQ(value_of("0.1"), 0.1);
  EXPECT_EQ(value_of(".5e-3"), 0.5e-3);
  EXPECT_EQ(value_of("12."), 12);
  EXPECT_EQ(value_of("3.141592653589793238462643383279E0"), std::numbers::pi);
  EXPECT_EQ(value_of("1e+22"), 1e22);
  EXPECT_EQ(value_of("8.41246e-21"), 8.41246e-21);
}

TEST(Expression, KnowsItsFunctions) {
  EXPECT_DOUBLE_EQ(value_of("exp(x)"), std::exp(2));
  EXPECT_DOUBLE_EQ(value_of("expm1(x)"), std::expm1(2));
  EXPECT_DOUBLE_EQ(value_of("log(x)"), std::log(2));
  EXPECT_DOUBLE_EQ(value_of("log1p(x)"), std::log1p(2));
  EXPECT_DOUBLE_EQ(value_of("log10(x)"), std::log10(2));
  EXPECT_DOUBLE_EQ(value_of("sqrt(x)"), std::sqrt(2));
  EXPECT_DOUBLE_EQ(value_of("cbrt(x)"), std::cbrt(2));
  EXPECT_DOUBLE_EQ(value_of("sin(x)"), std::sin(2));
  EXPECT_DOUBLE_EQ(value_of("cos(x)"), std::cos(2));
  EXPECT_DOUBLE_EQ(value_of("tan(x)"), std::tan(2));
  EXPECT_DOUBLE_EQ(value_of("asin(x/4)"), std::asin(0.5));
  EXPECT_DOUBLE_EQ(value_of("acos(x/4)"), std::acos(0.5));
  EXPECT_DOUBLE_EQ(value_of("atan(x)"), std::atan(2));
  EXPECT_DOUBLE_EQ(value_of("sinh(x)"), std::sinh(2));
  EXPECT_DOUBLE_EQ(value_of("cosh(x)"), std::cosh(2));
  EXPECT_DOUBLE_EQ(value_of("tanh(x)"), std::tanh(2));
  EXPECT_DOUBLE_EQ(value_of("erf(x)"), std::erf(2));
  EXPECT_EQ(value_of("abs(-x)"), 2);
  EXPECT_EQ(value_of("pow(x, 3)"), 8);
  EXPECT_EQ(value_of("pi"), std::numbers::pi);
}

TEST(Expression, ListsItsParametersAndTheVariablesThatItHas) {
  const Expression numbered = parse_expression("b2*t + b1", {"x", "t"});
  EXPECT_THAT(numbered.parameters, ElementsAre("b1", "b2"));
  EXPECT_THAT(numbered.variables, ElementsAre("t"));
  const Expression named = parse_expression("rate*exp(-x)+offset", {"x", "t"}, {{"offset", "rate"}});
  EXPECT_THAT(named.parameters, ElementsAre("offset", "rate"));
}

TEST(Expression, TellsALinearModel) {
  for (const char* linear : {"b1", "-b1+b2*x", "b1*x^2+b2*sin(x)/3+7", "(b1-b2)*exp(x)", "x*(2*b1)"}) {
    EXPECT_TRUE(parse_expression(linear, {"x"}).is_linear) << linear;
  }
  for (const char* other :
       {"b1*b2", "b1^1", "x^b1", "x/b1", "exp(b1)", "b1*x/(b2+x)", "abs(b1)", "b1*(b2-1)"}) {
    EXPECT_FALSE(parse_expression(other, {"x"}).is_linear) << other;
  }
}

TEST(Expression, TellsKinks) {
  EXPECT_TRUE(parse_expression("abs(x-b1)", {"x"}).has_kinks);
  EXPECT_FALSE(parse_expression("b1*abs(x)", {"x"}).has_kinks);
}

// x^2 is not exp(2 log x).
TEST(Expression, DifferentiatesPowersOfNegativeNumbersAndOfZero) {
  const Expression expression = parse_expression("(x-b1)^2*x^3 + abs(x)^b2", {"x"});
  const CurveRegression problem(expression.model, {Matrix{{-2, 0}}, Vector{{0, 0}}}, {.start = Vector{{1, 2}}});
  Matrix J(2, 2);
  problem.jacobian(problem.start(), J);
  EXPECT_EQ(J(0, 0), -2 * (-2 - 1) * -8);
  EXPECT_EQ(J(1, 0), 0);
  EXPECT_EQ(J(1, 1), 0);
}

// NIST's formulas as text against the same written in C++: residuals, Jacobian, gradient and Hessian. Both
// round each operation, of which there are some tens, in another order.
TEST(Expression, AgreesWithTheModelsOfNist) {
  for (const NistModel& model : nist_nonlinear_models()) {
    const StrdData data = read_strd(model.name, built_in_data("nist/" + model.name + ".dat"));
    const std::vector<std::string> variables =
        data.x.rows() == 1 ? std::vector<std::string>{"x"} : std::vector<std::string>{"x1", "x2"};
    const Expression expression = parse_expression(model.formula, variables);
    ASSERT_EQ(expression.parameters.size(), data.parameters.size()) << model.name;
    EXPECT_EQ(expression.variables, variables) << model.name;
    const CurveRegression typed(expression.model, {data.x, data.y}, {.start = data.starts[1]});
    const CurveRegression written(model.model, {data.x, data.y}, {.start = data.starts[1]});
    const Index n = data.parameters.size(), m = data.y.size();
    Vector r(m), r_written(m), g(n), g_written(n);
    Matrix J(m, n), J_written(m, n), H(n, n), H_written(n, n);
    const Vector b = data.starts[1];
    typed.residuals(b, r);
    written.residuals(b, r_written);
    typed.jacobian(b, J);
    written.jacobian(b, J_written);
    typed.gradient(b, g);
    written.gradient(b, g_written);
    typed.hessian(b, H);
    written.hessian(b, H_written);
    constexpr double rounding = 1e-12;
    EXPECT_LE((r - r_written).norm(), rounding * (r_written + data.y).norm()) << model.name;
    EXPECT_LE((g - g_written).norm(), rounding * J_written.norm() * (r_written + data.y).norm()) << model.name;
    for (Index j = 0; j < n; ++j) {
      EXPECT_LE((J.col(j) - J_written.col(j)).norm(), rounding * J_written.col(j).norm()) << model.name << j;
    }
    EXPECT_LE((H - H_written).norm(), rounding * H_written.norm()) << model.name;
  }
}

struct Malformed {
  std::string name;
  std::string text;
  int column;
  std::string what;
};

class MalformedExpression : public ::testing::TestWithParam<Malformed> {};

TEST_P(MalformedExpression, IsRefusedWithItsColumn) {
  try {
    parse_expression(GetParam().text, {"x", "time"});
    FAIL() << "it was understood";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("column " + std::to_string(GetParam().column) + ": "));
    EXPECT_THAT(error.what(), HasSubstr(GetParam().what));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Every, MalformedExpression,
    ::testing::Values(Malformed{"Empty", "", 1, "expected"}, Malformed{"Blank", "  ", 3, "expected"},
                      Malformed{"UnknownName", "b1*z", 4, "unknown name 'z'"},
                      Malformed{"MistypedColumn", "b1 * tine", 6, "did you mean 'time'"},
                      Malformed{"UnknownFunction", "b1*epx(x)", 4, "did you mean 'exp'"},
                      Malformed{"ColumnAsAFunction", "b1*x(2)", 4, "no function 'x'"},
                      Malformed{"FunctionAsAName", "b1*exp", 4, "unknown name 'exp'"},
                      Malformed{"OperatorAtTheEnd", "b1*x+", 6, "expected"},
                      Malformed{"TwoOperators", "b1*/x", 4, "expected"},
                      Malformed{"NoOperator", "2 b1", 3, "expected an operator"},
                      Malformed{"OpenParenthesis", "b1*(x+1", 8, "expected ')'"},
                      Malformed{"ClosedParenthesis", "b1*x)", 5, "expected an operator or the end"},
                      Malformed{"EmptyParentheses", "b1*()", 5, "expected"},
                      Malformed{"NoArgument", "b1*exp()", 8, "expected"},
                      Malformed{"TwoArguments", "b1*exp(x,2)", 4, "takes 1 argument, not 2"},
                      Malformed{"OneArgument", "b1*pow(x)", 4, "takes 2 arguments, not 1"},
                      Malformed{"OtherBrackets", "exp[b1*x]", 1, "unknown name 'exp'"},
                      Malformed{"Equation", "y=b1*x", 1, "unknown name 'y'"},
                      Malformed{"NotASCII", "b1*\xC3\xA9", 4, "expected"},
                      Malformed{"TooLargeANumber", "b1*1e999", 4, "beyond the range"},
                      Malformed{"NoParameter", "2*x", 1, "no parameter"},
                      Malformed{"ParameterLeftOut", "b1*x+b3", 8, "b2 does not occur"},
                      Malformed{"ParameterZero", "b0+b1", 1, "unknown name 'b0'"},
                      Malformed{"TooDeep", std::string(300, '(') + "b1", 201, "nested deeper"},
                      Malformed{"TooManySigns", std::string(300, '-') + "b1", 201, "nested deeper"}),
    [](const auto& malformed) { return malformed.param.name; });

TEST(Expression, ShowsWhereItIsWrong) {
  try {
    parse_expression("b1*z+1", {"x"});
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), ::testing::EndsWith("\n  b1*z+1\n     ^"));
  }
}

TEST(Expression, WantsListedParametersAlone) {
  EXPECT_THROW(parse_expression("a*x+b1", {"x"}, {{"a"}}), UsageError);
  EXPECT_THROW(parse_expression("a*x", {"x"}, {{"a", "c"}}), UsageError);
}

}  // namespace
}  // namespace optbed::expression_test
