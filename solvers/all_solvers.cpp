#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nesterov.hpp"
#include "solvers/global/cma_es.hpp"
#include "solvers/global/differential_evolution.hpp"
#include "solvers/global/genetic.hpp"
#include "solvers/global/langevin.hpp"
#include "solvers/global/metropolis_hastings.hpp"
#include "solvers/global/nelder_mead.hpp"
#include "solvers/global/simulated_annealing.hpp"
#include "solvers/least_squares/gauss_newton.hpp"
#include "solvers/least_squares/levenberg_marquardt.hpp"
#include "solvers/newton/newton.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"
#include "solvers/registry.hpp"
#include "solvers/stochastic/gradient_norm_penalty.hpp"
#include "solvers/stochastic/perceptron.hpp"
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
  registry.add(NelderMead::entry());
  registry.add(Genetic::entry());
  registry.add(DifferentialEvolution::entry());
  registry.add(CmaEs::entry());
  registry.add(SimulatedAnnealing::entry());
  registry.add(MetropolisHastings::entry());
  registry.add(Langevin::entry());
  registry.add(Perceptron::entry());
  return registry;
}

}  // namespace optbed
