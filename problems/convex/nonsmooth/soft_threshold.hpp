// The proximal map of t |.|: sign(v) max(|v| - t, 0) (Parikh & Boyd 2014, section 6.5.2).
#pragma once

#include <algorithm>
#include <cmath>

#include "problems/problem.hpp"

namespace optbed {

inline double soft_threshold(double v, double t) { return std::copysign(std::max(std::abs(v) - t, 0.0), v); }

// For each element; p may be v.
inline void soft_threshold(const Vector& v, double t, Vector& p) {
  p.array() = v.array().sign() * (v.array().abs() - t).max(0.0);
}

// The implicit step of lambda |x|_1, lambda > 0.
class SoftThresholdStep final : public ImplicitStep {
 public:
  explicit SoftThresholdStep(double lambda) : lambda_(lambda) {}

  void operator()(const Vector& v, double t, Vector& x) override { soft_threshold(v, t * lambda_, x); }

 private:
  double lambda_;
};

}  // namespace optbed
