#include "problems/facts.hpp"

#include <algorithm>
#include <utility>

namespace optbed {

void Facts::add_local_minimum(Vector x, double value, std::string source) {
  local_minima.push_back({{std::move(x), value}, std::move(source)});
}

void Facts::add_saddle(Vector x, double value, std::string source) {
  saddles.push_back({{std::move(x), value}, std::move(source)});
}

std::optional<double> Facts::condition_number() const {
  if (!strong_convexity || !lipschitz) return std::nullopt;
  return lipschitz->value / strong_convexity->value;
}

std::optional<double> Facts::distance(const Vector& x) const {
  std::optional<double> nearest;
  for (const Fact<Vector>& minimiser : minimisers) {
    const double d = (x - minimiser.value).norm();
    if (!nearest || d < *nearest) nearest = d;
  }
  return nearest;
}

std::string to_string(Convexity convexity) {
  switch (convexity) {
    case Convexity::nonconvex:
      return "nonconvex";
    case Convexity::convex:
      return "convex";
    case Convexity::strongly_convex:
      return "strongly_convex";
  }
  return {};
}

std::string to_string(FunctionClass function_class) {
  switch (function_class) {
    case FunctionClass::quadratic:
      return "quadratic";
    case FunctionClass::smooth:
      return "smooth";
    case FunctionClass::locally_smooth:
      return "locally_smooth";
    case FunctionClass::nonsmooth:
      return "nonsmooth";
  }
  return {};
}

}  // namespace optbed
