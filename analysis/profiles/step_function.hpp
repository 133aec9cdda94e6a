// Piecewise constant functions that start at 0 and rise: distribution functions, and so every profile.
#pragma once

#include <vector>

namespace optbed {

struct Step {
  double at = 0;
  double height = 0;  // of the function from here to the next step
};

// 0 to the left of the first step, continuous from the right. The steps ascend strictly in both.
struct StepFunction {
  std::vector<Step> steps;

  double operator()(double x) const;
  double last_height() const { return steps.empty() ? 0 : steps.back().height; }

  // The integral over [from, to]; 0 where to <= from.
  double area(double from, double to) const;

  // The same heights against log2 x, for what starts at an x > 0. Throws UsageError elsewhere.
  StepFunction on_log2_axis() const;
};

struct WeightedPoint {
  double at = 0;
  double weight = 1;
};

// The weight of the points up to x, divided by the weight of all there are, `total`, which may be more than
// the points have: what never happens raises the total and makes no step.
StepFunction cumulative(std::vector<WeightedPoint> points, double total);

}  // namespace optbed
