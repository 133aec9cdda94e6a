// What theory says of a method on a problem: bound curves and asymptotic factors as functions of the problem's
// facts and the method's options, with the conditions under which they hold and their source.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "problems/problem.hpp"
#include "solvers/solver.hpp"

namespace optbed {

// What a statement is about. Rates in the gap are squares of rates in the distance.
enum class Quantity { distance, gap };

// How a statement relates to a run. `equality`: the asymptotic factor of every run whose start has a part in
// the slowest mode. `upper_bound`: no run of the class is slower; a run may be faster.
enum class Strength { equality, upper_bound };

// What a statement is made from: the problem's class (mu and L hold everywhere), or the Hessian at the limit
// point.
enum class Scope { problem_class, local };

// A statement with none of factor, order, power, bound and terminates_within says: R-linear, without a number.
struct Statement {
  std::string method;      // "gradient descent, fixed step"
  std::string text;        // the statement in a line, with its numbers filled in
  std::string conditions;  // in words: under which it holds; those on problem and options have been checked
  std::string source;
  Scope scope = Scope::problem_class;
  Quantity quantity = Quantity::distance;
  Strength strength = Strength::upper_bound;

  std::optional<double> factor;  // asymptotic contraction an iteration, in the distance
  double polynomial_slope = 0;   // the transient (1 + slope k) beside the factor where roots are defective
  long settles_after = 0;        // iterations until the factor shows from a generic start; 0: not known
  double period = 0;             // of the slowest oscillation of the error, in iterations; 0: none is known
  std::optional<double> order;   // at least; 2: quadratic; 1: superlinear, e_{k+1}/e_k -> 0, without a number
  std::optional<double> power;   // sublinear: the quantity falls like k^-power
  std::function<double(long)> bound;      // of the quantity after k iterations, k = 0, 1, …; may be empty
  bool best_so_far = false;               // the bound is on the least of the quantity up to k
  std::optional<long> terminates_within;  // in exact arithmetic x_k = x* after so many iterations

  // For a bound that is only made for one horizon, or proven only for a stretch of iterations.
  long valid_up_to = -1;  // -1: every k
};

// A run's setting: what bounds depend on besides the facts.
struct Setting {
  const Problem& problem;
  const Vector& x0;
};

// Every statement of this library that applies to this solver on this problem from this start; empty where none
// does.
std::vector<Statement> applicable_theory(const Solver& solver, const Setting& setting);

std::string to_string(Quantity quantity);

}  // namespace optbed
