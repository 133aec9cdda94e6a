// What theory says of a method on a problem: bound curves and asymptotic factors as functions of the problem's
// facts and the method's options, with the conditions under which they hold and their source.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/theory/mode.hpp"
#include "problems/problem.hpp"
#include "solvers/solver.hpp"

namespace optbed {

// What a statement is about. Rates in the gap are squares of rates in the distance. `gradient`: the 2-norm.
enum class Quantity { distance, gap, gradient };

// How a statement relates to a run. `equality`: the asymptotic factor of every run whose start has a part in
// the slowest mode. `upper_bound`: no run of the class is slower; a run may be faster. `lower_bound`: no run of
// the method on this problem from this start is faster.
enum class Strength { equality, upper_bound, lower_bound };

// What a statement is made from: the problem's class (mu and L hold everywhere), the problem's own matrix or
// constant Hessian, or the Hessian at the limit point.
enum class Scope { problem_class, instance, local };

// The mode along the eigenvectors of an eigenvalue.
using ModeOfEigenvalue = std::function<Mode(double eigenvalue)>;

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
  // Where the start has no part in the slowest modes: the factor from a start that has a part in each.
  std::optional<double> factor_of_any_start;
  double polynomial_slope = 0;  // the transient (1 + slope k) beside the factor where roots are defective
  long settles_after = 0;       // iterations until the factor shows from a generic start; 0: not known
  double period = 0;            // of the slowest oscillation of the error, in iterations; 0: none is known
  std::optional<double> order;  // at least; 2: quadratic; 1: superlinear, e_{k+1}/e_k -> 0, without a number
  std::optional<double> power;  // sublinear: the quantity falls like k^-power
  std::function<double(long)> bound;      // of the quantity after k iterations, k = 0, 1, …; may be empty
  bool best_so_far = false;               // the bound is on the least of the quantity up to k
  std::optional<long> terminates_within;  // in exact arithmetic x_k = x* after so many iterations

  // Of a first-order method with constant coefficients, on a quadratic or close to a minimiser; else empty.
  ModeOfEigenvalue mode;

  // For a bound that is only made for one horizon, or proven only for a stretch of iterations.
  long valid_up_to = -1;  // -1: every k
};

// A run's setting: what bounds depend on besides the facts.
struct Setting {
  const Problem& problem;
  const Vector& x0;
  // The stationary point that the run tends to, for what is said close to it. Where it is not known, the
  // problem's minimiser, if exactly one is known.
  std::optional<Vector> limit = {};
  // Makes the Hessian at the limit of differences of gradients, where the problem has no second derivatives.
  bool takes_differences = false;
};

// What statements on a run from x0 predict of its asymptotic factor in the distance, each where a statement has
// one: the least for the problem's class (from mu, L, kappa), and the one of the Hessian at the limit point,
// which on a quadratic is the same everywhere.
struct PredictedFactors {
  std::optional<double> problem_class;
  std::optional<double> local;
};
PredictedFactors predicted_factors(const std::vector<Statement>& statements, const Problem& problem);

// Every statement of this library that applies to this solver on this problem from this start; empty where none
// does.
std::vector<Statement> applicable_theory(const Solver& solver, const Setting& setting);

// What no method of the solver's kind is faster than on this problem from this start; empty where nothing is
// known.
std::vector<Statement> lower_bounds(const Solver& solver, const Setting& setting);

std::string to_string(Quantity quantity);  // the column of a trace
std::string to_string(Strength strength);
std::string to_string(Scope scope);

}  // namespace optbed
