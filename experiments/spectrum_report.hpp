// What `optbed spectrum` says, as text and as JSON.
#pragma once

#include <optional>
#include <string>

#include "analysis/spectrum/hessian_spectrum.hpp"
#include "analysis/spectrum/sharpness.hpp"
#include "experiments/json.hpp"

namespace optbed {

// A spectral density on a grid of equal steps from the least node to the greatest.
struct DensityOnGrid {
  Vector at;
  std::vector<Estimate> density;
  std::vector<Estimate> cumulative;
  double width = 0;  // standard deviation of the normal distribution that each eigenvalue is widened to
  int probes = 0;
  Index steps = 0;
  std::vector<Estimate> shares;  // of the eigenvalues, in `shares.size()` equal parts of the same interval
};
DensityOnGrid density_on_grid(const SpectralDensity& density, Index steps);

struct SpectrumReport {
  std::string problem;
  std::string at;       // "start", "minimiser", "final", "point"
  std::string at_text;  // the same for people, with more of it
  Vector x = {};
  std::string solver = {};  // where one was run
  std::uint64_t seed = 0;
  HessianSpectrum spectrum = {};
  std::optional<DensityOnGrid> density = {};
  long density_products = 0;
  std::optional<SharpnessAlong> along = {};
  std::optional<Result> run = {};

  bool all_converged() const;
};

Json to_json(const SpectrumReport& report);
void print(const SpectrumReport& report);

// With a header.
std::string to_csv(const DensityOnGrid& density);

}  // namespace optbed
