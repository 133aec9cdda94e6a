// An interval that shrinks round a minimiser of phi by the slopes at its ends (Hager & Zhang 2005, section 4),
// shared by the searches that differ only in when they stop.
//
// It keeps phi(a) <= phi(0) + epsilon, phi'(a) < 0 and phi'(b) >= 0, so that a minimiser lies between. Slopes
// stay accurate where values are lost in rounding. A trial that is not finite counts as too high.
#pragma once

#include <utility>

#include "solvers/line_search/interpolation.hpp"
#include "solvers/line_search/line_function.hpp"

namespace optbed {

enum class BracketOutcome {
  accepted,   // the last trial is acceptable
  collapsed,  // no number lies between a and b: phi' jumps there, or its sign is lost in rounding
  exhausted,  // max_trials were made
  unbounded   // max_trials were made, each longer than the last, and phi still falls
};

// Accepts: bool(const Sample&); a trial for which it holds ends the search.
template <class Accepts>
class SlopeBracket {
 public:
  // highest is phi(0) + epsilon, epsilon >= 0.
  SlopeBracket(LineFunction& phi, double highest, int max_trials, Accepts accepts)
      : phi_(phi), highest_(highest), max_trials_(max_trials), accepts_(std::move(accepts)) {}

  // Begins at alpha > 0.
  BracketOutcome search(double alpha);

  const Sample& last_trial() const { return last_; }

 private:
  // Each evaluates phi at the points it needs and returns true where that ended the search.
  bool bracket(double c);
  bool update(double c);
  bool bisect_below_a_high_end();
  bool secant_twice();
  bool ends_at(double alpha);

  bool is_high(const Sample& s) const { return s.value > highest_; }
  bool is_collapsed() const;

  static constexpr double expansion = 5;     // rho
  static constexpr double shrinkage = 0.66;  // gamma: two secant steps that leave more than this are followed
                                             // by a bisection

  LineFunction& phi_;
  double highest_;
  int max_trials_;
  Accepts accepts_;
  Sample a_;
  Sample b_;  // at 0 until there is one
  Sample last_;
  bool accepted_ = false;
};

template <class Accepts>
BracketOutcome SlopeBracket<Accepts>::search(double alpha) {
  bool ended = bracket(alpha);  // L0
  while (!ended && !is_collapsed()) {
    const double length = b_.alpha - a_.alpha;
    ended = secant_twice();  // L1
    if (!ended && b_.alpha - a_.alpha > shrinkage * length)
      ended = update(a_.alpha + (b_.alpha - a_.alpha) / 2);
  }
  if (!ended) return BracketOutcome::collapsed;
  if (accepted_) return BracketOutcome::accepted;
  return b_.alpha > 0 ? BracketOutcome::exhausted : BracketOutcome::unbounded;
}

// Steps B0 to B3: grows c until the interval that it ends holds a minimiser.
template <class Accepts>
bool SlopeBracket<Accepts>::bracket(double c) {
  a_ = phi_.origin();
  for (;; c *= expansion) {
    if (ends_at(c)) return true;
    if (last_.slope >= 0) {
      b_ = last_;
      return false;
    }
    if (is_high(last_)) {
      a_ = phi_.origin();
      b_ = last_;
      return bisect_below_a_high_end();
    }
    a_ = last_;
  }
}

// Steps U0 to U3: shrinks [a, b] by a trial at c.
template <class Accepts>
bool SlopeBracket<Accepts>::update(double c) {
  if (!(a_.alpha < c && c < b_.alpha)) return false;
  if (ends_at(c)) return true;
  const bool falls = !(last_.slope >= 0);
  if (falls && !is_high(last_)) {
    a_ = last_;
    return false;
  }
  b_ = last_;
  return falls && bisect_below_a_high_end();
}

// Step U3 with theta = 1/2, where b is too high and phi falls there: a minimiser lies between nevertheless.
template <class Accepts>
bool SlopeBracket<Accepts>::bisect_below_a_high_end() {
  while (!is_collapsed()) {
    if (ends_at(a_.alpha + (b_.alpha - a_.alpha) / 2)) return true;
    if (last_.slope >= 0) {
      b_ = last_;
      return false;
    }
    (is_high(last_) ? b_ : a_) = last_;
  }
  return false;
}

// Steps S1 to S4, secant2: the second secant goes through the old and the new end on the side that moved.
template <class Accepts>
bool SlopeBracket<Accepts>::secant_twice() {
  const Sample old_a = a_;
  const Sample old_b = b_;
  const double c = secant_minimiser(old_a, old_b);
  if (update(c)) return true;
  if (c == b_.alpha) return update(secant_minimiser(old_b, b_));
  if (c == a_.alpha) return update(secant_minimiser(old_a, a_));
  return false;
}

template <class Accepts>
bool SlopeBracket<Accepts>::ends_at(double alpha) {
  if (phi_.trials() >= max_trials_) return true;
  last_ = phi_(alpha);
  accepted_ = accepts_(last_);
  return accepted_;
}

template <class Accepts>
bool SlopeBracket<Accepts>::is_collapsed() const {
  const double middle = a_.alpha + (b_.alpha - a_.alpha) / 2;
  return !(a_.alpha < middle && middle < b_.alpha);
}

}  // namespace optbed
