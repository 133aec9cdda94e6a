// Nesterov's accelerated gradient (Nesterov 1983; 2004, section 2.2): a gradient step from a point ahead of the
// iterate,
//   y_k = x_k + beta_k (x_k - x_{k-1}),   x_{k+1} = y_k - eta g(y_k).
// Needs: gradient; sequences other than constant L, or mu and L. Cost: 1 gradient and one pass over five
// n-vectors.
// Rate: convex L-smooth (fista): f_k - f* <= 2 L R^2/(k + 1)^2 (Beck & Teboulle 2009).
// mu-strongly convex (strongly_convex): f_k - f* <= (1 - 1/sqrt(kappa))^k (f_0 - f* + mu R^2/2).
// Quadratics (quadratic_optimal): 1 - 2/sqrt(3 kappa + 1) asymptotically in the distance (Lessard, Recht &
// Packard 2016, proposition 1).
#pragma once

#include "solvers/first_order/element_wise_method.hpp"

namespace optbed {

//   constant           eta = learning_rate, beta = momentum
//   fista              eta = learning_rate or 1/L, beta_{k+1} = (t_k - 1)/t_{k+1}, t_0 = 1,
//                      t_{k+1} = (1 + sqrt(1 + 4 t_k^2))/2
//   strongly_convex    eta = 1/L, beta = (sqrt(kappa) - 1)/(sqrt(kappa) + 1)
//   quadratic_optimal  eta = 4/(3L + mu), beta = (sqrt(3 kappa + 1) - 2)/(sqrt(3 kappa + 1) + 2)
enum class NesterovSequence { constant, fista, strongly_convex, quadratic_optimal };

// main: reports x_k. lookahead: reports y_k, where the gradient is taken.
enum class NesterovIterate { main, lookahead };

struct NesterovOptions : FirstOrderOptions {
  std::optional<double> learning_rate;
  double momentum = 0.9;
  NesterovSequence sequence = NesterovSequence::constant;
  NesterovIterate iterate = NesterovIterate::main;
  std::optional<double> mu;
  std::optional<double> lipschitz;
};

class Nesterov final : public ElementWiseMethod {
 public:
  using Options = NesterovOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Nesterov(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

  const Point& current() const override;
  Knowledge knowledge() const override;
  std::vector<std::string> property_names() const override { return {"learning_rate", "momentum"}; }
  void properties(std::span<double> values) const override;

  struct Parameters {
    double eta;
    double beta;  // the constant one; 0 for fista
  };
  // none where the sequence lacks mu or L.
  static std::optional<Parameters> parameters(const Options& options, const Facts& facts);

 private:
  std::string missing_facts(const Facts& facts) const override;
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& y, const Vector& g, Vector& y_next) override;
  double commit(double squared_length) override;

  Options options_;
  Point main_;     // x_k; only the point is known
  Vector x_next_;  // x_{k+1}, while it is not certain that f is finite at y_{k+1}
  Vector v_;       // x_k - x_{k-1}
  double beta_base_ = 0;
  double beta_ = 0;       // of y_k
  double beta_next_ = 0;  // of y_{k+1}
  double t_ = 1;          // of the fista sequence, and the next one
  double t_next_ = 1;
};

}  // namespace optbed
