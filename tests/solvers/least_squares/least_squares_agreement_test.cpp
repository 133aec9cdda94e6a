// Gauss-Newton, Levenberg, Levenberg-Marquardt and dogleg beside their references.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/least_squares.hpp"

namespace optbed::least_squares_agreement_test {
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
      {":schedule=nielsen,damping=1", {.nielsen = true, .damping = 1}},
      {":linear_solver=svd", {}},
      {":gradient_factor=2", {.gradient_factor = 2}},
      {":acceleration=geodesic", {.acceleration_limit = 0.75}},
      {":acceleration=geodesic,acceleration_limit=0.3,damping=1e-4",
       {.damping = 1e-4, .acceleration_limit = 0.3}}};
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
  for (const std::string linear_solver : {"qr", "svd"}) {
    const std::string options = ":schedule=minpack,linear_solver=" + linear_solver;
    cases.add("rosenbrock", "levenberg" + options, []<class Real>(const reference::Objective<Real>& f) {
      return reference::MinpackMethod<Real>(f, reference::RegionScale::none);
    });
    cases.add("rosenbrock", "levenberg_marquardt" + options,
              []<class Real>(const reference::Objective<Real>& f) {
                return reference::MinpackMethod<Real>(f, reference::RegionScale::greatest_columns);
              });
  }
  for (const double radius : {1.0, 0.1, 10.0}) {
    cases.add("rosenbrock", fmt::format("dogleg:initial_radius={}", radius),
              [=]<class Real>(const reference::Objective<Real>& f) {
                return reference::DoglegMethod<Real>(f, Real(radius));
              });
  }
  return cases;
}

// Geodesic acceleration divides the rounding of the residuals by h^2/2 = 1/200. MINPACK's lambda carries the
// rounding of |D d| - radius. Both pass by x_2 = 0, where the tolerance is small. The normal equations
// (linear_solver = cholesky) square the condition number, 2500 here, so they are held to their own bound
// elsewhere.
const std::vector<Amplifier> amplifiers = {
    {"levenberg:acceleration=geodesic", "rosenbrock", 9},
    {"levenberg_marquardt:acceleration=geodesic,acceleration_limit=0.3,damping=1e-4", "rosenbrock", 23},
    {"levenberg_marquardt:schedule=minpack,linear_solver=qr", "rosenbrock", 10},
};

TEST(LeastSquaresAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : least_squares()) expect_same_path(c, amplifiers);
}

TEST(LeastSquaresAgreement, MakesEachStepOfItsReference) {
  for (const AgreementCase& c : least_squares()) expect_same_steps(c);
}

}  // namespace
}  // namespace optbed::least_squares_agreement_test
