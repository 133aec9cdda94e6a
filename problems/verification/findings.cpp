#include "problems/verification/findings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace optbed::verification {

Finding& Findings::of(const std::string& check) {
  const auto found = std::ranges::find(all_, check, &Finding::check);
  if (found != all_.end()) return *found;
  return all_.emplace_back(Finding{.check = check, .first_failure = {}});
}

std::string Findings::place() const {
  constexpr Index shown = 4;
  if (place_.size() == 0) return {};
  const Vector first = place_.head(std::min(place_.size(), shown));
  return fmt::format(", at x = ({:.6g}{})", fmt::join(first, ", "), place_.size() > shown ? ", …" : "");
}

template <class Otherwise>
void Findings::compare(const std::string& check, bool holds, const Otherwise& otherwise) {
  Finding& finding = of(check);
  ++finding.comparisons;
  if (holds) return;
  if (finding.failures++ == 0) finding.first_failure = otherwise() + place();
}

void Findings::require(const std::string& check, bool holds, const std::string& otherwise) {
  compare(check, holds, [&] { return otherwise; });
}

void Findings::at_most(const std::string& check, double found, double bound) {
  compare(check, found <= bound, [&] { return fmt::format("{:.10g} is above {:.10g}", found, bound); });
}

void Findings::at_least(const std::string& check, double found, double bound) {
  compare(check, found >= bound, [&] { return fmt::format("{:.10g} is below {:.10g}", found, bound); });
}

void Findings::near(const std::string& check, double found, double expected, double tolerance) {
  compare(check, std::abs(found - expected) <= tolerance, [&] {
    return fmt::format("{:.17g} computed, {:.17g} declared, {:.2g} apart at most", found, expected, tolerance);
  });
}

bool Findings::all_hold() const {
  return std::ranges::all_of(all_, [](const Finding& finding) { return finding.failures == 0; });
}

long Findings::comparisons() const {
  return std::accumulate(all_.begin(), all_.end(), 0L,
                         [](long sum, const Finding& finding) { return sum + finding.comparisons; });
}

}  // namespace optbed::verification
