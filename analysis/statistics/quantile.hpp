// Quantiles by definition 7 of Hyndman & Fan (1996, "Sample quantiles in statistical packages"), the default of
// R and NumPy: with x_0 <= … <= x_{n-1} and h = (n-1) p, the line between x_floor(h) and x_ceil(h), at h.
#pragma once

#include <span>

#include "analysis/statistics/perhaps_cost.hpp"

namespace optbed {

// Throws UsageError where there are no values, one of them is not a number, or p is not in [0, 1].
double quantile(std::span<const double> values, double p);
double median(std::span<const double> values);

// Not solved counts as greater than every cost: absent where the quantile rests on a run that is not solved,
// that is, where one has a weight in the sum above that is not 0.
PerhapsCost quantile(std::span<const PerhapsCost> costs, double p);
PerhapsCost median(std::span<const PerhapsCost> costs);

}  // namespace optbed
