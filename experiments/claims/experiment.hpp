// What the experiments of the claims have in common: a run by its names, and when it first comes somewhere.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "solvers/minimize.hpp"

namespace optbed {

// The run of `solver` on `problem` for so many iterations (fewer where it cannot go on), without tolerances,
// every iterate in its trace. Throws UsageError on a wrong name.
Result traced_run(const std::string& problem, const std::string& solver, long iterations, const Vector& x0 = {},
                  std::uint64_t seed = 0);
Result traced_run(const Problem& problem, const std::string& solver, long iterations, const Vector& x0 = {},
                  std::uint64_t seed = 0);

// The first k with f(x_k) - f* <= part (f(x_0) - f*), or -1 where the run never comes there within `most`
// iterations. The minimum has to be known.
long iterations_to_gap(const std::string& problem, const std::string& solver, double part, long most,
                       const Vector& x0 = {});

// Component i of the iterates, row by row.
std::vector<double> coordinate(const Result& run, Index i);

// How many times a number and the one before it have different signs.
long sign_changes(const std::vector<double>& values);

// The largest |a_k - b_k|.
double largest_difference(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace optbed
