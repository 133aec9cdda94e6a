// Learning rates that change: on (lambda/2) x^2 a rate eta_k = eta_0 s(k) multiplies the error by 1 - a s(k)
// with a = eta_0 lambda, so that what remains is a product.
#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "problems/differentiation/differentiated_function.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// The end of a run that leaves no trace.
Result untraced_run(const Problem& problem, const std::string& solver, long iterations, const Vector& x0 = {},
                    std::uint64_t seed = 0) {
  const auto method = all_solvers().make(solver);
  return minimize(
      problem, *method,
      {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .start = x0, .seed = seed});
}

// x_K/x_0 on (1/2) x^2, where a is the first rate.
double remaining_error(const std::string& schedule, double a, long K) {
  const auto problem = all_problems().make("quadratic:eigenvalues=1");
  return untraced_run(*problem, fmt::format("gradient_descent:learning_rate={:.17g},{}", a, schedule), K).x[0];
}

// ---- decays on a quadratic ----

// prod (1 - a/k^2) = sin(pi sqrt(a))/(pi sqrt(a)) (Euler). What is left out after K factors is 1 - a/K.
void quadratic_decay(Measurement& measured) {
  const long K = 20000;
  measured.equals("x_K/x_0 after 20000 steps at a = 1/4", remaining_error("schedule=quadratic", 0.25, K),
                  2 / std::numbers::pi, 1.1 * 0.25 / static_cast<double>(K));
  for (const double a : {0.5, 2.25, 0.01}) {
    const double root = std::numbers::pi * std::sqrt(a);
    measured.equals(fmt::format("x_K/x_0 after 20000 steps at a = {:g}", a),
                    remaining_error("schedule=quadratic", a, K), std::sin(root) / root,
                    1.1 * a / static_cast<double>(K));
  }
  const Result run =
      traced_run("quadratic:eigenvalues=1", "gradient_descent:learning_rate=0.25,schedule=quadratic", K);
  const std::vector<double>& lengths = run.trace.column("step_length");
  const std::vector<double>& gradients = run.trace.column("gradient_norm");
  double sum = 0;
  for (std::size_t k = 1; k < lengths.size(); ++k) sum += lengths[k] / gradients[k - 1];
  measured.equals("sum of the rates, which has to be infinite, over eta_0", sum / 0.25,
                  std::numbers::pi * std::numbers::pi / 6, 1.1 / static_cast<double>(K));
}

// prod_{k <= K} (1 - a/k) = Gamma(K + 1 - a)/(Gamma(1 - a) Gamma(K + 1)).
double hyperbolic_product(double a, double K) {
  return boost::math::tgamma_delta_ratio(K + 1 - a, a) / boost::math::tgamma(1 - a);
}

void linear_decay(Measurement& measured) {
  // K factors, each rounded three times.
  const long K = 1000;
  for (const double a : {0.5, 0.2, 1.5, 2.7}) {
    const double left = remaining_error("schedule=linear", a, K);
    measured.equals_relatively(fmt::format("x_1000/x_0 at a = {:g}", a), left,
                               hyperbolic_product(a, static_cast<double>(K)),
                               3 * 2.2e-16 * static_cast<double>(K));
    // The next term of Stirling's series is a (a - 1)/(2 K).
    measured.equals_relatively(fmt::format("x_1000/x_0 beside K^-a/Gamma(1 - a) at a = {:g}", a), left,
                               std::pow(static_cast<double>(K), -a) / std::tgamma(1 - a), 2.5e-3);
  }
  for (const long a : {1, 3}) {
    measured.equals(fmt::format("x_{} at a = {}", a, a),
                    remaining_error("schedule=linear", static_cast<double>(a), a), 0, 0);
  }
  const Result run =
      traced_run("quadratic:eigenvalues=1;3", "gradient_descent:learning_rate=3,schedule=linear", 9);
  const std::vector<double> steep = coordinate(run, 1);
  double largest = 0;
  for (const double x : steep) largest = std::max(largest, std::abs(x));
  measured.equals("largest |x_2| on eigenvalues 1 and 3 with eta_0 = 3", largest, 70, 1e-12);
  measured.at_most("|x| after 9 steps there", run.x.norm(), 1e-13);
}

// prod_k (1 - a q^k) is the reciprocal of sum_n a^n/((1 - q)(1 - q^2)…(1 - q^n)), whose terms are positive
// (Euler; Andrews 1998, (2.2.5)).
double q_pochhammer(double a, double q) {
  double sum = 0;
  double term = 1;
  for (int n = 1; term > 1e-17 * sum; ++n) {
    sum += term;
    term *= a / (1 - std::pow(q, n));
  }
  return 1 / sum;
}

void exponential_decay(Measurement& measured) {
  const auto left = [](double a, double beta) {
    return remaining_error(fmt::format("schedule=exponential,decay={:g}", beta), a, 2000);
  };
  measured.equals("x_K/x_0 after 2000 steps at a = 0.5, beta = 0.05", left(0.5, 0.05), 6.17e-6, 5e-9);
  const struct { double a, beta; } cases[] = {{0.5, 0.05}, {0.9, 0.1}, {0.2, 0.03}};
  for (const auto& [a, beta] : cases) {
    // Rounding q^n changes the first factors of a term by eps/beta.
    measured.equals_relatively(fmt::format("the same beside (a; exp(-beta)) at a = {:g}, beta = {:g}", a, beta),
                               left(a, beta), q_pochhammer(a, std::exp(-beta)), 1e-11);
  }
}

// ---- the floor of stochastic gradient descent ----

// The gradient's noise has the variance sigma^2 = 1 in each of 100 coordinates, which are as good as so many
// runs: f - f* is a mean over them. The 1000 points, of which each sample is one, correlate two of them by
// 1000^-1/2, which makes the variance of the mean 1.1 times what it were.
constexpr int noisy_coordinates = 100;
constexpr double correlation_inflation = 1.1;

std::unique_ptr<Problem> noisy_quadratic(double lambda) {
  std::string eigenvalues;
  for (int i = 0; i < noisy_coordinates; ++i) eigenvalues += fmt::format("{}{}", i > 0 ? ";" : "", lambda);
  return all_problems().make("sample_mean:eigenvalues=" + eigenvalues);
}

std::string noisy_descent(double eta, const std::string& more = {}) {
  return fmt::format("sgd:learning_rate={:.17g},sampling=replacement{}", eta, more);
}

// f - f* of a coordinate, averaged over the iterations after the transient.
double measured_floor(const Problem& problem, double eta) {
  const auto method = all_solvers().make(noisy_descent(eta));
  const Result run =
      minimize(problem, *method,
               {.limits = {.max_iterations = 200000, .gradient_tolerance = 0},
                .trace = {.trigger = {.interval = 10}, .gradient_norm = false, .seconds = false}});
  const std::vector<double>& gap = run.trace.column("gap");
  const std::size_t first = 300;  // (1 - 0.01)^(2 * 3000) = 6e-27 of the start
  double sum = 0;
  for (std::size_t k = first; k < gap.size(); ++k) sum += gap[k];
  return sum / static_cast<double>(gap.size() - first) / noisy_coordinates;
}

// E f - f* = eta sigma^2/(2 (2 - eta lambda)), lambda = sigma = 1.
double floor_by_theory(double eta) { return eta / (2 * (2 - eta)); }

// Four standard errors, relative, of the mean of so many squares of normal numbers.
double four_standard_errors(double squares) { return 4 * std::sqrt(2 * correlation_inflation / squares); }

// Iterates tau apart count as independent squares, tau = (1 + rho^2)/(1 - rho^2) with rho = 1 - eta, or 10
// where it is less, as the rows are.
double tolerance_of_floor(double eta) {
  const double rho_squared = (1 - eta) * (1 - eta);
  const double apart = std::max(10.0, (1 + rho_squared) / (1 - rho_squared));
  return four_standard_errors(197000.0 / apart * noisy_coordinates);
}

// The mean f - f* of a coordinate, k steps of eta = 0.01 after eta = 0.1 has come to its floor, over runs.
double gap_after_cut(const Problem& problem, long k, int runs) {
  double sum = 0;
  for (int seed = 1; seed <= runs; ++seed) {
    const auto number = static_cast<std::uint64_t>(seed);
    const Result before = untraced_run(problem, noisy_descent(0.1), 300, {}, number);
    const Result after = untraced_run(problem, noisy_descent(0.01), k, before.x, 1000 + number);
    sum += after.gap.value();
  }
  return sum / runs / noisy_coordinates;
}

void drop_of_the_floor(Measurement& measured) {
  const auto problem = noisy_quadratic(1);
  const double high = measured_floor(*problem, 0.1);
  const double low = measured_floor(*problem, 0.01);
  const double tolerance = std::hypot(tolerance_of_floor(0.1), tolerance_of_floor(0.01));
  measured.equals_relatively("floor at eta = 0.1 over that at eta = 0.01", high / low,
                             (0.1 / 1.9) / (0.01 / 1.99), tolerance);
  measured.equals_relatively("floor of f - f* at eta = 0.1", high, floor_by_theory(0.1),
                             tolerance_of_floor(0.1));
  measured.equals_relatively("floor of f - f* at eta = 0.01", low, floor_by_theory(0.01),
                             tolerance_of_floor(0.01));
  // What the higher floor has more decays by (1 - eta lambda)^2 a step: 13 % after 1/(eta lambda) steps.
  const int runs = 200;
  for (const long k : {0, 50, 100, 200}) {
    const double excess = floor_by_theory(0.1) - floor_by_theory(0.01);
    const double expected = floor_by_theory(0.01) + excess * std::pow(0.99, 2 * static_cast<double>(k));
    measured.equals_relatively(fmt::format("f - f* {} steps after a cut from 0.1 to 0.01", k),
                               gap_after_cut(*problem, k, runs), expected,
                               four_standard_errors(static_cast<double>(runs) * noisy_coordinates));
  }
}

// ---- Robbins and Monro ----

const char* const hyperbolic = ",schedule=robbins_monro,decay=1";

// On x^2/10 lambda = 1/5. The method itself makes the first 10^6 steps; Gamma functions make the rest.
void slow_robbins_monro(Measurement& measured) {
  const auto problem = all_problems().make("quadratic:eigenvalues=0.2");
  const double a = 0.2;
  const double made =
      untraced_run(*problem, fmt::format("gradient_descent:learning_rate=1{}", hyperbolic), 1000000).x[0];
  const double rest = hyperbolic_product(a, 1e9) / hyperbolic_product(a, 1e6);
  measured.at_least("x after 1e9 steps of 1/k on x^2/10", made * rest, 0.0136);
  measured.equals_relatively("the same beside K^-a/Gamma(1 - a)", made * rest,
                             std::pow(1e9, -a) / std::tgamma(1 - a), 1e-9);
  // 10^6 factors with three roundings each.
  measured.equals_relatively("x after 1e6 steps beside the product of Gamma functions", made,
                             hyperbolic_product(a, 1e6), 1e-9);
  // 0.8^20 = 0.0115.
  measured.at_most("x after 20 steps of the constant rate 1",
                   untraced_run(*problem, "gradient_descent:learning_rate=1", 20).x[0], 0.0136);
}

// Var x_K lambda^2/sigma^2 with eta_k = c/(lambda k), from the minimiser:
//   V_k = (1 - c/k)^2 V_{k-1} + (c/k)^2.
double hyperbolic_variance(double c, long K) {
  double variance = 0;
  for (long k = 1; k <= K; ++k) {
    const double rate = c / static_cast<double>(k);
    variance = (1 - rate) * (1 - rate) * variance + rate * rate;
  }
  return variance;
}

// The same, over runs of the method.
double measured_variance(const Problem& problem, double lambda, double c, long K, int runs) {
  const std::string solver = noisy_descent(c / lambda, hyperbolic);
  double sum = 0;
  for (int seed = 1; seed <= runs; ++seed) {
    const Result run =
        untraced_run(problem, solver, K, Vector::Zero(noisy_coordinates), static_cast<std::uint64_t>(seed));
    sum += run.x.squaredNorm();
  }
  return lambda * lambda * sum / runs / noisy_coordinates;
}

void variance_of_robbins_monro(Measurement& measured) {
  const double lambda = 0.5;
  const auto problem = noisy_quadratic(lambda);
  const long K = 1000;
  const int runs = 400;
  const double tolerance = four_standard_errors(static_cast<double>(runs) * noisy_coordinates);
  for (const double c : {1.0, 0.75, 2.0, 0.25}) {
    const double scale = static_cast<double>(K);
    measured.equals_relatively(fmt::format("K Var lambda^2/sigma^2 of 400 runs at c = {:g}, K = 1000", c),
                               scale * measured_variance(*problem, lambda, c, K, runs),
                               scale * hyperbolic_variance(c, K), tolerance);
  }
  // The recursion's way to its limit: K^(1 - 2c) and 1/K, or K^(2c - 1) where c < 1/2.
  const long many = 1000000;
  for (const double c : {1.0, 0.75, 2.0}) {
    measured.equals_relatively(fmt::format("K Var lambda^2/sigma^2 at c = {:g}, K = 1e6", c),
                               static_cast<double>(many) * hyperbolic_variance(c, many), c * c / (2 * c - 1),
                               c < 1 ? 2e-3 : 1e-5);
  }
  const double ratio = hyperbolic_variance(0.25, 16 * many) / hyperbolic_variance(0.25, many);
  measured.equals("power of K in the variance at c = 1/4", std::log(ratio) / std::log(16), -0.5, 1e-3);
}

void robbins_monro(Measurement& measured) {
  slow_robbins_monro(measured);
  variance_of_robbins_monro(measured);
}

// ---- leaving a sharp well ----

// A smooth minimum of 50 x^2 and (x - 3)^2/2: wells of curvature 100 at 0 and 1 at 3, to 1e-36.
struct SharpAndWideWell {
  template <class X>
  X operator()(std::span<const X> x) const {
    using std::exp;
    using std::log1p;
    const double width = 0.05;
    const X sharp = 50.0 * x[0] * x[0];
    const X wide = 0.5 * (x[0] - 3.0) * (x[0] - 3.0);
    if (sharp < wide) return sharp - width * log1p(exp((sharp - wide) / width));
    return wide - width * log1p(exp((wide - sharp) / width));
  }
};

void sharp_and_wide(Measurement& measured) {
  const DifferentiatedFunction<SharpAndWideWell> wells({}, {.start = Vector::Constant(1, 0.1)});
  const auto end = [&](double eta) {
    return traced_run(wells, fmt::format("gradient_descent:learning_rate={}", eta), 5000).x[0];
  };
  const auto curvature = [&](double x) {
    Matrix H(1, 1);
    wells.hessian(Vector::Constant(1, x), H);
    return H(0, 0);
  };
  measured.equals("x from 0.1 at eta = 0.015", end(0.015), 0, 1e-12);
  measured.equals("x from 0.1 at eta = 0.019", end(0.019), 0, 1e-12);
  for (const double eta : {0.021, 0.03, 0.05, 0.1, 0.5}) {
    measured.equals(fmt::format("x from 0.1 at eta = {:g}", eta), end(eta), 3, 1e-12);
  }
  measured.equals("curvature of the sharp well", curvature(0), 100, 1e-12);
  measured.equals("curvature of the wide well", curvature(3), 1, 1e-12);
}

}  // namespace

std::vector<Claim> schedule_claims() {
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, slide";
  const std::string tum = "TU Munich I2DL, Scaling Optimization, slide";
  const std::string southampton = "Southampton, Stochastic Gradient Descent";
  return {
      {"20", "quadratic decay stops short",
       "With eta_0/(k+1)^2 the error tends to sin(pi sqrt(a))/(pi sqrt(a)) of its start, a = eta_0 lambda: at "
       "a = 1/4 63.66 % of it stay for ever. The rates have a finite sum.",
       "", cmu + "s 98-99; Dillhoff, Optimization for Deep Learning", quadratic_decay,
       "learning_rate_schedules"},
      {"21", "linear decay",
       "With eta_0/(k+1) the error falls like K^-a/Gamma(1 - a), and an integer a ends the run; but with "
       "eta_0 = 3 a coordinate of curvature 3 first grows 70 times.",
       "", cmu + "s 98-99", linear_decay, "learning_rate_schedules"},
      {"22", "exponential decay stops short",
       "With eta_0 exp(-beta k) the error tends to (a; exp(-beta)) > 0, a q-Pochhammer symbol: 6.17e-6 at "
       "a = 0.5, beta = 0.05.",
       "", cmu + "s 98-99", exponential_decay, "learning_rate_schedules"},
      {"23", "a tenth of the rate, a tenth of the floor",
       "Stochastic gradient descent stops at a floor that falls 10.47 times when the rate falls from 0.1 to "
       "0.01, within some 1/(eta lambda) steps.",
       "", southampton + "; Dillhoff, Optimization for Deep Learning", drop_of_the_floor,
       "learning_rate_schedules"},
      {"24", "Robbins-Monro says nothing about speed",
       "Rates of 1/k satisfy it, yet leave x > 0.0136 on x^2/10 after 1e9 steps without noise. With "
       "c/(lambda k) and noise K Var tends to c^2 sigma^2/((2c - 1) lambda^2), best at c = 1; below c = 1/2 "
       "Var falls like K^-2c.",
       "", tum + "s 33-34; Nemirovski, Juditsky, Lan & Shapiro 2009, section 2.1", robbins_monro},
      {"25", "a long step leaves a sharp well",
       "A rate above 2/100 leaves a well of curvature 100 and settles in one of curvature 1; 0.015 stays.", "",
       cmu + " 97", sharp_and_wide},
  };
}

}  // namespace optbed
