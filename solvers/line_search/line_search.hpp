// Step lengths along a direction: the interface, and the five rules behind it.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "problems/options.hpp"
#include "solvers/solver.hpp"

namespace optbed {

enum class LineSearchKind { strong_wolfe, hager_zhang, more_thuente, armijo, exact };

struct LineSearchResult {
  double step = 0;  // alpha > 0
  std::optional<StopReason> failure =
      {};  // not_descent, line_search_failed, diverged or non_finite; the trial is of no use then
};

class LineSearch {
 public:
  LineSearch() = default;
  LineSearch(const LineSearch&) = delete;
  LineSearch& operator=(const LineSearch&) = delete;
  virtual ~LineSearch() = default;

  // Allocates for dimension n and forgets what earlier searches left.
  virtual void start(Index /*n*/) {}

  // Looks for an acceptable alpha along d (n), beginning at initial_step > 0. On success `trial` (of size n)
  // holds x + alpha d with value, gradient and gradient norm, all finite. A trial with a non-finite value or
  // gradient is a step too long: it is shortened. Bounded: gives up after a fixed number of trials, with
  // diverged where every one of them was longer and lower than the last.
  virtual LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                                  Point& trial) = 0;
};

// `curvature` is how flat the searches by Wolfe's conditions leave phi: c2 of strong_wolfe and more_thuente,
// sigma of hager_zhang, in [0.1, 1). 0.9 suits directions of which a step of 1 is expected to be good; 0.1
// those of conjugate gradients (Nocedal & Wright 2006, pp. 34 and 122).
std::unique_ptr<LineSearch> make_line_search(LineSearchKind kind, double curvature = 0.9);

// One iteration along d: searches, commits the trial to `current`, and leaves the point before in `trial`.
// Where alpha d is too short to change a number of x, the iterate stays and the length is 0.
StepInfo line_search_step(Oracle& f, LineSearch& line_search, const Vector& d, double initial_step,
                          Point& current, Point& trial);

// The legal values of an option line_search.
const std::vector<std::pair<std::string, LineSearchKind>>& line_search_choices();

}  // namespace optbed
