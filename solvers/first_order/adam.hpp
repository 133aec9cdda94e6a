// Adam (Kingma & Ba 2015, algorithm 1): averages of the gradient and of its square, corrected for their start
// at 0,
//   m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2,
//   x -= eta (m/(1 - beta1^t)) / (sqrt(v/(1 - beta2^t)) + epsilon),   t = 1 on the first step.
// Needs: gradient. Cost: 1 gradient and one pass over five n-vectors.
// Rate: none in general: there are convex online problems on which it goes to the worst point (Reddi, Kale &
// Kumar 2018). The first step moves every variable by eta, whatever its gradient; without the correction by
// (1 - beta1)/sqrt(1 - beta2) times that, 3.16 with the defaults.
#pragma once

#include "solvers/first_order/element_wise_method.hpp"
#include "solvers/first_order/moments.hpp"

namespace optbed {

// plain: as above. hat: x -= eta (sqrt(1 - beta2^t)/(1 - beta1^t)) m/(sqrt(v) + epsilon), the remark at the end
// of section 2 of the paper.
enum class EpsilonForm { plain, hat };

struct AdamOptions : MomentOptions {
  bool bias_correction = true;
  EpsilonForm epsilon_form = EpsilonForm::plain;
};

class Adam final : public ElementWiseMethod {
 public:
  using Options = AdamOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Adam(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector m_;
  Vector v_;
};

}  // namespace optbed
