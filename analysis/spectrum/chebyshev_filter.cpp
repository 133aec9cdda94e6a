#include "analysis/spectrum/chebyshev_filter.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

// T_d(t) for |t| >= 1 and below.
double chebyshev_polynomial(int d, double t) {
  if (std::abs(t) <= 1) return std::cos(d * std::acos(t));
  const double size = std::cosh(d * std::acosh(std::abs(t)));
  return t < 0 && d % 2 == 1 ? -size : size;
}

}  // namespace

ChebyshevFilter::ChebyshevFilter(double far, double cut, double outermost, double growth, int most_degree)
    : centre_((far + cut) / 2), half_width_((cut - far) / 2) {
  const double t = std::max(1.0, (outermost - centre_) / half_width_);
  const double degree = std::ceil(growth / std::max(std::acosh(t), growth / most_degree));
  degree_ = static_cast<int>(std::clamp(degree, 1.0, static_cast<double>(most_degree)));
  scale_ = 1 / chebyshev_polynomial(degree_, t);
}

// T_{j+1}(t) = 2 t T_j(t) - T_{j-1}(t) with t = (A - centre)/half_width.
void ChebyshevFilter::apply(const SymmetricProduct& product, const Vector& v, Vector& pv) {
  const double e = half_width_;
  before_ = scale_ * v;
  product(v, pv);
  pv = (scale_ / e) * (pv - centre_ * v);
  next_.resize(v.size());
  for (int j = 1; j < degree_; ++j) {
    product(pv, next_);
    before_ = (2 / e) * (next_ - centre_ * pv) - before_;
    before_.swap(pv);
  }
}

double ChebyshevFilter::value(double lambda) const {
  return scale_ * chebyshev_polynomial(degree_, (lambda - centre_) / half_width_);
}

double ChebyshevFilter::argument(double p) const {
  return centre_ + half_width_ * std::cosh(std::acosh(p / scale_) / degree_);
}

// T_d'(t) = d sinh(d s)/sinh(s) at t = cosh(s).
double ChebyshevFilter::slope(double p) const {
  const double s = std::acosh(p / scale_) / degree_;
  const double growth = s > 0 ? std::sinh(degree_ * s) / std::sinh(s) : degree_;
  return std::abs(scale_ / half_width_) * degree_ * growth;
}

}  // namespace optbed
