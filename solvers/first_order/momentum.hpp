// Momentum, or the heavy ball (Polyak 1964): x_{k+1} = x_k - alpha g_k + beta (x_k - x_{k-1}).
// Needs: gradient; tuning=optimal mu and L. Cost: 1 gradient and one pass over four n-vectors.
// Rate: on a quadratic with spectrum in [mu, L] the best alpha = 4/(sqrt(L) + sqrt(mu))^2, beta = q^2 contract
// the error asymptotically by q = (sqrt(kappa) - 1)/(sqrt(kappa) + 1) (Polyak 1964, theorem 9), after a
// transient of about sqrt(kappa)/e. On strongly convex functions that are not quadratic it may cycle (Lessard,
// Recht & Packard 2016).
#pragma once

#include "solvers/first_order/element_wise_method.hpp"

namespace optbed {

//   velocity  v = beta v - eta g, x += v
//   outside   z = beta z + g, x -= eta z
//   average   m = beta m + (1 - beta) g, x -= eta m
// With a constant step size the first two are the same, and the third is the first with eta (1 - beta).
enum class MomentumForm { velocity, outside, average };
enum class Tuning { manual, optimal };

struct MomentumOptions : FirstOrderOptions {
  double learning_rate = 1e-3;
  double momentum = 0.9;
  MomentumForm form = MomentumForm::velocity;
  Tuning tuning = Tuning::manual;
  std::optional<double> mu;
  std::optional<double> lipschitz;
};

class Momentum final : public ElementWiseMethod {
 public:
  using Options = MomentumOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Momentum(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

  struct Parameters {
    double alpha;  // step of the velocity form with a constant schedule
    double beta;
  };
  // alpha and beta for given facts; none where tuning=optimal lacks mu or L.
  static std::optional<Parameters> parameters(const Options& options, const Facts& facts);

 private:
  std::string missing_facts(const Facts& facts) const override;
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector v_;  // the velocity, or the (averaged) gradient sum
  double beta_ = 0;
};

}  // namespace optbed
