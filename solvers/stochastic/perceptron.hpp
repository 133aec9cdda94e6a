// The perceptron (Rosenblatt 1958): goes through the labelled points in their order, again and again, and adds
// to the weights the signed point of each one that they have on the wrong side: x <- x + c_i where c_i'x <= 0.
// An iteration is one such update, with all the points that it passes over before; the iterate is the weights.
// The run stops as stalled after a whole pass without a mistake: the weights separate the points. What f is has
// no part in it.
// Needs: labelled points. Cost: 1 to N sample gradients an iteration, which is what looking at a point counts
// as.
// Rate: from 0 it makes at most (R/gamma)^2 updates, where R is the largest |c_i| and gamma the largest margin
// min_i c_i'x over the unit vectors x (Novikoff 1962); it never ends where the points cannot be separated.
#pragma once

#include "solvers/registry.hpp"

namespace optbed {

struct PerceptronOptions {};

class Perceptron final : public Solver {
 public:
  using Options = PerceptronOptions;
  static OptionTable<Options> option_table() { return {}; }
  static SolverEntry entry();

  explicit Perceptron(const Options& /*options*/) {}

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }

 private:
  Point current_;
  Vector c_;
  Index next_ = 0;            // the point that is looked at next
  Index right_in_a_row_ = 0;  // points since the last mistake
};

}  // namespace optbed
