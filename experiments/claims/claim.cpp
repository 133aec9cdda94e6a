#include "experiments/claims/claim.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>

namespace optbed {

void Measurement::equals(std::string what, double measured, double expected, double tolerance) {
  checks_.push_back({std::move(what), Relation::equals, expected, measured, tolerance,
                     std::abs(measured - expected) <= tolerance});
}

void Measurement::equals_relatively(std::string what, double measured, double expected,
                                    double relative_tolerance) {
  equals(std::move(what), measured, expected, relative_tolerance * std::abs(expected));
}

void Measurement::at_most(std::string what, double measured, double bound) {
  checks_.push_back({std::move(what), Relation::at_most, bound, measured, 0, measured <= bound});
}

void Measurement::at_least(std::string what, double measured, double bound) {
  checks_.push_back({std::move(what), Relation::at_least, bound, measured, 0, measured >= bound});
}

void Measurement::is_true(std::string what, bool measured) { equals(std::move(what), measured ? 1 : 0, 1, 0); }

bool Measurement::holds() const {
  return !checks_.empty() &&
         std::all_of(checks_.begin(), checks_.end(), [](const Check& c) { return c.holds; });
}

ClaimResult try_claim(const Claim& claim) {
  const auto begin = std::chrono::steady_clock::now();
  Measurement measurement;
  ClaimResult result{.verdict = ClaimVerdict::fails, .checks = {}};
  try {
    claim.experiment(measurement);
  } catch (const std::exception& error) {
    result.error = error.what();
  }
  result.checks = measurement.checks();
  if (result.error.empty() && measurement.holds()) {
    result.verdict = claim.mistaken.empty() ? ClaimVerdict::holds : ClaimVerdict::shown_wrong;
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

std::string_view to_string(Relation relation) {
  switch (relation) {
    case Relation::equals:
      return "equals";
    case Relation::at_most:
      return "at most";
    case Relation::at_least:
      return "at least";
  }
  return {};
}

std::string_view to_string(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::holds:
      return "holds";
    case ClaimVerdict::shown_wrong:
      return "shown_wrong";
    case ClaimVerdict::fails:
      return "fails";
  }
  return {};
}

}  // namespace optbed
