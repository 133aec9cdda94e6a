// Newton's method and its safeguards beside their references.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/newton.hpp"

namespace optbed {
namespace {

AgreementCases newton() {
  AgreementCases cases;
  for (const std::string& problem : agreement_problems) {
    for (const double step_length : {1.0, 0.5}) {
      cases.add(problem, fmt::format("newton:step_length={}", step_length),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::PureNewton<Real>(f, Real(step_length));
                });
    }
    cases.add(problem, "newton:safeguard=line_search", []<class Real>(const reference::Objective<Real>& f) {
      return reference::SearchedNewton<Real>(f, reference::Convexification::none);
    });
    cases.add(problem, "newton:safeguard=modified_cholesky",
              []<class Real>(const reference::Objective<Real>& f) {
                return reference::SearchedNewton<Real>(f, reference::Convexification::added_identity);
              });
  }
  return cases;
}

// A Newton step far from a minimiser multiplies errors as well: on Rosenbrock by up to |H^-1||dH/dx||d|.
const std::vector<Amplifier> amplifiers = {{"newton:safeguard=modified_cholesky", "rosenbrock", 6}};

TEST(NewtonAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : newton()) expect_same_path(c, amplifiers);
}

}  // namespace
}  // namespace optbed
