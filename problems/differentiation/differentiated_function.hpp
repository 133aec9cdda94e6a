// A problem from one functor: f is written once for any number type, and its derivatives come from automatic
// differentiation, to rounding.
//
//   struct Valley {
//     template <class X>
//     X operator()(std::span<const X> x) const {
//       using std::cosh;
//       return cosh(x[0]) + 100.0 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]);
//     }
//   };
//   DifferentiatedFunction<Valley> problem({}, {.start = Vector{{1, 2}}});
//
// Few variables are differentiated forward, many in reverse. Cost of a gradient: forward n/4 evaluations of f
// with numbers of five parts; reverse a small multiple of one evaluation and 32 bytes for each of its
// operations. A Hessian-vector product costs about twice that, a Hessian n of those.
#pragma once

#include <span>
#include <utility>

#include "problems/differentiation/derivatives_of.hpp"
#include "problems/problem.hpp"

namespace optbed {

// What a person knows of a function of their own.
struct FunctionSettings {
  Vector start;  // (n), which fixes the dimension: n >= 1
  Facts facts = {};
};

// F has `template <class X> X operator()(std::span<const X> x) const` for double and every
// DifferentiableScalar.
template <class F>
class DifferentiatedFunction : public virtual Problem {
 public:
  DifferentiatedFunction(F f, FunctionSettings settings) : f_(std::move(f)), start_(std::move(settings.start)) {
    facts_ = std::move(settings.facts);
  }

  Index dimension() const override { return start_.size(); }
  Vector start() const override { return start_; }
  double value(const Vector& x) const override { return f_(as_span(x)); }
  double gradient(const Vector& x, Vector& g) const override { return gradient_of(f_, x, g); }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override { hessian_of(f_, x, H); }
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override {
    hessian_vector_of(f_, x, v, Hv);
  }

  const F& function() const { return f_; }

 private:
  F f_;
  Vector start_;
};

}  // namespace optbed
