// The methods that treat each variable by itself beside their references.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/solvers/agreement.hpp"
#include "tests/solvers/reference/adaptive.hpp"

namespace optbed::adaptive_agreement_test {
namespace {

struct Scheduled {
  std::string options;
  reference::ScheduleChoice choice;
};

const std::vector<Scheduled> schedules = {
    {"", {}},
    {",schedule=linear", {.kind = "linear"}},
    {",schedule=cosine,period=30,warmup=5", {.kind = "cosine", .period = 30, .warmup = 5}}};

// make_rule.operator()<Real>() is the rule of the method that `solver` names, with eta for its learning rate;
// with every schedule, on every problem.
template <class MakeRule>
void add(AgreementCases& cases, const std::string& solver, double eta, MakeRule make_rule) {
  for (const std::string& problem : agreement_problems) {
    for (const auto& [options, schedule] : schedules) {
      const reference::ScheduleChoice choice = schedule;
      cases.add(problem, fmt::format("{},learning_rate={}{}", solver, eta, options),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::ElementWise<Real>(f, Real(eta), choice,
                                                      make_rule.template operator()<Real>());
                });
    }
  }
}

void expect_agreement(const AgreementCases& cases) {
  for (const AgreementCase& c : cases) {
    expect_same_path(c);
    expect_same_steps(c);
  }
}

TEST(AdagradAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  add(cases, "adagrad:epsilon=1e-10", 0.3, []<class Real>() { return reference::adagrad<Real>(1e-10, false); });
  add(cases, "adagrad:epsilon=0.01,epsilon_placement=inside", 0.3,
      []<class Real>() { return reference::adagrad<Real>(Real(0.01), true); });
  expect_agreement(cases);
}

TEST(RmspropAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  add(cases, "rmsprop:epsilon=1e-8", 0.02,
      []<class Real>() { return reference::rmsprop<Real>(Real(0.9), Real(1e-8), false); });
  add(cases, "rmsprop:rho=0.5,epsilon=0.01,epsilon_placement=inside", 0.02,
      []<class Real>() { return reference::rmsprop<Real>(Real(0.5), Real(0.01), true); });
  expect_agreement(cases);
}

TEST(AdadeltaAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  add(cases, "adadelta:variant=zeiler", 1,
      []<class Real>() { return reference::adadelta<Real>(Real(0.95), Real(1e-6), false); });
  add(cases, "adadelta:variant=weights,rho=0.9,epsilon=1e-8", 0.01,
      []<class Real>() { return reference::adadelta<Real>(Real(0.9), Real(1e-8), true); });
  expect_agreement(cases);
}

TEST(AdamAgreement, RunsBesideItsReferenceForFiftyIterations) {
  using reference::AdamForm;
  AgreementCases cases;
  const auto with = [](double b1, double b2, double e, AdamForm form) {
    return [=]<class Real>() { return reference::adam<Real>(Real(b1), Real(b2), Real(e), form); };
  };
  add(cases, "adam:beta1=0.9", 0.05, with(0.9, 0.999, 1e-8, AdamForm::plain));
  add(cases, "adam:epsilon=0", 0.05, with(0.9, 0.999, 0, AdamForm::plain));
  add(cases, "adam:epsilon_form=hat,epsilon=1e-4", 0.05, with(0.9, 0.999, 1e-4, AdamForm::hat));
  add(cases, "adam:bias_correction=false", 0.01, with(0.9, 0.999, 1e-8, AdamForm::uncorrected));
  add(cases, "adam:beta1=0.5,beta2=0.9,epsilon=1e-3", 0.05, with(0.5, 0.9, 1e-3, AdamForm::plain));
  expect_agreement(cases);
}

TEST(AdamaxAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  for (const double e : {1e-8, 0.0}) {
    add(cases, fmt::format("adamax:epsilon={}", e), 0.05,
        [=]<class Real>() { return reference::adamax<Real>(Real(0.9), Real(0.999), Real(e)); });
  }
  expect_agreement(cases);
}

TEST(NadamAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  add(cases, "nadam:variant=ruder", 0.05,
      []<class Real>() { return reference::nadam<Real>(Real(0.9), Real(0.999), Real(1e-8), 0); });
  add(cases, "nadam:variant=dozat", 0.05,
      []<class Real>() { return reference::nadam<Real>(Real(0.9), Real(0.999), Real(1e-8), Real(0.004)); });
  add(cases, "nadam:variant=dozat,psi=0.5,beta1=0.8", 0.05,
      []<class Real>() { return reference::nadam<Real>(Real(0.8), Real(0.999), Real(1e-8), Real(0.5)); });
  expect_agreement(cases);
}

TEST(AmsgradAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  for (const bool corrected : {true, false}) {
    add(cases, fmt::format("amsgrad:beta2=0.9,bias_correction={}", corrected), 0.03,
        [=]<class Real>() { return reference::amsgrad<Real>(Real(0.9), Real(0.9), Real(1e-8), corrected); });
  }
  expect_agreement(cases);
}

TEST(RpropAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  const std::vector<std::pair<std::string, reference::RpropSteps>> all_steps = {
      {"", {}},
      {",increase=1.5,decrease=0.3,initial_step=0.01,max_step=0.2,min_step=0.001",
       {1.5, 0.3, 0.01, 0.2, 0.001}}};
  for (const std::string& problem : agreement_problems) {
    for (const auto& [options, chosen] : all_steps) {
      const reference::RpropSteps steps = chosen;
      for (const bool returns : {false, true}) {
        cases.add(problem, fmt::format("rprop:variant={}{}", returns ? "rprop_plus" : "irprop_minus", options),
                  [=]<class Real>(const reference::Objective<Real>& f) {
                    return reference::ElementWise<Real>(f, Real(1), {}, reference::rprop<Real>(steps, returns));
                  });
      }
      for (const bool signed_caps : {false, true}) {
        cases.add(problem, fmt::format("rprop:variant=lecture{}{}", signed_caps ? "_signed_caps" : "", options),
                  [=]<class Real>(const reference::Objective<Real>& f) {
                    return reference::RpropWithRetreats<Real>(f, steps, signed_caps);
                  });
      }
    }
  }
  expect_agreement(cases);
}

TEST(QuickpropAgreement, RunsBesideItsReferenceForFiftyIterations) {
  AgreementCases cases;
  for (const std::string& problem : agreement_problems) {
    const double eta = agreement_learning_rate(problem) / 2;
    for (const bool reversed : {false, true}) {
      cases.add(
          problem, fmt::format("quickprop:sign={},learning_rate={}", reversed ? "reversed" : "descent", eta),
          [=]<class Real>(const reference::Objective<Real>& f) {
            return reference::ElementWise<Real>(f, Real(eta), {}, reference::quickprop_secant<Real>(reversed));
          });
    }
    for (const double limit : {1.75, 1.1}) {
      cases.add(problem, fmt::format("quickprop:variant=fahlman,growth_limit={},learning_rate={}", limit, eta),
                [=]<class Real>(const reference::Objective<Real>& f) {
                  return reference::ElementWise<Real>(f, Real(eta), {},
                                                      reference::quickprop_fahlman<Real>(Real(limit)));
                });
    }
  }
  expect_agreement(cases);
}

}  // namespace
}  // namespace optbed::adaptive_agreement_test
