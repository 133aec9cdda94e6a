#include "problems/all_problems.hpp"

#include "problems/classic/rosenbrock.hpp"
#include "problems/quadratic/quadratic.hpp"

namespace optbed {

ProblemRegistry all_problems() {
  ProblemRegistry registry("problem");
  registry.add(quadratic_entry());
  registry.add(rosenbrock_entry());
  return registry;
}

}  // namespace optbed
