// The error of a first-order method with constant coefficients along one eigenvector of a quadratic's Hessian:
// a linear recurrence of two terms (Polyak 1964; Lessard, Recht & Packard 2016, section 3).
#pragma once

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

// Until a mode outweighs another a thousand times, where the ratio of their moduli is `ratio` > 1.
double iterations_to_outweigh(double ratio);

}  // namespace optbed
