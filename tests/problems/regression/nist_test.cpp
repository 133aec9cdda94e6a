#include "problems/regression/nist.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"

namespace optbed::nist_test {
namespace {

std::vector<NistModel> all_models() {
  std::vector<NistModel> models = nist_nonlinear_models();
  for (NistModel& model : nist_linear_models()) models.push_back(std::move(model));
  return models;
}

TEST(Nist, HasEveryRegressionOfTheReferenceDatasets) {
  EXPECT_EQ(nist_nonlinear_models().size(), 27);
  EXPECT_EQ(nist_linear_models().size(), 11);
}

// Eleven certified digits leave a relative 5e-11 open, and to first order nothing at a minimum. Lanczos1's
// residuals are of the size of what its parameters are rounded by; Wampler1 and 2 fit to rounding, of terms up
// to 3e6 and 60.
TEST(Nist, HasTheCertifiedResidualSumOfSquaresAtTheCertifiedParameters) {
  for (const NistModel& model : all_models()) {
    const NistRegression problem(model);
    const double certified = problem.certified().residual_sum_of_squares;
    const double tolerance = model.name == "Lanczos1"   ? 1e-20
                             : model.name == "Wampler1" ? 0
                             : model.name == "Wampler2" ? 1e-27
                                                        : 1e-9 * certified;
    EXPECT_NEAR(problem.value(problem.certified().parameters), certified, tolerance) << model.name;
  }
}

// Of the digits that NIST gives, the last one may be rounded the other way.
TEST(Nist, PolishesParametersWithinTheirCertifiedDigits) {
  for (const NistModel& model : nist_nonlinear_models()) {
    const NistRegression problem(model);
    const Vector& certified = problem.certified().parameters;
    const Vector& polished = problem.facts().minimisers.at(0).value;
    for (Index i = 0; i < certified.size(); ++i) {
      const double last_digit = std::pow(10.0, std::floor(std::log10(std::abs(certified[i]))) - 10);
      EXPECT_NEAR(polished[i], certified[i], 0.51 * last_digit) << model.name << ": b" << i + 1;
    }
  }
}

// Lanczos1 too has its residual sum, 1.4307867721E-25, at the polished ones: its residuals of 1e-13 are sums of
// terms of the size of 1, each rounded by 1e-16.
TEST(Nist, HasTheCertifiedResidualSumOfSquaresAtThePolishedParameters) {
  for (const NistModel& model : nist_nonlinear_models()) {
    const NistRegression problem(model);
    const double certified = problem.certified().residual_sum_of_squares;
    EXPECT_NEAR(problem.facts().minimum->value, certified,
                (model.name == "Lanczos1" ? 1e-3 : 1e-10) * certified)
        << model.name;
  }
}

// Every x is a month's number: the frequency 1/b4 cannot be told from 1/b4 + 1, nor 1/b7 from 1/b7 - 2. The
// arguments of the waves grow to 2 pi 170 3, each with a relative rounding of a few units.
TEST(Nist, CannotTellTheFrequenciesOfEnsoFromTheirAliases) {
  const auto enso = all_problems().make("nist_enso");
  const Fact<Vector>& minimiser = enso->facts().minimisers.at(0);
  Vector alias = minimiser.value;
  alias[3] = 1 / (1 / alias[3] + 1);
  alias[6] = 1 / (1 / alias[6] - 2);
  EXPECT_NEAR(enso->value(alias), enso->facts().minimum->value, 1e-9 * enso->facts().minimum->value);
  EXPECT_THAT(minimiser.source, ::testing::HasSubstr("1/b4 + k and 1/b7 + k for every integer k"));
}

TEST(Nist, StartsWhereNistDoes) {
  const ProblemRegistry problems = all_problems();
  EXPECT_EQ(problems.make("nist_misra1a")->start(), (Vector{{500, 0.0001}}));
  EXPECT_EQ(problems.make("nist_misra1a:start=2")->start(), (Vector{{250, 0.0005}}));
  EXPECT_EQ(problems.make("nist_longley")->start(), Vector::Zero(7));
  EXPECT_THROW(problems.make("nist_misra1a:start=3"), UsageError);
  EXPECT_THROW(problems.make("nist_longley:start=2"), UsageError);
}

}  // namespace
}  // namespace optbed::nist_test
