// The optimized gradient method (Kim & Fessler 2016, section 6; Drori & Teboulle 2014): with theta_0 = 1, y_0 =
// x_0,
//   y_{k+1} = x_k - eta g(x_k),   eta = 1/L,   theta_{k+1} = (1 + sqrt(1 + 4 theta_k^2))/2,
//   x_{k+1} = y_{k+1} + ((theta_k - 1)/theta_{k+1})(y_{k+1} - y_k) + (theta_k/theta_{k+1})(y_{k+1} - x_k).
// A run of N iterations has (1 + sqrt(1 + 8 theta^2))/2 for its last theta. The point that this would give is
// reported after every iteration, as if it were the last: it needs no gradient, and the next iteration starts
// from the other one.
// Needs: gradient and L. Cost: 1 gradient and one pass over six n-vectors.
// Rate: convex L-smooth: f_N - f* <= L R^2/(2 theta_N^2) <= L R^2/(N+1)^2, which no method with a fixed
// sequence of first-order steps improves in high dimensions (Drori 2017).
#pragma once

#include "solvers/first_order/element_wise_method.hpp"

namespace optbed {

// final: the last point of a run that ends here. ongoing: x_k, where the gradient is taken.
enum class OptimizedGradientIterate { final, ongoing };

struct OptimizedGradientOptions : FirstOrderOptions {
  OptimizedGradientIterate iterate = OptimizedGradientIterate::final;
  std::optional<double> lipschitz;
};

class OptimizedGradient final : public ElementWiseMethod {
 public:
  using Options = OptimizedGradientOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit OptimizedGradient(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

  const Point& current() const override;
  Knowledge knowledge() const override;

  // theta_{k+1} after theta_k, inside a run and at its end.
  static double next_theta(double theta);
  static double last_theta(double theta);

 private:
  std::string missing_facts(const Facts& facts) const override;
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;
  double commit(double squared_length) override;

  Options options_;
  Point final_;        // only the point is known
  Vector final_next_;  // while it is not certain that f is finite at x_{k+1}
  Vector y_;
  double theta_ = 1;
  double theta_next_ = 1;
};

}  // namespace optbed
