#include "problems/quadratic/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/decompositions.hpp"

namespace optbed {

Vector spectrum_of(Spectrum spectrum, Index n, double kappa) {
  if (n == 1) return Vector::Ones(1);
  Vector lambda(n);
  const double last = static_cast<double>(n - 1);
  for (Index i = 0; i < n; ++i) {
    const double position = static_cast<double>(i) / last;
    switch (spectrum) {
      case Spectrum::log:
        lambda[i] = std::pow(kappa, position);
        break;
      case Spectrum::linear:
        lambda[i] = 1 + (kappa - 1) * position;
        break;
      case Spectrum::clustered: {
        const Index cluster = 3 * i / n;
        const double half = static_cast<double>(cluster) / 2;  // 0, 1/2, 1: centre kappa^half
        const double within = static_cast<double>(3 * i - cluster * n) / static_cast<double>(n);  // [0, 1)
        lambda[i] = std::clamp(std::pow(kappa, half) * (1 + 1e-3 * (within - half)), 1.0, kappa);
        break;
      }
      case Spectrum::two_point:
        lambda[i] = i < n / 2 ? 1 : kappa;
        break;
    }
  }
  lambda[0] = 1;
  lambda[n - 1] = kappa;
  std::sort(lambda.begin(), lambda.end());  // clusters overlap where kappa is below 1.002
  return lambda;
}

// QR of a Gaussian matrix, with R's diagonal made positive, is uniform (Mezzadri 2007).
Matrix random_orthonormal(Index m, Index n, Random& random) {
  auto [Q, R] = thin_qr(random.normal_matrix(m, n));
  for (Index j = 0; j < n; ++j) {
    if (R(j, j) < 0) Q.col(j) *= -1;
  }
  return std::move(Q);
}

}  // namespace optbed
