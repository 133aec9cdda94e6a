// How a problem is minimised: a method with its state. `start` allocates, `step` makes one iteration and
// allocates nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/oracle.hpp"
#include "solvers/stop_reason.hpp"

namespace optbed {

// What one iteration did.
struct StepInfo {
  double length = 0;                    // |x_{k+1} - x_k|, 2-norm
  bool accepted = true;                 // false: a trial that was rejected; the iterate is the one before
  std::optional<StopReason> stop = {};  // set: the method cannot go on, and the iterate is the one before
};

inline StepInfo moved(double length) { return {.length = length}; }
inline StepInfo rejected() { return {.accepted = false}; }
inline StepInfo stopped(StopReason reason) { return {.accepted = false, .stop = reason}; }

// What a method knows of f at its iterate without another evaluation.
enum class Knowledge { point, value, gradient };

class Solver {
 public:
  Solver() = default;
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;
  virtual ~Solver() = default;

  // What the problem lacks for this method, in words that follow "the problem lacks"; empty where nothing is
  // missing. Asked before a start: first whether the method is made for the kind of problem, then `missing`.
  std::string unmet_need(const Problem& problem) const;

  // What a problem of the right kind lacks for this method, in words ("a Hessian"); empty where nothing is
  // missing.
  virtual std::string missing(const Problem& problem) const = 0;

  // A method is made for smooth functions on the whole space, unless it says here that it goes without
  // gradients, or that it holds constraints.
  virtual bool needs_gradient() const { return true; }
  virtual bool handles_constraints() const { return false; }

  // Takes x0 (n) as the iterate, allocates, and evaluates what the first step needs. Returns a reason where
  // that fails. A second start forgets the first run.
  virtual std::optional<StopReason> start(Oracle& f, const Vector& x0) = 0;

  // One iteration. Trials are committed only when they are finite; BudgetExhausted leaves the iterate
  // untouched.
  virtual StepInfo step(Oracle& f) = 0;

  // The iterate. `value` and `gradient` hold as far as knowledge() says.
  virtual const Point& current() const = 0;
  virtual Knowledge knowledge() const { return Knowledge::gradient; }

  // After how many iterations it is worth its cost to look at f where the method itself does not know it: 1, or
  // for a method on batches of samples the iterations of an epoch, as a look costs as much as all samples.
  // Asked after start.
  virtual long look_interval() const { return 1; }

  // Columns of its own that the method offers to the trace: their names (fixed), and their values after the
  // last step.
  virtual std::vector<std::string> property_names() const { return {}; }
  virtual void properties(std::span<double> /*values*/) const {}
};

}  // namespace optbed
