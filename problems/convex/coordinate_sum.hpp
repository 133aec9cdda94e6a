// A sum of functions of one variable each: f(x) = sum_{i=1}^n phi_i(x_i), whose Hessian is diagonal. An
// evaluation is one pass over x.
#pragma once

#include <utility>

#include "problems/problem.hpp"
#include "problems/scalar_term.hpp"

namespace optbed {

// Terms has `ScalarTerm operator()(Index i, double t) const`, phi_i at t with its derivatives.
template <class Terms>
class CoordinateSum : public Problem {
 public:
  Index dimension() const final { return start_.size(); }
  Vector start() const final { return start_; }
  double value(const Vector& x) const final {
    double sum = 0;
    for (Index i = 0; i < x.size(); ++i) sum += terms_(i, x[i]).value;
    return sum;
  }
  double gradient(const Vector& x, Vector& g) const final {
    double sum = 0;
    for (Index i = 0; i < x.size(); ++i) {
      const ScalarTerm at = terms_(i, x[i]);
      sum += at.value;
      g[i] = at.slope;
    }
    return sum;
  }
  bool has_hessian() const final { return true; }
  void hessian(const Vector& x, Matrix& H) const final {
    H.setZero();
    for (Index i = 0; i < x.size(); ++i) H(i, i) = terms_(i, x[i]).curvature;
  }
  bool has_hessian_vector() const final { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const final {
    for (Index i = 0; i < x.size(); ++i) Hv[i] = terms_(i, x[i]).curvature * v[i];
  }

 protected:
  CoordinateSum(Terms terms, Vector start) : terms_(std::move(terms)), start_(std::move(start)) {}

  const Terms& terms() const { return terms_; }

 private:
  Terms terms_;
  Vector start_;
};

}  // namespace optbed
