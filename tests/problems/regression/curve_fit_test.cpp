#include "problems/regression/curve_fit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "problems/all_problems.hpp"
#include "problems/regression/nist.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::curve_fit_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The problem of the options that follow `curve_fit:data=FILE,`, and what it has at a point.
class CurveFitOf {
 public:
  CurveFitOf(const std::string& content, const std::string& options) : file_(content, ".csv") {
    problem_ = all_problems().make("curve_fit:data=" + file_.path() + "," + options);
  }

  const Problem& operator*() const { return *problem_; }
  const Problem* operator->() const { return problem_.get(); }
  Vector residuals(const Vector& b) const {
    const auto& regression = dynamic_cast<const LeastSquaresProblem&>(*problem_);
    Vector r(regression.residual_count());
    regression.residuals(b, r);
    return r;
  }

 private:
  testing::TemporaryFile file_;
  std::unique_ptr<Problem> problem_;
};

// The message of the error that these options make, with FILE in the place of the path.
template <class Error>
std::string error_of(const std::string& content, const std::string& options) {
  const testing::TemporaryFile file(content, ".csv");
  try {
    all_problems().make("curve_fit:data=" + file.path() + "," + options);
  } catch (const Error& error) {
    std::string message = error.what();
    for (auto at = message.find(file.path()); at != std::string::npos; at = message.find(file.path())) {
      message.replace(at, file.path().size(), "FILE");
    }
    return message;
  }
  return "it was made";
}

const std::string points = "x,y\n0,1\n1,3\n2,4\n3,9\n";

TEST(CurveFit, FitsTheColumnsXAndY) {
  const CurveFitOf fit("y,x\n1,0\n3,1\n", "model=b1*x");
  EXPECT_EQ(fit.residuals(Vector{{5}}), (Vector{{-1, 2}}));
}

TEST(CurveFit, FitsTheLastColumnToTheFirstWhereNoneIsCalledXOrY) {
  EXPECT_EQ(CurveFitOf("t,note,v\n1,good,10\n2,bad,20\n", "model=b1*x").residuals(Vector{{7}}),
            (Vector{{-3, -6}}));
  EXPECT_EQ(CurveFitOf("1,10\n2,20\n", "model=b1*x").residuals(Vector{{7}}), (Vector{{-3, -6}}));
  EXPECT_EQ(CurveFitOf("10,1\n20,2\n", "model=b1*x,y=1").residuals(Vector{{7}}), (Vector{{-3, -6}}));
}

TEST(CurveFit, TakesNoColumnForBothXAndY) {
  const std::string table = "volume,x\n10,1\n20,2\n";
  EXPECT_EQ(CurveFitOf(table, "model=b1*x").residuals(Vector{{7}}), (Vector{{-3, -6}}));
  EXPECT_EQ(CurveFitOf("t,v,w\n0,10,1\n0,20,2\n", "model=b1*x,x=w").residuals(Vector{{7}}), (Vector{{-3, -6}}));
  EXPECT_EQ(CurveFitOf("y,v\n10,1\n20,2\n", "model=b1*x").residuals(Vector{{7}}), (Vector{{-3, -6}}));
  EXPECT_EQ(error_of<UsageError>(table, "model=b1*x,y=x"),
            "curve_fit: x and y are both the column 'x'; name another one with 'x' or 'y'");
  EXPECT_EQ(error_of<UsageError>("v\n1\n2\n", "model=b1*x"),
            "curve_fit: x and y are both the column 'v'; name another one with 'x' or 'y'");
  EXPECT_EQ(CurveFitOf("v\n1\n2\n", "model=b1").residuals(Vector{{7}}), (Vector{{6, 5}}));
}

TEST(CurveFit, TakesColumnsByTheirNames) {
  const std::string table = "x,time,heat,y\n1,2,3,4\n5,6,7,8\n";
  EXPECT_EQ(CurveFitOf(table, "x=time,y=heat,model=b1*x").residuals(Vector{{1}}), (Vector{{-1, -1}}));
  EXPECT_EQ(CurveFitOf(table, "model=b1*x+time*heat").residuals(Vector{{1}}), (Vector{{3, 39}}));
  EXPECT_EQ(CurveFitOf("1,2,3\n4,5,6\n", "model=b1*c1*c2").residuals(Vector{{1}}), (Vector{{-1, 14}}));
}

TEST(CurveFit, TakesParametersByTheirNames) {
  const CurveFitOf fit(points, "model=offset+rate*x,parameters=rate;offset,start=2;1");
  EXPECT_EQ(fit->start(), (Vector{{2, 1}}));
  EXPECT_EQ(fit.residuals(fit->start()), (Vector{{0, 0, 1, -2}}));
}

TEST(CurveFit, RefusesParametersThatAreNoNamesOfTheirOwn) {
  const auto refusal = [](const std::string& parameters) {
    return error_of<UsageError>("x,y,temperature\n1,2,3\n", "model=k*x,parameters=" + parameters);
  };
  EXPECT_THAT(refusal("k;k-1"), StartsWith("curve_fit: model: the parameter 'k-1' is not a name"));
  EXPECT_THAT(refusal("k;2k"), HasSubstr("the parameter '2k' is not a name"));
  EXPECT_THAT(refusal("k;"), HasSubstr("the parameter '' is not a name"));
  EXPECT_THAT(refusal("k;k"), HasSubstr("the parameter 'k' is there twice"));
  EXPECT_THAT(refusal("k;x"), HasSubstr("the parameter 'x' is called as a column is"));
  EXPECT_THAT(refusal("temperature"), HasSubstr("the parameter 'temperature' is called as a column is"));
}

// The formula of a named curve has no other columns than x.
TEST(CurveFit, FitsANamedCurveToDataWithColumnsThatAreCalledAsItsParameters) {
  const CurveFitOf fit("x,y,b2\n1,5,100\n2,8,100\n", "model=line,y=y");
  EXPECT_EQ(fit.residuals(Vector{{2, 3}}), (Vector{{0, 0}}));
}

TEST(CurveFit, StartsAtOnesUnlessToldOtherwise) {
  EXPECT_EQ(CurveFitOf(points, "model=gaussian")->start(), Vector::Ones(3));
}

TEST(CurveFit, UnderstandsEveryNamedModel) {
  for (const NamedCurve& curve : named_curves()) {
    const CurveFitOf fit("x,y\n1,3\n2,4\n3,9\n4,9\n5,9\n", "model=" + curve.name);
    EXPECT_TRUE(std::isfinite(fit->value(fit->start()))) << curve.name;
  }
}

// By the normal equations (4 6; 6 14) b = (17, 38), and |r|^2 = 107 - 17 b1 - 38 b2.
TEST(CurveFit, KnowsTheMinimiserOfALinearModel) {
  const CurveFitOf fit(points, "model=line");
  const Facts& facts = fit->facts();
  EXPECT_TRUE(facts.is_quadratic());
  EXPECT_TRUE(facts.minimisers.at(0).value.isApprox(Vector{{0.5, 2.5}}, 1e-14));
  EXPECT_NEAR(facts.minimum->value, 3.5, 1e-13);
}

// Two columns that are one and the same do not tell their parameters apart.
TEST(CurveFit, DoesNotClaimAMinimiserOfALinearModelWithoutOne) {
  const CurveFitOf fit(points, "model=b1*x+b2*x");
  EXPECT_EQ(fit->facts().convexity->value, Convexity::convex);
  EXPECT_FALSE(fit->facts().strong_convexity);
  EXPECT_TRUE(fit->facts().minimisers.empty());
}

// Columns of 1e200 and 1e-200: squares of their lengths are beyond the range of double.
TEST(CurveFit, ClaimsNoCurvatureThatItCannotTell) {
  for (const char* const x : {"0", "1e-200", "1e200"}) {
    const std::string table = fmt::format("x,y\n{0},1\n{0},2\n", x);
    const CurveFitOf fit(table, "model=b1*x");
    EXPECT_EQ(fit->facts().convexity->value, Convexity::convex) << x;
    EXPECT_FALSE(fit->facts().strong_convexity) << x;
    EXPECT_TRUE(fit->facts().minimisers.empty()) << x;
    EXPECT_TRUE(!fit->facts().lipschitz || std::isfinite(fit->facts().lipschitz->value)) << x;
  }
}

TEST(CurveFit, RefusesALinearModelThatIsNotFiniteAtTheData) {
  EXPECT_EQ(
      error_of<UsageError>("x,y\n1,5\n0,2\n", "model=b1/x"),
      "curve_fit: the model is not finite at row 2 of the data in FILE, whatever its parameters; leave the "
      "row out, or choose another model");
  EXPECT_THAT(error_of<UsageError>("x,y\n0,2\n1,5\n", "model=b1+b2*log(x)"),
              HasSubstr("row 1 of the data in FILE"));
  EXPECT_THAT(error_of<UsageError>("x,y\n0,2\n1,5\n", "model=b1*x+1/x"),
              HasSubstr("row 1 of the data in FILE"));
}

// The example's data are those of NIST's Misra1a.
TEST(CurveFit, IsMisra1aWithoutOptions) {
  const auto example = all_problems().make("curve_fit");
  const auto misra1a = all_problems().make("nist_misra1a");
  EXPECT_EQ(example->start(), misra1a->start());
  for (const Vector& b : {Vector{{500, 1e-4}}, Vector{{238.94212918, 5.5015643181e-4}}}) {
    Vector g(2), g_nist(2);
    EXPECT_DOUBLE_EQ(example->gradient(b, g), misra1a->gradient(b, g_nist));
    EXPECT_TRUE(g.isApprox(g_nist, 1e-12));
  }
}

TEST(CurveFit, NamesFileLineAndColumnOfABadValue) {
  EXPECT_EQ(error_of<InputError>("x,y\n1,2\n3\n", "model=line"),
            "FILE:3: the row has 1 field, and the first one 2");
  EXPECT_EQ(error_of<InputError>("x,y\n1,2\n,4\n", "model=line"), "FILE:3: column 'x' has no value");
  EXPECT_EQ(error_of<InputError>("x,y\n1,2\n3,n/a\n", "model=line"),
            "FILE:3: column 'y' has no value, but 'n/a'");
  EXPECT_EQ(error_of<InputError>("", "model=line"), "FILE: the file holds no row");
}

TEST(CurveFit, NamesTheColumnOfABadExpression) {
  EXPECT_THAT(
      error_of<UsageError>("pressure,volume\n1,2\n", "model=\"b1*presure\""),
      StartsWith(
          "curve_fit: model: the expression, column 4: unknown name 'presure'; did you mean 'pressure'?"));
  EXPECT_THAT(error_of<UsageError>(points, "model=gausian"),
              HasSubstr("; did you mean 'gaussian'?\n  gausian\n"));
  EXPECT_THAT(error_of<UsageError>(points, "model=lie+b1"), ::testing::Not(HasSubstr("'line'")));
  EXPECT_THAT(error_of<UsageError>(points, "model=a*x"), HasSubstr("unknown name 'a'"));
}

TEST(CurveFit, SaysWhatDoesNotFitTheData) {
  EXPECT_THAT(error_of<UsageError>("time,v\n1,2\n", "model=b1*x,x=tine"),
              StartsWith("curve_fit: x = 'tine' is not a column of the data; did you mean 'time'?"));
  EXPECT_THAT(error_of<UsageError>("1,2\n", "model=b1*x,y=3"), HasSubstr("they are c1, c2"));
  EXPECT_THAT(error_of<UsageError>("x,y\n1,2\n", "model=line"),
              HasSubstr("rows of data (1) are fewer than parameters (2: b1, b2)"));
  EXPECT_THAT(error_of<UsageError>(points, "model=line,start=1;2;3"),
              HasSubstr("start has 3 numbers, and the model has 2 parameters: b1, b2"));
  EXPECT_THAT(error_of<UsageError>(points, "x=1"), HasSubstr("'data' needs 'model'"));
  for (const std::string& option : {std::string("model=line"), std::string("start=1;1,x=z")}) {
    try {
      all_problems().make("curve_fit:" + option);
      ADD_FAILURE() << option;
    } catch (const UsageError& error) {
      EXPECT_THAT(error.what(),
                  HasSubstr(option == "model=line" ? "'model' needs 'data'" : "'x' needs 'data'"));
    }
  }
}

}  // namespace
}  // namespace optbed::curve_fit_test
