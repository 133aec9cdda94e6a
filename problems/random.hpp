// Random numbers that are the same on every platform: the standard fixes its engines but not its distributions.
#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <cstdint>

#include "problems/facts.hpp"

namespace optbed {

// Another seed, unrelated to this one and to those of its neighbours: the finaliser of SplitMix64 (Steele, Lea
// & Flood 2014). A run's seed passes through it, so that a method never draws the numbers that a problem with
// the same seed made its data with.
constexpr std::uint64_t unrelated_seed(std::uint64_t seed) {
  std::uint64_t z = seed + 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  double uniform() { return uniform_(engine_); }  // [0, 1)
  double normal() { return normal_(engine_); }    // N(0, 1)

  // 0 … n-1, each with the probability 1/n up to a relative error of n 2^-53.
  Index index(Index n) { return static_cast<Index>(uniform() * static_cast<double>(n)); }

  // m x n, independent N(0, 1), filled column by column.
  Matrix normal_matrix(Index m, Index n) {
    Matrix A(m, n);
    for (Index j = 0; j < n; ++j) {
      for (Index i = 0; i < m; ++i) A(i, j) = normal();
    }
    return A;
  }

 private:
  boost::random::mt19937_64 engine_;
  boost::random::uniform_01<double> uniform_;
  boost::random::normal_distribution<double> normal_;
};

}  // namespace optbed
