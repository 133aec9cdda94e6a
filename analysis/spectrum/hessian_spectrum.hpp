// The eigenvalues of a Hessian at a point, and what they say of it: all of them where n is small, else those at
// the ends or nearest to zero.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/spectrum/hessian_operator.hpp"
#include "analysis/spectrum/spectral_density.hpp"

namespace optbed {

// n up to which all eigenvalues are computed; that takes about a second.
constexpr Index largest_complete_spectrum = 1000;

enum class WhichEigenvalues { largest, smallest, both_ends, nearest_zero };

struct SpectrumSettings {
  std::optional<Index> count = {};             // of `which`, at each end; empty: all where n is small, else 5
  std::optional<WhichEigenvalues> which = {};  // empty: all where n is small, else both ends
  HessianSource source = HessianSource::automatic;
  double tolerance = 1e-10;          // of |Hv - lambda v|, relative to the largest |lambda|
  double gradient_tolerance = 1e-8;  // |g|_inf up to which a point counts as stationary
  int probes = 16;                   // of the estimates of trace and Frobenius norm
  long max_products = 200000;        // with H, or of solves with a factorised H - sigma I
  std::uint64_t seed = 0;
};

// How many eigenvalues have which sign, as far as that is known. Those within `tolerance` of zero count as
// zero: what rounding, or the error of an iteration, may have made of it.
struct Inertia {
  std::optional<Index> positive;
  std::optional<Index> zero;
  std::optional<Index> negative;
  double tolerance = 0;
};

// |H - G| with the Gauss-Newton part G = 2 scale J'J of a least-squares problem's Hessian, relative to |H|.
struct GaussNewtonDistance {
  double frobenius;
  double spectral;
};

struct HessianSpectrum {
  Vector eigenvalues;  // ascending; of `which`, those that converged
  Vector residuals;    // |Hv - lambda v| of each; empty for a full decomposition, which makes no vectors
  // Of those that are missing among the eigenvalues; infinite where nothing is known of one.
  std::vector<double> residuals_not_converged;
  bool is_complete = false;               // these are all n
  std::optional<double> least, greatest;  // of all
  Inertia inertia;
  std::string nature;  // of the point: minimum, saddle (index i), …
  // The largest |lambda| by the least; where that is zero to the tolerance, what it is at least.
  std::optional<double> condition;
  std::optional<double> condition_at_least;
  Estimate trace, frobenius_norm;
  std::optional<GaussNewtonDistance> gauss_newton;
  double gradient_norm = 0;           // infinity norm
  double stationarity_tolerance = 0;  // up to which the point counts as stationary
  std::string method;                 // how it was computed
  EvaluationCounts evaluations;
  long solves = 0;  // with a factorised H - sigma I

  bool all_converged() const { return residuals_not_converged.empty(); }
};

// x (n). Throws NoHessianError where there is no Hessian, or none that is finite at x.
HessianSpectrum hessian_spectrum(const Problem& problem, const Vector& x,
                                 const SpectrumSettings& settings = {});

}  // namespace optbed
