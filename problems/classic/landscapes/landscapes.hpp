// The surfaces on which optimizers are pictured and global ones compared: small functions with several minima,
// saddles, plateaus or ripples. Where a source gives a domain to search and no start, the start is three
// quarters of the way from the middle of the domain to its upper corner.
#pragma once

#include "problems/registry.hpp"

namespace optbed {

void add_landscapes(ProblemRegistry& registry);

namespace landscapes {
void add_in_two_variables(ProblemRegistry& registry);
void add_in_any_number_of_variables(ProblemRegistry& registry);
}  // namespace landscapes

}  // namespace optbed
