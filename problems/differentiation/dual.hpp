// Forward-mode differentiation: a number that carries its derivatives along `Width` directions (Griewank &
// Walther 2008, chapter 3). Dual<Dual<double, W>, 1> carries second derivatives; in the place of double may
// stand a number of more digits.
//
//   Dual<double, 2> x(3.0, 0), y(4.0, 1);     // independent variables of the directions 0 and 1
//   const auto f = x * x + sin(y);
//   f.value(); f.slope(0); f.slope(1);        // 9 + sin 4, 6, cos 4
#pragma once

#include <array>

#include "problems/differentiation/elementary.hpp"

namespace optbed {

template <class T, int Width>
class Dual {
 public:
  using Value = T;
  using Plain = PlainNumber<T>;
  using differentiable_scalar = void;

  Dual() = default;
  Dual(const Plain& constant) : value_(constant) {}  // NOLINT(google-explicit-constructor): as doubles convert
  Dual(const T& value, int direction) : value_(value) { slopes_[static_cast<std::size_t>(direction)] = T(1.0); }

  const T& value() const { return value_; }
  const T& slope(int direction) const { return slopes_[static_cast<std::size_t>(direction)]; }
  T& value() { return value_; }
  T& slope(int direction) { return slopes_[static_cast<std::size_t>(direction)]; }

  // A function of x, or of x and y, with this value and these partial derivatives.
  friend Dual chain(const Dual& x, const T& value, const T& dx) {
    Dual f;
    f.value_ = value;
    for (std::size_t i = 0; i < Width; ++i) f.slopes_[i] = dx * x.slopes_[i];
    return f;
  }
  friend Dual chain(const Dual& x, const Dual& y, const T& value, const T& dx, const T& dy) {
    Dual f;
    f.value_ = value;
    for (std::size_t i = 0; i < Width; ++i) f.slopes_[i] = dx * x.slopes_[i] + dy * y.slopes_[i];
    return f;
  }

  Dual& operator+=(const Dual& y) {
    value_ += y.value_;
    for (std::size_t i = 0; i < Width; ++i) slopes_[i] += y.slopes_[i];
    return *this;
  }
  Dual& operator-=(const Dual& y) {
    value_ -= y.value_;
    for (std::size_t i = 0; i < Width; ++i) slopes_[i] -= y.slopes_[i];
    return *this;
  }
  Dual& operator*=(const Dual& y) { return *this = *this * y; }
  Dual& operator/=(const Dual& y) { return *this = *this / y; }
  Dual& operator+=(const Plain& c) {
    value_ += c;
    return *this;
  }
  Dual& operator-=(const Plain& c) {
    value_ -= c;
    return *this;
  }
  Dual& operator*=(const Plain& c) {
    value_ *= c;
    for (T& slope : slopes_) slope *= c;
    return *this;
  }
  Dual& operator/=(const Plain& c) {
    value_ /= c;
    for (T& slope : slopes_) slope /= c;
    return *this;
  }

  friend Dual operator+(Dual x, const Dual& y) { return x += y; }
  friend Dual operator+(Dual x, const Plain& c) { return x += c; }
  friend Dual operator+(const Plain& c, Dual x) { return x += c; }
  friend Dual operator-(Dual x, const Dual& y) { return x -= y; }
  friend Dual operator-(Dual x, const Plain& c) { return x -= c; }
  friend Dual operator-(const Plain& c, const Dual& x) { return -x += c; }
  friend Dual operator*(Dual x, const Plain& c) { return x *= c; }
  friend Dual operator*(const Plain& c, Dual x) { return x *= c; }
  friend Dual operator/(Dual x, const Plain& c) { return x /= c; }
  friend Dual operator*(const Dual& x, const Dual& y) {
    return chain(x, y, x.value_ * y.value_, y.value_, x.value_);
  }
  friend Dual operator/(const Dual& x, const Dual& y) {
    const T quotient = x.value_ / y.value_;
    const T inverse = 1.0 / y.value_;
    return chain(x, y, quotient, inverse, -quotient * inverse);
  }
  friend Dual operator/(const Plain& c, const Dual& y) {
    const T quotient = c / y.value_;
    return chain(y, quotient, -quotient / y.value_);
  }
  friend Dual operator+(const Dual& x) { return x; }
  friend Dual operator-(const Dual& x) {
    Dual f;
    f.value_ = -x.value_;
    for (std::size_t i = 0; i < Width; ++i) f.slopes_[i] = -x.slopes_[i];
    return f;
  }

 private:
  T value_ = T(0.0);
  std::array<T, Width> slopes_{};
};

}  // namespace optbed
