// The minimiser of a strictly convex function to full precision, as a fact.
#pragma once

#include <optional>
#include <string>

#include "problems/problem.hpp"

namespace optbed {

inline const std::string newton_source =
    "computed: damped Newton method until the gradient falls no further than rounding";

// Newton with Armijo halving (Boyd & Vandenberghe 2004, algorithm 9.5) from x_0, where f is finite, until f
// cannot tell the steps apart any more, and then with full steps as long as they shrink the gradient, which
// still can. Where the Hessian is singular, as on the flat pieces of a loss, |g| I is added to it (Li,
// Fukushima, Qi & Yamashita 2004), and the step doubled while f falls. Empty where it is singular at the end,
// too, or gradient and steps do not fall to rounding.
std::optional<Vector> newton_minimiser(const Problem& f, const Vector& x_0);

// Sets f*, x* and, of a finite sum, the variance of its samples there; nothing where the above is empty.
void add_newton_minimum(Facts& facts, const Problem& f, const Vector& x_0);

// Is it worth while to compute what takes (variables)^2 max(variables, samples) multiplications, once or a few
// dozen times? Up to 1e9, which take about a second.
bool is_worth_computing(Index variables, Index samples);

}  // namespace optbed
