// First-order methods with constant coefficients on a quadratic: along each eigenvector of A the error obeys a
// linear recurrence of two terms, and the eigenvalues say all about the run (Polyak 1964; Lessard, Recht &
// Packard 2016, section 3).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/theory/theory.hpp"

namespace optbed {

// e_{k+1} = sum e_k - product e_{k-1} with e_0 = 1 and e_1 = first: the error along one eigenvector in units of
// its start. `sum` and `product` are those of the roots of z^2 - sum z + product.
struct Mode {
  double sum;
  double product;
  double first;

  double modulus() const;  // of the larger root: the asymptotic contraction an iteration

  // The roots coincide: |e_k| = |1 + c k| modulus^k, with |c| = slope().
  bool is_defective() const;
  double slope() const;  // 0 where the roots differ

  // Of |e_k|, where the roots are complex; 0 where it does not oscillate.
  double period() const;

  // Iterations until |e_k| falls by its modulus: two periods, or until the larger of two real roots outweighs
  // the other a thousand times. 0 where the roots coincide.
  double settling_time() const;

  double error(long k) const;  // e_k, in closed form

 private:
  double discriminant() const { return sum * sum - 4 * product; }
};

using ModeOfEigenvalue = std::function<Mode(double eigenvalue)>;

// Whose modes these are, for the statements about them.
struct ModalMethod {
  std::string method;
  std::string conditions;
  std::string source;
  ModeOfEigenvalue mode;
};

// The asymptotic factor and the exact transient envelope |x_k - x*| <= max_i |e_k(lambda_i)| |x_0 - x*|, in the
// distance and in the gap, on a strongly convex quadratic; and the local factor at the minimiser of any other
// function. Empty where the eigenvalues are not known.
std::vector<Statement> modal_theory(const ModalMethod& method, const Setting& setting);

}  // namespace optbed
