#include "analysis/theory/families.hpp"
#include "analysis/theory/theory.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/first_order/momentum.hpp"
#include "solvers/first_order/nesterov.hpp"
#include "solvers/least_squares/gauss_newton.hpp"
#include "solvers/least_squares/levenberg_marquardt.hpp"
#include "solvers/newton/newton.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"

namespace optbed {

std::vector<Statement> applicable_theory(const Solver& solver, const Setting& setting) {
  if (!solver.unmet_need(setting.problem).empty()) return {};
  if (const auto* method = dynamic_cast<const GradientDescent*>(&solver)) {
    return gradient_descent_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const Momentum*>(&solver)) return heavy_ball_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Nesterov*>(&solver)) return nesterov_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Newton*>(&solver)) return newton_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Bfgs*>(&solver)) return bfgs_theory(*method, setting);
  if (const auto* method = dynamic_cast<const Lbfgs*>(&solver)) return lbfgs_theory(*method, setting);
  if (const auto* method = dynamic_cast<const GaussNewton*>(&solver)) {
    return gauss_newton_theory(*method, setting);
  }
  if (const auto* method = dynamic_cast<const LevenbergMarquardt*>(&solver)) {
    return levenberg_marquardt_theory(*method, setting);
  }
  return {};
}

}  // namespace optbed
