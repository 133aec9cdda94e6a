// A problem's functions as values, and the checks of problems/verification as expectations.
#pragma once

#include <gtest/gtest.h>

#include "problems/decompositions.hpp"
#include "problems/random.hpp"
#include "problems/verification/composite_form.hpp"
#include "problems/verification/declared_facts.hpp"
#include "problems/verification/derivatives.hpp"

namespace optbed::testing {

using namespace verification;

inline double relative_error(const Matrix& found, const Matrix& expected) {
  return (found - expected).norm() / expected.norm();
}

inline Vector eigenvalues_at(const Problem& problem, const Vector& x) {
  return symmetric_eigenvalues(hessian_at(problem, x)).value();
}

inline void expect_all_to_hold(const Findings& findings) {
  for (const Finding& finding : findings.all()) {
    EXPECT_EQ(finding.failures, 0) << finding.check << ": " << finding.first_failure;
  }
}

inline void expect_consistent_derivatives(const Problem& problem) {
  Findings findings;
  verify_derivatives(problem, findings);
  expect_all_to_hold(findings);
}

inline void expect_declared_facts_to_hold(const Problem& problem) {
  Findings findings;
  verify_dimensions(problem, findings);
  verify_declared_facts(problem, findings);
  expect_all_to_hold(findings);
}

inline void expect_consistent_composite_form(const CompositeProblem& problem) {
  Findings findings;
  verify_composite_form(problem, findings);
  expect_all_to_hold(findings);
}

}  // namespace optbed::testing
