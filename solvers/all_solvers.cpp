#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/registry.hpp"

namespace optbed {

SolverRegistry all_solvers() {
  SolverRegistry registry("solver");
  registry.add(GradientDescent::entry());
  return registry;
}

}  // namespace optbed
