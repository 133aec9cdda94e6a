// Steepest descent: gradient descent whose step minimises f along the gradient.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"

namespace optbed {
namespace {

const char* const steepest_descent = "gradient_descent:step=exact";

// f_k/f_{k-steps}, per step, at the end of a run whose least value is 0.
double contraction_of_f(const Result& run, std::size_t steps) {
  const std::vector<double>& f = run.trace.column("value");
  return std::pow(f.back() / f[f.size() - 1 - steps], 1 / static_cast<double>(steps));
}

// From (kappa, 1) every gradient has two components of the same size, so that every step is 2/(L + mu). A
// relative error of a step changes both components by as much, and a 2-D run neither amplifies nor forgets it
// (directions recur every second step): some 10 roundings in each of 40 steps are 1e-13.
void worst_start(Measurement& measured, double kappa) {
  const std::string problem = fmt::format("quadratic:eigenvalues=1;{}", kappa);
  const long steps = 40;
  const Result run = traced_run(problem, steepest_descent, steps, Eigen::Vector2d(kappa, 1));
  const double q = (kappa - 1) / (kappa + 1);
  const std::vector<double>& f = run.trace.column("value");
  double from_factor = 0;
  double from_closed_form = 0;
  for (std::size_t k = 1; k < f.size(); ++k) {
    from_factor = std::max(from_factor, std::abs(f[k] / f[k - 1] - q * q));
    const double power = std::pow(q, static_cast<double>(k));
    const Vector expected = power * Eigen::Vector2d(kappa, k % 2 == 0 ? 1 : -1);
    const Vector error = (run.trace.iterate(k) - expected).cwiseQuotient(expected);
    from_closed_form = std::max(from_closed_form, infinity_norm(error));
  }
  measured.equals(fmt::format("f_40/f_0 at kappa = {:g}, per step", kappa), contraction_of_f(run, steps), q * q,
                  1e-12);
  measured.at_most(fmt::format("|f_k/f_{{k-1}} - q^2| at kappa = {:g}, largest of 40 steps", kappa),
                   from_factor, 1e-12);
  measured.at_most(
      fmt::format("error of x_k = (kappa q^k, (-q)^k) at kappa = {:g}, largest of 40 steps", kappa),
      from_closed_form, 1e-12);
}

// In the limit the gradients lie in the plane of the extreme eigenvectors (Akaike 1959). With c the ratio of
// their two components, f contracts by (kappa - 1)^2/((kappa + 1)^2 + kappa (c - 1/c)^2): insert the exact step
// into f.
double contraction_in_the_limit(const Problem& problem, const Vector& x, double kappa) {
  Vector g(x.size());
  problem.gradient(x, g);
  const double c = g[g.size() - 1] / g[0];
  return (kappa - 1) * (kappa - 1) / ((kappa + 1) * (kappa + 1) + kappa * (c - 1 / c) * (c - 1 / c));
}

void generic_start(Measurement& measured) {
  const double kappa = 100;
  const auto problem = all_problems().make("quadratic:n=10,kappa=100");
  const Result run = traced_run(*problem, steepest_descent, 1000);
  const double factor = contraction_of_f(run, 100);
  const double worst = (kappa - 1) * (kappa - 1) / ((kappa + 1) * (kappa + 1));
  measured.equals("contraction of f from ones, n = 10, kappa = 100", factor, 0.9602, 5e-5);
  measured.equals("the same, beside the limit cycle's formula", factor,
                  contraction_in_the_limit(*problem, run.x, kappa), 1e-9);
  measured.equals("worst case at kappa = 100", worst, 0.9608, 5e-5);
  measured.at_most("contraction from ones, beside the worst case", factor, worst);
}

void zigzag(Measurement& measured) {
  for (const double kappa : {10.0, 2.0, 100.0, 1e4}) worst_start(measured, kappa);
  generic_start(measured);
}

// The largest |cos| of the angle between two gradients in a row.
double largest_cosine(const std::string& problem_text, long steps) {
  const auto problem = all_problems().make(problem_text);
  const Result run = traced_run(*problem, steepest_descent, steps);
  Vector before(problem->dimension());
  Vector after(problem->dimension());
  problem->gradient(run.trace.iterate(0), before);
  double largest = 0;
  for (std::size_t k = 1; k < run.trace.rows(); ++k) {
    problem->gradient(run.trace.iterate(k), after);
    largest = std::max(largest, std::abs(after.dot(before)) / (after.norm() * before.norm()));
    before.swap(after);
  }
  return largest;
}

void orthogonal_gradients(Measurement& measured) {
  for (const std::string problem :
       {"quadratic:n=10,kappa=100", "quadratic:n=10,kappa=100,rotation=random", "rosenbrock", "boyd_9_20"}) {
    measured.at_most("|cos| of g_k and g_{k+1} in 5 steps, " + problem, largest_cosine(problem, 5), 1e-12);
  }
  // A step that is not the minimiser along the gradient does not do this: with 1/L, g_1 = (1 - lambda/L) g_0.
  const Result fixed =
      traced_run("quadratic:eigenvalues=1;10", "gradient_descent:step=inverse_lipschitz", 1, Vector::Ones(2));
  const Vector g0 = Eigen::Vector2d(1, 10);
  const Vector g1 = fixed.x.cwiseProduct(g0);
  measured.equals("cos of g_0 and g_1 with the step 1/L", g0.dot(g1) / (g0.norm() * g1.norm()),
                  1 / std::sqrt(101.0), 1e-12);
}

}  // namespace

std::vector<Claim> exact_search_claims() {
  const std::string tum = "TU Munich I2DL, Scaling Optimization, slide 27";
  return {
      {"12", "exact line search zigzags",
       "From (kappa, 1) on diag(1, kappa) an exact line search contracts f by ((kappa - 1)/(kappa + 1))^2 a "
       "step, no better than the best fixed step; from a generic start it comes close to that.",
       "", tum + "; Boyd & Vandenberghe 2004, section 9.3.2; Akaike 1959", zigzag, "zigzag"},
      {"13", "successive gradients are orthogonal",
       "After an exact line search the new gradient is orthogonal to the old one.", "",
       tum + "; Nocedal & Wright 2006, section 3.3", orthogonal_gradients, "zigzag"},
  };
}

}  // namespace optbed
