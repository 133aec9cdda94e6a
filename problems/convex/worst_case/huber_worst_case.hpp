// The convex L-smooth function on which gradient descent does the worst in k iterations: a Huber function of
// |x|,
//   f(x) = (L/2) |x|^2 for |x| <= tau,   L tau |x| - (L/2) tau^2 beyond,
// whose threshold tau depends on the horizon k and on R = |x_0 - x*|:
//   gradient_descent:   tau = R / (2k + 1). With the step 1/L each iteration moves by tau, so that
//                       |x_k| = R (k+1)/(2k+1) and f_k = L R^2 / (4k + 2), the bound of Drori & Teboulle
//                       2014, theorem 3.1, with equality.
//   optimized_gradient: tau = R / theta_k^2 with theta_0 = 1, theta_i = (1 + sqrt(1 + 4 theta_{i-1}^2))/2
//                       for i < k and theta_k = (1 + sqrt(1 + 8 theta_{k-1}^2))/2; f_k = L R^2 / (2 theta_k^2)
//                       (Kim & Fessler 2016, theorem 3).
// Taylor, Hendrickx & Glineur 2017 show such one-dimensional functions to be worst cases of the whole class.
//
// Start R e_1. Minimum 0 at 0. Convex. L: the Hessian is L I inside and (L tau/|x|)(I - x x'/|x|^2) outside,
// whose eigenvalues are 0 and L tau/|x| < L; so there is no mu. At |x| = tau, where f is not twice
// differentiable, hessian() gives the inner one.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

enum class WorstCaseMethod { gradient_descent, optimized_gradient };

struct HuberWorstCaseOptions {
  long n = 1;
  long horizon = 100;
  double lipschitz = 1;
  double radius = 1;
  WorstCaseMethod method = WorstCaseMethod::gradient_descent;
};

class HuberWorstCase final : public Problem {
 public:
  using Options = HuberWorstCaseOptions;
  static OptionTable<Options> option_table();

  explicit HuberWorstCase(const Options& options = {});

  double threshold() const { return tau_; }

  Index dimension() const override { return n_; }
  Vector start() const override { return radius_ * Vector::Unit(n_, 0); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  Index n_;
  double L_;
  double radius_;
  double tau_;
};

ProblemEntry huber_worst_case_entry();

}  // namespace optbed
