// What bounds are functions of: the class of the problem, and how far the start is from the solution.
#pragma once

#include <optional>

#include "analysis/theory/theory.hpp"

namespace optbed {

struct SettingFacts {
  bool quadratic = false;
  bool convex = false;                // strongly convex or not
  std::optional<double> mu;           // strong convexity, > 0
  std::optional<double> L;            // Lipschitz constant of the gradient
  std::optional<double> M;            // Lipschitz constant of f
  std::optional<double> radius;       // R = |x_0 - x*|, to the nearest known minimiser
  std::optional<double> initial_gap;  // f(x_0) - f*

  bool is_convex_smooth() const { return convex && L; }
  bool is_strongly_convex_smooth() const { return mu && L; }
  double condition_number() const { return *L / *mu; }  // of a strongly convex and smooth f only
};

SettingFacts facts_of(const Setting& setting);

// The curve k -> scale factor^k.
std::function<double(long)> geometric(double scale, double factor);

}  // namespace optbed
