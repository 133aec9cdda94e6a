#include "analysis/spectrum/critical_point.hpp"

#include <fmt/format.h>

namespace optbed {
namespace {

bool has_some(const std::optional<Index>& count) { return count && *count > 0; }

std::string text_of_degenerate(const Inertia& inertia, Index n) {
  if (inertia.zero == n) return "degenerate (the Hessian is zero)";
  const char* sign = inertia.negative == 0 ? "none is negative" : "none is positive";
  return fmt::format("degenerate ({} of {} eigenvalues zero to the tolerance, {}: higher derivatives decide)",
                     *inertia.zero, n, sign);
}

}  // namespace

Inertia inertia_of(const Vector& eigenvalues, double tolerance) {
  const Index positive = (eigenvalues.array() > tolerance).count();
  const Index negative = (eigenvalues.array() < -tolerance).count();
  return {positive, eigenvalues.size() - positive - negative, negative, tolerance};
}

Inertia inertia_from_ends(double least, double greatest, Index n, double tolerance) {
  if (least > tolerance) return {n, 0, 0, tolerance};
  if (greatest < -tolerance) return {0, 0, n, tolerance};
  Inertia inertia;
  inertia.tolerance = tolerance;
  if (least >= -tolerance) inertia.negative = 0;
  if (greatest <= tolerance) inertia.positive = 0;
  if (inertia.negative && inertia.positive) inertia.zero = n;
  return inertia;
}

std::string nature_of(const HessianSpectrum& spectrum, Index n) {
  if (!(spectrum.gradient_norm <= spectrum.stationarity_tolerance)) {
    return fmt::format("not stationary (|g| = {:.3g})", spectrum.gradient_norm);
  }
  const Inertia& inertia = spectrum.inertia;
  if (inertia.positive == n) return "minimum";
  if (inertia.negative == n) return "maximum";
  const double zero = inertia.tolerance;
  const bool rises = has_some(inertia.positive) || (spectrum.greatest && *spectrum.greatest > zero);
  const bool falls = has_some(inertia.negative) || (spectrum.least && *spectrum.least < -zero);
  if (rises && falls) {
    const std::string degenerate =
        has_some(inertia.zero) ? fmt::format(", {} eigenvalues zero", *inertia.zero) : "";
    if (inertia.negative) return fmt::format("saddle (index {}{})", *inertia.negative, degenerate);
    return "saddle (index at least 1)";
  }
  if (has_some(inertia.zero) && inertia.positive && inertia.negative) return text_of_degenerate(inertia, n);
  if (inertia.negative == 0) return "degenerate (the least eigenvalue is zero to the tolerance)";
  if (inertia.positive == 0) return "degenerate (the greatest eigenvalue is zero to the tolerance)";
  return "not decided by the eigenvalues that were computed";
}

}  // namespace optbed
