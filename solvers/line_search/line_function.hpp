// phi(alpha) = f(x + alpha d): what a line search sees of f, and the conditions that it holds a step to.
#pragma once

#include <optional>

#include "problems/oracle.hpp"
#include "solvers/stop_reason.hpp"

namespace optbed {

// phi and phi' at one alpha.
struct Sample {
  double alpha = 0;
  double value = 0;
  double slope = 0;

  bool is_finite() const;
};

// Every trial is one gradient evaluation and is left in `trial`, which after it holds all that is known there.
class LineFunction {
 public:
  LineFunction(Oracle& f, const Point& from, const Vector& d, Point& trial);

  // phi(0) and phi'(0), which need no evaluation.
  const Sample& origin() const { return origin_; }

  // A change of phi from phi(0) that is not larger may be rounding.
  double rounding() const { return rounding_; }

  // Why no search can begin: d does not descend, or is not finite.
  std::optional<StopReason> failure() const;

  // A trial where the value or an element of the gradient is not finite is reported as infinitely high, with a
  // slope that is NaN: every search treats it as a step too long.
  Sample operator()(double alpha);

  // phi alone, as one value evaluation; not counted as a trial. It may be infinite or NaN.
  double value(double alpha);

  int trials() const { return trials_; }

 private:
  Oracle& f_;
  const Point& from_;
  const Vector& d_;
  Point& trial_;
  Sample origin_;
  double rounding_;
  int trials_ = 0;
};

// phi(alpha) <= phi(0) + c1 alpha phi'(0) (Nocedal & Wright 2006, (3.4)). Where both the change of phi and the
// change that is asked for are within `rounding`, the condition is tested as phi'(alpha) <= (2 c1 - 1) phi'(0),
// which is the same on a quadratic and needs no values (Hager & Zhang 2005, (4.1)).
bool decreases_sufficiently(const Sample& trial, const Sample& origin, double c1, double rounding);

// |phi'(alpha)| <= c2 |phi'(0)| (Nocedal & Wright 2006, (3.7b)).
bool is_flat(const Sample& trial, const Sample& origin, double c2);

// The constants of the strong Wolfe conditions, 0 < c1 < 1/2 and c1 < c2 < 1. The defaults suit quasi-Newton
// directions (Nocedal & Wright 2006, p. 34): a step of 1 is taken as soon as it is any good.
struct WolfeConstants {
  double sufficient_decrease = 1e-4;  // c1
  double curvature = 0.9;             // c2
};

}  // namespace optbed
