#include "analysis/spectrum/spectral_density.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "analysis/spectrum/thick_restart.hpp"

namespace optbed {
namespace {

Vector random_signs(Index n, Random& random) {
  Vector z(n);
  for (double& sign : z) sign = random.uniform() < 0.5 ? -1 : 1;
  return z;
}

}  // namespace

Estimate mean_of(const std::vector<double>& samples) {
  const auto count = static_cast<double>(samples.size());
  Estimate estimate;
  estimate.value = std::accumulate(samples.begin(), samples.end(), 0.0) / count;
  double squares = 0;
  for (const double sample : samples) squares += (sample - estimate.value) * (sample - estimate.value);
  estimate.standard_error =
      samples.size() > 1 ? std::sqrt(squares / (count * (count - 1))) : std::numeric_limits<double>::infinity();
  return estimate;
}

TraceEstimates hutchinson(const SymmetricProduct& product, Index n, int probes, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> traces, squares;
  Vector Az(n);
  for (int probe = 0; probe < probes; ++probe) {
    const Vector z = random_signs(n, random);
    product(z, Az);
    traces.push_back(z.dot(Az));
    squares.push_back(Az.squaredNorm());
  }
  const Estimate square = mean_of(squares);
  const double norm = std::sqrt(square.value);
  // d sqrt(s) = ds/(2 sqrt(s))
  return {mean_of(traces), {norm, norm > 0 ? square.standard_error / (2 * norm) : 0}};
}

SpectralDensity::SpectralDensity(const SymmetricProduct& product, Index n, int probes, Index steps,
                                 std::uint64_t seed) {
  Random random(seed);
  const Matrix none(n, 0);
  least_ = std::numeric_limits<double>::infinity();
  greatest_ = -least_;
  for (int probe = 0; probe < probes; ++probe) {
    ThickRestartLanczos lanczos(product, none, random_signs(n, random), std::min(n, steps), random);
    is_finite_ = lanczos.cycle();
    if (!is_finite_) return;
    rules_.push_back({lanczos.values(), lanczos.first_components().array().square()});
    least_ = std::min(least_, lanczos.values()[0]);
    greatest_ = std::max(greatest_, lanczos.values()[lanczos.subspace() - 1]);
  }
}

Estimate SpectralDensity::mean(const std::function<double(double)>& f) const {
  std::vector<double> sums;
  for (const Quadrature& rule : rules_) sums.push_back(rule.weights.dot(rule.nodes.unaryExpr(f)));
  return mean_of(sums);
}

Estimate SpectralDensity::cumulative(double t) const {
  return mean([t](double node) { return node <= t ? 1.0 : 0.0; });
}

Estimate SpectralDensity::share(double a, double b) const {
  return mean([a, b](double node) { return node > a && node <= b ? 1.0 : 0.0; });
}

Estimate SpectralDensity::density(double t, double width) const {
  const double height = 1 / (width * std::sqrt(2 * std::numbers::pi));
  return mean([=](double node) {
    const double z = (t - node) / width;
    return height * std::exp(-z * z / 2);
  });
}

}  // namespace optbed
