#include "solvers/first_order/gradient_source.hpp"

#include <cmath>

namespace optbed {

std::string GradientSource::missing(const Problem& problem) const {
  return options_.batch_size ? missing_samples(problem, *options_.batch_size) : std::string();
}

void GradientSource::start(const Oracle& f) {
  if (options_.batch_size) sampler_.start(f.sample_count(), *options_.batch_size, f.seed());
}

bool GradientSource::evaluate(Oracle& f, Point& point) {
  if (options_.batch_size) {
    require(f);
    sampler_.draw();
  }
  return evaluate_again(f, point);
}

bool GradientSource::evaluate_again(Oracle& f, Point& point) {
  if (!options_.batch_size) return f.evaluate(point);
  const bool finite = f.evaluate(point, sampler_.batch());
  if (options_.reduction == Reduction::mean) return finite;
  const auto size = static_cast<double>(sampler_.batch().size());
  point.value *= size;
  point.gradient *= size;
  point.gradient_norm *= size;
  return finite && std::isfinite(point.value) && std::isfinite(point.gradient_norm);
}

}  // namespace optbed
