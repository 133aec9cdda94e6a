// Eigenvalues of the Hessian where rates are decided: of a quadratic, and at the minimisers of any other
// function.
#pragma once

#include <optional>

#include "problems/problem.hpp"

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

// Of a function that is not quadratic, at its minimiser: where exactly one is known and the Hessian is positive
// definite there, up to largest_decomposition.
std::optional<Eigenvalues> eigenvalues_at_minimiser(const Problem& problem);

// Is the Hessian positive definite at every known minimiser, of which there is at least one? False where that
// cannot be computed.
bool has_nondegenerate_minimisers(const Problem& problem);

}  // namespace optbed
