#include "solvers/least_squares/damping.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

// Divisions stop here: a damping of 0 could not be raised again by a factor.
constexpr double least_damping = 1e-100;

// max diag(D^-1 J'J D^-1), the size of what lambda stands beside.
double greatest_scaled_square(const LinearisedResiduals& model) {
  double greatest = 0;
  for (Index j = 0; j < model.D.size(); ++j) {
    greatest = std::max(greatest, model.at.J.col(j).squaredNorm() / (model.D[j] * model.D[j]));
  }
  return greatest;
}

}  // namespace

void DampingRule::start(const LinearisedResiduals& model) { lambda_ = first_damping(model); }

std::optional<double> DampingRule::propose(const LinearisedResiduals& model, Vector& d) {
  if (!model.system.damp(lambda_)) return std::nullopt;
  model.system.solve(model.right_side, d);
  // m(0) - m(d) = d'(lambda D^2 d - J'r)/2 (Madsen, Nielsen & Tingleff 2004, (2.18)).
  const double damped = lambda_ * model.D.cwiseProduct(d).squaredNorm();
  return (damped - model.at.slope_of_half_square(d)) / 2;
}

bool DampingRule::adapt(const Outcome& outcome) {
  if (accepts(outcome)) {
    lower(outcome.gain());
  } else {
    raise();
  }
  return std::isfinite(lambda_);
}

bool DampingRule::regularise() {
  raise();
  return std::isfinite(lambda_);
}

bool DampingRule::lengthen(const LinearisedResiduals& model) {
  const double before = lambda_;
  if (lambda_ <= std::numeric_limits<double>::epsilon() * greatest_scaled_square(model)) return false;
  lower(1);
  return lambda_ < before;
}

void FactorDamping::lower(double /*gain*/) { lambda_ = std::max(lambda_ / decrease_, least_damping); }

void NielsenDamping::start(const LinearisedResiduals& model) {
  DampingRule::start(model);
  growth_ = 2;
}

double NielsenDamping::first_damping(const LinearisedResiduals& model) const {
  const double size = greatest_scaled_square(model);
  return size > 0 ? initial_ * size : initial_;
}

void NielsenDamping::lower(double gain) {
  lambda_ *= std::max(1.0 / 3, 1 - std::pow(2 * gain - 1, 3));
  growth_ = 2;
}

void NielsenDamping::raise() {
  lambda_ *= growth_;
  growth_ *= 2;
}

}  // namespace optbed
