// The derivatives of a functor f: R^n -> R that takes any number type, at a point.
#pragma once

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <span>

#include "problems/differentiation/dual.hpp"
#include "problems/differentiation/tape.hpp"
#include "problems/facts.hpp"

namespace optbed {

// Up to this many variables forward mode is the faster one (measured on extended Rosenbrock).
constexpr Index most_forward_variables = 8;

// Directions that forward mode carries at once.
constexpr int forward_width = 4;

// Numbers of few variables stay on the stack.
template <class X>
using Numbers = boost::container::small_vector<X, 16>;

inline std::span<const double> as_span(const Vector& x) {
  return {x.data(), static_cast<std::size_t>(x.size())};
}

template <class X>
std::span<const X> as_span(const Numbers<X>& x) {
  return {x.data(), x.size()};
}

using GradientDual = Dual<double, forward_width>;
using CurvatureDual = Dual<GradientDual, 1>;  // and the derivative of it all along a direction
using TangentDual = Dual<double, 1>;

// Calls f with numbers that carry the derivatives along the variables from `first` on, for first = 0,
// forward_width, …, and `take(first, count, value)` with what it returns.
template <class F, class Take>
void in_chunks(const F& f, const Vector& x, Take&& take) {
  Numbers<GradientDual> numbers(x.begin(), x.end());
  for (Index first = 0; first < x.size(); first += forward_width) {
    const Index count = std::min<Index>(forward_width, x.size() - first);
    for (Index i = 0; i < count; ++i) numbers[first + i] = GradientDual(x[first + i], static_cast<int>(i));
    take(first, count, f(as_span(numbers)));
    for (Index i = 0; i < count; ++i) numbers[first + i] = x[first + i];
  }
}

// The same with numbers that carry the derivative along v besides.
template <class F, class Take>
void in_chunks_along(const F& f, const Vector& x, const Vector& v, Take&& take) {
  Numbers<CurvatureDual> numbers(static_cast<std::size_t>(x.size()));
  for (Index first = 0; first < x.size(); first += forward_width) {
    const Index end = std::min<Index>(first + forward_width, x.size());
    for (Index i = 0; i < x.size(); ++i) {
      CurvatureDual& number = numbers[i];
      number.value() =
          i >= first && i < end ? GradientDual(x[i], static_cast<int>(i - first)) : GradientDual(x[i]);
      number.slope(0) = v[i];
    }
    take(first, end - first, f(as_span(numbers)));
  }
}

// f with its inputs on a tape. `Point` (i) gives the i-th input.
template <class T, class Point>
Numbers<Variable<T>> recorded_inputs(Recording<T>& recording, Index n, Point&& point) {
  Numbers<Variable<T>> inputs(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) inputs[i] = recording.input(point(i));
  return inputs;
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
  const auto inputs = recorded_inputs(recording, x.size(), [&](Index i) { return x[i]; });
  const Variable<double> fx = f(as_span(inputs));
  recording.sweep(fx);
  for (Index i = 0; i < x.size(); ++i) g[i] = recording.derivative(inputs[i]);
  return fx.value();
}

// Writes H(x) v (n) into Hv, which has that size.
template <class F>
void hessian_vector_of(const F& f, const Vector& x, const Vector& v, Vector& Hv) {
  if (x.size() <= most_forward_variables) {
    in_chunks_along(f, x, v, [&](Index first, Index count, const CurvatureDual& fx) {
      for (Index i = 0; i < count; ++i) Hv[first + i] = fx.slope(0).slope(static_cast<int>(i));
    });
    return;
  }
  Recording<TangentDual> recording;
  const auto inputs = recorded_inputs(recording, x.size(), [&](Index i) { return tangent(x[i], v[i]); });
  recording.sweep(f(as_span(inputs)));
  for (Index i = 0; i < x.size(); ++i) Hv[i] = recording.derivative(inputs[i]).slope(0);
}

// Writes H(x) (n x n) into H, which has that size: a product with each unit vector.
template <class F>
void hessian_of(const F& f, const Vector& x, Matrix& H) {
  Vector unit = Vector::Zero(x.size());
  Vector column(x.size());
  for (Index j = 0; j < x.size(); ++j) {
    unit[j] = 1;
    hessian_vector_of(f, x, unit, column);
    H.col(j) = column;
    unit[j] = 0;
  }
  // Both triangles are computed; their halves differ by rounding alone.
  for (Index j = 0; j < x.size(); ++j) {
    for (Index i = 0; i < j; ++i) H(i, j) = H(j, i) = 0.5 * (H(i, j) + H(j, i));
  }
}

}  // namespace optbed
