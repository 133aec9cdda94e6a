// Ranks: 1 for the least. Values that are equal share the mean of the ranks that they take up together.
#pragma once

#include <span>
#include <vector>

#include "analysis/statistics/perhaps_cost.hpp"

namespace optbed {

// Throws UsageError where a value is not a number.
std::vector<double> midranks(std::span<const double> values);

// What is not solved shares the last ranks.
std::vector<double> midranks(std::span<const PerhapsCost> costs);

// The sum of t^3 - t over the groups of t equal values: what corrections for ties are made of.
double tie_sum(std::span<const double> values);

}  // namespace optbed
