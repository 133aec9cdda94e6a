// Levenberg-Marquardt on NIST's regressions, by the number of certified digits that it finds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed::solvers_nist_test {
namespace {

// The log relative error of the worst parameter, -log10 |b - b*| / |b*| (McCullough 1998), where b* is the
// minimiser nearest to b, of which 11 digits are certified.
double log_relative_error(const Problem& problem, const Vector& b) {
  double most = -std::numeric_limits<double>::infinity();
  for (const Fact<Vector>& minimiser : problem.facts().minimisers) {
    const double error = (b - minimiser.value).cwiseQuotient(minimiser.value).cwiseAbs().maxCoeff();
    most = std::max(most, -std::log10(std::max(error, 1e-11)));
  }
  return most;
}

// The problems of NIST's lower level of difficulty, from the start that is farther away.
TEST(LevenbergMarquardt, FindsSixCertifiedDigitsOfNistsEasyRegressions) {
  for (const char* name : {"nist_misra1a", "nist_misra1b", "nist_chwirut1", "nist_chwirut2", "nist_lanczos3",
                           "nist_gauss1", "nist_gauss2", "nist_danwood"}) {
    const auto problem = all_problems().make(name);
    const auto solver = all_solvers().make("levenberg_marquardt");
    const Result result =
        minimize(*problem, *solver, {.limits = {.max_iterations = 1000, .gradient_tolerance = 0}});
    EXPECT_GE(log_relative_error(*problem, result.x), 6) << name << ": " << to_string(result.stop);
  }
}

}  // namespace
}  // namespace optbed::solvers_nist_test
