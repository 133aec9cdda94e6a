// Nadam (Dozat 2016): Adam whose averaged gradient looks one step ahead, as Nesterov's momentum does. With m
// and v as in Adam,
//   ruder (Ruder 2016, (38)):
//     x -= eta/(sqrt(v/(1 - beta2^t)) + epsilon) (beta1 m + (1 - beta1) g)/(1 - beta1^t)
//   dozat (Dozat 2016, algorithm 2, with the schedule that it recommends):
//     mu_t = beta1 (1 - 0.96^(t psi)/2),   P_t = mu_1 … mu_t,
//     x -= eta/(sqrt(v/(1 - beta2^t)) + epsilon) (mu_{t+1} m/(1 - P_{t+1}) + (1 - mu_t) g/(1 - P_t))
// Needs: gradient. Cost: 1 gradient and one pass over five n-vectors.
// Rate: none in general. The first step of ruder moves every variable by (1 + beta1) eta, whatever its
// gradient.
#pragma once

#include "solvers/first_order/element_wise_method.hpp"
#include "solvers/first_order/moments.hpp"

namespace optbed {

enum class NadamVariant { ruder, dozat };

struct NadamOptions : MomentOptions {
  NadamOptions() { learning_rate = 2e-3; }
  NadamVariant variant = NadamVariant::ruder;
  double psi = 0.004;
};

class Nadam final : public ElementWiseMethod {
 public:
  using Options = NadamOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Nadam(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;
  double commit(double squared_length) override;

  struct Weights {
    double m;
    double g;
  };
  // The look-ahead gradient is weights.m m + weights.g g.
  Weights look_ahead(long t);

  Options options_;
  Vector m_;
  Vector v_;
  double P_ = 1;       // mu_1 … mu_{t-1}
  double P_next_ = 1;  // mu_1 … mu_t
};

}  // namespace optbed
