#include "analysis/profiles/step_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problems/errors.hpp"

namespace optbed {

double StepFunction::operator()(double x) const {
  const auto after =
      std::upper_bound(steps.begin(), steps.end(), x, [](double y, const Step& step) { return y < step.at; });
  return after == steps.begin() ? 0 : std::prev(after)->height;
}

double StepFunction::area(double from, double to) const {
  double sum = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double begin = std::max(from, steps[i].at);
    const double end = i + 1 < steps.size() ? std::min(to, steps[i + 1].at) : to;
    sum += steps[i].height * std::max(0.0, end - begin);
  }
  return sum;
}

StepFunction StepFunction::on_log2_axis() const {
  StepFunction function = *this;
  for (Step& step : function.steps) {
    if (!(step.at > 0)) {
      throw UsageError(
          fmt::format("a profile with a step at {} has no logarithmic axis: take a linear one, or "
                      "give the least cost that counts",
                      step.at));
    }
    step.at = std::log2(step.at);
  }
  return function;
}

StepFunction cumulative(std::vector<WeightedPoint> points, double total) {
  std::sort(points.begin(), points.end(),
            [](const WeightedPoint& a, const WeightedPoint& b) { return a.at < b.at; });
  StepFunction function;
  double weight = 0;
  for (const WeightedPoint& point : points) {
    weight += point.weight;
    const double height = std::min(1.0, weight / total);  // the sum of fractions may round up
    if (!function.steps.empty() && function.steps.back().at == point.at) {
      function.steps.back().height = height;
    } else {
      function.steps.push_back({.at = point.at, .height = height});
    }
  }
  return function;
}

}  // namespace optbed
