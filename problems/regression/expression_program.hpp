// The program that an expression is compiled to: instructions for a machine with two stacks, one of doubles and
// one of numbers that depend on the parameters, so that what does not depend on them is not differentiated.
// That is more than a matter of speed: x^2 with a constant exponent is differentiable at every x, a^b is not.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cmath>
#include <span>
#include <vector>

#include "problems/differentiation/elementary.hpp"

namespace optbed {

enum class Operation {
  push_constant,
  push_variable,
  push_parameter,
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  exp,
  expm1,
  log,
  log1p,
  log10,
  sqrt,
  cbrt,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  abs
};

struct Instruction {
  Operation operation;
  double constant = 0;       // that is pushed
  std::size_t index = 0;     // of the variable or parameter that is pushed
  bool left_varies = false;  // whether an operand depends on the parameters; a single operand is the right one
  bool right_varies = false;
};

template <class X>
class ExpressionMachine {
 public:
  ExpressionMachine(std::span<const X> b, const double* x) : b_(b), x_(x) {}

  X run(const std::vector<Instruction>& program) {
    for (const Instruction& instruction : program) execute(instruction);
    return varying_.empty() ? X(plain_.back()) : varying_.back();
  }

 private:
  template <class T>
  using Stack = boost::container::small_vector<T, 8>;

  template <class T>
  static T pop(Stack<T>& stack) {
    T top = stack.back();
    stack.pop_back();
    return top;
  }

  template <class F>
  void unary(const Instruction& instruction, F f) {
    if (instruction.right_varies) {
      varying_.back() = f(varying_.back());
    } else {
      plain_.back() = f(plain_.back());
    }
  }

  template <class F>
  void binary(const Instruction& instruction, F f) {
    if (instruction.left_varies && instruction.right_varies) {
      const X right = pop(varying_);
      varying_.back() = f(varying_.back(), right);
    } else if (instruction.left_varies) {
      varying_.back() = f(varying_.back(), pop(plain_));
    } else if (instruction.right_varies) {
      varying_.back() = f(pop(plain_), varying_.back());
    } else {
      const double right = pop(plain_);
      plain_.back() = f(plain_.back(), right);
    }
  }

  void execute(const Instruction& i) {
    using std::exp, std::expm1, std::log, std::log1p, std::log10, std::sqrt, std::cbrt, std::pow, std::erf,
        std::abs;
    using std::sin, std::cos, std::tan, std::asin, std::acos, std::atan, std::sinh, std::cosh, std::tanh;
    switch (i.operation) {
      case Operation::push_constant:
        return plain_.push_back(i.constant);
      case Operation::push_variable:
        return plain_.push_back(x_[i.index]);
      case Operation::push_parameter:
        return varying_.push_back(b_[i.index]);
      case Operation::add:
        return binary(i, [](const auto& a, const auto& b) { return a + b; });
      case Operation::subtract:
        return binary(i, [](const auto& a, const auto& b) { return a - b; });
      case Operation::multiply:
        return binary(i, [](const auto& a, const auto& b) { return a * b; });
      case Operation::divide:
        return binary(i, [](const auto& a, const auto& b) { return a / b; });
      case Operation::power:
        return binary(i, [](const auto& a, const auto& b) { return pow(a, b); });
      case Operation::negate:
        return unary(i, [](const auto& a) { return -a; });
      case Operation::exp:
        return unary(i, [](const auto& a) { return exp(a); });
      case Operation::expm1:
        return unary(i, [](const auto& a) { return expm1(a); });
      case Operation::log:
        return unary(i, [](const auto& a) { return log(a); });
      case Operation::log1p:
        return unary(i, [](const auto& a) { return log1p(a); });
      case Operation::log10:
        return unary(i, [](const auto& a) { return log10(a); });
      case Operation::sqrt:
        return unary(i, [](const auto& a) { return sqrt(a); });
      case Operation::cbrt:
        return unary(i, [](const auto& a) { return cbrt(a); });
      case Operation::sin:
        return unary(i, [](const auto& a) { return sin(a); });
      case Operation::cos:
        return unary(i, [](const auto& a) { return cos(a); });
      case Operation::tan:
        return unary(i, [](const auto& a) { return tan(a); });
      case Operation::asin:
        return unary(i, [](const auto& a) { return asin(a); });
      case Operation::acos:
        return unary(i, [](const auto& a) { return acos(a); });
      case Operation::atan:
        return unary(i, [](const auto& a) { return atan(a); });
      case Operation::sinh:
        return unary(i, [](const auto& a) { return sinh(a); });
      case Operation::cosh:
        return unary(i, [](const auto& a) { return cosh(a); });
      case Operation::tanh:
        return unary(i, [](const auto& a) { return tanh(a); });
      case Operation::erf:
        return unary(i, [](const auto& a) { return erf(a); });
      case Operation::abs:
        return unary(i, [](const auto& a) { return abs(a); });
    }
  }

  std::span<const X> b_;
  const double* x_;
  Stack<double> plain_;
  Stack<X> varying_;
};

}  // namespace optbed
