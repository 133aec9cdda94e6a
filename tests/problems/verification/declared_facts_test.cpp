// What `verify` must find: facts that are wrong, one at a time, planted into problems that are right.
#include "problems/verification/declared_facts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "problems/all_problems.hpp"
#include "problems/verification/verify.hpp"

namespace optbed::verification::declared_facts_test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

// Another problem's functions, with facts of its own.
class Claimed : public FiniteSumProblem, public LeastSquaresProblem {
 public:
  explicit Claimed(const std::string& specification) : real_(all_problems().make(specification)) {
    facts_ = real_->facts();
  }

  Facts& claims() { return facts_; }
  Vector claimed_start;

  Index dimension() const override { return real_->dimension(); }
  Vector start() const override { return claimed_start.size() > 0 ? claimed_start : real_->start(); }
  double value(const Vector& x) const override { return real_->value(x); }
  double gradient(const Vector& x, Vector& g) const override { return real_->gradient(x, g); }
  bool has_hessian() const override { return real_->has_hessian(); }
  void hessian(const Vector& x, Matrix& H) const override { real_->hessian(x, H); }
  bool has_hessian_vector() const override { return real_->has_hessian_vector(); }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override {
    real_->hessian_vector(x, v, Hv);
  }
  Optimality optimality(const Vector& x, Vector& scratch) const override {
    return real_->optimality(x, scratch);
  }
  Index sample_count() const override { return finite_sum().sample_count(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override {
    return finite_sum().sample_gradient(x, samples, g);
  }
  Index residual_count() const override { return least_squares().residual_count(); }
  double scale() const override { return least_squares().scale(); }
  void residuals(const Vector& x, Vector& r) const override { least_squares().residuals(x, r); }
  void jacobian(const Vector& x, Matrix& J) const override { least_squares().jacobian(x, J); }

 private:
  const FiniteSumProblem& finite_sum() const { return dynamic_cast<const FiniteSumProblem&>(*real_); }
  const LeastSquaresProblem& least_squares() const { return dynamic_cast<const LeastSquaresProblem&>(*real_); }

  std::unique_ptr<Problem> real_;
};

// What is wrong with the facts, without the derivatives.
std::vector<std::string> wrong_checks(const Claimed& problem) {
  Findings findings;
  verify_dimensions(problem, findings);
  if (findings.all_hold()) verify_declared_facts(problem, findings);
  std::vector<std::string> failed;
  for (const Finding& finding : findings.all()) {
    if (finding.failures > 0) failed.push_back(finding.check);
  }
  return failed;
}

struct Plant {
  std::string name;
  std::string problem;
  std::function<void(Facts&)> plant;
  std::string found_by;
};

class PlantedFact : public ::testing::TestWithParam<Plant> {};

TEST_P(PlantedFact, IsFoundAndNamed) {
  Claimed problem(GetParam().problem);
  EXPECT_THAT(wrong_checks(problem), IsEmpty()) << "before anything is planted";
  GetParam().plant(problem.claims());
  EXPECT_THAT(wrong_checks(problem), Contains(GetParam().found_by));
}

const std::vector<Plant> plants = {
    {"AMinimumThatIsTooHigh", "rosenbrock", [](Facts& f) { f.minimum->value = 1e-6; }, "value at minimisers"},
    {"AMinimumThatIsTooLow", "logistic_regression", [](Facts& f) { f.minimum->value -= 1e-6; },
     "value at minimisers"},
    {"AMinimumAboveWhatIsSeen", "booth",
     [](Facts& f) {
       f.minimum->value = 1e3;
       f.minimisers.clear();
     },
     "no smaller value seen"},
    {"AMinimiserThatIsOffByOnePartInAMillion", "beale", [](Facts& f) { f.minimisers[0].value[0] *= 1 + 1e-6; },
     "gradient at minimisers"},
    {"ASaddleCalledAMinimiser", "himmelblau",
     [](Facts& f) {
       f.minimisers = {{f.saddles.at(0).value.x, "planted"}};
       f.minimum->value = f.saddles.at(0).value.value;
     },
     "least eigenvalue at minimisers"},
    {"ALocalMinimumCalledASaddle", "six_hump_camel", [](Facts& f) { f.saddles = {f.local_minima.at(0)}; },
     "least eigenvalue at saddles"},
    {"ASaddleCalledALocalMinimum", "himmelblau", [](Facts& f) { f.local_minima = {f.saddles.at(0)}; },
     "least eigenvalue at local minima"},
    {"AGlobalMinimumCalledLocal", "himmelblau",
     [](Facts& f) {
       f.local_minima = {{{f.minimisers.at(0).value, f.minimum->value}, "planted"}};
     },
     "local minima are no global ones"},
    {"MuAboveAnEigenvalue", "logistic_regression", [](Facts& f) { f.strong_convexity->value *= 1e3; },
     "mu bounds the eigenvalues"},
    {"MuOfAQuadraticTooSmall", "quadratic:n=5,kappa=10", [](Facts& f) { f.strong_convexity->value *= 0.999; },
     "mu of a quadratic"},
    {"LBelowAnEigenvalue", "log_cosh:n=3", [](Facts& f) { f.lipschitz->value *= 0.2; },
     "L bounds the eigenvalues"},
    {"LOfAQuadraticTooLarge", "quadratic:n=5,kappa=10", [](Facts& f) { f.lipschitz->value *= 1.001; },
     "L of a quadratic"},
    {"LOfAKinkedFunctionsGradient", "huber_worst_case", [](Facts& f) { f.lipschitz->value *= 0.5; },
     "L bounds the secants"},
    {"MBelowAGradient", "l1_norm", [](Facts& f) { f.value_lipschitz->value *= 0.5; }, "M bounds the gradients"},
    {"ConvexWhereItIsNot", "rosenbrock",
     [](Facts& f) {
       f.convexity = {Convexity::convex, "planted"};
     },
     "convex"},
    {"StronglyConvexWithoutMu", "quadratic:eigenvalues=0;2,shift=1",
     [](Facts& f) {
       f.convexity = {Convexity::strongly_convex, "planted"};
       f.strong_convexity = {1e-3, "planted"};
     },
     "mu bounds the eigenvalues"},
    {"QuadraticWhereItIsNot", "log_cosh:n=3",
     [](Facts& f) {
       f.function_class = {FunctionClass::quadratic, "planted"};
     },
     "Hessian of a quadratic is constant"},
    {"ANumberOfDistinctEigenvalues", "quadratic:eigenvalues=5;1;3;3",
     [](Facts& f) { f.distinct_eigenvalues->value = 4; }, "number of distinct eigenvalues"},
    {"UnboundedWhereItIsNot", "himmelblau",
     [](Facts& f) {
       f.bounded_below = {false, "planted"};
       f.minimum.reset();
       f.minimisers.clear();
     },
     "unbounded below"},
    {"BoundedWhereItIsNotSaid", "rosenbrock", [](Facts& f) { f.bounded_below.reset(); },
     "facts agree with each other"},
    {"ASampleVariance", "sample_mean", [](Facts& f) { f.sample_variance->value *= 1.001; },
     "root of the sample variance"},
    {"AStandardDeviationOfResiduals", "nist_misra1a",
     [](Facts& f) { f.residual_standard_deviation->value *= 1 + 1e-8; }, "standard deviation of the residuals"},
    {"AStandardDeviationOfAParameter", "nist_misra1a",
     [](Facts& f) { f.parameter_standard_deviations->value[1] *= 1 + 1e-8; },
     "standard deviations of the parameters"},
    {"AFactWithoutASource", "rosenbrock", [](Facts& f) { f.minimum->source.clear(); },
     "every fact has a source"},
    {"AMinimiserOfAnotherDimension", "rosenbrock", [](Facts& f) { f.minimisers[0].value = Vector::Ones(3); },
     "minimisers"},
};

INSTANTIATE_TEST_SUITE_P(Verify, PlantedFact, ::testing::ValuesIn(plants),
                         [](const auto& plant) { return plant.param.name; });

TEST(VerifyDimensions, FindsAStartOfAnotherDimensionAndGoesNoFurther) {
  Claimed problem("rosenbrock");
  problem.claimed_start = Vector::Ones(3);
  const Findings findings = verify(problem);
  EXPECT_FALSE(findings.all_hold());
  EXPECT_EQ(findings.all().back().check, "minimisers");
}

TEST(VerifyDimensions, FindsAStartWhereTheFunctionIsNotFinite) {
  Claimed problem("rosenbrock");
  problem.claimed_start = Vector::Constant(2, 1e200);
  EXPECT_THAT(wrong_checks(problem), Contains("value at the start"));
}

TEST(VerifyDeclaredFacts, TellsWhatWasFoundAndWhere) {
  Claimed problem("quadratic:n=2,kappa=10");
  problem.claims().lipschitz->value = 11;
  Findings findings;
  verify_declared_facts(problem, findings);
  const auto found = std::ranges::find(findings.all(), "L of a quadratic", &Finding::check);
  ASSERT_NE(found, findings.all().end());
  EXPECT_EQ(found->failures, found->comparisons);
  EXPECT_THAT(found->first_failure, ::testing::HasSubstr("10 computed, 11 declared"));
  EXPECT_THAT(found->first_failure, ::testing::HasSubstr("at x = ("));
}

}  // namespace
}  // namespace optbed::verification::declared_facts_test
