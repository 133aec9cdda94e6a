#include "analysis/theory/families.hpp"
#include "analysis/theory/theory.hpp"
#include "solvers/constrained/augmented_lagrangian.hpp"
#include "solvers/constrained/lagrange.hpp"
#include "solvers/constrained/proximal_gradient.hpp"
#include "solvers/first_order/coordinate_descent.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nesterov.hpp"
#include "solvers/first_order/nonlinear_cg.hpp"
#include "solvers/first_order/optimized_gradient.hpp"
#include "solvers/first_order/triple_momentum.hpp"
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

namespace optbed {

std::vector<Statement> applicable_theory(const Solver& solver, const Setting& setting) {
  if (!solver.unmet_need(setting.problem).empty()) return {};
  if (const auto* method = dynamic_cast<const GradientDescent*>(&solver)) {
    return gradient_descent_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const Momentum*>(&solver)) return heavy_ball_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Nesterov*>(&solver)) return nesterov_theory(*method, setting);
  if (const auto* method = dynamic_cast<const OptimizedGradient*>(&solver)) {
    return optimized_gradient_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const TripleMomentum*>(&solver)) {
    return triple_momentum_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const CoordinateDescent*>(&solver)) {
    return coordinate_descent_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const Newton*>(&solver)) return newton_theory(*method, setting);
  if (const auto* method = dynamic_cast<const NewtonCg*>(&solver)) return newton_cg_theory(*method, setting);
  if (const auto* method = dynamic_cast<const PreconditionedGradient*>(&solver)) {
    return preconditioned_gradient_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const NonlinearCg*>(&solver)) {
    return nonlinear_cg_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const Dfp*>(&solver)) return dfp_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Sr1LineSearch*>(&solver)) return sr1_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Bfgs*>(&solver)) return bfgs_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Lbfgs*>(&solver)) return lbfgs_theory(*method, setting);
  if (const auto* method = dynamic_cast<const GaussNewton*>(&solver)) {
    return gauss_newton_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const LevenbergMarquardt*>(&solver)) {
    return levenberg_marquardt_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const Chebyshev*>(&solver)) return chebyshev_theory(*method, setting);
  if (const auto* method = dynamic_cast<const ConjugateGradient*>(&solver)) return cg_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Direct*>(&solver)) return direct_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Jacobi*>(&solver)) return jacobi_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Minres*>(&solver)) return minres_theory(*method, setting);
  if (const auto* method = dynamic_cast<const PreconditionedConjugateGradient*>(&solver))
    return pcg_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Richardson*>(&solver)) return richardson_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Sor*>(&solver)) return sor_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Lagrange*>(&solver)) return lagrange_theory(*method, setting);
  if (const auto* method = dynamic_cast<const AugmentedLagrangian*>(&solver)) {
    return augmented_lagrangian_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const ProximalGradient*>(&solver)) {
    return proximal_gradient_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const Dogleg*>(&solver)) return dogleg_theory(*method, setting);
  return {};
}

}  // namespace optbed
