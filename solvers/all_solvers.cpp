#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nesterov.hpp"
#include "solvers/least_squares/gauss_newton.hpp"
#include "solvers/least_squares/levenberg_marquardt.hpp"
#include "solvers/newton/newton.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"
#include "solvers/registry.hpp"
#include "solvers/stochastic/gradient_norm_penalty.hpp"
#include "solvers/stochastic/saga.hpp"
#include "solvers/stochastic/sgd.hpp"
#include "solvers/stochastic/svrg.hpp"

namespace optbed {

SolverRegistry all_solvers() {
  SolverRegistry registry("solver");
  registry.add(GradientDescent::entry());
  registry.add(Momentum::entry());
  registry.add(Nesterov::entry());
  registry.add(Sgd::entry());
  registry.add(Svrg::entry());
  registry.add(Saga::entry());
  registry.add(SharpnessAware::entry());
  registry.add(GradientNormPenalty::entry());
  registry.add(Newton::entry());
  registry.add(Bfgs::entry());
  registry.add(Lbfgs::entry());
  registry.add(GaussNewton::entry());
  registry.add(LevenbergMarquardt::levenberg_entry());
  registry.add(LevenbergMarquardt::levenberg_marquardt_entry());
  return registry;
}

}  // namespace optbed
