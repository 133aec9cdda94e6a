// The derivatives of a functor f: R^n -> R that takes any number type, at a point.
#pragma once

#include <algorithm>
#include <span>
#include <utility>

#include "problems/differentiation/dual.hpp"
#include "problems/differentiation/numbers.hpp"
#include "problems/differentiation/tape.hpp"
#include "problems/facts.hpp"
#include "problems/symmetric_part.hpp"

namespace optbed {

// Up to this many variables forward mode is the faster one (measured on extended Rosenbrock).
constexpr Index most_forward_variables = 8;

// Directions that forward mode carries at once.
constexpr int forward_width = 4;

inline std::span<const double> as_span(const Vector& x) {
  return {x.data(), static_cast<std::size_t>(x.size())};
}

using GradientDual = Dual<double, forward_width>;
using CurvatureDual = Dual<GradientDual, 1>;  // and the derivative of it all along a direction
using TangentDual = Dual<double, 1>;

// Calls f with numbers that carry the derivatives along the variables from `first` on, for first = 0,
// forward_width, …, and `take(first, count, value)` with what it returns.
template <class F, class Take>
void in_chunks(const F& f, const Vector& x, Take&& take) {
  Numbers<GradientDual> numbers(x.size(), [&](Index i) { return GradientDual(x[i]); });
  for (Index first = 0; first < x.size(); first += forward_width) {
    const Index count = std::min<Index>(forward_width, x.size() - first);
    for (Index i = 0; i < count; ++i) numbers[first + i] = GradientDual(x[first + i], static_cast<int>(i));
    take(first, count, f(std::as_const(numbers).span()));
    for (Index i = 0; i < count; ++i) numbers[first + i] = x[first + i];
  }
}

// The same with numbers that carry the derivative along v (n) besides. V gives v_i as v[i].
template <class F, class V, class Take>
void in_chunks_along(const F& f, const Vector& x, const V& v, Take&& take) {
  Numbers<CurvatureDual> numbers(static_cast<std::size_t>(x.size()));
  for (Index first = 0; first < x.size(); first += forward_width) {
    const Index end = std::min<Index>(first + forward_width, x.size());
    for (Index i = 0; i < x.size(); ++i) {
      const bool varies = i >= first && i < end;
      CurvatureDual& number = numbers[i];
      number.value() = varies ? GradientDual(x[i], static_cast<int>(i - first)) : GradientDual(x[i]);
      number.slope(0) = v[i];
    }
    take(first, end - first, f(std::as_const(numbers).span()));
  }
}

inline TangentDual tangent(double x, double v) {
  TangentDual number(x);
  number.slope(0) = v;
  return number;
}

// Writes the gradient (n) into g, which has that size, and returns f(x).
template <class F>
double gradient_of(const F& f, const Vector& x, Vector& g) {
  if (x.size() <= most_forward_variables) {
    double value = 0;
    in_chunks(f, x, [&](Index first, Index count, const GradientDual& fx) {
      value = fx.value();
      for (Index i = 0; i < count; ++i) g[first + i] = fx.slope(static_cast<int>(i));
    });
    return value;
  }
  Recording<double> recording;
  const Numbers<Variable<double>> inputs(x.size(), [&](Index i) { return recording.input(x[i]); });
  const Variable<double> fx = f(inputs.span());
  recording.sweep(fx);
  for (Index i = 0; i < x.size(); ++i) g[i] = recording.derivative(inputs[i]);
  return fx.value();
}

// Writes H(x) v (n) into Hv, which has that size. V gives v_i as v[i], and HV takes (Hv)_i as Hv[i].
template <class F, class V, class HV>
void hessian_vector_of(const F& f, const Vector& x, const V& v, HV&& Hv) {
  if (x.size() <= most_forward_variables) {
    in_chunks_along(f, x, v, [&](Index first, Index count, const CurvatureDual& fx) {
      for (Index i = 0; i < count; ++i) Hv[first + i] = fx.slope(0).slope(static_cast<int>(i));
    });
    return;
  }
  Recording<TangentDual> recording;
  const Numbers<Variable<TangentDual>> inputs(x.size(),
                                              [&](Index i) { return recording.input(tangent(x[i], v[i])); });
  recording.sweep(f(inputs.span()));
  for (Index i = 0; i < x.size(); ++i) Hv[i] = recording.derivative(inputs[i]).slope(0);
}

// The j-th one.
struct UnitVector {
  Index j;
  double operator[](Index i) const { return i == j ? 1 : 0; }
};

// Writes H(x) (n x n) into H, which has that size: a product with each unit vector.
template <class F>
void hessian_of(const F& f, const Vector& x, Matrix& H) {
  for (Index j = 0; j < x.size(); ++j) hessian_vector_of(f, x, UnitVector{j}, H.col(j));
  take_symmetric_part(H);
}

}  // namespace optbed
