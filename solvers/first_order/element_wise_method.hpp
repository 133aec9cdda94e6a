// What first-order methods share that move every variable by a formula in its own gradients, once an iteration:
//   x_{k+1} = x_k + d_k(eta_k, g_0, …, g_k),   eta_k = eta_0 s(k) with a schedule s.
// A method is its options, the vectors that it remembers, and the update of one element.
// Cost: 1 gradient, or the sample gradients of a batch, and one pass over x, g, the next x and what the method
// remembers.
#pragma once

#include "solvers/first_order/first_order_options.hpp"
#include "solvers/registry.hpp"

namespace optbed {

class ElementWiseMethod : public Solver {
 public:
  std::string missing(const Problem& problem) const final;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) final;
  StepInfo step(Oracle& f) final;

  // Where the gradient is taken; a method that reports another point overrides both.
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return gradients_.knowledge(); }
  long look_interval() const final { return gradients_.look_interval(); }

  std::vector<std::string> property_names() const override { return {"learning_rate"}; }
  void properties(std::span<double> values) const override { values[0] = eta_; }

 protected:
  explicit ElementWiseMethod(const FirstOrderOptions& options) : gradients_(options), schedule_(options) {}
  // Without a schedule.
  explicit ElementWiseMethod(const BatchOptions& options) : gradients_(options), schedule_(ScheduleOptions{}) {}

  const Point& evaluated() const { return current_; }

 private:
  // What the facts lack for the method, in words.
  virtual std::string missing_facts(const Facts& /*facts*/) const { return {}; }

  // Forgets the run before: what is remembered gets the size of x0 and its first value. Allocates. Returns
  // eta_0.
  virtual double reset(const Facts& facts, const Vector& x0) = 0;

  // The step with number t = 1, 2, … from x with the gradient g: writes the point where the next gradient is
  // taken into x_next, updates what is remembered in place, and returns the square of the iterate's step
  // length.
  virtual double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) = 0;

  // f is finite at x_next, so that the step stands. Returns the square of its length: what update() returned,
  // unless it is known only now.
  virtual double commit(double squared_length) { return squared_length; }

  GradientSource gradients_;
  Schedule schedule_;
  Point current_;
  Point trial_;
  double learning_rate_ = 0;  // eta_0
  double eta_ = 0;            // of the last step
  long k_ = 0;
};

}  // namespace optbed
