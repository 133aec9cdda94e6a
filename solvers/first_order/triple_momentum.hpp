// The triple momentum method (Van Scoy, Freeman & Lynch 2018): with rho = 1 - 1/sqrt(kappa),
//   xi_{k+1} = xi_k + beta (xi_k - xi_{k-1}) - alpha g(y_k),   alpha = (1 + rho)/L, beta = rho^2/(2 - rho),
//   y_k = xi_k + gamma (xi_k - xi_{k-1}),   gamma = rho^2/((1 + rho)(2 - rho)),
//   x_k = xi_k + delta (xi_k - xi_{k-1}),   delta = rho^2/(1 - rho^2),
// from xi_{-1} = xi_0 = x_0. It reports x_k.
// Needs: gradient, mu and L. Cost: 1 gradient and one pass over six n-vectors.
// Rate: mu-strongly convex L-smooth: rho = 1 - 1/sqrt(kappa) an iteration in the distance (theorem 1), the best
// of any method with fixed coefficients; Nesterov's has sqrt(1 - 1/sqrt(kappa)).
#pragma once

#include "solvers/first_order/element_wise_method.hpp"

namespace optbed {

struct TripleMomentumOptions : FirstOrderOptions {
  std::optional<double> mu;
  std::optional<double> lipschitz;
};

class TripleMomentum final : public ElementWiseMethod {
 public:
  using Options = TripleMomentumOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit TripleMomentum(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

  const Point& current() const override { return output_; }
  Knowledge knowledge() const override { return Knowledge::point; }

  struct Parameters {
    double rho;
    double alpha;
    double beta;
    double gamma;
    double delta;
  };
  // none where mu or L is not known.
  static std::optional<Parameters> parameters(const Options& options, const Facts& facts);

 private:
  std::string missing_facts(const Facts& facts) const override;
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& y, const Vector& g, Vector& y_next) override;
  double commit(double squared_length) override;

  Options options_;
  Point output_;        // x_k; only the point is known
  Vector output_next_;  // while it is not certain that f is finite at y_{k+1}
  Vector xi_;
  Vector v_;  // xi_k - xi_{k-1}
  Parameters parameters_ = {};
};

}  // namespace optbed
