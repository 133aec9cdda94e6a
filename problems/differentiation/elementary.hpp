// The functions of <cmath> for every number that differentiates, each with its derivative written once.
//
// Such a type X has a member type `differentiable_scalar`, `value()`, and chain(x, value, dx) and chain(x, y,
// value, dx, dy), which make a function of x, or of x and y, from its value and partial derivatives. Its
// value may be such a number again. A functor calls these as it calls those of <cmath>:
//
//   using std::exp;
//   return exp(-x[0]) + x[1];
#pragma once

#include <cmath>
#include <concepts>

namespace optbed {

template <class X>
concept DifferentiableScalar = requires {
  typename X::differentiable_scalar;
};

// The type that a number has without its derivatives: double, or one of more digits. Constants of a function
// that is to be evaluated in those belong to it.
template <class X>
struct PlainNumberOf {
  using Type = X;
};
template <DifferentiableScalar X>
struct PlainNumberOf<X> : PlainNumberOf<typename X::Value> {};
template <class X>
using PlainNumber = typename PlainNumberOf<X>::Type;

// The number without its derivatives.
template <class X>
PlainNumber<X> plain_value(const X& x) {
  if constexpr (DifferentiableScalar<X>) {
    return plain_value(x.value());
  } else {
    return x;
  }
}

// What a number may be compared with: its own plain number, and what converts to it.
template <class T, class X>
concept PlainFor = std::convertible_to<T, PlainNumber<X>>;

// Comparisons, so that a function may have branches, look at values alone.
template <DifferentiableScalar X>
bool operator<(const X& x, const X& y) {
  return plain_value(x) < plain_value(y);
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator<(const X& x, const T& y) {
  return plain_value(x) < y;
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator<(const T& x, const X& y) {
  return x < plain_value(y);
}
template <DifferentiableScalar X>
bool operator>(const X& x, const X& y) {
  return y < x;
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator>(const X& x, const T& y) {
  return y < x;
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator>(const T& x, const X& y) {
  return y < x;
}
template <DifferentiableScalar X>
bool operator<=(const X& x, const X& y) {
  return plain_value(x) <= plain_value(y);
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator<=(const X& x, const T& y) {
  return plain_value(x) <= y;
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator<=(const T& x, const X& y) {
  return x <= plain_value(y);
}
template <DifferentiableScalar X>
bool operator>=(const X& x, const X& y) {
  return y <= x;
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator>=(const X& x, const T& y) {
  return y <= x;
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator>=(const T& x, const X& y) {
  return y <= x;
}
template <DifferentiableScalar X>
bool operator==(const X& x, const X& y) {
  return plain_value(x) == plain_value(y);
}
template <DifferentiableScalar X, PlainFor<X> T>
bool operator==(const X& x, const T& y) {
  return plain_value(x) == y;
}
template <DifferentiableScalar X>
bool isfinite(const X& x) {
  using std::isfinite;
  return isfinite(plain_value(x));
}

template <DifferentiableScalar X>
X exp(const X& x) {
  using std::exp;
  const typename X::Value f = exp(x.value());
  return chain(x, f, f);
}

template <DifferentiableScalar X>
X expm1(const X& x) {
  using std::exp;
  using std::expm1;
  return chain(x, expm1(x.value()), exp(x.value()));
}

template <DifferentiableScalar X>
X log(const X& x) {
  using std::log;
  return chain(x, log(x.value()), 1.0 / x.value());
}

template <DifferentiableScalar X>
X log1p(const X& x) {
  using std::log1p;
  return chain(x, log1p(x.value()), 1.0 / (1.0 + x.value()));
}

template <DifferentiableScalar X>
X log10(const X& x) {
  using std::log;
  using std::log10;
  return chain(x, log10(x.value()), 1.0 / (log(PlainNumber<X>(10.0)) * x.value()));
}

template <DifferentiableScalar X>
X sqrt(const X& x) {
  using std::sqrt;
  const typename X::Value f = sqrt(x.value());
  return chain(x, f, 0.5 / f);
}

template <DifferentiableScalar X>
X cbrt(const X& x) {
  using std::cbrt;
  const typename X::Value f = cbrt(x.value());
  return chain(x, f, 1.0 / (3.0 * f * f));
}

template <DifferentiableScalar X>
X sin(const X& x) {
  using std::cos;
  using std::sin;
  return chain(x, sin(x.value()), cos(x.value()));
}

template <DifferentiableScalar X>
X cos(const X& x) {
  using std::cos;
  using std::sin;
  return chain(x, cos(x.value()), -sin(x.value()));
}

template <DifferentiableScalar X>
X tan(const X& x) {
  using std::tan;
  const typename X::Value f = tan(x.value());
  return chain(x, f, 1.0 + f * f);
}

template <DifferentiableScalar X>
X asin(const X& x) {
  using std::asin;
  using std::sqrt;
  return chain(x, asin(x.value()), 1.0 / sqrt(1.0 - x.value() * x.value()));
}

template <DifferentiableScalar X>
X acos(const X& x) {
  using std::acos;
  using std::sqrt;
  return chain(x, acos(x.value()), -1.0 / sqrt(1.0 - x.value() * x.value()));
}

template <DifferentiableScalar X>
X atan(const X& x) {
  using std::atan;
  return chain(x, atan(x.value()), 1.0 / (1.0 + x.value() * x.value()));
}

template <DifferentiableScalar X>
X sinh(const X& x) {
  using std::cosh;
  using std::sinh;
  return chain(x, sinh(x.value()), cosh(x.value()));
}

template <DifferentiableScalar X>
X cosh(const X& x) {
  using std::cosh;
  using std::sinh;
  return chain(x, cosh(x.value()), sinh(x.value()));
}

template <DifferentiableScalar X>
X tanh(const X& x) {
  using std::tanh;
  const typename X::Value f = tanh(x.value());
  return chain(x, f, 1.0 - f * f);
}

template <DifferentiableScalar X>
X erf(const X& x) {
  using std::acos;
  using std::erf;
  using std::exp;
  using std::sqrt;
  const PlainNumber<X> pi = acos(PlainNumber<X>(-1.0));
  return chain(x, erf(x.value()), PlainNumber<X>(2.0 / sqrt(pi)) * exp(-x.value() * x.value()));
}

// The derivative at 0 is taken as 0. NaN stays NaN.
template <DifferentiableScalar X>
X abs(const X& x) {
  return x == 0.0 ? X(0.0) : x < 0.0 ? -x : x;
}
template <DifferentiableScalar X>
X fabs(const X& x) {
  return abs(x);
}

// Of two equal numbers the first, with its derivatives.
template <DifferentiableScalar X>
X max(const X& x, const X& y) {
  return x < y ? y : x;
}
template <DifferentiableScalar X>
X min(const X& x, const X& y) {
  return y < x ? y : x;
}

template <DifferentiableScalar X>
X pow(const X& x, const PlainNumber<X>& p) {
  using std::pow;
  if (p == 0) return X(1.0);
  return chain(x, pow(x.value(), p), p * pow(x.value(), p - 1));
}

template <DifferentiableScalar X>
X pow(const X& x, const X& p) {
  using std::log;
  using std::pow;
  const typename X::Value f = pow(x.value(), p.value());
  // 0^p does not change with p > 0, although log 0 is infinite.
  const typename X::Value dp = plain_value(f) == 0 ? typename X::Value(0.0) : f * log(x.value());
  return chain(x, p, f, p.value() * pow(x.value(), p.value() - 1.0), dp);
}

template <DifferentiableScalar X>
X pow(const PlainNumber<X>& x, const X& p) {
  using std::log;
  using std::pow;
  const typename X::Value f = pow(x, p.value());
  return chain(p, f, x == 0 ? typename X::Value(0.0) : f * log(x));
}

template <DifferentiableScalar X>
X atan2(const X& y, const X& x) {
  using std::atan2;
  const typename X::Value square = x.value() * x.value() + y.value() * y.value();
  return chain(y, x, atan2(y.value(), x.value()), x.value() / square, -y.value() / square);
}

template <DifferentiableScalar X>
X hypot(const X& x, const X& y) {
  using std::hypot;
  const typename X::Value f = hypot(x.value(), y.value());
  return chain(x, y, f, x.value() / f, y.value() / f);
}

}  // namespace optbed
