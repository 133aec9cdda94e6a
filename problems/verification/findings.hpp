// What was compared while a problem was verified, and what did not hold.
#pragma once

#include <string>
#include <vector>

#include "problems/facts.hpp"

namespace optbed::verification {

// The comparisons of one kind.
struct Finding {
  std::string check;  // as "gradient from value"
  long comparisons = 0;
  long failures = 0;
  std::string first_failure;  // what was found, and what was to be expected; empty where all held
};

class Findings {
 public:
  // Where the comparisons that follow are made, for the words of a failure.
  void look_at(const Vector& x) { place_ = x; }
  void look_at_the_whole() { place_.resize(0); }

  // found <= bound, found >= bound, and |found - expected| <= tolerance. NaN fails.
  void at_most(const std::string& check, double found, double bound);
  void at_least(const std::string& check, double found, double bound);
  void near(const std::string& check, double found, double expected, double tolerance);

  // `otherwise` says what was found instead.
  void require(const std::string& check, bool holds, const std::string& otherwise);

  const std::vector<Finding>& all() const { return all_; }  // in the order of their first comparison
  bool all_hold() const;
  long comparisons() const;

 private:
  // Counts a comparison. `otherwise()` makes the words of the first failure, and is called for that one alone.
  template <class Otherwise>
  void compare(const std::string& check, bool holds, const Otherwise& otherwise);
  Finding& of(const std::string& check);
  std::string place() const;

  std::vector<Finding> all_;
  Vector place_;  // empty where a comparison is of no single point
};

}  // namespace optbed::verification
