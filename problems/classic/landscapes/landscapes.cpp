#include "problems/classic/landscapes/landscapes.hpp"

namespace optbed {

void add_landscapes(ProblemRegistry& registry) {
  landscapes::add_in_two_variables(registry);
  landscapes::add_in_any_number_of_variables(registry);
}

}  // namespace optbed
