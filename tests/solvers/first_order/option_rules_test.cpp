// What the first-order methods say of options that do not go together: each names the options, and what they
// need.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "problems/errors.hpp"
#include "solvers/registry.hpp"

namespace optbed::option_rules_test {
namespace {

// What the registry says of a solver that it refuses; empty where it makes it.
std::string refusal(const std::string& solver) {
  try {
    all_solvers().make(solver);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

struct Refused {
  std::string solver;
  std::string reason;
};

void expect_refusals(const std::vector<Refused>& cases) {
  for (const auto& [solver, reason] : cases) {
    const std::string said = refusal(solver);
    EXPECT_NE(said.find(reason), std::string::npos) << solver << ": " << said;
  }
}

TEST(Schedule, RefusesOptionsOfAnotherSchedule) {
  expect_refusals({{"gradient_descent:decay=0.1", "'decay' needs schedule=exponential, step, cyclic or"},
                   {"adam:schedule=cosine,decay=0.1", "'decay' needs schedule=exponential, step, cyclic or"},
                   {"gradient_descent:period=10", "'period' needs schedule=cosine or cyclic"},
                   {"momentum:schedule=cosine,patience=3", "'patience' needs schedule=step"}});
}

// Robbins & Monro 1951 need sum eta_k = infinity and sum eta_k^2 < infinity: 1/2 < decay <= 1.
TEST(Schedule, HoldsDecayToTheDomainOfItsKind) {
  expect_refusals({{"gradient_descent:schedule=robbins_monro,decay=0.5", "'decay' = 0.5 is not in (0.5, 1]"},
                   {"gradient_descent:schedule=robbins_monro,decay=1.25", "'decay' = 1.25 is not in (0.5, 1]"},
                   {"gradient_descent:schedule=step,decay=1", "'decay' = 1 is not in (0, 1)"},
                   {"gradient_descent:schedule=cyclic,decay=1.5", "'decay' = 1.5 is not in (0, 1)"}});
  for (const std::string allowed : {"robbins_monro,decay=1", "robbins_monro,decay=0.51", "step,decay=0.99",
                                    "cyclic,decay=0.01", "exponential,decay=3"}) {
    EXPECT_EQ(refusal("gradient_descent:schedule=" + allowed), "");
  }
}

TEST(BatchesOnDemand, NeedASizeToBeMadeInAnyWay) {
  expect_refusals({{"gradient_descent:sampling=sequential", "'sampling' needs 'batch_size'"},
                   {"adam:reduction=sum", "'reduction' needs 'batch_size'"}});
  EXPECT_EQ(refusal("sgd:sampling=sequential,reduction=sum"), "");  // its size is 1 where none is given
}

TEST(GradientDescent, RefusesOptionsOfAnotherStep) {
  expect_refusals(
      {{"gradient_descent:step=exact,learning_rate=0.1", "'learning_rate' needs step=fixed"},
       {"gradient_descent:lipschitz=2", "'lipschitz' needs step=inverse_lipschitz, optimal or silver"},
       {"gradient_descent:step=inverse_lipschitz,mu=1", "'mu' needs step=optimal"},
       {"gradient_descent:polyak_factor=2", "'polyak_factor' needs step=polyak"},
       {"gradient_descent:step=armijo,schedule=linear", "need a step without a line search"},
       {"gradient_descent:step=strong_wolfe,warmup=3", "need a step without a line search"},
       {"gradient_descent:step=polyak,batch_size=2", "'batch_size' needs step=fixed"},
       {"coordinate_descent:lipschitz=2", "'lipschitz' needs step=inverse_lipschitz"}});
}

TEST(Momentum, IsTunedEitherByHandOrByItsConstants) {
  expect_refusals(
      {{"momentum:tuning=optimal,learning_rate=0.1", "'learning_rate' and 'tuning=optimal' exclude each other"},
       {"momentum:tuning=optimal,momentum=0.5", "'momentum' and 'tuning=optimal' exclude each other"},
       {"momentum:mu=1", "'mu' needs tuning=optimal"},
       {"momentum:lipschitz=1", "'lipschitz' needs tuning=optimal"}});
}

TEST(Nesterov, TakesOnlyTheOptionsOfItsSequence) {
  expect_refusals({{"nesterov:sequence=strongly_convex,learning_rate=0.1",
                    "'learning_rate' needs sequence=constant or fista"},
                   {"nesterov:sequence=fista,momentum=0.5", "'momentum' needs sequence=constant"},
                   {"nesterov:sequence=fista,mu=1", "'mu' needs sequence=strongly_convex or quadratic_optimal"},
                   {"nesterov:lipschitz=1", "'lipschitz' and 'sequence=constant' exclude each other"},
                   {"nesterov:sequence=fista,lipschitz=1,learning_rate=1",
                    "'lipschitz' and 'learning_rate' exclude each other"}});
}

TEST(AdaptiveMethods, RefuseOptionsOfAnotherVariant) {
  expect_refusals(
      {{"adam:epsilon_form=hat,bias_correction=false", "'epsilon_form=hat' and 'bias_correction=false'"},
       {"nadam:psi=0.01", "'psi' needs variant=dozat"},
       {"quickprop:growth_limit=2", "'growth_limit' needs variant=fahlman"},
       {"quickprop:variant=fahlman,sign=reversed", "'sign' needs variant=secant"}});
}

TEST(Rprop, RefusesStepSizesOutOfOrder) {
  expect_refusals({{"rprop:min_step=60", "'min_step' = 60 is above 'max_step' = 50"},
                   {"rprop:initial_step=60", "'initial_step' = 60 is above 'max_step' = 50"},
                   {"rprop:min_step=0.2", "'initial_step' = 0.1 is below 'min_step' = 0.2"}});
  EXPECT_EQ(refusal("rprop:initial_step=50"), "");
  EXPECT_EQ(refusal("rprop:min_step=0.1,max_step=0.1"), "");
}

}  // namespace
}  // namespace optbed::option_rules_test
