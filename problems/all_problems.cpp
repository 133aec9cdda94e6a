#include "problems/all_problems.hpp"

#include "problems/classic/beale.hpp"
#include "problems/classic/constrained_examples.hpp"
#include "problems/classic/landscapes/landscapes.hpp"
#include "problems/classic/large_scale/bratu.hpp"
#include "problems/classic/large_scale/chained.hpp"
#include "problems/classic/large_scale/dixon_price.hpp"
#include "problems/classic/large_scale/minimal_surface.hpp"
#include "problems/classic/more_garbow_hillstrom/more_garbow_hillstrom.hpp"
#include "problems/classic/rosenbrock.hpp"
#include "problems/classic/saddle.hpp"
#include "problems/convex/nonsmooth/basis_pursuit.hpp"
#include "problems/convex/nonsmooth/l1_norm.hpp"
#include "problems/convex/nonsmooth/lasso.hpp"
#include "problems/convex/nonsmooth/max_coordinate.hpp"
#include "problems/convex/nonsmooth/total_variation.hpp"
#include "problems/convex/smooth/boyd_9_20.hpp"
#include "problems/convex/smooth/boyd_9_21.hpp"
#include "problems/convex/smooth/entropy.hpp"
#include "problems/convex/smooth/log_cosh.hpp"
#include "problems/convex/smooth/log_sum_exp.hpp"
#include "problems/convex/smooth/power_sum.hpp"
#include "problems/convex/worst_case/adam_counterexample.hpp"
#include "problems/convex/worst_case/heavy_ball_cycle.hpp"
#include "problems/convex/worst_case/huber_worst_case.hpp"
#include "problems/convex/worst_case/interpolated_function.hpp"
#include "problems/convex/worst_case/nesterov_chain.hpp"
#include "problems/convex/worst_case/strongly_convex_chain.hpp"
#include "problems/learning/logistic_regression.hpp"
#include "problems/learning/neural_network/deep_linear.hpp"
#include "problems/learning/neural_network/mlp.hpp"
#include "problems/learning/separable.hpp"
#include "problems/learning/smoothed_hinge.hpp"
#include "problems/learning/softmax_regression.hpp"
#include "problems/quadratic/constrained_quadratic.hpp"
#include "problems/quadratic/hilbert.hpp"
#include "problems/quadratic/poisson.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "problems/quadratic/sample_mean.hpp"
#include "problems/quadratic/squared_residual.hpp"
#include "problems/regression/curve_fit.hpp"
#include "problems/regression/huber_regression.hpp"
#include "problems/regression/linear_regression.hpp"
#include "problems/regression/nist.hpp"
#include "problems/regression/ridge_regression.hpp"

namespace optbed {

ProblemRegistry all_problems() {
  ProblemRegistry registry("problem");
  registry.add(quadratic_entry());
  registry.add(sample_mean_entry());
  registry.add(poisson_entry());
  registry.add(hilbert_entry());
  registry.add(linear_system_entry());
  registry.add(rosenbrock_entry());
  registry.add(extended_rosenbrock_entry());
  registry.add(chained_wood_entry());
  registry.add(chained_powell_entry());
  registry.add(dixon_price_entry());
  registry.add(minimal_surface_entry());
  registry.add(bratu_entry());
  registry.add(beale_entry());
  registry.add(saddle_entry());
  add_more_garbow_hillstrom(registry);
  add_landscapes(registry);
  registry.add(linear_regression_entry());
  registry.add(curve_fit_entry());
  for (ProblemEntry& entry : nist_entries()) registry.add(std::move(entry));
  registry.add(ridge_regression_entry());
  registry.add(huber_regression_entry());
  registry.add(logistic_regression_entry());
  registry.add(softmax_regression_entry());
  registry.add(smoothed_hinge_entry());
  registry.add(separable_entry());
  registry.add(log_sum_exp_entry());
  registry.add(boyd_9_20_entry());
  registry.add(boyd_9_21_entry());
  registry.add(entropy_entry());
  registry.add(log_cosh_entry());
  registry.add(power_sum_entry());
  registry.add(mlp_entry());
  registry.add(deep_linear_entry());
  registry.add(huber_worst_case_entry());
  registry.add(interpolated_function_entry());
  registry.add(nesterov_chain_entry());
  registry.add(strongly_convex_chain_entry());
  registry.add(heavy_ball_cycle_entry());
  registry.add(adam_counterexample_entry());
  registry.add(l1_norm_entry());
  registry.add(max_coordinate_entry());
  registry.add(lasso_entry());
  registry.add(basis_pursuit_entry());
  registry.add(total_variation_entry());
  registry.add(constrained_quadratic_entry());
  registry.add(circle_entry());
  registry.add(maratos_entry());
  registry.add(powell_exponential_entry());
  return registry;
}

}  // namespace optbed
