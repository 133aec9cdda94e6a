// The Levenberg parameter of a trust region (Moré 1978, section 3 and algorithm 5.5; Hebden 1973): the lambda
// >= 0 whose d(lambda), (J'J + lambda D^2) d = -J'r, has a length |D d| within a tenth of the radius, or lambda
// = 0 where the Gauss-Newton step is no longer than that.
//
// phi(lambda) = |D d(lambda)| - radius is convex and falls, and phi + radius is nearly c/(a + lambda): Newton's
// method on 1/radius - 1/(phi + radius), kept in an interval that holds the solution, takes two systems or so.
// At most ten are solved; the step of the last is taken then.
#pragma once

#include <optional>

#include "solvers/least_squares/trial_rule.hpp"

namespace optbed {

struct LevenbergStep {
  double lambda;
  double length;  // |D d|
};

class LevenbergParameter {
 public:
  void start(Index n) { w_.setZero(n); }

  // Writes d (n). `guess`: where the iteration starts, the lambda of the step before. Where J is rank-deficient
  // and the linear solver has no answer for lambda = 0, a step inside the region is taken instead. None where
  // the system is singular for every lambda tried.
  std::optional<LevenbergStep> solve(const LinearisedResiduals& model, double radius, double guess, Vector& d);

 private:
  double newton_correction(const LinearisedResiduals& model, const Vector& d, double radius);

  Vector w_;
};

}  // namespace optbed
