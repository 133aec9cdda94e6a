#include "analysis/theory/mode.hpp"

#include <cmath>
#include <numbers>

namespace optbed {
namespace {

// Rounding of step length, momentum and eigenvalue moves a vanishing discriminant by some eps; roots that are
// closer than 1e-6 of their size act as one for the first 1e6 iterations.
constexpr double defective_discriminant = 1e-13;

// (1 - r^k)/(1 - r) where 1 - r is known to full accuracy, also as r tends to 1.
double geometric_sum(double one_minus_r, double k) {
  const double r = 1 - one_minus_r;
  if (r <= 0) return (1 - std::pow(r, k)) / one_minus_r;
  return -std::expm1(k * std::log1p(-one_minus_r)) / one_minus_r;
}

}  // namespace

double iterations_to_outweigh(double ratio) { return std::log(1000.0) / std::log(ratio); }

double Mode::modulus() const {
  if (is_defective()) return std::abs(sum) / 2;
  const double d = discriminant();
  return d < 0 ? std::sqrt(product) : (std::abs(sum) + std::sqrt(d)) / 2;
}

bool Mode::is_defective() const {
  return std::abs(discriminant()) < defective_discriminant * std::max(sum * sum, 4 * std::abs(product));
}

double Mode::slope() const { return is_defective() ? std::abs(2 * first / sum - 1) : 0; }

double Mode::period() const {
  const double d = discriminant();
  return is_defective() || d >= 0 ? 0 : std::numbers::pi / std::atan2(std::sqrt(-d), std::abs(sum));
}

double Mode::settling_time() const {
  if (is_defective() || product == 0) return 0;
  if (discriminant() < 0) return 2 * period();
  const double larger = modulus();
  return iterations_to_outweigh(larger * larger / std::abs(product));
}

double Mode::error(long iteration) const {
  const auto k = static_cast<double>(iteration);
  if (iteration == 0) return 1;
  if (is_defective()) {
    const double z = sum / 2;
    return (1 + (first / z - 1) * k) * std::pow(z, k);
  }
  const double d = discriminant();
  if (d < 0) {
    const double rho = std::sqrt(product);
    const double cosine = sum / (2 * rho);
    const double sine = std::sqrt(-d) / (2 * rho);
    const double angle = k * std::atan2(sine, cosine);
    return std::pow(rho, k) * (std::cos(angle) + (first / rho - cosine) / sine * std::sin(angle));
  }
  const double z = (sum + std::copysign(std::sqrt(d), sum)) / 2;  // the larger root
  if (z == 0) return iteration == 1 ? first : 0;
  return std::pow(z, k) * (1 + (first / z - 1) * geometric_sum(std::sqrt(d) / std::abs(z), k));
}

}  // namespace optbed
