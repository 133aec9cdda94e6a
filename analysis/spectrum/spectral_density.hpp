// The density of a spectrum, the trace and the Frobenius norm from products with random vectors.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/spectrum/symmetric_product.hpp"

namespace optbed {

struct Estimate {
  double value = 0;
  double standard_error = 0;  // 0: exact
};

// The mean of these and its standard error; of one alone the error is infinite.
Estimate mean_of(const std::vector<double>& samples);

struct TraceEstimates {
  Estimate trace;
  Estimate frobenius_norm;
};

// tr A = E z'Az and |A|_F^2 = E |Az|^2 with random signs z (Hutchinson 1990). `probes` products, probes >= 1.
TraceEstimates hutchinson(const SymmetricProduct& product, Index n, int probes, std::uint64_t seed);

// How the eigenvalues are distributed: the mean over random vectors z of the Gauss quadrature of their spectral
// measure, nodes and weights of which m steps of Lanczos' method from z give (stochastic Lanczos quadrature:
// Golub & Meurant 2010, chapter 7; Ubaru, Chen & Saad 2017), with full orthogonalisation.
class SpectralDensity {
 public:
  // probes * steps products, probes >= 1, 1 <= steps; fewer steps where a Krylov subspace ends.
  SpectralDensity(const SymmetricProduct& product, Index n, int probes, Index steps, std::uint64_t seed);

  bool is_finite() const { return is_finite_; }  // false: a product was not
  double least_node() const { return least_; }
  double greatest_node() const { return greatest_; }
  int probes() const { return static_cast<int>(rules_.size()); }

  // The share of the eigenvalues that are at most t, and that are more than a and at most b.
  Estimate cumulative(double t) const;
  Estimate share(double a, double b) const;

  // The density at t of the eigenvalues, each widened to a normal distribution of this standard deviation (Lin,
  // Saad & Yang 2016).
  Estimate density(double t, double width) const;

  // (1/n) tr f(A) = the mean of the sums of f(node) weight.
  Estimate mean(const std::function<double(double)>& f) const;

 private:
  struct Quadrature {
    Vector nodes;    // ascending
    Vector weights;  // >= 0, of sum 1
  };

  std::vector<Quadrature> rules_;  // of each probe
  double least_ = 0, greatest_ = 0;
  bool is_finite_ = true;
};

}  // namespace optbed
