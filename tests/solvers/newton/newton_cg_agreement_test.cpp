// Newton-CG beside its reference.
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/trust_region_models.hpp"

namespace optbed::newton_cg_agreement_test {
namespace {

AgreementCases newton_cg() {
  AgreementCases cases;
  using reference::ForcingRule;
  const std::vector<std::pair<std::string, ForcingRule>> rules = {{"superlinear", ForcingRule::superlinear},
                                                                  {"quadratic", ForcingRule::quadratic},
                                                                  {"constant", ForcingRule::constant}};
  for (const std::string& problem : agreement_problems) {
    for (const auto& named : rules) {
      const ForcingRule rule = named.second;
      const std::string forcing = "forcing=" + named.first;
      cases.add(problem, "newton_cg:line_search=armijo," + forcing,
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::SearchedNewtonCg<Real>(f, reference::armijo_step<Real>, rule, Real(0.1));
                });
      cases.add(problem, "newton_cg:" + forcing, [=]<class Real>(const reference::Objective<Real>& f) {
        return reference::SearchedNewtonCg<Real>(f, reference::strong_wolfe_step<Real>, rule, Real(0.1));
      });
      cases.add(problem, "newton_cg:safeguard=trust_region," + forcing,
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::TrustRegionMethod(f, reference::SteihaugModel<Real>(f, rule, Real(0.1)));
                });
    }
  }
  return cases;
}

// Conjugate gradients multiply rounding by up to kappa, and the residual that ends them is the recurrence's in
// the solver and H z + g itself in the reference.
const std::vector<Amplifier> amplifiers = {
    {"newton_cg:safeguard=trust_region,forcing=superlinear", "quadratic:n=10,kappa=100", 6},
    {"newton_cg:safeguard=trust_region,forcing=constant", "quadratic:n=10,kappa=100", 2},
    {"newton_cg:line_search=armijo,forcing=superlinear", "rosenbrock", 37},
    {"newton_cg:forcing=superlinear", "rosenbrock", 37},
    {"newton_cg:line_search=armijo,forcing=quadratic", "rosenbrock", 37},
    {"newton_cg:forcing=quadratic", "rosenbrock", 37},
    {"newton_cg:line_search=armijo,forcing=constant", "rosenbrock", 37},
    {"newton_cg:forcing=constant", "rosenbrock", 37},
};

TEST(NewtonCgAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : newton_cg()) expect_same_path(c, amplifiers);
}

TEST(NewtonCgAgreement, MakesEachStepOfItsReference) {
  for (const AgreementCase& c : newton_cg()) {
    // Ten and more products with kappa = 100 leave up to 6e-12 of a step to rounding.
    if (c.problem != "quadratic:n=10,kappa=100") expect_same_steps(c);
  }
}

}  // namespace
}  // namespace optbed::newton_cg_agreement_test
