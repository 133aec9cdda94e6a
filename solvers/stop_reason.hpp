// Why a run ended: a closed set, shared by every solver.
#pragma once

#include <string>

namespace optbed {

enum class StopReason {
  gradient_tolerance,  // |g|_inf <= gradient_tolerance
  value_target,        // f <= value_target, or f - f* <= gap_tolerance
  stalled,             // the iterate does not move any more
  max_iterations,
  max_evaluations,
  max_seconds,
  observer,             // the caller's observer asked for it
  line_search_failed,   // no acceptable step along a descent direction
  not_descent,          // the method's direction does not descend
  linear_solve_failed,  // the method's linear system is singular, or not positive definite where it must be
  non_finite,           // an infinite or NaN value, derivative or iterate
  diverged,             // |f| or |g|_inf beyond 1e100, or f still falls at the longest step of a line search
  unsupported           // the problem lacks what the solver needs
};

std::string to_string(StopReason reason);

}  // namespace optbed
