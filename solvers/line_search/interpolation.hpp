// Minimisers of the polynomials through two samples of phi. NaN where there is none, or where a sample is not
// finite.
#pragma once

#include "solvers/line_search/line_function.hpp"

namespace optbed {

// Of the cubic through both values and both slopes (Nocedal & Wright 2006, (3.59)), written relative to a.
double cubic_minimiser(const Sample& a, const Sample& b);

// Of the quadratic through both values and the slope at a (Nocedal & Wright 2006, (3.58)).
double quadratic_minimiser(const Sample& a, const Sample& b);

// Of a quadratic with both slopes: the root of the line through (a, phi'(a)) and (b, phi'(b)).
double secant_minimiser(const Sample& a, const Sample& b);

}  // namespace optbed
