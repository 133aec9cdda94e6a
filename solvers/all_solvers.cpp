#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nesterov.hpp"
#include "solvers/registry.hpp"

namespace optbed {

SolverRegistry all_solvers() {
  SolverRegistry registry("solver");
  registry.add(GradientDescent::entry());
  registry.add(Momentum::entry());
  registry.add(Nesterov::entry());
  return registry;
}

}  // namespace optbed
