// The trial rule of Powell's dogleg (Madsen, Nielsen & Tingleff 2004, section 3.3).
#pragma once

#include "solvers/least_squares/trial_rule.hpp"

namespace optbed {

class DoglegPath final : public TrialRule {
 public:
  explicit DoglegPath(double initial_radius) : initial_radius_(initial_radius) {}

  void start(const LinearisedResiduals& model) override;
  std::optional<double> propose(const LinearisedResiduals& model, Vector& d) override;
  bool accepts(const Outcome& outcome) const override { return outcome.gain() > 0; }
  [[nodiscard]] bool adapt(const Outcome& outcome) override;
  [[nodiscard]] bool regularise() override { return false; }
  [[nodiscard]] bool lengthen(const LinearisedResiduals& model) override;
  double radius() const override { return radius_; }

 private:
  void shorten(const LinearisedResiduals& model, Vector& d);

  double initial_radius_;
  double radius_ = 0;
  double length_ = 0;  // |D d| of the last proposal
  bool shortened_ = false;
  Vector descent_;  // D^-2 J'r
  Vector leg_;      // D times the second leg
  Vector J_d_;
};

}  // namespace optbed
