// How a Gauss-Newton step is kept short, and what a trial teaches: the part in which Levenberg's, Marquardt's,
// Moré's and Powell's method differ.
#pragma once

#include <optional>

#include "solvers/least_squares/residual_point.hpp"
#include "solvers/linear_systems/damped_least_squares.hpp"

namespace optbed {

// The model m(d) = |J d + r|^2/2 at the iterate.
struct LinearisedResiduals {
  const ResidualPoint& at;
  const Vector& D;             // scale of the parameters (n, positive)
  const Vector& right_side;    // -r (m), or what stands in its place
  DampedLeastSquares& system;  // J and D, factorised

  double scaled_length(const Vector& d) const { return D.cwiseProduct(d).norm(); }  // |D d|

  // |D^-1 J'r|, the slope of m along its steepest descent in the scaled parameters.
  double scaled_slope() const {
    return (at.point.gradient.array() / D.array()).matrix().norm() / (2 * at.scale);
  }
};

// What a trial did to F = |r|^2/2.
struct Outcome {
  double fall;            // F(x) - F(x + d); minus infinity where the trial is not finite
  double predicted_fall;  // m(0) - m(d) > 0

  double gain() const { return predicted_fall > 0 ? fall / predicted_fall : 0; }
};

class TrialRule {
 public:
  TrialRule() = default;
  TrialRule(const TrialRule&) = delete;
  TrialRule& operator=(const TrialRule&) = delete;
  virtual ~TrialRule() = default;

  // The first damping or radius.
  virtual void start(const LinearisedResiduals& model) = 0;

  // Writes a step d (n) and returns the fall m(0) - m(d) that the model predicts. None where the linear system
  // is singular. Changes nothing that another proposal at the same point would see.
  virtual std::optional<double> propose(const LinearisedResiduals& model, Vector& d) = 0;

  virtual bool accepts(const Outcome& outcome) const = 0;

  // Learns from the trial of the last proposal. False where no other trial can follow.
  [[nodiscard]] virtual bool adapt(const Outcome& outcome) = 0;

  // After a proposal that was singular: makes the next one more regular. False where that is not to be had.
  [[nodiscard]] virtual bool regularise() = 0;

  // After a step that was too short to tell anything, though no trial was rejected at this point: allows a
  // longer one. False where the restriction had no part in its length.
  [[nodiscard]] virtual bool lengthen(const LinearisedResiduals& model) = 0;

  virtual double damping() const { return 0; }  // lambda, where the rule has one
  virtual double radius() const { return 0; }   // of the trust region on |D d|, where the rule has one
};

}  // namespace optbed
