// A support vector machine with a smoothed hinge (Rennie & Srebro 2005; Shalev-Shwartz & Zhang 2013, section
// 2):
//   f(x) = (1/m) sum_{i=1}^m h(b_i a_i'x) + (lambda/2) |x|^2,   a_i in R^p, b_i = -1 or 1,
//   h(z) = 0 for z >= 1,   (1-z)^2/(2 gamma) for 1-gamma <= z <= 1,   1 - z - gamma/2 for z <= 1-gamma,
// which is within gamma/2 of max(0, 1 - z). Data as in logistic_regression.hpp.
//
// Start 0. h'' is 1/gamma on [1-gamma, 1] and 0 elsewhere: f is piecewise quadratic, and with C = diag(b) A
//   mu = lambda, attained where every margin is past 1,
//   L = lambda + (largest eigenvalue of A'A)/(gamma m), attained where every margin is within [1-gamma, 1].
// At a kink of h', hessian() has the curvature of the quadratic piece or of the one beyond.
// Minimiser and minimum are computed by a damped Newton method, which ends in the right pieces after finitely
// many iterations.
//
// Its samples are the N = m data: f_i(x) = h(b_i a_i'x) + (lambda/2) |x|^2.
#pragma once

#include "problems/convex/regularisation.hpp"
#include "problems/learning/linear_classifier.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct SmoothedHingeOptions {
  long samples = 100;
  long features = 10;
  double gamma = 1;
  double lambda = 0.01;
  std::optional<double> kappa = {};
  long seed = 1;
  RealDataOptions real = {};
};

struct SmoothedHingeLosses {
  double gamma;
  Loss operator()(Index /*i*/, double z) const { return smoothed_hinge_loss(z, gamma); }
};

class SmoothedHinge final : public LinearClassifier<SmoothedHingeLosses> {
 public:
  using Options = SmoothedHingeOptions;
  static OptionTable<Options> option_table();

  explicit SmoothedHinge(const Options& options = {});

  // gamma > 0, lambda > 0. The minimiser and L are computed where p^2 max(m, p) is at most 1e9, and unknown
  // otherwise.
  SmoothedHinge(const LabelledData& data, double gamma, double lambda);

 private:
  SmoothedHinge(const LearningTask<LabelledData>& task, const Options& options);
  SmoothedHinge(const LearningTask<LabelledData>& task, double gamma, Regularisation regularisation);
};

ProblemEntry smoothed_hinge_entry();

}  // namespace optbed
