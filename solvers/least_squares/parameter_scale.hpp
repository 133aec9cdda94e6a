// The diagonal D that a step d is measured with, as |D d|: what a damping multiplies and a trust region bounds.
//
// none      D = I: the parameters as they are (Levenberg 1944).
// jacobian  D_j = |J_j|, the norm of a column here: D^2 = diag(J'J), invariant to a scaling of the parameters
//           (Marquardt 1963).
// more      D_j is the greatest |J_j| so far: as jacobian, but the region never widens along a parameter
//           that the residuals cease to depend on (Moré 1978, section 4).
// A parameter that no residual depends on at the start has D_j = 1, as in MINPACK.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "problems/facts.hpp"

namespace optbed {

enum class Scaling { none, jacobian, more };

// The legal values of an option scaling.
const std::vector<std::pair<std::string, Scaling>>& scaling_choices();

class ParameterScale {
 public:
  // `given`: D itself (n, positive), which `scaling` then has no part in; empty otherwise.
  ParameterScale(Scaling scaling, const std::vector<double>& given);

  void start(Index n);
  void update(const Matrix& J);  // at a new iterate
  const Vector& D() const { return D_; }

 private:
  Scaling scaling_;
  Vector given_;
  Vector D_;
  bool first_ = true;
};

// What the problem lacks for a scale of so many numbers; empty where nothing is missing.
std::string missing_parameters(Index n, const std::vector<double>& given);

}  // namespace optbed
