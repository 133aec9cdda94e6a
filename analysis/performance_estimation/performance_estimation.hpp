// The worst that a first-order method with fixed steps can do on a class of functions, exactly: the
// performance-estimation problem (Drori & Teboulle 2014; Taylor, Hendrickx & Glineur 2017, "Smooth strongly
// convex interpolation and exact worst-case performance of first-order methods").
//
// Points x_i with gradients g_i and values f_i are those of some mu-strongly convex function with an
// L-Lipschitz gradient if and only if for every pair of them (theorem 4)
//   f_i >= f_j + g_j'(x_i - x_j)
//          + (|g_i - g_j|^2/L + mu |x_i - x_j|^2 - (2 mu/L) (g_j - g_i)'(x_j - x_i))/(2 (1 - mu/L)).
// So the worst case over all functions is the largest value of the measure over all such points, with a
// minimiser among them, that the method may pass through: in the values and the Gram matrix of x_0 - x* and the
// gradients a semidefinite program. Its dual solution, a multiplier of every inequality, is a proof of the
// bound that is checked by itself; its solution a function that attains it.
#pragma once

#include <optional>
#include <vector>

#include "analysis/performance_estimation/fixed_step_method.hpp"
#include "problems/convex/worst_case/interpolated_function.hpp"

namespace optbed {

// What is bounded: f(x_n) - f*, |x_n - x*|^2, |g(x_n)|^2, or the least of |g(x_k)|^2 for k = 0 … n.
enum class PerformanceMeasure { gap, squared_distance, squared_gradient, least_squared_gradient };

// What the bound is made from: |x_0 - x*| <= R, or f(x_0) - f* <= R.
enum class InitialCondition { distance, gap };

struct PerformanceQuestion {
  SmoothConvexClass functions = {};
  PerformanceMeasure measure = PerformanceMeasure::gap;
  InitialCondition initial = InitialCondition::distance;
  double radius = 1;  // R > 0
};

// Of the inequality above for the points i and j; the minimiser is -1.
struct PairMultiplier {
  Index i = 0;
  Index j = 0;
  double value = 0;  // >= 0
};

// The proof, in units where L = 1 and R = 1: the measure is at most
//   initial_multiplier + sum over the inequalities of multiplier times violation - <slack matrix, Gram matrix>
//   - balance'f.
// It would be exact if the slack matrix had no negative eigenvalue and the balance were 0. They are so but for
// rounding, and what that can do to the bound is its margin.
struct PerformanceCertificate {
  std::vector<PairMultiplier> multipliers;
  double initial_multiplier = 0;
  Matrix slack;                 // S
  double least_eigenvalue = 0;  // of S
  double imbalance = 0;         // the largest element of the balance
  // tr G + sum_i f_i of every function of the class is at most this.
  double size = 0;
};

struct WorstCaseRate {
  double bound = 0;     // of the measure, for every function of the class
  double margin = 0;    // bound + margin holds whatever was rounded
  double attained = 0;  // by the worst-case function: the truth is between this and bound
  PerformanceCertificate certificate = {};

  // The triplets of a function that attains the bound: x_0 first, and last the minimiser, 0 with the value 0;
  // in as few dimensions as were found. Without points where none was found: where functions come as near as
  // one likes but do not attain it, as their minimisers go to infinity.
  InterpolationData worst_case = {};
};

// What a worst case in the units L = R = 1 is multiplied with.
double unit_of(const PerformanceQuestion& question);

// Nothing where the semidefinite solver does not converge: where the margin, or what lies between bound and
// attained, is over 1e-4 of unit_of(question). Throws UsageError unless 0 <= mu < L and R > 0, and
// where the answer is infinite: the distance to the minimiser of functions with mu = 0 from a known gap.
std::optional<WorstCaseRate> worst_case_rate(const FixedStepMethod& method,
                                             const PerformanceQuestion& question);

}  // namespace optbed
