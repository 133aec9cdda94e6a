// Gradient descent with a fixed step on quadratics: each coordinate contracts by 1 - eta lambda.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "problems/decompositions.hpp"

namespace optbed {
namespace {

std::string descent(double eta) { return fmt::format("gradient_descent:learning_rate={:.17g}", eta); }

// e_{k+1}/e_k of the only coordinate, at its last step.
double last_ratio(const std::string& problem, double eta, long iterations) {
  const std::vector<double> x = coordinate(traced_run(problem, descent(eta), iterations), 0);
  return x.back() / x[x.size() - 2];
}

void one_step(Measurement& measured) {
  for (const double a : {0.1, 1.0, 7.0, 1e4}) {
    const std::string problem = fmt::format("quadratic:eigenvalues={},shift=3", a);
    const Result run = traced_run(problem, descent(1 / a), 1, Vector::Constant(1, -20));
    measured.at_most(fmt::format("|w_1 - w*|/|w_0| with curvature {:g}", a), std::abs(run.x[0] - 3) / 20,
                     1e-15);
  }
}

void ratio_of_errors(Measurement& measured) {
  const double eta_optimal = 0.5;  // of the curvature 2
  for (const double h : {0.25, 0.5, 0.9, 1.5, 1.9, 2.0, 2.1}) {
    measured.equals(fmt::format("e_{{k+1}}/e_k at eta = {:g} eta_opt", h),
                    last_ratio("quadratic:eigenvalues=2", h * eta_optimal, 20), 1 - h, 1e-12);
  }
}

// By which the slower coordinate of a run from ones contracts in an iteration, in the mean of all of them.
double worst_factor(const Result& run) {
  const auto iterations = static_cast<double>(run.trace.rows() - 1);
  return std::pow(run.trace.iterate(run.trace.rows() - 1).cwiseAbs().maxCoeff(), 1 / iterations);
}

void two_eigenvalues(Measurement& measured) {
  const double eta_optimal = 1.0 / 3;  // of the larger eigenvalue
  double best = 0;
  double least_factor = std::numeric_limits<double>::infinity();
  for (const double h : {1.5, 2.1, 2.0, 1.0, 0.75}) {
    const double eta = h * eta_optimal;
    const Result run = traced_run("quadratic:eigenvalues=1;3", descent(eta), 30);
    const double worst = worst_factor(run);
    if (worst < least_factor) {
      least_factor = worst;
      best = h;
    }
    measured.equals(fmt::format("worst factor of 30 steps at eta = {:g}/lambda_2", h), worst,
                    std::max(std::abs(1 - eta), std::abs(1 - 3 * eta)), 1e-14);
    for (const Index i : {0, 1}) {
      const double factor = 1 - eta * (i == 0 ? 1 : 3);
      const std::vector<double> x = coordinate(run, i);
      double largest = 0;
      for (std::size_t k = 0; k < x.size(); ++k) {
        const double expected = std::pow(factor, static_cast<double>(k));
        largest = std::max(largest, std::abs(x[k] - expected) / std::max(1.0, std::abs(expected)));
      }
      measured.at_most(
          fmt::format("|w_{} - ({:.3g})^k| at eta = {:g}/lambda_2, largest of 30 steps", i + 1, factor, h),
          largest, 1e-13);
    }
    if (h == 2.0) measured.equals("f in the limit at eta = 2/lambda_2", run.value, 1.5, 1e-6);
  }
  measured.equals("step of the least worst factor of the five, times lambda_2", best, 3 * 2.0 / (3 + 1), 0);
}

void alternating_signs(Measurement& measured) {
  const double lambda_2 = 1 / 0.91;
  const std::string problem = fmt::format("quadratic:eigenvalues=1;{:.17g}", lambda_2);
  const Result run = traced_run(problem, descent(1.729), 20);
  const double expected[] = {-0.729, 1 - 1.729 / 0.91};
  for (const Index i : {0, 1}) {
    const std::vector<double> x = coordinate(run, i);
    measured.equals(fmt::format("contraction of w_{}", i + 1), x[1] / x[0], expected[i], 1e-12);
    measured.equals(fmt::format("sign changes of w_{} in 20 steps", i + 1),
                    static_cast<double>(sign_changes(x)), 20, 0);
  }
  const Result best = traced_run(problem, descent(2 / (1 + lambda_2)), 10);
  measured.equals("contraction by the best fixed step", std::abs(best.trace.iterate(1)[0]), 0.0471, 5e-5);
}

void independent_coordinates(Measurement& measured) {
  const Result both = traced_run("quadratic:eigenvalues=1;3", descent(0.3), 50, Eigen::Vector2d(0.7, -1.3));
  const Result first = traced_run("quadratic:eigenvalues=1", descent(0.3), 50, Vector::Constant(1, 0.7));
  const Result second = traced_run("quadratic:eigenvalues=3", descent(0.3), 50, Vector::Constant(1, -1.3));
  measured.equals("largest difference in w_1", largest_difference(coordinate(both, 0), coordinate(first, 0)), 0,
                  0);
  measured.equals("largest difference in w_2", largest_difference(coordinate(both, 1), coordinate(second, 0)),
                  0, 0);
}

// Does |x| fall below its start within the iterations that this margin from the border needs?
bool is_stable(double eta) {
  const Result run = traced_run("quadratic:eigenvalues=1;5", descent(eta), 2000);
  return std::abs(run.x[1]) < 1;
}

void largest_stable_step(Measurement& measured) {
  double stable = 0.1;
  double unstable = 1;
  while (unstable - stable > 1e-9) {
    const double middle = (stable + unstable) / 2;
    (is_stable(middle) ? stable : unstable) = middle;
  }
  measured.equals("largest stable step, times L/2", stable * 5 / 2, 1, 1e-7);
}

void iterations_for_a_tolerance(Measurement& measured) {
  const double rho = 99.0 / 101;
  const long k = iterations_to_gap("quadratic:n=10,kappa=100", "gradient_descent:step=optimal", 1e-10, 2000);
  measured.equals("iterations until f is 1e-10 of its start", static_cast<double>(k), 554, 0);
  measured.at_most("iterations, beside ln(1e10)/(-2 ln rho)", static_cast<double>(k),
                   std::ceil(std::log(1e10) / (-2 * std::log(rho))));
}

void rotations_do_not_matter(Measurement& measured) {
  const std::string eigenvalues = "quadratic:eigenvalues=1;3;10";
  const auto straight = all_problems().make(eigenvalues);
  const auto turned = all_problems().make(eigenvalues + ",rotation=random,seed=5");
  Matrix A(3, 3);
  turned->hessian(Vector::Zero(3), A);
  const Vector start = Eigen::Vector3d(0.4, -1.1, 0.8);
  // A = Q diag(1, 3, 10) Q': x_0 -> Q x_0 turns the start along.
  const Vector turned_start = symmetric_decomposition(A).value().vectors * start;
  for (const std::string solver :
       {"gradient_descent:learning_rate=0.15", "momentum:learning_rate=0.1", "nesterov:learning_rate=0.1"}) {
    const Result a = traced_run(*straight, solver, 40, start);
    const Result b = traced_run(*turned, solver, 40, turned_start);
    measured.at_most(
        "largest |f_k - f_k turned|/f_0, " + solver,
        largest_difference(a.trace.column("value"), b.trace.column("value")) / a.trace.column("value")[0],
        1e-15);
  }
}

void damped_newton(Measurement& measured) {
  for (const double eta : {0.3, 1.0, 1.7}) {
    const Result run =
        traced_run("quadratic:n=6,kappa=1000,rotation=random", fmt::format("newton:step_length={}", eta), 1);
    measured.equals(fmt::format("contraction at eta = {:g}", eta),
                    run.trace.column("distance")[1] / run.trace.column("distance")[0], std::abs(1 - eta),
                    1e-10);
  }
  const Result run = traced_run("quadratic:n=6,kappa=1000", "newton:step_length=2.1", 50);
  measured.at_least("growth of the distance at eta = 2.1 in 50 steps",
                    run.trace.column("distance").back() / run.trace.column("distance")[0], 100);
}

// The point of f's level set through `x` in the direction of an angle, by values alone: f is a quadratic about
// 0.
Vector on_level_set(const Problem& f, const Vector& x, double angle) {
  const Vector direction = Eigen::Vector2d(std::cos(angle), std::sin(angle));
  return std::sqrt(f.value(x) / f.value(direction)) * direction;
}

// Two points of a level set, as far to one side of x as to the other, lie along its tangent at x.
void gradient_and_level_set(Measurement& measured) {
  const auto f = all_problems().make("quadratic:eigenvalues=1;7,angle=30");
  const double h = 1e-5;
  for (const double angle : {0.3, 1.4, 2.9}) {
    const Vector x = Eigen::Vector2d(std::cos(angle), std::sin(angle));
    Vector g(2);
    f->gradient(x, g);
    const Vector chord = on_level_set(*f, x, angle + h) - on_level_set(*f, x, angle - h);
    // The third derivative of the ellipse turns the chord by less than 50 h^2, rounding by less than 10 eps/h.
    measured.at_most(fmt::format("|cos| of the angle between gradient and chord at {:g} rad", angle),
                     std::abs(g.dot(chord)) / (g.norm() * chord.norm()), 1e-8);
  }
}

// |f_k - f_{k-1}| < eps and |x_k - x_{k-1}| < eps.
void stop_rules(Measurement& measured) {
  const Result bouncing = traced_run("quadratic:eigenvalues=1", descent(2), 3);
  const std::vector<double>& f = bouncing.trace.column("value");
  measured.equals("|f_1 - f_0| at eta = 2 eta_opt", std::abs(f[1] - f[0]), 0, 0);
  measured.equals("f_1/f_0 there", f[1] / f[0], 1, 0);
  const Result decaying =
      traced_run("quadratic:eigenvalues=1", "gradient_descent:learning_rate=0.25,schedule=quadratic", 5000);
  const std::vector<double>& steps = decaying.trace.column("step_length");
  measured.at_most("last step under quadratic decay", steps.back(), 1e-7);
  measured.equals("part of the error that remains", decaying.x[0], 2 / std::numbers::pi, 1e-4);
}

}  // namespace

std::vector<Claim> fixed_step_claims() {
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, ";
  return {
      {"1", "one step at the optimal rate",
       "On a quadratic of curvature a the step 1/a reaches the minimum at once.", "", cmu + "slide 42",
       one_step},
      {"2", "ratio of errors",
       "The error contracts by 1 - eta/eta_opt: it is monotone below eta_opt, alternates up to "
       "2 eta_opt, and grows beyond.",
       "", cmu + "slide 43", ratio_of_errors, "learning_rates"},
      {"3", "two eigenvalues, five steps",
       "On eigenvalues 1 and 3 the coordinates contract by 1 - eta and 1 - 3 eta; "
       "the best of five steps is 1.5/lambda_2 = 2/(L + mu).",
       "", cmu + "slide 52", two_eigenvalues, "learning_rates"},
      {"4", "a step that is too long for both",
       "With 1/lambda = 1 and 0.91 and eta = 1.729 every coordinate changes "
       "its sign at every step; the best fixed step contracts by 0.0471.",
       "", cmu + "slide 53", alternating_signs, "oscillation"},
      {"5", "coordinates are independent",
       "On an axis-aligned quadratic the run in the plane equals two runs on lines, "
       "bit for bit.",
       "", cmu + "slide 49", independent_coordinates},
      {"6", "largest stable step", "Gradient descent is stable for eta < 2/L, and for no larger step.", "",
       cmu + "slide 51", largest_stable_step},
      {"7", "iterations for a tolerance",
       "At condition number 100 the best fixed step takes ln(1/eps)/(-2 ln rho) "
       "iterations at most: 554 to 1e-10 from ones.",
       "", cmu + "slide 56", iterations_for_a_tolerance},
      {"8", "rotations do not matter", "Turning the axes and the start along leaves f_k unchanged.", "",
       cmu + "slides 77-78", rotations_do_not_matter},
      {"9", "damped Newton",
       "A Newton step of length eta contracts the error by |1 - eta| whatever the condition "
       "number, and diverges beyond 2.",
       "", cmu + "slide 80", damped_newton},
      {"10", "gradient and level set", "The gradient is orthogonal to the level set.", "", cmu + "slide 50",
       gradient_and_level_set},
      {"11", "stop rules fire wrongly", "A small change of f or of x does not mean that the minimum is near.",
       "Stop when |f_k - f_{k-1}| or |x_k - x_{k-1}| is small: the first fires at once at eta = 2 eta_opt, "
       "where f never falls, the second under quadratic decay, where 64 % of the error remain.",
       cmu + "slide 3; TU Munich I2DL, Scaling Optimization, slide 23", stop_rules},
  };
}

}  // namespace optbed
