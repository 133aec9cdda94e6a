// Where a least-squares method takes its Jacobian from: the problem, or differences of residuals (Nocedal &
// Wright 2006, section 8.1; Dennis & Schnabel 1996, section 5.4).
//
// forward  J_j = (r(x + h_j e_j) - r(x))/h_j, h_j = eps^(1/2) max(|x_j|, 1): n residual evaluations, error
//          of the order eps^(1/2).
// central  J_j = (r(x + h_j e_j) - r(x - h_j e_j))/(2 h_j), h_j = eps^(1/3) max(|x_j|, 1): 2n residual
//          evaluations, error of the order eps^(2/3).
// h_j is what x_j + h_j - x_j is after rounding. Parameters far below 1 want to be scaled first.
#pragma once

#include <utility>
#include <vector>

#include "solvers/least_squares/residual_point.hpp"

namespace optbed {

enum class JacobianSource { analytic, forward, central };

// The legal values of an option jacobian.
const std::vector<std::pair<std::string, JacobianSource>>& jacobian_choices();

class JacobianEvaluation {
 public:
  explicit JacobianEvaluation(JacobianSource source) : source_(source) {}

  // False for differences, whose gradient is not that of f to the last digits.
  bool is_exact() const { return source_ == JacobianSource::analytic; }

  void start(const Oracle& f);

  // Jacobian and gradient at a point whose residuals are known. True when all of it is finite.
  [[nodiscard]] bool evaluate(Oracle& f, ResidualPoint& at);

 private:
  void difference(Oracle& f, ResidualPoint& at);

  JacobianSource source_;
  Vector x_;
  Vector r_ahead_;
  Vector r_behind_;
};

}  // namespace optbed
