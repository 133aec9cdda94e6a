// p(A) with a scaled Chebyshev polynomial p that is small on the unwanted part of a spectrum and grows fast
// beyond it (Saad 2011, section 7.4; Fang & Saad 2012). The eigenvectors are those of A, the wanted eigenvalues
// far apart.
#pragma once

#include "analysis/spectrum/symmetric_product.hpp"

namespace optbed {

class ChebyshevFilter {
 public:
  // |p| <= p(cut) between `far`, beyond which there are no eigenvalues, and `cut`; p(outermost) = 1. The wanted
  // eigenvalues lie between `cut` and about `outermost`, on whichever side of `far`. The degree, from 1 to
  // `most_degree`, is the least with p(cut) at most 1/cosh(growth).
  ChebyshevFilter(double far, double cut, double outermost, double growth, int most_degree);

  int degree() const { return degree_; }

  // p(A) v, `degree` products. Allocates nothing after the first.
  void apply(const SymmetricProduct& product, const Vector& v, Vector& pv);

  double value_at_cut() const { return scale_; }

  // p(lambda), and lambda and |p'(lambda)| for a p(lambda) > p(cut), which lies on the wanted side.
  double value(double lambda) const;
  double argument(double p) const;
  double slope(double p) const;

 private:
  double centre_, half_width_;  // cut = centre + half_width, of either sign
  int degree_;
  double scale_;
  Vector before_, next_;
};

}  // namespace optbed
