#include "solvers/newton/trust_region_subproblem.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

constexpr double boundary_tolerance = 1e-10;  // of |p|, relative to the radius
constexpr double hard_case_tolerance = 1e-8;  // of m(p), relative
constexpr double nearly_singular = 1e-6;  // of z'(H + lambda I)z, relative to |H|: below, |p(lambda)| is not
                                          // known to boundary_tolerance
constexpr int max_factorisations = 100;
constexpr double multiplier_rounding = 4 * std::numeric_limits<double>::epsilon();

}  // namespace

struct TrustRegionSubproblem::Interval {
  double lower;
  double upper;
  double indefinite;

  // The proposal, kept inside, or where H + lambda I cannot be positive definite there, a point further up.
  double safeguard(double proposal) const {
    const double lambda = std::clamp(std::isfinite(proposal) ? proposal : lower, lower, upper);
    return lambda > indefinite ? lambda : std::max(1e-3 * upper, std::sqrt(lower * upper));
  }
};

void TrustRegionSubproblem::start(Index n) {
  shifted_.setZero(n, n);
  cholesky_.compute(Matrix::Identity(n, n));  // allocates, and leaves nothing uninitialised
  q_.setZero(n);
  z_.setZero(n);
}

std::optional<TrustRegionStep> TrustRegionSubproblem::solve(const Matrix& H, const Vector& g, double radius,
                                                            Vector& p) {
  const double slope = g.norm() / radius;
  const double norm = H.cwiseAbs().colwise().sum().maxCoeff();
  // Strictly above every lambda that makes H + lambda I singular, also where g = 0.
  constexpr double strictly = 1.001;
  Interval interval{0, strictly * (slope + norm), -H.diagonal().minCoeff()};
  interval.lower = std::max({0.0, interval.indefinite, slope - norm});
  if (interval.upper == 0) {
    p.setZero();
    return solution(H, g, p, 0, false);
  }
  double lambda = interval.safeguard(interval.lower);
  bool refined = false;
  for (int i = 0; i < max_factorisations; ++i) {
    shifted_ = H;
    shifted_.diagonal().array() += lambda;
    cholesky_.compute(shifted_);
    if (cholesky_.info() != Eigen::Success) {
      interval.lower = std::max(interval.lower, lambda);
      interval.indefinite = std::max(interval.indefinite, lambda);
      lambda = interval.safeguard(lambda);
      continue;
    }
    p = -g;
    cholesky_.solveInPlace(p);
    const double length = p.norm();
    // Inside, and no rounding of H can tell lambda from 0.
    if (length <= radius && lambda <= multiplier_rounding * norm) return solution(H, g, p, 0, false);

    q_ = p;
    cholesky_.matrixL().solveInPlace(q_);
    const double quotient = length / q_.norm();
    const double correction = quotient * quotient * (length - radius) / radius;  // (4.44)
    const bool is_final = std::abs(correction) <= multiplier_rounding * lambda;  // no other lambda comes nearer
    const bool reaches_boundary = std::abs(length - radius) <= boundary_tolerance * radius;
    // The correction is quadratically convergent: one more, and what remains is rounding.
    if (reaches_boundary && (refined || is_final)) return solution(H, g, p, lambda, true);
    refined = refined || reaches_boundary;
    if (length > radius) {
      interval.lower = std::max(interval.lower, lambda);
      if (is_final) {
        p *= radius / length;
        return solution(H, g, p, lambda, true);
      }
    } else if (!reaches_boundary) {
      interval.upper = std::min(interval.upper, lambda);
      const double shrunk = estimate_null_vector();
      interval.indefinite = std::max(interval.indefinite, lambda - shrunk);
      interval.lower = std::max(interval.lower, interval.indefinite);
      if (p.dot(z_) < 0) z_ = -z_;  // so that the nearer end of the line is ahead
      const double tau = step_to_boundary(p, z_, radius);
      // By adding tau z the model loses tau^2 z'(H + lambda I)z/2 against its minimum at most (Moré & Sorensen
      // 1983, lemma 3.4).
      const bool is_good = tau * tau * shrunk <= hard_case_tolerance * (-g.dot(p) + lambda * radius * radius);
      if (is_good && (shrunk <= nearly_singular * norm || is_final)) {
        p += tau * z_;
        return solution(H, g, p, lambda, true);
      }
    }
    lambda = interval.safeguard(lambda + correction);
  }
  return std::nullopt;
}

// z = v/|v| with L w = e, L'v = w, where each e_i = +-1 is chosen to make w grow (Cline, Moler, Stewart &
// Wilkinson 1979). Returns z'(H + lambda I)z = |L'z|^2.
double TrustRegionSubproblem::estimate_null_vector() {
  const Index n = z_.size();
  const auto& L = cholesky_.matrixLLT();
  z_.setZero();
  for (Index i = 0; i < n; ++i) {
    z_[i] = -(z_[i] + std::copysign(1.0, z_[i])) / L(i, i);
    z_.tail(n - i - 1) += z_[i] * L.col(i).tail(n - i - 1);
  }
  const double w_norm = z_.norm();
  cholesky_.matrixU().solveInPlace(z_);
  const double v_norm = z_.norm();
  z_ /= v_norm;
  return (w_norm / v_norm) * (w_norm / v_norm);
}

TrustRegionStep TrustRegionSubproblem::solution(const Matrix& H, const Vector& g, const Vector& p,
                                                double lambda, bool on_boundary) {
  q_.noalias() = H * p;
  return {.length = p.norm(),
          .lambda = lambda,
          .on_boundary = on_boundary,
          .predicted_fall = -(g.dot(p) + p.dot(q_) / 2)};
}

}  // namespace optbed
