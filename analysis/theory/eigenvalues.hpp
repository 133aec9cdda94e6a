// Eigenvalues of the Hessian where rates are decided: of a quadratic, and at the minimisers of any other
// function.
#pragma once

#include <optional>
#include <vector>

#include "analysis/theory/theory.hpp"

namespace optbed {

// n up to which a full decomposition is made; it takes well below a second.
constexpr Index largest_decomposition = 500;

// Positive eigenvalues, ascending: all of them, or only the least and the greatest.
struct Eigenvalues {
  Vector values;
  bool complete = false;

  double least() const { return values[0]; }
  double greatest() const { return values[values.size() - 1]; }
};

// Of a strongly convex quadratic: from its Hessian up to largest_decomposition, from the facts mu and L beyond.
// None where neither is known, or A is not positive definite.
std::optional<Eigenvalues> eigenvalues_of_quadratic(const Problem& problem);

// The setting's limit or, where that is not known, the problem's minimiser, if exactly one is.
std::optional<Vector> limit_point(const Setting& setting);

// Of a function that is not quadratic, at the limit point: where the Hessian is positive definite there, up to
// largest_decomposition. One by differences of gradients counts as positive definite where its least eigenvalue
// is more than what differences may have made of a zero.
std::optional<Eigenvalues> eigenvalues_at_limit(const Setting& setting);

// Is the Hessian positive definite at the limit or, where that is not known, at every known minimiser, of which
// there is at least one? False where that cannot be computed.
bool has_nondegenerate_limit(const Setting& setting);

// The first index of each group of equal eigenvalues (n, ascending), to 1e-12 of the largest |lambda|, and n.
std::vector<Index> groups_of_equal(const Vector& eigenvalues);

// The error x_0 - x* in the eigenvectors of a quadratic's Hessian, by ascending eigenvalue.
struct StartInEigenvectors {
  Vector eigenvalues;  // (n)
  Vector parts;        // (n)
};

// None where the problem is not a quadratic with second derivatives and one known minimiser, n is over
// largest_decomposition, or the decomposition fails.
std::optional<StartInEigenvectors> start_in_eigenvectors(const Setting& setting);

// Which of the positive eigenvalues of a quadratic's Hessian (all of them, up to largest_decomposition) the
// error x0 - x* has a part in, beyond rounding: those (ascending), which is all where the decomposition fails
// or no minimiser is known.
Vector eigenvalues_in_start(const Setting& setting, const Vector& eigenvalues);

}  // namespace optbed
