// The smooth part f of a composite problem f(x) + g(K x) as a problem of its own.
#pragma once

#include "problems/problem.hpp"

namespace optbed::verification {

class SmoothPart final : public Problem {
 public:
  explicit SmoothPart(const CompositeProblem& whole) : whole_(whole) {}

  Index dimension() const override { return whole_.dimension(); }
  Vector start() const override { return whole_.start(); }
  double value(const Vector& x) const override { return whole_.smooth_value(x); }
  double gradient(const Vector& x, Vector& g) const override { return whole_.smooth_gradient(x, g); }

 private:
  const CompositeProblem& whole_;
};

}  // namespace optbed::verification
