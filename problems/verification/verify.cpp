#include "problems/verification/verify.hpp"

#include "problems/problem.hpp"
#include "problems/verification/composite_form.hpp"
#include "problems/verification/declared_facts.hpp"
#include "problems/verification/derivatives.hpp"

namespace optbed::verification {

Findings verify(const Problem& problem) {
  Findings findings;
  verify_dimensions(problem, findings);
  if (!findings.all_hold()) return findings;  // nothing else could be evaluated
  verify_derivatives(problem, findings);
  if (const auto* composite = dynamic_cast<const CompositeProblem*>(&problem)) {
    verify_composite_form(*composite, findings);
  }
  verify_declared_facts(problem, findings);
  return findings;
}

}  // namespace optbed::verification
