#include "analysis/statistics/distributions.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace optbed {
namespace {

double normal_density(double z) {
  return std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

}  // namespace

double normal_lower_tail(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }
double normal_upper_tail(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }

double normal_quantile(double p) { return boost::math::quantile(boost::math::normal(), p); }

double chi_squared_upper_tail(double x, double degrees) {
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(degrees), x));
}

double fisher_f_upper_tail(double x, double numerator_degrees, double denominator_degrees) {
  return boost::math::cdf(
      boost::math::complement(boost::math::fisher_f(numerator_degrees, denominator_degrees), x));
}

double range_upper_tail(double q, int k) {
  // k ∫ φ Φ^{k-1} = 1, so that the tail is the integral of a^{k-1} - b^{k-1} with a = Φ(z), b = Φ(z) - Φ(z -
  // q): no digits are lost where the tail is small.
  const auto integrand = [&](double z) {
    const double a = normal_lower_tail(z);
    const double below = normal_lower_tail(z - q);
    const double b = a - below;
    double sum = 0;
    for (int i = 0; i < k - 1; ++i) sum = sum * a + std::pow(b, i);  // (a^{k-1} - b^{k-1}) / (a - b)
    return k * normal_density(z) * below * sum;
  };
  // φ is below 1e-37 outside, and the tolerance lets the halves of the integral be split fifteen times.
  constexpr double outermost = 13;
  constexpr unsigned splits = 15;
  return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(integrand, -outermost, outermost, splits,
                                                                       1e-13);
}

double range_critical_value(double alpha, int k) {
  const auto excess = [&](double q) { return range_upper_tail(q, k) - alpha; };
  std::uintmax_t iterations = 200;
  const auto [low, high] = boost::math::tools::toms748_solve(
      excess, 0.0, 40.0, 1 - alpha, -alpha, boost::math::tools::eps_tolerance<double>(45), iterations);
  return (low + high) / 2;
}

}  // namespace optbed
