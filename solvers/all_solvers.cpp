#include "solvers/constrained/admm.hpp"
#include "solvers/constrained/augmented_lagrangian.hpp"
#include "solvers/constrained/lagrange.hpp"
#include "solvers/constrained/primal_dual.hpp"
#include "solvers/constrained/proximal_gradient.hpp"
#include "solvers/first_order/adadelta.hpp"
#include "solvers/first_order/adagrad.hpp"
#include "solvers/first_order/adam.hpp"
#include "solvers/first_order/adamax.hpp"
#include "solvers/first_order/amsgrad.hpp"
#include "solvers/first_order/coordinate_descent.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nadam.hpp"
#include "solvers/first_order/nesterov.hpp"
#include "solvers/first_order/nonlinear_cg.hpp"
#include "solvers/first_order/optimized_gradient.hpp"
#include "solvers/first_order/quickprop.hpp"
#include "solvers/first_order/rmsprop.hpp"
#include "solvers/first_order/rprop.hpp"
#include "solvers/first_order/triple_momentum.hpp"
#include "solvers/global/cma_es.hpp"
#include "solvers/global/differential_evolution.hpp"
#include "solvers/global/genetic.hpp"
#include "solvers/global/langevin.hpp"
#include "solvers/global/metropolis_hastings.hpp"
#include "solvers/global/nelder_mead.hpp"
#include "solvers/global/simulated_annealing.hpp"
#include "solvers/least_squares/dogleg.hpp"
#include "solvers/least_squares/gauss_newton.hpp"
#include "solvers/least_squares/levenberg_marquardt.hpp"
#include "solvers/linear_systems/chebyshev.hpp"
#include "solvers/linear_systems/conjugate_gradient.hpp"
#include "solvers/linear_systems/direct.hpp"
#include "solvers/linear_systems/jacobi.hpp"
#include "solvers/linear_systems/minres.hpp"
#include "solvers/linear_systems/preconditioned_conjugate_gradient.hpp"
#include "solvers/linear_systems/richardson.hpp"
#include "solvers/linear_systems/sor.hpp"
#include "solvers/newton/newton.hpp"
#include "solvers/newton/newton_cg.hpp"
#include "solvers/newton/preconditioned_gradient.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/dfp.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"
#include "solvers/quasi_newton/sr1.hpp"
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
  registry.add(OptimizedGradient::entry());
  registry.add(TripleMomentum::entry());
  registry.add(CoordinateDescent::entry());
  registry.add(Adagrad::entry());
  registry.add(Rmsprop::entry());
  registry.add(Adadelta::entry());
  registry.add(Adam::entry());
  registry.add(Adamax::entry());
  registry.add(Nadam::entry());
  registry.add(Amsgrad::entry());
  registry.add(Rprop::entry());
  registry.add(Quickprop::entry());
  registry.add(NonlinearCg::entry());
  registry.add(PreconditionedGradient::entry());
  registry.add(Newton::entry());
  registry.add(NewtonCg::entry());
  registry.add(Bfgs::entry());
  registry.add(Dfp::entry());
  registry.add(sr1_entry());
  registry.add(Lbfgs::entry());
  registry.add(GaussNewton::entry());
  registry.add(LevenbergMarquardt::levenberg_entry());
  registry.add(LevenbergMarquardt::levenberg_marquardt_entry());
  registry.add(Dogleg::entry());
  registry.add(NelderMead::entry());
  registry.add(Genetic::entry());
  registry.add(DifferentialEvolution::entry());
  registry.add(CmaEs::entry());
  registry.add(SimulatedAnnealing::entry());
  registry.add(MetropolisHastings::entry());
  registry.add(Langevin::entry());
  registry.add(Perceptron::entry());
  registry.add(Direct::lu_entry());
  registry.add(Direct::qr_entry());
  registry.add(Direct::cholesky_entry());
  registry.add(Richardson::entry());
  registry.add(Jacobi::entry());
  registry.add(Sor::gauss_seidel_entry());
  registry.add(Sor::entry());
  registry.add(Chebyshev::entry());
  registry.add(ConjugateGradient::entry());
  registry.add(PreconditionedConjugateGradient::entry());
  registry.add(Minres::entry());
  registry.add(Lagrange::entry());
  registry.add(AugmentedLagrangian::entry());
  registry.add(ProximalGradient::entry());
  registry.add(Admm::entry());
  registry.add(PrimalDual::entry());
  return registry;
}

}  // namespace optbed
