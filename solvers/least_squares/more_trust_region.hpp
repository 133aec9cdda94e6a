// The schedule of MINPACK (Moré 1978, algorithm 7.1; the routine lmder of Moré, Garbow & Hillstrom 1980):
// lambda follows from a trust region |D d| <= radius, and the radius from the ratio of the actual to the
// predicted fall. Cost of a trial beside that of the linear solver's lambdas (two or so): none.
#pragma once

#include "solvers/least_squares/levenberg_parameter.hpp"

namespace optbed {

class MoreTrustRegion final : public TrialRule {
 public:
  // The first radius is factor |D x_0|, or factor where that is 0.
  explicit MoreTrustRegion(double factor) : factor_(factor) {}

  void start(const LinearisedResiduals& model) override;
  std::optional<double> propose(const LinearisedResiduals& model, Vector& d) override;
  bool accepts(const Outcome& outcome) const override;
  [[nodiscard]] bool adapt(const Outcome& outcome) override;
  [[nodiscard]] bool regularise() override { return false; }
  [[nodiscard]] bool lengthen(const LinearisedResiduals& model) override;
  double damping() const override { return trial_lambda_; }  // of the trial
  double radius() const override { return radius_; }

 private:
  struct Proposal {
    double lambda;
    double length;  // |D d|
    double slope;   // d'J'r < 0
  };

  double factor_;
  LevenbergParameter parameter_;
  Proposal proposed_{};
  double lambda_ = 0;  // where the next search for it starts
  double trial_lambda_ = 0;
  double radius_ = 0;
  bool first_ = true;  // until a trial is accepted
};

}  // namespace optbed
