// Gradients of batches of samples: their number, their noise and what it leaves; and gradients by differences.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "problems/quadratic/sample_mean.hpp"
#include "solvers/stochastic/sampler.hpp"

namespace optbed {
namespace {

double gradient_of_batch(const SampleMean& f, std::span<const Index> batch) {
  Vector g(1);
  f.sample_gradient(f.start(), batch, g);
  return g[0];
}

double whole_gradient(const SampleMean& f) {
  Vector g(1);
  f.gradient(f.start(), g);
  return g[0];
}

// The gradients of all batches of two that can be drawn, with or without putting the first sample back.
std::vector<double> gradients_of_pairs(const SampleMean& f, bool put_back) {
  std::vector<double> gradients;
  for (Index i = 0; i < f.sample_count(); ++i) {
    for (Index j = 0; j < f.sample_count(); ++j) {
      const Index pair[] = {i, j};
      if (i != j || put_back) gradients.push_back(gradient_of_batch(f, pair));
    }
  }
  return gradients;
}

double mean_of(const std::vector<double>& numbers) {
  double sum = 0;
  for (const double number : numbers) sum += number;
  return sum / static_cast<double>(numbers.size());
}

// The mean of the powers of the distances from `centre`.
double moment(const std::vector<double>& numbers, double centre, int power) {
  double sum = 0;
  for (const double number : numbers) sum += std::pow(number - centre, power);
  return sum / static_cast<double>(numbers.size());
}

// The first batch of each of many epochs: later ones of an epoch depend on it.
std::vector<double> gradients_of_first_batches(const SampleMean& f, Sampling sampling, Index batch_size,
                                               long epochs) {
  Sampler sampler(sampling);
  sampler.start(f.sample_count(), batch_size, 3);
  std::vector<double> gradients;
  for (long epoch = 0; epoch < epochs; ++epoch) {
    for (long batch = 0; batch < sampler.batches_per_epoch(); ++batch) {
      sampler.draw();
      if (batch == 0) gradients.push_back(gradient_of_batch(f, sampler.batch()));
    }
  }
  return gradients;
}

void batches(Measurement& measured) {
  Sampler sampler(Sampling::shuffle);
  sampler.start(1 << 20, 64, 1);
  measured.equals("batches of 64 in an epoch over 2^20 samples",
                  static_cast<double>(sampler.batches_per_epoch()), 16384, 0);

  const SampleMean six({.samples = 6, .deviation = 2});  // variance 4 of a sample's gradient
  const double g = whole_gradient(six);
  for (const bool put_back : {false, true}) {
    const char* drawn = put_back ? "with" : "without";
    const std::vector<double> all = gradients_of_pairs(six, put_back);
    measured.equals(fmt::format("mean over all pairs of 6 {} replacement, less the whole gradient", drawn),
                    mean_of(all) - g, 0, 1e-14);
    measured.equals(fmt::format("their variance, in that of a sample"), moment(all, g, 2) / 4,
                    put_back ? 0.5 : 0.5 * 4 / 5, 1e-14);
  }

  const SampleMean many({.samples = 24, .deviation = 1});
  for (const Sampling sampling : {Sampling::shuffle, Sampling::replacement}) {
    const std::vector<double> drawn = gradients_of_first_batches(many, sampling, 8, 40'000);
    const double centre = whole_gradient(many);
    const double variance = moment(drawn, centre, 2);
    // Of the mean of independent squares.
    const double standard_error = std::sqrt((moment(drawn, centre, 4) - variance * variance) / 40'000);
    measured.equals(fmt::format("variance over drawn batches of 8 of 24, {}",
                                sampling == Sampling::shuffle ? "shuffled" : "with replacement"),
                    variance, sampling == Sampling::shuffle ? 16.0 / 23 / 8 : 1.0 / 8, 4 * standard_error);
  }
}

// ---- the noise floor ----

constexpr long coordinate_count =
    50;  // as many runs of one coordinate with curvature 1 and noise of variance 1

const Problem& noisy_bowl() {
  static const SampleMean problem({.samples = 1000, .eigenvalues = std::vector<double>(coordinate_count, 1.0)});
  return problem;
}

// By how much the sample correlations r_jk of the coordinates of 1000 points raise the variance of a mean over
// them: sum over k of E r_jk^2.
constexpr double correlation_of_coordinates = 1 + (coordinate_count - 1) / 999.0;

double sgd_floor(double eta, double batch_size) { return eta / batch_size / (2 * (2 - eta)); }

struct SgdFloor {
  double gap;             // the mean of f - f* of a coordinate
  double standard_error;  // relative
};

// e_{k+1} = (1 - eta) e_k + noise. The squares of such a sequence have the correlations a^(2k) with a = 1 -
// eta, so that the mean of K of them has the variance 2 V^2/K (1 + a^2)/(1 - a^2) (Bartlett 1946).
SgdFloor measured_sgd_floor(double eta, long batch_size) {
  const long settle = 500;
  const long iterations = 20'000;
  const Result run = traced_run(
      noisy_bowl(), fmt::format("sgd:learning_rate={},batch_size={},sampling=replacement", eta, batch_size),
      settle + iterations, noisy_bowl().facts().minimisers.at(0).value, 5);
  const std::vector<double>& gap = run.trace.column("gap");
  const double a = 1 - eta;
  return {mean_of({gap.begin() + settle, gap.end()}) / coordinate_count,
          std::sqrt(2 * (1 + a * a) / (1 - a * a) * correlation_of_coordinates /
                    static_cast<double>(iterations * coordinate_count))};
}

void batches_lower_the_floor(Measurement& measured) {
  for (const double eta : {0.1, 0.5, 1.5}) {
    const SgdFloor floor = measured_sgd_floor(eta, 1);
    measured.equals_relatively(fmt::format("E f - f* that remains at eta = {:g}", eta), floor.gap,
                               sgd_floor(eta, 1), 4 * floor.standard_error);
  }
  const SgdFloor one = measured_sgd_floor(0.5, 1);
  for (const long m : {8, 64}) {
    const SgdFloor floor = measured_sgd_floor(0.5, m);
    measured.equals_relatively(fmt::format("floor with single samples over that with batches of {}", m),
                               one.gap / floor.gap, static_cast<double>(m),
                               4 * std::hypot(one.standard_error, floor.standard_error));
  }
  // From the minimiser the variance grows to it like 1 - (1 - eta)^(2k); over independent runs.
  const int runs = 300;
  double sum = 0;
  for (int seed = 1; seed <= runs; ++seed) {
    sum += *traced_run(noisy_bowl(), "sgd:learning_rate=0.1,batch_size=1,sampling=replacement", 5,
                       noisy_bowl().facts().minimisers.at(0).value, static_cast<std::uint64_t>(seed))
                .gap;
  }
  measured.equals_relatively("E f - f* five steps after the minimiser, in units of the floor",
                             sum / runs / coordinate_count / sgd_floor(0.1, 1), 1 - std::pow(0.9, 10),
                             4 * std::sqrt(2 * correlation_of_coordinates / (runs * coordinate_count)));
}

// ---- sum and mean ----

double largest_distance(const Result& a, const Result& b) {
  double largest = 0;
  for (std::size_t k = 0; k < a.trace.rows(); ++k) {
    largest = std::max(largest, (a.trace.iterate(k) - b.trace.iterate(k)).norm());
  }
  return largest;
}

void sum_and_mean(Measurement& measured) {
  const std::string problem = "logistic_regression";
  for (const long m : {4L, 10L, 100L}) {
    const Result of_mean =
        traced_run(problem, fmt::format("sgd:learning_rate=0.5,batch_size={}", m), 50, {}, 7);
    const Result of_sum = traced_run(
        problem,
        fmt::format("sgd:learning_rate={:.17g},batch_size={},reduction=sum", 0.5 / static_cast<double>(m), m),
        50, {}, 7);
    const std::string what = fmt::format("distance of the paths with batches of {}, largest of 50 steps", m);
    // eta/4 rounds nothing; else a step rounds by an eps or two of |x| < 10, and f contracts what came before.
    measured.equals(what, largest_distance(of_mean, of_sum), 0, m == 4 ? 0 : 1e-13);
    const Result same_rate =
        traced_run(problem, fmt::format("sgd:learning_rate=0.5,batch_size={},reduction=sum", m), 1, {}, 7);
    measured.equals_relatively(
        fmt::format("first step of the sum over that of the mean at one eta, batches of {}", m),
        same_rate.trace.column("step_length")[1] / of_mean.trace.column("step_length")[1],
        static_cast<double>(m), 1e-12);
  }
}

// ---- gradients by differences ----

// |difference quotients - g|/|g| at the start of Rosenbrock's function.
double error_of_differences(const Problem& f, double h, bool central) {
  const Vector x = f.start();
  Vector g(2);
  const double here = f.value(x);
  f.gradient(x, g);
  Vector error(2);
  for (const Index i : {0, 1}) {
    const Vector ahead = x + h * Vector::Unit(2, i);
    const Vector behind = x - h * Vector::Unit(2, i);
    error[i] = (central ? (f.value(ahead) - f.value(behind)) / (2 * h) : (f.value(ahead) - here) / h) - g[i];
  }
  return error.norm() / g.norm();
}

// The decade of the step with the least error, and that error.
std::pair<int, double> best_decade(const Problem& f, bool central) {
  std::pair<int, double> best(0, std::numeric_limits<double>::infinity());
  for (int decade = -1; decade >= -13; --decade) {
    const double error = error_of_differences(f, std::pow(10, decade), central);
    if (error < best.second) best = {decade, error};
  }
  return best;
}

// f = 100 (y - x^2)^2 + (1 - x)^2 at (-1.2, 1): f = 24.2, g = (-215.6, -88), f_xx = 1330, f_yy = 200, f_xxx =
// -2880, f_yyy = 0.
void difference_quotients(Measurement& measured) {
  const auto f = all_problems().make("rosenbrock");
  const double slope = std::hypot(215.6, 88.0);
  measured.equals_relatively("relative error of forward differences over h, at h = 1e-5",
                             error_of_differences(*f, 1e-5, false) / 1e-5,
                             std::hypot(1330.0, 200.0) / 2 / slope, 1e-3);
  measured.equals_relatively("relative error of central differences over h^2, at h = 1e-4",
                             error_of_differences(*f, 1e-4, true) / 1e-8, 2880.0 / 6 / slope, 1e-3);
  measured.equals_relatively("relative error of central differences at h = 1e-5",
                             error_of_differences(*f, 1e-5, true), 2.3e-10, 0.2);
  // h f''/2 and the rounding 2 eps f/h of f meet at h = 2 sqrt(eps f/f'') = 4e-9.
  const auto [forward_decade, forward_error] = best_decade(*f, false);
  measured.equals("decade of the best h of forward differences", forward_decade, -8, 1);
  // What rounding leaves there varies with the libraries: within a factor of 3.
  measured.equals("decimal logarithm of its error", std::log10(forward_error), std::log10(3.6e-8), 0.5);
  const auto [central_decade, central_error] = best_decade(*f, true);
  measured.equals("decade of the best h of central differences", central_decade, -5, 1);
  measured.at_most("best error of central differences", central_error, 3e-10);
  for (const bool central : {false, true}) {
    measured.at_least(
        fmt::format("error of {} differences at h = 1e-13 over the best", central ? "central" : "forward"),
        error_of_differences(*f, 1e-13, central) / (central ? central_error : forward_error), 1000);
  }
}

}  // namespace

std::vector<Claim> stochastic_claims() {
  const std::string munich = "TU Munich I2DL, Scaling Optimization, ";
  return {
      {"41", "the gradient of a batch",
       "2^20 samples make 16384 batches of 64. A batch's gradient has the mean of the whole one, and the "
       "variance sigma^2/m, times (N - m)/(N - 1) where no sample is drawn twice.",
       "", munich + "slide 31", batches},
      {"42", "the floor of SGD",
       "With a constant step SGD stays at E f - f* = eta sigma^2/(2 (2 - eta lambda)) above the minimum, and a "
       "batch of m samples lowers that m times.",
       "", munich + "slides 28-32; Southampton, Stochastic Gradient Descent", batches_lower_the_floor,
       "batch_sizes"},
      {"43", "sum or mean of a batch",
       "The sum over n samples with the step eta/n makes the path of the mean with eta; with one eta its steps "
       "are n times as long.",
       "", munich + "slide 26", sum_and_mean},
      {"44", "gradients by differences",
       "The error of a difference quotient falls with h until rounding makes it grow again: forward "
       "differences are best near h = 1e-8, with 4e-8, and central ones near 1e-5, with 2e-10.",
       "", munich + "slide 11", difference_quotients},
  };
}

}  // namespace optbed
