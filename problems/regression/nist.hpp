// NIST's Statistical Reference Datasets for regression: 27 nonlinear and 11 linear ones, each f(b) = sum_i
// (m(b; x_i) - y_i)^2 without a half, with certified parameters, standard deviations and residual sum of
// squares. The data and where they come from: problems/data/nist.
//
// The parameters are certified to 11 digits where the model is nonlinear. Newton's method, started there, gives
// the digits that follow, so that a gap and a distance can be followed down to rounding; it moves no certified
// digit.
#pragma once

#include <vector>

#include "problems/data/nist_strd.hpp"
#include "problems/registry.hpp"
#include "problems/regression/curve_regression.hpp"
#include "problems/regression/nist_models.hpp"

namespace optbed {

struct NistOptions {
  long start = 1;  // 1 or 2 where the model is nonlinear; a linear one starts at 0
};

class NistRegression final : public CurveRegression {
 public:
  explicit NistRegression(const NistModel& model, const NistOptions& options = {});

  const StrdData& certified() const { return certified_; }

 private:
  NistRegression(const NistModel& model, StrdData certified, const NistOptions& options);
  void state_facts_of_nonlinear(const NistModel& model);
  void state_facts_of_linear(const NistModel& model);

  StrdData certified_;
};

// nist_misra1a, nist_norris, …
std::vector<ProblemEntry> nist_entries();

}  // namespace optbed
