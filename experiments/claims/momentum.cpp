// Steps that remember: heavy ball and Nesterov, on slopes, in valleys, over a barrier and in noise.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "experiments/claims/linear_losses.hpp"
#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

std::string heavy_ball(double eta, double beta) {
  return fmt::format("momentum:learning_rate={:.17g},momentum={:.17g}", eta, beta);
}

std::string nesterov(double eta, double beta) {
  return fmt::format("nesterov:learning_rate={:.17g},momentum={:.17g}", eta, beta);
}

// The least value that `holds` from there on, in an interval where it does at the upper end only.
double least_that_holds(double lower, double upper, double resolution,
                        const std::function<bool(double)>& holds) {
  while (upper - lower > resolution) {
    const double middle = (lower + upper) / 2;
    (holds(middle) ? upper : lower) = middle;
  }
  return (lower + upper) / 2;
}

void terminal_step(Measurement& measured) {
  const double eta = 0.01;
  const double slope = 0.3;
  const LinearLosses hillside(Matrix::Constant(1, 1, slope));
  for (const double beta : {0.9, 0.0, 0.5, 0.99}) {
    const Result run = traced_run(hillside, heavy_ball(eta, beta), 5000);
    const std::vector<double>& steps = run.trace.column("step_length");
    const double terminal = eta * slope / (1 - beta);  // sum of eta g beta^j
    measured.equals_relatively(fmt::format("last of 5000 steps over eta g, beta = {:g}", beta),
                               steps.back() / (eta * slope), 1 / (1 - beta), 1e-12);
    double largest = 0;
    for (std::size_t k = 1; k < steps.size(); ++k) {
      const double sum = terminal * (1 - std::pow(beta, static_cast<double>(k)));
      largest = std::max(largest, std::abs(steps[k] / sum - 1));
    }
    measured.at_most(fmt::format("largest |step_k/(eta g (1 - beta^k)/(1 - beta)) - 1|, beta = {:g}", beta),
                     largest, 1e-12);
    measured.at_most(fmt::format("longest step over eta g/(1 - beta), beta = {:g}", beta),
                     *std::max_element(steps.begin() + 1, steps.end()) / terminal, 1 + 1e-12);
  }
  // Gradients that turn round each time: sum of eta g (-beta)^j.
  const LinearLosses zigzag(Eigen::RowVector2d(slope, -slope));
  const Result run = traced_run(zigzag, heavy_ball(eta, 0.9) + ",batch_size=1,sampling=sequential", 1000);
  measured.equals_relatively("last step over eta g where gradients alternate, beta = 0.9",
                             run.trace.column("step_length").back() / (eta * slope), 1 / 1.9, 1e-12);
}

// x_k of the heavy ball on (1/2) lambda x^2 from rest at 1, h = eta lambda: x_{k+1} = (1 + beta - h) x_k -
// beta x_{k-1} with x_0 = x_{-1} = 1, by the roots of z^2 - (1 + beta - h) z + beta (which are to be distinct).
double heavy_ball_swing(double h, double beta, long k) {
  const std::complex<double> p = 1 + beta - h;
  const std::complex<double> root = std::sqrt(p * p - 4 * beta);
  const std::complex<double> z1 = (p + root) / 2.0;
  const std::complex<double> z2 = (p - root) / 2.0;
  const std::complex<double> part = z1 * (1.0 - z2) / (z1 - z2);
  return (part * std::pow(z1, k) + (1.0 - part) * std::pow(z2, k)).real();
}

// The largest error of the last ten iterates.
double recent_error(const std::vector<double>& x) {
  double largest = 0;
  for (std::size_t k = x.size() - 10; k < x.size(); ++k) largest = std::max(largest, std::abs(x[k]));
  return largest;
}

void across_and_along(Measurement& measured) {
  struct Case {
    double kappa;
    double flat_by_descent, flat_by_momentum;  // to three digits
  };
  for (const Case& c : {Case{100, 0.455, 0.081}, Case{25, 0.039, 0.093}}) {
    const std::string valley = fmt::format("quadratic:eigenvalues=1;{}", c.kappa);
    const double eta = 1.9 / c.kappa;
    const Result descent = traced_run(valley, fmt::format("gradient_descent:learning_rate={:.17g}", eta), 50);
    const Result momentum = traced_run(valley, heavy_ball(eta, 0.9), 50);
    const std::string where = fmt::format(", kappa = {:g}", c.kappa);
    measured.equals("sign changes across the valley in 50 steps of gradient descent" + where,
                    static_cast<double>(sign_changes(coordinate(descent, 1))), 50, 0);
    measured.equals("sign changes with momentum" + where,
                    static_cast<double>(sign_changes(coordinate(momentum, 1))), 25, 0);
    measured.equals("error along the valley after gradient descent" + where,
                    recent_error(coordinate(descent, 0)), c.flat_by_descent, 5e-4);
    const std::vector<double> flat = coordinate(momentum, 0);
    measured.equals("error along the valley with momentum" + where, recent_error(flat), c.flat_by_momentum,
                    5e-4);
    double largest = 0;
    for (std::size_t k = 0; k < flat.size(); ++k) {
      largest = std::max(largest, std::abs(flat[k] - heavy_ball_swing(eta, 0.9, static_cast<long>(k))));
    }
    measured.at_most("largest |x_k - closed form| along the valley with momentum" + where, largest, 1e-12);
  }
}

// Do the errors grow? At the border the root -1 stands alone, so that two iterates differ by growth and not by
// phase. A run that ends early has come to 0, or beyond all bounds.
bool errors_grow(const std::string& solver) {
  const std::vector<double> x = coordinate(traced_run("quadratic:eigenvalues=1;5", solver, 2000), 1);
  return std::abs(x.back()) > std::abs(x[x.size() / 2]);
}

void stable_steps(Measurement& measured) {
  const double L = 5;
  const auto limit = [&](auto&& method, double beta) {
    return L *
           least_that_holds(0.1 / L, 4 / L, 1e-10, [&](double eta) { return errors_grow(method(eta, beta)); });
  };
  for (const double beta : {0.9, 0.5, 0.0}) {
    measured.equals(fmt::format("largest stable eta L of the heavy ball, beta = {:g}", beta),
                    limit(heavy_ball, beta), 2 * (1 + beta), 1e-7);
    measured.equals(fmt::format("largest stable eta L of Nesterov's method, beta = {:g}", beta),
                    limit(nesterov, beta), 2 * (1 + beta) / (1 + 2 * beta), 1e-7);
  }
  measured.equals("largest stable eta L of Nesterov's method at 0.9, to three digits", limit(nesterov, 0.9),
                  1.357, 5e-4);
}

void iterations_by_method(Measurement& measured) {
  struct Entry {
    const char* solver;
    long iterations;
  };
  for (const auto& [solver, iterations] :
       {Entry{"momentum:tuning=optimal", 80}, Entry{"nesterov:sequence=quadratic_optimal", 93},
        Entry{"nesterov:sequence=strongly_convex", 107},
        Entry{"momentum:learning_rate=0.01,momentum=0.81818181818181818", 112},  // 1/L and q = 9/11
        Entry{"nesterov:sequence=fista", 320}, Entry{"gradient_descent:step=optimal", 554},
        Entry{"gradient_descent:step=inverse_lipschitz", 872}, Entry{"cg", 10}}) {
    measured.equals(fmt::format("iterations until f is 1e-10 of its start, {}", solver),
                    static_cast<double>(iterations_to_gap("quadratic:n=10,kappa=100", solver, 1e-10, 2000)),
                    static_cast<double>(iterations), 0);
  }
}

// A well at 0 and a deeper one, both of curvature 1, with a kink between them: f = x^2/2 up to the barrier at
// 1, and 1/2 + ((x - 1 - s)^2 - s^2)/2 beyond, s = sqrt 2, of which the bottom is -1/2.
class TwoWells : public Problem {
 public:
  static constexpr double depth = 0.5;

  TwoWells() {
    const std::string source = "by its formula";
    facts_.minimum = {-0.5, source};
    facts_.minimisers = {{Vector::Constant(1, bottom), source}};
    facts_.add_local_minimum(Vector::Zero(1), 0, source);
    facts_.function_class = {FunctionClass::nonsmooth, source};
    facts_.bounded_below = {true, source};
  }

  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Constant(1, -2); }

  double value(const Vector& x) const override {
    return x[0] <= 1 ? x[0] * x[0] / 2 : ((x[0] - bottom) * (x[0] - bottom) - 1) / 2;
  }

  double gradient(const Vector& x, Vector& g) const override {
    g[0] = x[0] <= 1 ? x[0] : x[0] - bottom;
    return value(x);
  }

 private:
  static constexpr double bottom = 1 + std::numbers::sqrt2;
};

// The first descent from rest at -a into the shallow well.
std::vector<double> roll_from(double a, double eta, double beta) {
  return coordinate(
      traced_run(TwoWells(), heavy_ball(eta, beta), std::lround(30 / std::sqrt(eta)), Vector::Constant(1, -a)),
      0);
}

bool leaves_the_well(const std::vector<double>& x) { return *std::max_element(x.begin(), x.end()) > 1; }

// v^2/(2 eta) in the step that first passes the bottom: with the time sqrt(eta) k, half of the squared speed.
double kinetic_energy_at_bottom(const std::vector<double>& x, double eta) {
  for (std::size_t k = 1; k < x.size(); ++k) {
    if (x[k] >= 0) return (x[k] - x[k - 1]) * (x[k] - x[k - 1]) / (2 * eta);
  }
  return 0;
}

// The ball is an oscillator of damping ratio zeta = (1 - sqrt beta)/sqrt eta, up to terms of the order eta.
// From rest at -a it swings to a exp(-pi zeta/omega), omega = sqrt(1 - zeta^2) (the overshoot of a step
// response, e.g. Ogata 2010, section 5-3), so that it reaches the barrier at 1 with zeta = log a/sqrt(pi^2 +
// log(a)^2), and it has the speed a exp(-zeta (pi - arccos zeta)/omega) at the bottom.
void over_the_barrier(Measurement& measured) {
  for (const double eta : {1e-2, 1e-4}) {
    for (const double a : {1.2, 2.0, 4.0}) {
      const double zeta = std::log(a) / std::hypot(std::numbers::pi, std::log(a));
      const double omega = std::sqrt(1 - zeta * zeta);
      const double root = 1 - zeta * std::sqrt(eta);
      const double beta =
          least_that_holds(0, 1, 1e-9, [&](double b) { return leaves_the_well(roll_from(a, eta, b)); });
      const std::string where = fmt::format(" from -{:g}, eta = {:g}", a, eta);
      // The start and the turn lie within half a step of the oscillator's: a part eta/8 of a each.
      measured.equals("momentum at which the ball leaves the well" + where, beta, root * root,
                      std::pow(eta, 1.5));
      // Friction takes a part 2 zeta sqrt(eta) of the energy in a step, in which the bottom lies anywhere; the
      // ball's mass is (1 + beta)/2, by zeta sqrt(eta) less than 1.
      measured.equals_relatively("kinetic energy at the bottom over the depth, at that momentum" + where,
                                 kinetic_energy_at_bottom(roll_from(a, eta, beta), eta) / TwoWells::depth,
                                 std::exp(2 * zeta * std::acos(zeta) / omega), 3 * zeta * std::sqrt(eta) + eta);
    }
  }
  const TwoWells wells;
  const Vector start = Vector::Constant(1, -2);
  measured.equals("x in the end without momentum, eta = 0.01",
                  traced_run(wells, heavy_ball(0.01, 0), 5000, start).x[0], 0, 1e-9);
  measured.equals("x in the end with momentum 0.95",
                  traced_run(wells, heavy_ball(0.01, 0.95), 5000, start).x[0], 0, 1e-9);
  measured.equals("x in the end with momentum 0.97, in the deeper well",
                  traced_run(wells, heavy_ball(0.01, 0.97), 5000, start).x[0], 1 + std::numbers::sqrt2, 1e-9);
}

// x_{k+1} = phi_1 x_k + phi_2 x_{k-1} + noise, stationary (Box, Jenkins & Reinsel 2008, section 3.2.4).
struct AutoregressiveProcess {
  double phi_1;
  double phi_2;
  double innovation;  // standard deviation of the noise

  double variance() const {
    return innovation * innovation * (1 - phi_2) / ((1 + phi_2) * ((1 - phi_2) * (1 - phi_2) - phi_1 * phi_1));
  }

  // Of the mean of x^2 over so many steps, divided by the variance: sqrt(2 sum rho_k^2/steps) over all lags k
  // of either sign, for a normal x (Bartlett's formula).
  double relative_standard_error(double steps) const {
    double previous = 1;
    double rho = phi_1 / (1 - phi_2);
    double sum = 1;
    while (std::abs(rho) + std::abs(previous) > 1e-9) {
      sum += 2 * rho * rho;
      const double next = phi_1 * rho + phi_2 * previous;
      previous = rho;
      rho = next;
    }
    return std::sqrt(2 * sum / steps);
  }
};

// The mean of (x - x*)^2 over a run on one coordinate of curvature 1 with noise of variance 1 in its gradient.
double noise_floor(const std::string& solver, long iterations) {
  const auto problem = all_problems().make("sample_mean:samples=1000");
  const double minimiser = problem->facts().minimisers.at(0).value[0];
  const auto method = all_solvers().make(solver + ",batch_size=1,sampling=replacement");
  const long transient = 1000;
  double sum = 0;
  minimize(*problem, *method,
           {.limits = {.max_iterations = transient + iterations, .gradient_tolerance = 0},
            .start = problem->facts().minimisers.at(0).value,
            .observer = [&](const Observation& now) {
              const double error = now.x[0] - minimiser;
              if (now.iteration > transient) sum += error * error;
              return false;
            }});
  return sum / static_cast<double>(iterations);
}

void momentum_and_noise(Measurement& measured) {
  const long steps = 1000000;
  const double h = 0.1;  // eta lambda
  const AutoregressiveProcess descent{1 - h, 0, h};
  const double by_descent = noise_floor(fmt::format("sgd:learning_rate={}", h), steps);
  const double descent_error = 4 * descent.relative_standard_error(static_cast<double>(steps));
  for (const double beta : {0.9, 0.5}) {
    const AutoregressiveProcess ball{1 + beta - h, -beta, h};
    const double by_momentum = noise_floor(heavy_ball(h, beta), steps);
    const double error = 4 * ball.relative_standard_error(static_cast<double>(steps));
    const double factor = (1 + beta) * (2 - h) / ((1 - beta) * (2 * (1 + beta) - h));
    measured.equals_relatively(fmt::format("variance with momentum {:g} over that without", beta),
                               by_momentum / by_descent, factor, error + descent_error);
    measured.equals_relatively(fmt::format("the same, beside 1/(1 - beta), beta = {:g}", beta),
                               by_momentum / by_descent, 1 / (1 - beta), 0.1);
    measured.equals_relatively(fmt::format("variance with momentum {:g}", beta), by_momentum, ball.variance(),
                               error);
  }
  measured.equals_relatively("variance without momentum", by_descent, h / (2 - h), descent_error);
  const AutoregressiveProcess ahead{1.9 * (1 - h), -0.9 * (1 - h), h};
  measured.equals_relatively("variance of Nesterov's method, beta = 0.9", noise_floor(nesterov(h, 0.9), steps),
                             ahead.variance(), 4 * ahead.relative_standard_error(static_cast<double>(steps)));
}

}  // namespace

std::vector<Claim> momentum_claims() {
  const std::string munich = "TU Munich I2DL, Scaling Optimization, ";
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, ";
  return {
      {"26", "terminal step of momentum",
       "Under a constant gradient g the step grows to eta g/(1 - beta), ten times that of gradient descent at "
       "0.9, and no further; where gradients alternate it shrinks to eta g/(1 + beta). It is largest when they "
       "align.",
       "", munich + "slide 38; Dillhoff, Optimization for Deep Learning, figures 2 to 4", terminal_step},
      {"27", "across and along a valley",
       "At eta = 1.9/L momentum halves the sign changes across a valley of condition number 100, and "
       "comes further along it. At condition number 25 the same momentum comes less far.",
       "", munich + "slide 36", across_and_along, "valley_momentum"},
      {"28", "stable steps with momentum",
       "The heavy ball is stable for eta < 2 (1 + beta)/L, Nesterov's method for "
       "eta < 2 (1 + beta)/((1 + 2 beta) L), which is less than gradient descent's 2/L.",
       "", cmu + "slides 123-140; Lessard, Recht & Packard 2016", stable_steps},
      {"29", "momentum, Nesterov and others",
       "At condition number 100 the tuned heavy ball needs 80 iterations, Nesterov's method 93 to 320 by its "
       "sequence, gradient descent 554 and conjugate gradients 10.",
       "", cmu + "slide 139", iterations_by_method, "quadratic_methods"},
      {"30", "momentum and local minima",
       "Momentum leaves a well if and only if the kinetic energy at its bottom is its depth and what "
       "friction takes on the way up: from a momentum on that the damped oscillator gives.",
       "", munich + "slide 39", over_the_barrier},
      {"31", "momentum and noise",
       "At equal eta momentum multiplies the variance that noise in the gradient leaves by about 1/(1 - beta).",
       "", cmu + "slides 123-140; Southampton, Stochastic Gradient Descent", momentum_and_noise},
  };
}

}  // namespace optbed
