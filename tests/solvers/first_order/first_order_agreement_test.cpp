// Gradient descent, coordinate descent and the accelerated methods beside their references.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/first_order.hpp"
#include "tests/solvers/reference/optimal_first_order.hpp"

namespace optbed::first_order_agreement_test {
namespace {

struct Scheduled {
  std::string options;
  reference::ScheduleChoice choice;
};

AgreementCases gradient_descent() {
  AgreementCases cases;
  const std::vector<Scheduled> schedules = {
      {"", {}},
      {",schedule=linear", {.kind = "linear"}},
      {",schedule=quadratic", {.kind = "quadratic"}},
      {",schedule=exponential", {.kind = "exponential", .decay = 0.01}},
      {",schedule=exponential,decay=0.3", {.kind = "exponential", .decay = 0.3}},
      {",schedule=step,patience=2,decay=0.5", {.kind = "step", .decay = 0.5, .patience = 2}},
      {",schedule=cosine,period=20", {.kind = "cosine", .period = 20}},
      {",schedule=cyclic,period=7,decay=0.2", {.kind = "cyclic", .decay = 0.2, .period = 7}},
      {",schedule=robbins_monro,decay=0.7", {.kind = "robbins_monro", .decay = 0.7}},
      {",warmup=8", {.warmup = 8}},
      {",schedule=linear,warmup=8", {.kind = "linear", .warmup = 8}},
  };
  for (const std::string& problem : agreement_problems) {
    for (const auto& [options, schedule] : schedules) {
      const reference::ScheduleChoice choice = schedule;
      // With twice the step f rises at first, which is what a step schedule answers to.
      const double eta = (choice.kind == "step" ? 2 : 1) * agreement_learning_rate(problem);
      cases.add(problem, fmt::format("gradient_descent:learning_rate={}{}", eta, options),
                [eta, choice]<class Real>(const reference::Objective<Real>& f) {
                  return reference::ScheduledDescent<Real>(f, Real(eta), choice);
                });
    }
    cases.add(problem, "gradient_descent:step=armijo", []<class Real>(const reference::Objective<Real>& f) {
      return reference::SearchedDescent<Real>(f, reference::armijo_step<Real>, reference::FirstTrial::one);
    });
    cases.add(problem, "gradient_descent:step=strong_wolfe",
              []<class Real>(const reference::Objective<Real>& f) {
                return reference::SearchedDescent<Real>(f, reference::strong_wolfe_step<Real>,
                                                        reference::FirstTrial::first_order_change);
              });
    cases.add(problem, "gradient_descent:step=polyak", []<class Real>(const reference::Objective<Real>& f) {
      return reference::PolyakDescent<Real>(f);
    });
  }
  for (const std::string& problem : agreement_quadratics) {
    cases.add(problem, "gradient_descent:step=inverse_lipschitz",
              []<class Real>(const reference::Objective<Real>& f) {
                return reference::ScheduledDescent<Real>(f, 1 / f.lipschitz, {});
              });
    cases.add(problem, "gradient_descent:step=optimal,schedule=linear",
              []<class Real>(const reference::Objective<Real>& f) {
                return reference::ScheduledDescent<Real>(f, 2 / (f.lipschitz + f.mu), {.kind = "linear"});
              });
    cases.add(problem, "gradient_descent:step=exact", []<class Real>(const reference::Objective<Real>& f) {
      return reference::SearchedDescent<Real>(f, reference::exact_step<Real>, reference::FirstTrial::one);
    });
    cases.add(
        problem, "gradient_descent:step=barzilai_borwein",
        []<class Real>(const reference::Objective<Real>& f) { return reference::BarzilaiBorwein<Real>(f); });
  }
  cases.add("rosenbrock", "gradient_descent:step=exact", []<class Real>(const reference::Objective<Real>& f) {
    return reference::SearchedDescent<Real>(f, reference::bisected_step<Real>,
                                            reference::FirstTrial::first_order_change);
  });
  cases.add("rosenbrock", "gradient_descent:step=barzilai_borwein",
            []<class Real>(const reference::Objective<Real>& f) {
              return reference::BarzilaiBorwein<Real>(f, reference::bisected_step<Real>);
            });
  return cases;
}

AgreementCases momentum() {
  AgreementCases cases;
  for (const std::string& problem : agreement_problems) {
    const double eta = agreement_learning_rate(problem) / 2;
    for (const std::string form : {"velocity", "outside", "average"}) {
      for (const auto& [options, schedule] : std::vector<Scheduled>{
               {"", {}},
               {",schedule=exponential,decay=0.1", {.kind = "exponential", .decay = 0.1}},
               {",schedule=cosine,period=30,warmup=5", {.kind = "cosine", .period = 30, .warmup = 5}}}) {
        const reference::ScheduleChoice choice = schedule;
        cases.add(problem, fmt::format("momentum:form={},learning_rate={},momentum=0.8{}", form, eta, options),
                  [=]<class Real>(const reference::Objective<Real>& f) {
                    return reference::HeavyBall<Real>(f, form, Real(eta), Real(0.8), choice);
                  });
      }
    }
  }
  for (const std::string& problem : agreement_quadratics) {
    cases.add(problem, "momentum:tuning=optimal", []<class Real>(const reference::Objective<Real>& f) {
      const auto [alpha, beta] = reference::optimal_heavy_ball<Real>(f.mu, f.lipschitz);
      return reference::HeavyBall<Real>(f, "velocity", alpha, beta, {});
    });
  }
  return cases;
}

AgreementCases nesterov() {
  AgreementCases cases;
  const std::vector<std::pair<std::string, reference::NesterovPoints>> iterates = {
      {"main", reference::NesterovPoints::main}, {"lookahead", reference::NesterovPoints::lookahead}};
  for (const auto& [iterate, points] : iterates) {
    const auto reported = points;
    for (const std::string& problem : agreement_problems) {
      const double eta = agreement_learning_rate(problem) / 2;
      cases.add(problem,
                fmt::format("nesterov:iterate={},learning_rate={},momentum=0.8,schedule=linear", iterate, eta),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::NesterovMethod<Real>(f, Real(eta), Real(0.8), reported, {.kind = "linear"});
                });
      cases.add(problem, fmt::format("nesterov:iterate={},learning_rate={}", iterate, eta),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::NesterovMethod<Real>(f, Real(eta), Real(0.9), reported, {});
                });
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=fista,learning_rate={}", iterate, eta),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::NesterovMethod<Real>(f, Real(eta), Real(-1), reported, {});
                });
    }
    for (const std::string& problem : agreement_quadratics) {
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=fista", iterate),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::NesterovMethod<Real>(f, 1 / f.lipschitz, Real(-1), reported, {});
                });
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=strongly_convex", iterate),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  const Real root = std::sqrt(f.lipschitz / f.mu);
                  return reference::NesterovMethod<Real>(f, 1 / f.lipschitz, (root - 1) / (root + 1), reported,
                                                         {});
                });
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=quadratic_optimal", iterate),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  const Real root = std::sqrt(3 * f.lipschitz / f.mu + 1);
                  return reference::NesterovMethod<Real>(f, 4 / (3 * f.lipschitz + f.mu),
                                                         (root - 2) / (root + 2), reported, {});
                });
    }
  }
  return cases;
}

// Those that are made from mu and L.
AgreementCases optimal_methods() {
  AgreementCases cases;
  for (const std::string& problem : agreement_quadratics) {
    for (const auto& [options, schedule] : std::vector<Scheduled>{
             {"", {}}, {",schedule=exponential,decay=0.1", {.kind = "exponential", .decay = 0.1}}}) {
      const reference::ScheduleChoice choice = schedule;
      for (const bool reports_final : {true, false}) {
        cases.add(problem,
                  fmt::format("optimized_gradient:iterate={}{}", reports_final ? "final" : "ongoing", options),
                  [=]<class Real>(const reference::Objective<Real>& f) {
                    return reference::OptimizedGradientMethod<Real>(f, reports_final, choice);
                  });
      }
      cases.add(problem, "triple_momentum" + (options.empty() ? options : ":" + options.substr(1)),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::TripleMomentumMethod<Real>(f, choice);
                });
      cases.add(problem, "gradient_descent:step=silver" + options,
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::SilverDescent<Real>(f, choice);
                });
    }
    for (const bool greedy : {false, true}) {
      for (const bool exact : {false, true}) {
        cases.add(problem,
                  fmt::format("coordinate_descent:order={},step={}", greedy ? "greedy" : "cyclic",
                              exact ? "exact" : "inverse_lipschitz"),
                  [=]<class Real>(const reference::Objective<Real>& f) {
                    return reference::CoordinateWise<Real>(
                        f, greedy ? reference::Order::greedy : reference::Order::cyclic, exact);
                  });
      }
    }
  }
  return cases;
}

// A gradient step multiplies an error along curvature lambda by |1 - alpha lambda|. These rules take steps with
// alpha L above 2 (up to kappa for Barzilai and Borwein, kappa/2 for Polyak) and pay for them later. What is
// measured of x_k in long double when x_0 changes by 1e-15: the relative change grows 6e10-fold in 30
// iterations of strong_wolfe and 1e10-fold in 40 of polyak on the quadratic, and on Rosenbrock 3e5-fold in 20
// of polyak, 7e5-fold in 32 of barzilai_borwein and 40-fold in 50 of exact.
const std::vector<Amplifier> amplifiers = {
    {"gradient_descent:step=strong_wolfe", "quadratic:n=10,kappa=100", 30},
    {"gradient_descent:step=strong_wolfe", "rosenbrock", 6},
    {"gradient_descent:step=polyak", "quadratic:n=10,kappa=100", 28},
    {"gradient_descent:step=polyak", "rosenbrock", 20},
    {"gradient_descent:step=barzilai_borwein", "quadratic:n=10,kappa=100", 42},
    {"gradient_descent:step=barzilai_borwein", "rosenbrock", 2},
    {"gradient_descent:step=exact", "rosenbrock", 16},
};

TEST(GradientDescentAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : gradient_descent()) expect_same_path(c, amplifiers);
}

TEST(GradientDescentAgreement, MakesEachStepOfItsReference) {
  for (const AgreementCase& c : gradient_descent()) expect_same_steps(c);
}

TEST(MomentumAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : momentum()) expect_same_path(c);
}

TEST(MomentumAgreement, MakesEachStepOfItsReference) {
  for (const AgreementCase& c : momentum()) expect_same_steps(c);
}

TEST(NesterovAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : nesterov()) expect_same_path(c);
}

TEST(NesterovAgreement, MakesEachStepOfItsReference) {
  for (const AgreementCase& c : nesterov()) expect_same_steps(c);
}

TEST(OptimalMethodsAgreement, RunsBesideItsReferenceForFiftyIterations) {
  for (const AgreementCase& c : optimal_methods()) expect_same_path(c);
}

TEST(OptimalMethodsAgreement, MakesEachStepOfItsReference) {
  for (const AgreementCase& c : optimal_methods()) expect_same_steps(c);
}

}  // namespace
}  // namespace optbed::first_order_agreement_test
