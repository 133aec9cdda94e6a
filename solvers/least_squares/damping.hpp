// The schedules that choose lambda of (J'J + lambda D^2) d = -J'r directly, from one trial to the next.
#pragma once

#include "solvers/least_squares/trial_rule.hpp"

namespace optbed {

// A trial is accepted when the sum of squares falls.
class DampingRule : public TrialRule {
 public:
  explicit DampingRule(double damping) : initial_(damping) {}

  void start(const LinearisedResiduals& model) override;
  std::optional<double> propose(const LinearisedResiduals& model, Vector& d) override;
  bool accepts(const Outcome& outcome) const override { return outcome.fall > 0; }
  [[nodiscard]] bool adapt(const Outcome& outcome) override;
  [[nodiscard]] bool regularise() override;
  [[nodiscard]] bool lengthen(const LinearisedResiduals& model) override;
  double damping() const override { return lambda_; }

 protected:
  virtual double first_damping(const LinearisedResiduals& /*model*/) const { return initial_; }
  virtual void lower(double gain) = 0;
  virtual void raise() = 0;

  double initial_;
  double lambda_ = 0;
};

// Levenberg 1944, Marquardt 1963: lambda is divided by `decrease` when a trial is accepted, and multiplied by
// `increase` when not.
class FactorDamping final : public DampingRule {
 public:
  FactorDamping(double damping, double increase, double decrease)
      : DampingRule(damping), increase_(increase), decrease_(decrease) {}

 private:
  void lower(double gain) override;
  void raise() override { lambda_ *= increase_; }

  double increase_;
  double decrease_;
};

// Nielsen 1999 (Madsen, Nielsen & Tingleff 2004, (2.21)): lambda follows the gain smoothly, from lambda_0 = tau
// max diag(D^-1 J'J D^-1): tau times the greatest of diag(J'J) where D = I, and tau itself where D^2 =
// diag(J'J), so that the invariance to a scaling of the parameters is kept.
class NielsenDamping final : public DampingRule {
 public:
  explicit NielsenDamping(double tau) : DampingRule(tau) {}

  void start(const LinearisedResiduals& model) override;

 private:
  double first_damping(const LinearisedResiduals& model) const override;
  void lower(double gain) override;
  void raise() override;

  double growth_ = 2;  // nu
};

}  // namespace optbed
