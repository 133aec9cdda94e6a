// min |J d - b|^2 + lambda |D d|^2 for a dense Jacobian J (m x n), a right side b (m), a damping lambda >= 0
// and a diagonal scale D (n, positive): (J'J + lambda D^2) d = J'b. Three ways:
//
// qr        [J; sqrt(lambda) D] by Householder QR with column pivoting: J once, then a stack of 2n rows for
//           each lambda (Moré 1978, section 3). 2mn^2 flops for J and about 3n^3 for a lambda. Its error grows
//           with the condition number of the stack.
// cholesky  J'J + lambda D^2 = L L'. mn^2 flops for J, n^3/3 for a lambda. Its error grows with the square.
// svd       J D^-1 = U diag(s) V', so that d = D^-1 V diag(s/(s^2 + lambda)) U'b. About 2mn^2 + 20n^3 flops
//           for J and 4mn for a lambda. Where J is rank-deficient and lambda = 0, the d of least |D d|.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "problems/facts.hpp"

namespace optbed {

enum class DampedSolver { qr, cholesky, svd };

class DampedLeastSquares {
 public:
  DampedLeastSquares() = default;
  DampedLeastSquares(const DampedLeastSquares&) = delete;
  DampedLeastSquares& operator=(const DampedLeastSquares&) = delete;
  virtual ~DampedLeastSquares() = default;

  virtual void start(Index residuals, Index parameters) = 0;

  // Takes J and D of a new point.
  virtual void factorise(const Matrix& J, const Vector& D) = 0;

  // Takes lambda. False where the system is singular to working precision.
  [[nodiscard]] virtual bool damp(double lambda) = 0;

  // d (n) for b (m), after damp() has succeeded.
  virtual void solve(const Vector& b, Vector& d) = 0;

  // w'(J'J + lambda D^2)^-1 w for w (n), after damp() has succeeded; with the pseudoinverse where J is
  // rank-deficient and lambda = 0.
  virtual double inverse_form(const Vector& w) = 0;
};

std::unique_ptr<DampedLeastSquares> make_damped_least_squares(DampedSolver solver);

// The legal values of an option linear_solver.
const std::vector<std::pair<std::string, DampedSolver>>& damped_solver_choices();

}  // namespace optbed
