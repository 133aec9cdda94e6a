// Nonlinear conjugate gradients beside their reference.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/conjugate_gradients.hpp"

namespace optbed::nonlinear_cg_agreement_test {
namespace {

const std::vector<std::string> formulas = {"hager_zhang", "polak_ribiere_plus", "fletcher_reeves",
                                           "hestenes_stiefel", "dai_yuan"};

template <class Real>
reference::LineSearch<Real> line_search(const std::string& name) {
  return name == "exact" ? reference::exact_step<Real> : reference::armijo_step<Real>;
}

void add(AgreementCases& cases, const std::string& problem, const std::string& search,
         const reference::ConjugateGradientChoice& choice) {
  if (search == "exact" && problem == "rosenbrock") return;  // has no closed form there
  const std::string first_trial = choice.quadratic_step ? "quadratic_step" : "first_order_change";
  cases.add(problem,
            fmt::format("nonlinear_cg:line_search={},formula={},restart={},first_trial={}", search,
                        choice.formula, choice.restart, first_trial),
            [=]<class Real>(const reference::Objective<Real>& f) {
              return reference::NonlinearConjugateGradients<Real>(f, line_search<Real>(search), choice);
            });
}

// Every formula; every restart and both first trials with one formula. The searches by Wolfe's conditions have
// tests of their own.
AgreementCases nonlinear_cg() {
  AgreementCases cases;
  for (const std::string& problem : agreement_problems) {
    for (const std::string search : {"armijo", "exact"}) {
      for (const std::string& formula : formulas) add(cases, problem, search, {formula, "none", false});
      add(cases, problem, search, {"polak_ribiere_plus", "powell", false});
      add(cases, problem, search, {"polak_ribiere_plus", "periodic", false});
    }
    add(cases, problem, "armijo", {"polak_ribiere_plus", "none", true});
  }
  return cases;
}

// Conjugate gradients past their end, and with inexact steps, make directions of what rounding has left: the
// recurrence loses conjugacy as Lanczos' does. The parabola of quadratic_step takes the difference of two
// values a tenth of a step apart. As the direction is carried from step to step, no step can be compared alone.
const std::vector<Amplifier> amplifiers = {
    {"nonlinear_cg:line_search=armijo,formula=hager_zhang,restart=none,first_trial=first_order_change",
     "quadratic:eigenvalues=1;3", 11},
    {"nonlinear_cg:line_search=armijo,formula=fletcher_reeves,restart=none,first_trial=first_order_change",
     "quadratic:eigenvalues=1;3", 13},
    {"nonlinear_cg:line_search=armijo,formula=hestenes_stiefel,restart=none,first_trial=first_order_change",
     "quadratic:eigenvalues=1;3", 22},
    {"nonlinear_cg:line_search=armijo,formula=dai_yuan,restart=none,first_trial=first_order_change",
     "quadratic:eigenvalues=1;3", 12},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=powell,first_trial=first_order_change",
     "quadratic:eigenvalues=1;3", 13},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=periodic,first_trial=first_order_"
     "change",
     "quadratic:eigenvalues=1;3", 10},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=none,first_trial=quadratic_step",
     "quadratic:eigenvalues=1;3", 1},
    {"nonlinear_cg:line_search=armijo,formula=hager_zhang,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 22},
    {"nonlinear_cg:line_search=armijo,formula=hestenes_stiefel,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 30},
    {"nonlinear_cg:line_search=armijo,formula=dai_yuan,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 18},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=powell,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 16},
    {"nonlinear_cg:line_search=exact,formula=hager_zhang,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 5},
    {"nonlinear_cg:line_search=exact,formula=polak_ribiere_plus,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 6},
    {"nonlinear_cg:line_search=exact,formula=fletcher_reeves,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 6},
    {"nonlinear_cg:line_search=exact,formula=hestenes_stiefel,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 6},
    {"nonlinear_cg:line_search=exact,formula=dai_yuan,restart=none,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 7},
    {"nonlinear_cg:line_search=exact,formula=polak_ribiere_plus,restart=powell,first_trial=first_order_change",
     "quadratic:n=10,kappa=100", 6},
    {"nonlinear_cg:line_search=exact,formula=polak_ribiere_plus,restart=periodic,first_trial=first_order_"
     "change",
     "quadratic:n=10,kappa=100", 6},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=none,first_trial=quadratic_step",
     "quadratic:n=10,kappa=100", 1},
    {"nonlinear_cg:line_search=armijo,formula=hager_zhang,restart=none,first_trial=first_order_change",
     "quadratic:n=2,kappa=10,angle=30", 12},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=none,first_trial=first_order_change",
     "quadratic:n=2,kappa=10,angle=30", 7},
    {"nonlinear_cg:line_search=armijo,formula=fletcher_reeves,restart=none,first_trial=first_order_change",
     "quadratic:n=2,kappa=10,angle=30", 10},
    {"nonlinear_cg:line_search=armijo,formula=hestenes_stiefel,restart=none,first_trial=first_order_change",
     "quadratic:n=2,kappa=10,angle=30", 13},
    {"nonlinear_cg:line_search=armijo,formula=dai_yuan,restart=none,first_trial=first_order_change",
     "quadratic:n=2,kappa=10,angle=30", 11},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=powell,first_trial=first_order_change",
     "quadratic:n=2,kappa=10,angle=30", 8},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=periodic,first_trial=first_order_"
     "change",
     "quadratic:n=2,kappa=10,angle=30", 8},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=none,first_trial=quadratic_step",
     "quadratic:n=2,kappa=10,angle=30", 1},
    {"nonlinear_cg:line_search=armijo,formula=hager_zhang,restart=none,first_trial=first_order_change",
     "rosenbrock", 22},
    {"nonlinear_cg:line_search=armijo,formula=fletcher_reeves,restart=none,first_trial=first_order_change",
     "rosenbrock", 10},
    {"nonlinear_cg:line_search=armijo,formula=hestenes_stiefel,restart=none,first_trial=first_order_change",
     "rosenbrock", 13},
    {"nonlinear_cg:line_search=armijo,formula=dai_yuan,restart=none,first_trial=first_order_change",
     "rosenbrock", 34},
    {"nonlinear_cg:line_search=armijo,formula=polak_ribiere_plus,restart=none,first_trial=quadratic_step",
     "rosenbrock", 2},
};

TEST(NonlinearCgAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : nonlinear_cg()) expect_same_path(c, amplifiers);
}

}  // namespace
}  // namespace optbed::nonlinear_cg_agreement_test
