// Langevin's equation dx = -grad f dt + sqrt(2 T) dW in steps of h (Roberts & Tweedie 1996):
//   y = x - h g(x) + sqrt(2 h T) xi,   xi ~ N(0, I).
// ula takes every y. Its points are distributed with the density exp(-f/T) up to an error that vanishes with h:
// on f = (1/2) lambda x^2 the stationary variance is T/(lambda (1 - h lambda/2)) instead of T/lambda, for h <
// 2/lambda. mala corrects that: it accepts y as Metropolis-Hastings does.
// An iteration is one y; the iterate is the chain's state. ula stops where f or its gradient is not finite at
// y; mala rejects such a y.
// Needs: gradient; exp(-f/T) integrable. Cost: 1 gradient an iteration.
// Rate: to the stationary law geometrically where f is strongly convex and smooth; to escape over a barrier of
// height B takes a time of the order exp(B/T) (Kramers 1940).
#pragma once

#include "solvers/global/metropolis.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class LangevinVariant { ula, mala };

struct LangevinOptions {
  LangevinVariant variant = LangevinVariant::ula;
  double learning_rate = 1e-3;
  double temperature = 1;
};

class Langevin final : public Solver {
 public:
  using Options = LangevinOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Langevin(const Options& options) : options_(options), random_(0) {}

  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }

  // Of all proposals up to now; 1 with variant=ula.
  std::vector<std::string> property_names() const override { return {"acceptance_rate"}; }
  void properties(std::span<double> values) const override { values[0] = count_.rate(); }

 private:
  double log_ratio() const;

  Options options_;
  Random random_;
  Point current_;
  Point trial_;
  AcceptanceCount count_;
};

}  // namespace optbed
