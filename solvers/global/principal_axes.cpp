#include "solvers/global/principal_axes.hpp"

#include <cmath>
#include <limits>

namespace optbed {
namespace {

constexpr int most_sweeps = 40;  // convergence is quadratic in the end: more than ten were never seen

}  // namespace

void PrincipalAxes::start(Index n) {
  B_.setIdentity(n, n);
  cholesky_.compute(B_);  // for its memory: one that has computed nothing yet has no state to be assigned
  D_.setOnes(n);
}

bool PrincipalAxes::compute(const Matrix& C) {
  const Index n = C.rows();
  cholesky_.compute(C);
  if (cholesky_.info() != Eigen::Success) return false;
  B_ = cholesky_.matrixL();
  bool has_rotated = true;
  for (int sweep = 0; has_rotated && sweep < most_sweeps; ++sweep) {
    has_rotated = false;
    for (Index p = 0; p < n; ++p) {
      for (Index q = p + 1; q < n; ++q) has_rotated |= rotate(p, q);
    }
  }
  for (Index i = 0; i < n; ++i) {
    D_[i] = B_.col(i).norm();
    B_.col(i) /= D_[i];
  }
  return D_.allFinite() && D_.minCoeff() > 0;
}

// Makes columns p and q orthogonal; false where they are (Golub & Van Loan 2013, section 8.6.3).
bool PrincipalAxes::rotate(Index p, Index q) {
  const double a = B_.col(p).squaredNorm();
  const double b = B_.col(q).squaredNorm();
  const double c = B_.col(p).dot(B_.col(q));
  const double rounding = static_cast<double>(B_.rows()) * std::numeric_limits<double>::epsilon();
  if (!(std::abs(c) > rounding * std::sqrt(a * b))) return false;
  const double zeta = (b - a) / (2 * c);
  const double tangent = std::copysign(1 / (std::abs(zeta) + std::hypot(1, zeta)), zeta);
  const double cosine = 1 / std::hypot(1, tangent);
  const double sine = cosine * tangent;
  for (Index i = 0; i < B_.rows(); ++i) {
    const double of_p = B_(i, p);
    B_(i, p) = cosine * of_p - sine * B_(i, q);
    B_(i, q) = sine * of_p + cosine * B_(i, q);
  }
  return true;
}

}  // namespace optbed
