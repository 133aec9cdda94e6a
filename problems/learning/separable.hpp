// Points a_i in R^p with labels y_i = -1 or 1 that a hyperplane separates, for a single unit with a threshold:
// the variables are (w, b), n = p + 1, the margin of a point z_i = y_i (w'a_i + b), and
//   f(w, b) = sum_i l(z_i),   l(z) = (s(z) - 0.99)^2 (squared_sigmoid)  or  log(1 + exp(-z)) (logistic),
// with s(z) = 1/(1 + exp(-z)). The first is the squared error with the targets 0.99 and 0.01.
//
// The points are (1, 0) and (0, 1), labelled 1, and (-1, 0), labelled -1. The squared error has its minimum 0
// at w = (u, u), b = 0 with u = log 99, and nowhere else: s(z_i) = 0.99 are three equations w_1 + b = w_2 + b =
// w_1 - b = u. `spoiler` = t adds (0, -t), labelled 1. The points can still be separated, by ((2, 0),
// 1)/sqrt(5) with margins of 1/sqrt(5), the largest there are; but at the old minimum the new point is on the
// wrong side by t u, where the loss is flat: f = 0.98 and |g| falls like exp(-t u). A gradient method that
// comes there stays, and misclassifies (Brady, Raghavan & Slawny 1989 have the first such examples).
//
// `samples` = N draws the points instead: from N(0, I), again where |w*'a| < margin, with the labels of w*'a;
// w* is drawn from the unit sphere.
//
// Start 0. logistic: convex, L = (largest eigenvalue of sum c_i c_i')/4 with c_i = y_i (a_i, 1), attained at 0;
// its infimum 0 is not attained. squared_sigmoid: not convex.
#pragma once

#include "problems/learning/linear_risk.hpp"
#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

enum class SeparableLoss { squared_sigmoid, logistic };

struct SeparableOptions {
  SeparableLoss loss = SeparableLoss::squared_sigmoid;
  std::optional<double> spoiler = {};
  std::optional<long> samples = {};
  long features = 2;
  double margin = 0.1;
  long seed = 1;
};

struct SeparableLosses {
  SeparableLoss loss;
  Loss operator()(Index i, double z) const;
};

class Separable final : public LinearRisk<SeparableLosses, LinearClassificationProblem> {
 public:
  using Options = SeparableOptions;
  static OptionTable<Options> option_table();

  explicit Separable(const Options& options = {});

  void signed_point(Index i, Vector& c) const override;

  // Are all margins at x positive?
  bool is_separated_by(const Vector& x) const;
};

ProblemEntry separable_entry();

}  // namespace optbed
