// Update rules that are wrong as the lectures print them, beside the right ones.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"

namespace optbed {
namespace {

constexpr const char* unit_bowl = "quadratic:eigenvalues=1";  // w^2/2

void product_of_two_gradients(Measurement& measured) {
  const std::string rmsprop = "rmsprop:learning_rate=0.5,rho=0.1";
  const Result printed = traced_run(unit_bowl, rmsprop + ",square=previous_product", 100);
  measured.is_true("with g_{k-1} g_k the iterate becomes NaN", printed.stop == StopReason::non_finite);
  const std::vector<double> x = coordinate(printed, 0);
  measured.at_most("product of the last two gradients before it", x.at(x.size() - 2) * x.back(), 0);
  const Result right = traced_run(unit_bowl, rmsprop, 100);
  measured.equals("iterations that the rule with g_k^2 goes on", static_cast<double>(right.iterations), 100, 0);
  measured.equals("where it ends, an orbit of +-eta/2", std::abs(right.x[0]), 0.25, 1e-6);
}

void reversed_secant(Measurement& measured) {
  const std::string quickprop = "quickprop:learning_rate=0.1";
  const std::vector<double> printed = coordinate(traced_run(unit_bowl, quickprop + ",sign=reversed", 2), 0);
  measured.equals("w_1 on w^2/2 from 1", printed[1], 0.9, 1e-15);
  measured.equals("w_2 by the boxed rule", printed[2], 1.8, 1e-14);
  measured.equals("w_2 by the secant", coordinate(traced_run(unit_bowl, quickprop, 2), 0)[2], 0, 1e-15);
}

// The minimiser of the four points is (3.5, 1.4), f there 4.2.
void twice_the_gauss_newton_step(Measurement& measured) {
  const Vector x0{{1, -2}};
  const Result printed = traced_run("linear_regression", "gauss_newton:gradient_factor=2", 2, x0);
  measured.equals("distance of x_1 from 2 x* - x_0", (printed.trace.iterate(1) - Vector{{6, 4.8}}).norm(), 0,
                  1e-12);
  const std::vector<double>& f = printed.trace.column("value");
  measured.equals("f_1/f_0", f[1] / f[0], 1, 1e-13);
  measured.equals("distance of x_2 from x_0", (printed.x - x0).norm(), 0, 1e-12);
  measured.equals("f after one step with J'J d = -J'r",
                  traced_run("linear_regression", "gauss_newton", 1, x0).value, 4.2, 1e-12);
}

void caps_on_signed_steps(Measurement& measured) {
  const Vector left = Vector::Constant(1, -1);
  const Vector right = Vector::Constant(1, 1);
  const std::string printed = "rprop:variant=lecture_signed_caps";
  measured.at_most("w after 100 steps on w^2/2 from -1", traced_run(unit_bowl, printed, 100, left).x[0], -100);
  measured.at_most("|w| after 100 steps from 1", std::abs(traced_run(unit_bowl, printed, 100, right).x[0]),
                   1e-6);
  measured.at_most("|w| after 100 steps from -1 with caps on the size of the step",
                   std::abs(traced_run(unit_bowl, "rprop:variant=lecture", 100, left).x[0]), 1e-6);
  measured.equals(
      "w after a step that would have ended at 0 exactly, from 0.5",
      traced_run(unit_bowl, "rprop:variant=lecture,initial_step=0.5", 1, Vector::Constant(1, 0.5)).x[0], 0.5,
      0);
  // 200 (x_2 - x_1^2) = 0 at (-1, 1).
  const Vector level{{-1, 1}};
  const Result still = traced_run("rosenbrock", "rprop:variant=lecture", 100, level);
  measured.equals("way of a variable whose first derivative is 0, in 100 steps",
                  largest_difference(coordinate(still, 1), std::vector<double>(still.trace.rows(), 1.0)), 0, 0);
  measured.at_least("the same for iRprop-", std::abs(traced_run("rosenbrock", "rprop", 2, level).x[1] - 1),
                    0.05);
}

void deadlock(Measurement& measured) {
  const Result printed = traced_run("rosenbrock", "rprop:variant=lecture", 10'000);
  measured.equals("f on Rosenbrock's function where nothing moves any more", printed.value, 4.25534, 5e-6);
  measured.equals("largest derivative there", printed.gradient_norm, 1.94, 5e-3);
  measured.is_true("the run has stalled", printed.stop == StopReason::stalled);
  measured.at_most("f after 10000 steps of iRprop-", traced_run("rosenbrock", "rprop", 10'000).value, 1e-5);
  const double half_root = std::sqrt(0.5);
  const Result turned = traced_run("quadratic:kappa=100,angle=45", "rprop:variant=lecture", 1000,
                                   Vector{{half_root * 0.3, half_root * 1.7}});
  measured.at_least("largest derivative where it stops on a quadratic turned by 45 degrees",
                    turned.gradient_norm, 1);
}

// The first k with x_k >= half.
double steps_to(const Result& run, double half) {
  const std::vector<double> x = coordinate(run, 0);
  const auto there = std::find_if(x.begin(), x.end(), [&](double value) { return value >= half; });
  return there == x.end() ? -1 : static_cast<double>(there - x.begin());
}

void steps_by_the_weights(Measurement& measured) {
  const auto run = [](const std::string& problem, double start, const std::string& epsilon) {
    return traced_run(problem, "adadelta:variant=weights,learning_rate=0.1,rho=0.9,epsilon=" + epsilon, 300,
                      Vector::Constant(1, start));
  };
  const std::string at_one = "quadratic:eigenvalues=1,shift=1";
  measured.equals("steps half the way to 1 from 0", steps_to(run(at_one, 0, "1e-12"), 0.5), 199, 0);
  measured.equals("steps half the way to 1 from 0.1", steps_to(run(at_one, 0.1, "1e-12"), 0.5), 23, 0);
  const Result here = run(at_one, 0.1, "1e-12");
  const Result elsewhere = run("quadratic:eigenvalues=1,shift=11", 10.1, "1e-12");
  measured.at_least("what a translation by 10 changes in x_1",
                    std::abs(elsewhere.trace.iterate(1)[0] - 10 - here.trace.iterate(1)[0]), 0.9);
  // Twice the unit, and a curvature of a quarter with it.
  const std::vector<double> wholes = coordinate(run(at_one, 0.1, "1e-300"), 0);
  std::vector<double> halves = coordinate(run("quadratic:eigenvalues=0.25,shift=2", 0.2, "1e-300"), 0);
  for (double& x : halves) x /= 2;
  measured.equals("what another unit changes", largest_difference(wholes, halves), 0, 1e-12);
  const std::string weights = "adadelta:variant=weights";
  const double half_root = std::sqrt(0.5);
  const std::vector<double> straight =
      traced_run("quadratic:kappa=100", weights, 50, Vector{{1, 0.7}}).trace.column("value");
  const std::vector<double> turned =
      traced_run("quadratic:kappa=100,angle=45", weights, 50, Vector{{half_root * 0.3, half_root * 1.7}})
          .trace.column("value");
  measured.at_least("what a rotation by 45 degrees changes in f over f_0",
                    largest_difference(straight, turned) / straight[0], 1e-3);
}

}  // namespace

std::vector<Claim> misprint_claims() {
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, ";
  return {
      {"53", "RMSProp with the previous gradient",
       "RMSProp averages squares of gradients; with the product of two successive ones the average turns "
       "negative where the gradient changes its sign.",
       "s = rho s + (1 - rho) g_{t-1} g_t.", "Dillhoff, Optimization for Deep Learning",
       product_of_two_gradients},
      {"54", "Quickprop's sign", "The secant step solves a quadratic in one variable at once.",
       "The boxed rule w -= Delta with Delta = Delta_prev E'/(E' - E'_prev), which goes away from the minimum.",
       cmu + "slide 119", reversed_secant},
      {"55", "a factor of two",
       "J'J goes with J'r, and 2 J'J with the gradient 2 J'r of |r|^2: mixed up, the step without damping is "
       "twice the Gauss-Newton step and mirrors the start.",
       "(J'J + lambda I) d = -grad f beside 2 J'J d = -grad f, with grad f = 2 J'r in both.",
       "TU Munich I2DL, Scaling Optimization, slides 60-62", twice_the_gauss_newton_step},
      {"56", "Rprop's caps",
       "Bounds belong on the size of a step; on the step with its sign they turn negative steps round.",
       "Delta = min(a Delta, Delta_max) and max(b Delta, Delta_min) with a Delta that has the derivative's "
       "sign.",
       cmu + "slide 113", caps_on_signed_steps},
      {"57", "Rprop's deadlock",
       "A variable that went back has to look at its derivative again: the others have moved meanwhile.",
       "The simplified pseudocode, which keeps the old sign after a retreat and stops for ever where the "
       "function is not separable.",
       cmu + "slide 114", deadlock},
      {"58", "steps in proportion to the weights",
       "AdaDelta with squared weights in place of squared steps depends on where 0 is, and hardly leaves it; "
       "of the changes of variables only a scale leaves it alone.",
       "With it the method is covariant: one may scale, translate and rotate.",
       "Southampton, Stochastic Gradient Descent", steps_by_the_weights},
  };
}

}  // namespace optbed
