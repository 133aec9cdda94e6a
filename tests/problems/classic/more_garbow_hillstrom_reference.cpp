#include "tests/problems/classic/more_garbow_hillstrom_reference.hpp"

#include <cmath>
#include <numbers>

#include "problems/classic/more_garbow_hillstrom/five_to_twelve_variables.hpp"
#include "problems/classic/more_garbow_hillstrom/two_to_four_variables.hpp"

namespace optbed::testing {
namespace {

using Real = long double;
using std::exp;
using std::pow;
using std::sqrt;

Complex square(const Complex& z) { return z * z; }
Complex cube(const Complex& z) { return z * z * z; }

// The i-th datum. Data are shared with what is tested: the published minima hold them to the paper.
template <std::size_t size>
Real datum(const std::array<double, size>& data, int i) {
  return data.at(static_cast<std::size_t>(i - 1));
}

void rosenbrock(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= x.size() / 2; ++i) {
    r(2 * i - 1) = 10.0L * (x(2 * i) - square(x(2 * i - 1)));
    r(2 * i) = 1.0L - x(2 * i - 1);
  }
}

void freudenstein_roth(const FromOne& x, FromOne& r) {
  r(1) = -13.0L + x(1) + 5.0L * square(x(2)) - cube(x(2)) - 2.0L * x(2);
  r(2) = -29.0L + x(1) + cube(x(2)) + square(x(2)) - 14.0L * x(2);
}

void powell_badly_scaled(const FromOne& x, FromOne& r) {
  r(1) = 10000.0L * x(1) * x(2) - 1.0L;
  r(2) = exp(-x(1)) + exp(-x(2)) - 1.0001L;
}

void brown_badly_scaled(const FromOne& x, FromOne& r) {
  r(1) = x(1) - 1000000.0L;
  r(2) = x(2) - 0.000002L;
  r(3) = x(1) * x(2) - 2.0L;
}

void beale(const FromOne& x, FromOne& r) {
  r(1) = 1.5L - x(1) * (1.0L - x(2));
  r(2) = 2.25L - x(1) * (1.0L - square(x(2)));
  r(3) = 2.625L - x(1) * (1.0L - cube(x(2)));
}

void jennrich_sampson(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= r.size(); ++i) r(i) = 2.0L + 2.0L * i - pow(exp(x(1)), i) - pow(exp(x(2)), i);
}

void helical_valley(const FromOne& x, FromOne& r) {
  Complex theta = std::atan(x(2) / x(1)) / (2 * std::numbers::pi_v<Real>);
  if (x(1).real() < 0) theta += 0.5L;
  r(1) = 10.0L * (x(3) - 10.0L * theta);
  r(2) = 10.0L * (sqrt(square(x(1)) + square(x(2))) - 1.0L);
  r(3) = x(3);
}

void bard(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= 15; ++i) {
    const Real u = i;
    const Real v = 16 - i;
    const Real w = std::min(u, v);
    r(i) = datum(more_garbow_hillstrom::Bard::y, i) - x(1) - u / (v * x(2) + w * x(3));
  }
}

void gaussian(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= 15; ++i) {
    const Real t = (8.0L - i) / 2;
    r(i) = x(1) * exp(-x(2) * square(t - x(3)) / 2.0L) - datum(more_garbow_hillstrom::Gaussian::y, i);
  }
}

void meyer(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= 16; ++i) {
    const Real t = 45 + 5 * i;
    r(i) = x(1) * exp(x(2) / (t + x(3))) - datum(more_garbow_hillstrom::Meyer::y, i);
  }
}

void gulf(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= r.size(); ++i) {
    const Real t = i / 100.0L;
    const Real y = 25 + std::pow(-50 * std::log(t), 2.0L / 3);
    const Complex away = y - x(2);
    const Complex distance = away.real() < 0 ? -away : away;
    r(i) = exp(-exp(x(3) * std::log(distance)) / x(1)) - t;
  }
}

void box3d(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= r.size(); ++i) {
    const Real t = 0.1L * i;
    r(i) = exp(-t * x(1)) - exp(-t * x(2)) - x(3) * (std::exp(-t) - std::exp(-10 * t));
  }
}

// Nos. 13 and 22.
void powell_singular(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= x.size() / 4; ++i) {
    r(4 * i - 3) = x(4 * i - 3) + 10.0L * x(4 * i - 2);
    r(4 * i - 2) = std::sqrt(5.0L) * (x(4 * i - 1) - x(4 * i));
    r(4 * i - 1) = square(x(4 * i - 2) - 2.0L * x(4 * i - 1));
    r(4 * i) = std::sqrt(10.0L) * square(x(4 * i - 3) - x(4 * i));
  }
}

void wood(const FromOne& x, FromOne& r) {
  r(1) = 10.0L * (x(2) - square(x(1)));
  r(2) = 1.0L - x(1);
  r(3) = std::sqrt(90.0L) * (x(4) - square(x(3)));
  r(4) = 1.0L - x(3);
  r(5) = std::sqrt(10.0L) * (x(2) + x(4) - 2.0L);
  r(6) = (x(2) - x(4)) / std::sqrt(10.0L);
}

void kowalik_osborne(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= 11; ++i) {
    const Real u = datum(more_garbow_hillstrom::KowalikOsborne::u, i);
    r(i) = datum(more_garbow_hillstrom::KowalikOsborne::y, i) -
           x(1) * (u * u + u * x(2)) / (u * u + u * x(3) + x(4));
  }
}

void brown_dennis(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= r.size(); ++i) {
    const Real t = i / 5.0L;
    r(i) = square(x(1) + t * x(2) - std::exp(t)) + square(x(3) + x(4) * std::sin(t) - std::cos(t));
  }
}

void osborne1(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= 33; ++i) {
    const Real t = 10 * (i - 1);
    r(i) =
        datum(more_garbow_hillstrom::Osborne1::y, i) - (x(1) + x(2) * exp(-t * x(4)) + x(3) * exp(-t * x(5)));
  }
}

void biggs_exp6(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= r.size(); ++i) {
    const Real t = 0.1L * i;
    const Real y = std::exp(-t) - 5 * std::exp(-10 * t) + 3 * std::exp(-4 * t);
    r(i) = x(3) * exp(-t * x(1)) - x(4) * exp(-t * x(2)) + x(6) * exp(-t * x(5)) - y;
  }
}

void osborne2(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= 65; ++i) {
    const Real t = (i - 1) / 10.0L;
    r(i) = datum(more_garbow_hillstrom::Osborne2::y, i) -
           (x(1) * exp(-t * x(5)) + x(2) * exp(-square(t - x(9)) * x(6)) +
            x(3) * exp(-square(t - x(10)) * x(7)) + x(4) * exp(-square(t - x(11)) * x(8)));
  }
}

void watson(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= 29; ++i) {
    const Real t = i / 29.0L;
    Complex first = 0;
    Complex second = 0;
    for (int j = 2; j <= x.size(); ++j) first += (j - 1.0L) * std::pow(t, j - 2) * x(j);
    for (int j = 1; j <= x.size(); ++j) second += std::pow(t, j - 1) * x(j);
    r(i) = first - square(second) - 1.0L;
  }
  r(30) = x(1);
  r(31) = x(2) - square(x(1)) - 1.0L;
}

void penalty1(const FromOne& x, FromOne& r) {
  const int n = x.size();
  Complex sum = 0;
  for (int i = 1; i <= n; ++i) {
    r(i) = std::sqrt(1e-5L) * (x(i) - 1.0L);
    sum += square(x(i));
  }
  r(n + 1) = sum - 0.25L;
}

void penalty2(const FromOne& x, FromOne& r) {
  const int n = x.size();
  const Real a = std::sqrt(1e-5L);
  r(1) = x(1) - 0.2L;
  for (int i = 2; i <= n; ++i) {
    const Real y = std::exp(i / 10.0L) + std::exp((i - 1) / 10.0L);
    r(i) = a * (exp(x(i) / 10.0L) + exp(x(i - 1) / 10.0L) - y);
  }
  for (int i = n + 1; i < 2 * n; ++i) r(i) = a * (exp(x(i - n + 1) / 10.0L) - std::exp(-0.1L));
  Complex sum = 0;
  for (int j = 1; j <= n; ++j) sum += (n - j + 1.0L) * square(x(j));
  r(2 * n) = sum - 1.0L;
}

void variably_dimensioned(const FromOne& x, FromOne& r) {
  const int n = x.size();
  Complex sum = 0;
  for (int i = 1; i <= n; ++i) {
    r(i) = x(i) - 1.0L;
    sum += static_cast<Real>(i) * (x(i) - 1.0L);
  }
  r(n + 1) = sum;
  r(n + 2) = square(sum);
}

void trigonometric(const FromOne& x, FromOne& r) {
  const int n = x.size();
  for (int i = 1; i <= n; ++i) {
    Complex sum = 0;
    for (int j = 1; j <= n; ++j) sum += cos(x(j));
    r(i) = static_cast<Real>(n) - sum + static_cast<Real>(i) * (1.0L - cos(x(i))) - sin(x(i));
  }
}

void brown_almost_linear(const FromOne& x, FromOne& r) {
  const int n = x.size();
  for (int i = 1; i < n; ++i) {
    Complex sum = x(i) - (n + 1.0L);
    for (int j = 1; j <= n; ++j) sum += x(j);
    r(i) = sum;
  }
  Complex product = 1;
  for (int j = 1; j <= n; ++j) product *= x(j);
  r(n) = product - 1.0L;
}

// x_0 = x_{n+1} = 0.
Complex or_zero(const FromOne& x, int i) { return i < 1 || i > x.size() ? Complex(0) : x(i); }

void discrete_bv(const FromOne& x, FromOne& r) {
  const Real h = 1.0L / (x.size() + 1);
  for (int i = 1; i <= x.size(); ++i) {
    const Real t = i * h;
    r(i) = 2.0L * x(i) - or_zero(x, i - 1) - or_zero(x, i + 1) + h * h * cube(x(i) + t + 1.0L) / 2.0L;
  }
}

void discrete_ie(const FromOne& x, FromOne& r) {
  const int n = x.size();
  const Real h = 1.0L / (n + 1);
  const auto t = [h](int i) { return i * h; };
  for (int i = 1; i <= n; ++i) {
    Complex left = 0;
    Complex right = 0;
    for (int j = 1; j <= i; ++j) left += t(j) * cube(x(j) + t(j) + 1.0L);
    for (int j = i + 1; j <= n; ++j) right += (1 - t(j)) * cube(x(j) + t(j) + 1.0L);
    r(i) = x(i) + h * ((1 - t(i)) * left + t(i) * right) / 2.0L;
  }
}

void broyden_tridiagonal(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= x.size(); ++i) {
    r(i) = (3.0L - 2.0L * x(i)) * x(i) - or_zero(x, i - 1) - 2.0L * or_zero(x, i + 1) + 1.0L;
  }
}

void broyden_banded(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= x.size(); ++i) {
    Complex sum = 0;
    for (int j = 1; j <= x.size(); ++j) {
      if (j != i && j >= i - 5 && j <= i + 1) sum += x(j) * (1.0L + x(j));
    }
    r(i) = x(i) * (2.0L + 5.0L * square(x(i))) + 1.0L - sum;
  }
}

void linear_full_rank(const FromOne& x, FromOne& r) {
  const auto m = static_cast<Real>(r.size());
  Complex sum = 0;
  for (int j = 1; j <= x.size(); ++j) sum += x(j);
  for (int i = 1; i <= r.size(); ++i) r(i) = (i <= x.size() ? x(i) : Complex(0)) - 2.0L / m * sum - 1.0L;
}

void linear_rank1(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= r.size(); ++i) {
    Complex sum = 0;
    for (int j = 1; j <= x.size(); ++j) sum += static_cast<Real>(j) * x(j);
    r(i) = static_cast<Real>(i) * sum - 1.0L;
  }
}

void linear_rank1_zero(const FromOne& x, FromOne& r) {
  const int m = r.size();
  r(1) = r(m) = -1;
  for (int i = 2; i < m; ++i) {
    Complex sum = 0;
    for (int j = 2; j < x.size(); ++j) sum += static_cast<Real>(j) * x(j);
    r(i) = (i - 1.0L) * sum - 1.0L;
  }
}

// The i-th of Chebyshev's polynomials, shifted to [0, 1].
Complex chebyshev(int i, const Complex& x) {
  if (i == 0) return 1;
  if (i == 1) return 2.0L * x - 1.0L;
  return 2.0L * (2.0L * x - 1.0L) * chebyshev(i - 1, x) - chebyshev(i - 2, x);
}

void chebyquad(const FromOne& x, FromOne& r) {
  for (int i = 1; i <= r.size(); ++i) {
    Complex sum = 0;
    for (int j = 1; j <= x.size(); ++j) sum += chebyshev(i, x(j));
    const Real integral = i % 2 == 1 ? 0 : -1.0L / (static_cast<Real>(i) * i - 1);
    r(i) = sum / static_cast<Real>(x.size()) - integral;
  }
}

}  // namespace

const std::map<std::string, ReferenceResiduals>& more_garbow_hillstrom_reference() {
  static const std::map<std::string, ReferenceResiduals> reference = {
      {"rosenbrock", rosenbrock},
      {"freudenstein_roth", freudenstein_roth},
      {"powell_badly_scaled", powell_badly_scaled},
      {"brown_badly_scaled", brown_badly_scaled},
      {"beale", beale},
      {"jennrich_sampson", jennrich_sampson},
      {"helical_valley", helical_valley},
      {"bard", bard},
      {"gaussian", gaussian},
      {"meyer", meyer},
      {"gulf", gulf},
      {"box3d", box3d},
      {"powell_singular", powell_singular},
      {"wood", wood},
      {"kowalik_osborne", kowalik_osborne},
      {"brown_dennis", brown_dennis},
      {"osborne1", osborne1},
      {"biggs_exp6", biggs_exp6},
      {"osborne2", osborne2},
      {"watson", watson},
      {"extended_rosenbrock", rosenbrock},
      {"extended_powell", powell_singular},
      {"penalty1", penalty1},
      {"penalty2", penalty2},
      {"variably_dimensioned", variably_dimensioned},
      {"trigonometric", trigonometric},
      {"brown_almost_linear", brown_almost_linear},
      {"discrete_bv", discrete_bv},
      {"discrete_ie", discrete_ie},
      {"broyden_tridiagonal", broyden_tridiagonal},
      {"broyden_banded", broyden_banded},
      {"linear_full_rank", linear_full_rank},
      {"linear_rank1", linear_rank1},
      {"linear_rank1_zero", linear_rank1_zero},
      {"chebyquad", chebyquad}};
  return reference;
}

}  // namespace optbed::testing
