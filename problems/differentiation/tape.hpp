// Reverse-mode differentiation (Griewank & Walther 2008, chapters 3 and 4): operations on Variables write
// themselves and their partial derivatives onto a tape, and one sweep back over it gives the derivatives of an
// output with respect to every input, at a small multiple of the function's own cost whatever their number.
//
//   Recording<double> recording;
//   std::vector<Variable<double>> x = {recording.input(3.0), recording.input(4.0)};
//   const Variable<double> f = x[0] * x[0] + sin(x[1]);
//   recording.sweep(f);
//   recording.derivative(x[0]);                              // 6
//
// Variable<Dual<double, 1>> carries the derivative along a direction v, so that the sweep gives Hessian times v
// (Pearlmutter 1994).
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "problems/differentiation/elementary.hpp"

namespace optbed {

// The operations of a thread, in their order. Each has at most two arguments; the place 0 stands for a
// constant.
template <class T>
class Tape {
 public:
  // The one that this thread's Variables write to; only while a Recording lives.
  static Tape& current() { return *current_; }

  std::int32_t push(std::int32_t first, const T& d_first, std::int32_t second, const T& d_second) {
    if (size_ == capacity_) grow();
    nodes_[size_] = {first, second, d_first, d_second};
    return static_cast<std::int32_t>(size_++);
  }

 private:
  template <class>
  friend class Recording;

  struct Node {
    std::int32_t first;
    std::int32_t second;
    T d_first;
    T d_second;
  };

  void grow() {
    // Places are counted in 32 bits, which keep a node of doubles in 24 bytes.
    constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
    if (capacity_ == most) throw std::length_error("a tape holds at most 2^31 - 1 operations");
    capacity_ = std::clamp<std::size_t>(2 * capacity_, 1024, most);
    std::unique_ptr<Node[]> larger(new Node[capacity_]);
    std::copy_n(nodes_.get(), size_, larger.get());
    nodes_ = std::move(larger);
  }

  static inline thread_local constinit Tape* current_ = nullptr;

  std::unique_ptr<Node[]> nodes_;  // not a vector: push is most of the cost of an operation
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::vector<T> adjoints_;
};

// The number `factor` times the one at its place, plus a constant: multiplying by constants and adding them
// writes nothing.
template <class T>
class Variable {
 public:
  using Value = T;
  using differentiable_scalar = void;

  Variable() = default;
  Variable(double constant) : value_(constant) {}  // NOLINT(google-explicit-constructor): as doubles convert

  const T& value() const { return value_; }

  friend Variable chain(const Variable& x, const T& value, const T& dx) {
    return {value, Tape<T>::current().push(x.place_, dx * x.factor_, 0, T(0.0)), 1};
  }
  friend Variable chain(const Variable& x, const Variable& y, const T& value, const T& dx, const T& dy) {
    return {value, Tape<T>::current().push(x.place_, dx * x.factor_, y.place_, dy * y.factor_), 1};
  }

  friend Variable operator+(const Variable& x, const Variable& y) {
    return {x.value_ + y.value_, Tape<T>::current().push(x.place_, T(x.factor_), y.place_, T(y.factor_)), 1};
  }
  friend Variable operator-(const Variable& x, const Variable& y) {
    return {x.value_ - y.value_, Tape<T>::current().push(x.place_, T(x.factor_), y.place_, T(-y.factor_)), 1};
  }
  friend Variable operator*(const Variable& x, const Variable& y) {
    return chain(x, y, x.value_ * y.value_, y.value_, x.value_);
  }
  friend Variable operator/(const Variable& x, const Variable& y) {
    const T quotient = x.value_ / y.value_;
    const T inverse = 1.0 / y.value_;
    return chain(x, y, quotient, inverse, -quotient * inverse);
  }
  friend Variable operator+(const Variable& x, double c) { return {x.value_ + c, x.place_, x.factor_}; }
  friend Variable operator+(double c, const Variable& x) { return {x.value_ + c, x.place_, x.factor_}; }
  friend Variable operator-(const Variable& x, double c) { return {x.value_ - c, x.place_, x.factor_}; }
  friend Variable operator-(double c, const Variable& x) { return {c - x.value_, x.place_, -x.factor_}; }
  friend Variable operator*(const Variable& x, double c) { return {x.value_ * c, x.place_, x.factor_ * c}; }
  friend Variable operator*(double c, const Variable& x) { return {x.value_ * c, x.place_, x.factor_ * c}; }
  friend Variable operator/(const Variable& x, double c) { return {x.value_ / c, x.place_, x.factor_ / c}; }
  friend Variable operator/(double c, const Variable& y) {
    const T quotient = c / y.value_;
    return chain(y, quotient, -quotient / y.value_);
  }
  friend Variable operator+(const Variable& x) { return x; }
  friend Variable operator-(const Variable& x) { return {-x.value_, x.place_, -x.factor_}; }

  Variable& operator+=(const Variable& y) { return *this = *this + y; }
  Variable& operator-=(const Variable& y) { return *this = *this - y; }
  Variable& operator*=(const Variable& y) { return *this = *this * y; }
  Variable& operator/=(const Variable& y) { return *this = *this / y; }

 private:
  template <class>
  friend class Recording;

  Variable(const T& value, std::int32_t place, double factor) : value_(value), factor_(factor), place_(place) {}

  T value_ = T(0.0);
  double factor_ = 0;
  std::int32_t place_ = 0;
};

// The operations from its construction to its end. Recordings of one thread may lie within each other, as when
// a function evaluates another one that is differentiated by itself; each sweeps over its own part of the tape.
// The tape keeps its memory for the thread's next recording.
template <class T>
class Recording {
 public:
  Recording() {
    thread_local Tape<T> tape;
    Tape<T>::current_ = &tape;
    if (tape.size_ == 0) tape.push(0, T(0.0), 0, T(0.0));
    first_ = first_operation_ = tape.size_;
  }
  ~Recording() { Tape<T>::current().size_ = first_; }
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  Variable<T> input(const T& value) {
    const std::int32_t place = Tape<T>::current().push(0, T(0.0), 0, T(0.0));
    // Inputs that come before every operation need not be swept over.
    if (static_cast<std::size_t>(place) == first_operation_) ++first_operation_;
    return {value, place, 1};
  }

  // The derivatives of `output`. A second sweep forgets the first.
  void sweep(const Variable<T>& output) {
    begin();
    seed(output, 1);
    finish();
  }

  // The derivatives of a weighted sum of outputs: begin, seed each, finish.
  void begin() { Tape<T>::current().adjoints_.assign(Tape<T>::current().size_, T(0.0)); }
  void seed(const Variable<T>& output, double weight) {
    Tape<T>::current().adjoints_[static_cast<std::size_t>(output.place_)] += T(weight * output.factor_);
  }
  void finish() {
    Tape<T>& tape = Tape<T>::current();
    const auto* nodes = tape.nodes_.get();
    T* const adjoints = tape.adjoints_.data();
    for (std::size_t i = tape.size_; i-- > first_operation_;) {
      const auto& node = nodes[i];
      const T adjoint = adjoints[i];
      // Constants are skipped because a sum in one place would make each step wait for the one before.
      if (node.first != 0) adjoints[node.first] += adjoint * node.d_first;
      if (node.second != 0) adjoints[node.second] += adjoint * node.d_second;
    }
  }

  // With respect to what `input` returned.
  const T& derivative(const Variable<T>& input) const {
    return Tape<T>::current().adjoints_[static_cast<std::size_t>(input.place_)];
  }

 private:
  std::size_t first_;
  std::size_t first_operation_;
};

}  // namespace optbed
