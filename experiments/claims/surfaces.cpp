// Paths on the surfaces of the well-known animations: past a saddle, along a valley, over noisy moons, and out
// of a well.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// The first k with |x_2| >= 1, or -1.
double steps_off_the_ridge(const std::string& problem, const std::string& solver, const Vector& x0, long most) {
  const std::vector<double> y = coordinate(traced_run(problem, solver, most, x0), 1);
  const auto found = std::find_if(y.begin(), y.end(), [](double each) { return std::abs(each) >= 1; });
  return found == y.end() ? -1 : static_cast<double>(found - y.begin());
}

void past_a_saddle(Measurement& measured) {
  struct Entry {
    const char* solver;
    double steps;
  };
  const auto steps = [](const char* solver, double delta) {
    return steps_off_the_ridge("saddle", solver, Eigen::Vector2d(1, delta), 400);
  };
  const char* descent = "gradient_descent:learning_rate=0.05";
  const char* adam = "adam:learning_rate=0.05";
  for (const auto& [solver, expected] :
       {Entry{descent, std::ceil(std::log(1e6) / std::log(1.1))}, Entry{"momentum:learning_rate=0.05", 52},
        Entry{"nesterov:learning_rate=0.05", 47}, Entry{"adagrad:learning_rate=0.05", 57}, Entry{adam, 20},
        Entry{"rmsprop:learning_rate=0.05", 8}, Entry{"rprop:variant=irprop_minus", 7}}) {
    measured.equals(fmt::format("steps to |y| >= 1 from (1, 1e-6), {}", solver), steps(solver, 1e-6), expected,
                    0);
  }
  measured.equals("steps from (1, 1e-12), gradient descent", steps(descent, 1e-12),
                  std::ceil(std::log(1e12) / std::log(1.1)), 0);
  measured.at_most("steps from (1, 1e-12) over those from (1, 1e-6), Adam",
                   steps(adam, 1e-12) / steps(adam, 1e-6), 1.2);
  const Result ridge = traced_run("saddle", descent, 400, Eigen::Vector2d(1, 0));
  // 0.9^400 = 5e-19
  measured.at_most("distance to the saddle after 400 steps of gradient descent from (1, 0)", ridge.x.norm(),
                   1e-18);
}

// A run from (1, 3/2) on Beale's function, whose minimiser is (3, 1/2), begins at a height x_2 - 1/2 = 1 above
// the minimiser. How far below it comes.
double overshoot(const std::string& solver) {
  const std::vector<double> heights = coordinate(traced_run("beale", solver, 3000, Eigen::Vector2d(1, 1.5)), 1);
  return 0.5 - *std::min_element(heights.begin(), heights.end());
}

// Where the lecture says that a method shoots off, it comes out below the minimiser by more than it began above
// it; a steady one does not.
void on_beale(Measurement& measured) {
  const std::string what = "Beale: depth below the minimiser over the height of the start, ";
  for (const char* solver : {"momentum:learning_rate=0.004", "nesterov:learning_rate=0.004"}) {
    measured.at_least(what + solver, overshoot(solver), 1);
  }
  for (const char* solver : {"gradient_descent:learning_rate=0.004", "adagrad:learning_rate=1",
                             "rmsprop:learning_rate=0.01", "adadelta"}) {
    measured.at_most(what + solver, overshoot(solver), 1);
  }
  // By eta in each coordinate, to (0, 1/2).
  measured.equals("Beale: distance to the minimiser after Adagrad's first step over that before, eta = 1",
                  traced_run("beale", "adagrad:learning_rate=1", 1, Eigen::Vector2d(1, 1.5)).distance.value() /
                      std::sqrt(5.0),
                  3 / std::sqrt(5.0), 1e-9);
  for (const char* solver : {"momentum:learning_rate=0.01", "nesterov:learning_rate=0.01"}) {
    const Result run = traced_run("beale", solver, 3000, Eigen::Vector2d(1, 1.5));
    measured.is_true(fmt::format("Beale: {} leaves all bounds", solver),
                     run.stop == StopReason::diverged || run.stop == StopReason::non_finite);
  }
  measured.at_most(
      "Beale: f after 3000 steps of gradient descent with that eta",
      traced_run("beale", "gradient_descent:learning_rate=0.01", 3000, Eigen::Vector2d(1, 1.5)).value, 1e-6);
}

// f = 50 x^2 - 0.005 y^2 from (1, 0.001), eta = 1/L: along the ridge gradient descent grows by 1.0001 a step.
// RMSProp's and Adagrad's gradients grow, so that their steps are at least eta and eta/sqrt(t).
void along_a_valley(Measurement& measured) {
  const auto steps = [](const char* solver) {
    return steps_off_the_ridge("quadratic:eigenvalues=100;-0.01", solver, Eigen::Vector2d(1, 0.001), 80000);
  };
  measured.equals("long valley: steps to |y| >= 1, gradient descent",
                  steps("gradient_descent:learning_rate=0.01"), std::ceil(std::log(1000.0) / std::log1p(1e-4)),
                  0);
  measured.at_least("long valley: steps, momentum", steps("momentum:learning_rate=0.01"), 5000);
  measured.at_least("long valley: steps, Nesterov", steps("nesterov:learning_rate=0.01"), 5000);
  measured.at_most("long valley: steps, RMSProp", steps("rmsprop:learning_rate=0.01,epsilon=0"), 100);
  measured.at_most("long valley: steps, Adagrad", steps("adagrad:learning_rate=0.01,epsilon=0"), 2575);
  measured.at_most("long valley: steps, AdaDelta", steps("adadelta"), 2575);
  const std::vector<double> x =
      coordinate(traced_run("quadratic:eigenvalues=100;-0.01", "momentum:learning_rate=0.01", 100,
                            Eigen::Vector2d(1, 0.001)),
                 0);
  measured.at_least("long valley: sign changes across in 100 steps, momentum",
                    static_cast<double>(sign_changes(x)), 20);
}

// The mean cosine of the angle between a step and the one before, on batches of one sample.
double smoothness(const std::string& solver) {
  const Result run = traced_run("mlp:data=two_moons,hidden=8",
                                solver + ":learning_rate=0.001,batch_size=1,sampling=replacement", 3000);
  double sum = 0;
  for (std::size_t k = 2; k < run.trace.rows(); ++k) {
    const Vector before = run.trace.iterate(k - 1) - run.trace.iterate(k - 2);
    const Vector now = run.trace.iterate(k) - run.trace.iterate(k - 1);
    sum += now.dot(before) / (now.norm() * before.norm());
  }
  return sum / static_cast<double>(run.trace.rows() - 2);
}

// Of gradients that have nothing in common the steps of momentum have the correlation beta.
void over_noisy_moons(Measurement& measured) {
  measured.at_most("noisy moons: mean cosine between steps, stochastic gradient descent", smoothness("sgd"),
                   0.5);
  measured.at_least("noisy moons: mean cosine between steps, momentum 0.9", smoothness("momentum"), 0.85);
}

void animated_surfaces(Measurement& measured) {
  on_beale(measured);
  along_a_valley(measured);
  over_noisy_moons(measured);
}

// f = (x^4 - 16 x^2 + 5 x)/2, of which the stationary points are the zeros of x^3 - 8 x + 5/4: by Viète's
// formula the local minimum (j = 0), the barrier (1) and the minimum (2).
double styblinski_tang(double x) { return (std::pow(x, 4) - 16 * x * x + 5 * x) / 2; }

double stationary_point(int j) {
  return 2 * std::sqrt(8.0 / 3) *
         std::cos((std::acos(-15.0 / 64 * std::sqrt(3.0 / 8)) - 2 * std::numbers::pi * j) / 3);
}

// The mean time that dx = -f' dt + sqrt(2 T) dW takes from b down to a:
// (1/T) int_a^b e^(f(y)/T) int_y^infinity e^(-f(z)/T) dz dy (Gardiner 2009, (5.5.23)), by the trapezoidal rule.
double mean_passage_time(double b, double a, double T) {
  const double step = 1e-4;
  const double top = 6;
  double inner = 0;
  double outer = 0;
  for (double y = top; y > a; y -= step) {
    const double weight = std::exp(-styblinski_tang(y - step / 2) / T);
    if (y <= b) outer += step * std::exp(styblinski_tang(y - step / 2) / T) * (inner + step * weight / 2);
    inner += step * weight;
  }
  return outer / T;
}

// The mean time after which runs with different seeds come from b down to a.
double measured_passage_time(double b, double a, double T, int runs) {
  const double h = 5e-4;
  const auto problem = all_problems().make("styblinski_tang:n=1");
  const auto method = all_solvers().make(fmt::format("langevin:learning_rate={},temperature={}", h, T));
  double sum = 0;
  for (int seed = 1; seed <= runs; ++seed) {
    const Result run = minimize(*problem, *method,
                                {.limits = {.max_iterations = 10000000, .gradient_tolerance = 0},
                                 .start = Vector::Constant(1, b),
                                 .seed = static_cast<std::uint64_t>(seed),
                                 .observer = [a](const Observation& now) { return now.x[0] <= a; }});
    sum += h * static_cast<double>(run.iterations);
  }
  return sum / runs;
}

void out_of_a_well(Measurement& measured) {
  const double local = stationary_point(0);
  const double difference = styblinski_tang(local) - styblinski_tang(stationary_point(2));
  for (const char* solver : {"gradient_descent:learning_rate=0.01", "momentum:learning_rate=0.001",
                             "nesterov:learning_rate=0.001", "adam:learning_rate=0.05", "lbfgs", "bfgs"}) {
    const Result run = traced_run("styblinski_tang:n=2", solver, 3000);
    measured.equals(fmt::format("f - f* in the end, {}", solver), run.gap.value(), 2 * difference, 1e-6);
  }
  const int runs = 400;
  for (const double T : {8.0, 12.0, 20.0}) {
    // An escape time has about its mean for a standard deviation. The discrete walk is by h f''/2 = 0.7 % too
    // hot in the well, which is 2.5 % of the time at the most.
    measured.equals_relatively(fmt::format("mean time to leave the well with noise of temperature {:g}", T),
                               measured_passage_time(local, -2, T, runs), mean_passage_time(local, -2, T),
                               4 / std::sqrt(runs) + 0.025);
  }
  const Result quiet = traced_run("styblinski_tang:n=1", "langevin:learning_rate=5e-4,temperature=0", 20000,
                                  Vector::Constant(1, 3));
  measured.equals("x after a time of 10 without noise", quiet.x[0], local, 1e-9);
}

}  // namespace

std::vector<Claim> surface_claims() {
  const std::string munich = "TU Munich I2DL, Scaling Optimization, slides 50-52";
  const std::string dillhoff = "Dillhoff, Optimization for Deep Learning, ";
  return {
      {"38", "past a saddle",
       "From (1, 1e-6) gradient descent leaves the saddle of x^2 - y^2 after 145 steps, momentum after 52, "
       "Adam 20 and RMSProp 8. From (1, 1e-12) the first takes twice as long and Adam hardly longer; from the "
       "ridge itself gradient descent goes to the saddle.",
       "", dillhoff + "figure 5; " + munich, past_a_saddle, "saddle_paths"},
      {"39", "the animations' surfaces",
       "On Beale's function momentum and Nesterov's method shoot off at first: they come out on the other side "
       "of the minimiser farther than they began. Adagrad's first step leads away by a third, RMSProp and "
       "AdaDelta go steadily. In a long valley those that scale their steps break the symmetry soon and the "
       "others late; on batches momentum smooths the path.",
       "", dillhoff + "figure 6; " + munich, animated_surfaces, "beale_paths"},
      {"40", "noise and wells",
       "No local method finds the global minimum from the wrong well, and noise leaves it: the sooner the "
       "stronger it is, after the mean passage time of a diffusion.",
       "", "Southampton, Stochastic Gradient Descent; Kramers 1940", out_of_a_well},
  };
}

}  // namespace optbed
