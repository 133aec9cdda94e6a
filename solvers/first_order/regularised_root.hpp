// The root that the adaptive methods divide by, kept from 0 by epsilon.
#pragma once

#include <cmath>

#include "problems/options.hpp"

namespace optbed {

enum class EpsilonPlacement { outside, inside };

// outside: sqrt(v) + epsilon. inside: sqrt(v + epsilon).
class RegularisedRoot {
 public:
  RegularisedRoot(double epsilon, EpsilonPlacement placement)
      : inside_(placement == EpsilonPlacement::inside ? epsilon : 0),
        outside_(placement == EpsilonPlacement::outside ? epsilon : 0) {}

  double operator()(double v) const { return std::sqrt(v + inside_) + outside_; }

 private:
  double inside_;
  double outside_;
};

// Adds epsilon and epsilon_placement to a table of options with members of these names.
template <class T>
OptionTable<T>& add_epsilon_options(OptionTable<T>& table) {
  return table.real("epsilon", &T::epsilon, at_least(0), "keeps the divisor from 0 (0: a quotient 0/0 is 0)")
      .choice("epsilon_placement", &T::epsilon_placement,
              {{"outside", EpsilonPlacement::outside}, {"inside", EpsilonPlacement::inside}},
              "outside of the root: sqrt(v) + epsilon; inside: sqrt(v + epsilon)");
}

}  // namespace optbed
