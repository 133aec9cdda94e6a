// Iterative solvers of linear systems beside their references.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/linear_systems.hpp"

namespace optbed::linear_systems_agreement_test {
namespace {

AgreementCases iterative_solvers() {
  AgreementCases cases;
  for (const std::string& problem : agreement_quadratics) {
    const auto add_relaxation = [&](const std::string& solver, auto order, double omega) {
      cases.add(problem, solver, [=]<class Real>(const reference::Objective<Real>& f) {
        using Relaxation = reference::Relaxation<Real>;
        return Relaxation(f, static_cast<typename Relaxation::Order>(order), Real(omega));
      });
    };
    using Order = reference::Relaxation<double>::Order;
    add_relaxation("jacobi:omega=0.7", Order::simultaneous, 0.7);
    add_relaxation("gauss_seidel", Order::forward, 1);
    add_relaxation("gauss_seidel:symmetric=true", Order::forward_and_back, 1);
    add_relaxation("sor:omega=1.4", Order::forward, 1.4);
    add_relaxation("sor:omega=0.6,symmetric=true", Order::forward_and_back, 0.6);
    const double eta = agreement_learning_rate(problem);
    cases.add(problem, fmt::format("richardson:learning_rate={}", eta),
              [=]<class Real>(const reference::Objective<Real>& f) {
                return reference::Richardson<Real>(f, Real(eta));
              });
    cases.add(problem, "richardson", []<class Real>(const reference::Objective<Real>& f) {
      return reference::Richardson<Real>(f, 2 / (f.mu + f.lipschitz));
    });
    cases.add(problem, "chebyshev", []<class Real>(const reference::Objective<Real>& f) {
      return reference::ChebyshevSemiIteration<Real>(f);
    });
    cases.add(problem, "cg", []<class Real>(const reference::Objective<Real>& f) {
      return reference::ConjugateGradients<Real>(f);
    });
  }
  return cases;
}

// Conjugate directions lose their conjugacy as the first eigenvalues are resolved (Paige 1971).
const std::vector<Amplifier> amplifiers = {{"cg", "quadratic:n=10,kappa=100", 5}};

TEST(LinearSystemsAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : iterative_solvers()) expect_same_path(c, amplifiers);
}

}  // namespace
}  // namespace optbed::linear_systems_agreement_test
