// Gauss-Newton, Levenberg and Levenberg-Marquardt beside their references.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/least_squares.hpp"

namespace optbed {
namespace {

AgreementCases least_squares() {
  AgreementCases cases;
  for (const bool armijo : {false, true}) {
    cases.add("rosenbrock", fmt::format("gauss_newton:line_search={}", armijo ? "armijo" : "none"),
              [=]<class Real>(const reference::Objective<Real>& f) {
                return reference::GaussNewtonMethod<Real>(f, armijo);
              });
  }
  const std::vector<std::pair<std::string, reference::DampingSchedule>> schedules = {
      {"", {}},
      {":damping=1", {.damping = 1}},
      {":damping=1,increase=2,decrease=3", {.damping = 1, .increase = 2, .decrease = 3}},
      {":schedule=nielsen,damping=1e-3", {.nielsen = true, .damping = 1e-3}},
      {":schedule=nielsen,damping=1", {.nielsen = true, .damping = 1}}};
  for (const auto& [options, choice] : schedules) {
    const reference::DampingSchedule schedule = choice;
    cases.add("rosenbrock", "levenberg" + options, [=]<class Real>(const reference::Objective<Real>& f) {
      return reference::DampedGaussNewton<Real>(f, reference::Damping::identity, schedule);
    });
    cases.add("rosenbrock", "levenberg_marquardt" + options,
              [=]<class Real>(const reference::Objective<Real>& f) {
                return reference::DampedGaussNewton<Real>(f, reference::Damping::diagonal, schedule);
              });
  }
  return cases;
}

TEST(LeastSquaresAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : least_squares()) expect_same_path(c);
}

TEST(LeastSquaresAgreement, MakesEachStepOfItsReference) {
  for (const AgreementCase& c : least_squares()) expect_same_steps(c);
}

}  // namespace
}  // namespace optbed
