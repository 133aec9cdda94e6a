// A sentence from a lecture on optimization as a small experiment: what it makes one expect, what is measured,
// and whether it holds. A sentence that errs is there too, with the measurement that shows it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace optbed {

// How a measured number has to relate to the expected one.
enum class Relation { equals, at_most, at_least };

struct Check {
  std::string what;  // "contraction of the error in the first coordinate"
  Relation relation;
  double expected;
  double measured;
  double tolerance;  // equals: |measured - expected| is at most this
  bool holds;        // false where measured is not a number
};

// What an experiment measures, check by check. The first check is the one that stands for the claim in a table.
class Measurement {
 public:
  void equals(std::string what, double measured, double expected, double tolerance);
  void equals_relatively(std::string what, double measured, double expected, double relative_tolerance);
  void at_most(std::string what, double measured, double bound);
  void at_least(std::string what, double measured, double bound);
  void is_true(std::string what, bool measured);  // 1 for true

  const std::vector<Check>& checks() const { return checks_; }
  bool holds() const;  // every check, of which there is at least one

 private:
  std::vector<Check> checks_;
};

struct Claim {
  std::string id;         // "12"
  std::string title;      // a few words
  std::string statement;  // what is expected, in a sentence
  // Where a lecture says otherwise: what it says. The experiment shows that this errs.
  std::string mistaken;
  std::string source;  // of the sentence: lecture and slide, or book
  std::function<void(Measurement&)> experiment;
  std::string figure = {};  // a built-in figure that shows it, by its name
};

// holds: every check does. shown_wrong: every check does, and with that a lecture's sentence does not.
enum class ClaimVerdict { holds, shown_wrong, fails };

struct ClaimResult {
  ClaimVerdict verdict;
  std::vector<Check> checks;
  std::string error = {};  // why the experiment ended early; a failure
  double seconds = 0;
};

ClaimResult try_claim(const Claim& claim);

// Every claim, in the order of their ids.
std::vector<Claim> all_claims();

std::string_view to_string(Relation relation);
std::string_view to_string(ClaimVerdict verdict);

}  // namespace optbed
