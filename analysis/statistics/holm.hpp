// Many tests at once: the step-down procedure of Holm (1979), which keeps the chance of any false rejection
// below alpha, whatever depends on what.
#pragma once

#include <span>
#include <vector>

namespace optbed {

// Adjusted p-values, in the order given: with p_(1) <= … <= p_(m), max over j <= i of min(1, (m - j + 1)
// p_(j)). A hypothesis is rejected at the level alpha where its adjusted p-value is <= alpha. Throws UsageError
// where one of them is not in [0, 1].
std::vector<double> holm_adjusted(std::span<const double> p_values);

}  // namespace optbed
