// A problem's functions as values, each result filled with NaN first so that an element left unwritten shows,
// and the points at which a problem is looked at.
#pragma once

#include <limits>
#include <vector>

#include "problems/problem.hpp"

namespace optbed::verification {

inline constexpr double epsilon = std::numeric_limits<double>::epsilon();

// The largest n whose Hessian is formed and decomposed: n^3 work of about a tenth of a second.
inline constexpr Index largest_dense = 300;

inline constexpr std::size_t probe_count = 9;

struct Probe {
  Vector x;
  Vector d;
};

Vector gradient_at(const Problem& problem, const Vector& x);
Matrix hessian_at(const Problem& problem, const Vector& x);
SparseRows sparse_hessian_at(const Problem& problem, const Vector& x);
Vector hessian_vector_at(const Problem& problem, const Vector& x, const Vector& v);
Vector residuals_at(const LeastSquaresProblem& problem, const Vector& x);
Matrix jacobian_at(const LeastSquaresProblem& problem, const Vector& x);

// f_i at x, and its gradient in g (n).
double one_sample(const FiniteSumProblem& problem, const Vector& x, Index i, Vector& g);

// n roundings of sums of n terms, with some of each term: relative to the size of the terms.
double roundings(const Problem& problem);

// There is a Hessian, small enough to be formed.
bool has_dense_hessian(const Problem& problem);

// |H(x)| (Frobenius); where H is too large to be formed, the estimate |H v| of a random v with E vv' = I;
// without second derivatives the Lipschitz constant of the gradient, or 0.
double hessian_size(const Problem& problem, const Vector& x);

// The size of the terms of f's gradient where they may cancel: |H| (1 + |x|). Those of f are (1 + |x|) times as
// large.
double gradient_terms(const Problem& problem, const Vector& x);

// `of_each` points of the problem's own scale (what its start and its minimisers show of it) at each of three
// distances from 0 and from the start, each with a direction short enough to stay clear of a kink. Where f or
// the size of its derivatives is beyond the range of double, at either end of a direction, another one is
// drawn, nearer to the start: f may be finite on a small set only. There are fewer than 3 of_each where f is
// out of range nearly everywhere.
std::vector<Probe> probes(const Problem& problem, int of_each = 3);

}  // namespace optbed::verification
