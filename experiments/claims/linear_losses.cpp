#include "experiments/claims/linear_losses.hpp"

namespace optbed {

LinearLosses::LinearLosses(Matrix samples) : samples_(std::move(samples)), mean_(samples_.rowwise().mean()) {
  const std::string source = "f is linear";
  facts_.convexity = {Convexity::convex, source};
  facts_.function_class = {FunctionClass::quadratic, source};
  facts_.bounded_below = {mean_.isZero(0), source};
}

double LinearLosses::gradient(const Vector& x, Vector& g) const {
  g = mean_;
  return value(x);
}

double LinearLosses::sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const {
  g.setZero();
  for (const Index i : samples) g += samples_.col(i);
  g /= static_cast<double>(samples.size());
  return g.dot(x);
}

}  // namespace optbed
