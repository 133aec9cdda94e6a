// Functions that tests of the derivative-free methods share, with gradients only for the loop's look at the
// end.
#pragma once

#include <cmath>
#include <functional>
#include <numbers>

#include "tests/problems/test_problems.hpp"

namespace optbed::testing {

// Any function, of whose gradient nothing is known.
inline FunctionProblem values_only(Vector start, std::function<double(const Vector&)> f) {
  return FunctionProblem(std::move(start), [f = std::move(f)](const Vector& x, Vector& g) {
    g.setConstant(std::nan(""));
    return f(x);
  });
}

inline double sphere(const Vector& x) { return x.squaredNorm(); }

// 10 n + sum x_i^2 - 10 cos(2 pi x_i): minimum 0 at 0, a local one near every point of whole numbers (Rastrigin
// 1974; Mühlenbein, Schomisch & Born 1991).
inline double rastrigin(const Vector& x) {
  double sum = 0;
  for (const double c : x) sum += 10 + c * c - 10 * std::cos(2 * std::numbers::pi * c);
  return sum;
}

// The mean of a chain, and its standard error from the means of its batches (Geyer 1992, section
// 3.2), which are long against its correlation.
struct ChainStatistics {
  double mean = 0;
  double error = 0;
};

inline ChainStatistics chain_statistics(const Vector& chain, Index batches = 40) {
  const Index length = chain.size() / batches;
  Vector means(batches);
  for (Index b = 0; b < batches; ++b) means[b] = chain.segment(b * length, length).mean();
  const double mean = means.mean();
  const auto count = static_cast<double>(batches);
  return {mean, std::sqrt((means.array() - mean).square().sum() / (count * (count - 1)))};
}

}  // namespace optbed::testing
