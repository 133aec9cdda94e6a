// How real-coded genetic algorithms make new points from old ones. Each writes into vectors that have their
// size.
#pragma once

#include "problems/random.hpp"

namespace optbed {

// Blend crossover BLX-alpha (Eshelman & Schaffer 1993): each child's component uniformly in [l - alpha (u - l),
// u + alpha (u - l)], where l <= u are those of the parents. alpha >= 0; from (sqrt(3) - 1)/2 on it does not
// shrink the variance of a population without selection.
void blend_crossover(const Vector& a, const Vector& b, double alpha, Random& random, Vector& child,
                     Vector& other_child);

// Simulated binary crossover (Deb & Agrawal 1995): with probability 1/2 a component of the children is ((1 +
// beta) a + (1 - beta) b)/2 and its mirror image about the parents' mean, and a copy otherwise. beta has the
// density (index + 1)/2 beta^index below 1 and (index + 1)/2 beta^-(index + 2) above. index >= 0.
void simulated_binary_crossover(const Vector& a, const Vector& b, double index, Random& random, Vector& child,
                                Vector& other_child);

// Adds scale N(0, 1) to each component with the given probability.
void gaussian_mutation(double scale, double probability, Random& random, Vector& x);

// Adds scale delta, delta in [-1, 1] with the density (index + 1)/2 (1 - |delta|)^index, to each component with
// the given probability (Deb & Goyal 1996).
void polynomial_mutation(double scale, double index, double probability, Random& random, Vector& x);

}  // namespace optbed
