// Stationary iterations e_{k+1} = G e_k of linear systems: how their errors contract asymptotically.
#pragma once

#include <optional>

#include "problems/linear_system.hpp"

namespace optbed {

// n up to which the eigenvalues of a matrix without symmetry are computed; it takes below a second.
constexpr Index largest_general_decomposition = 150;

struct SpectralRadius {
  double value;
  bool real;  // an eigenvalue of that modulus is real, so that the error does not oscillate between two
};

// Of Jacobi's iteration I - omega D^-1 A.
std::optional<SpectralRadius> jacobi_radius(const LinearSystem& system, double omega);

// Of a sweep of successive over-relaxation, followed by a sweep back where `symmetric`. For a consistently
// ordered matrix in closed form, from the eigenvalues of Jacobi's iteration.
std::optional<SpectralRadius> sor_radius(const LinearSystem& system, double omega, bool symmetric);

// Is there a number gamma_i for each unknown with gamma_j = gamma_i + 1 wherever j > i and a_ij or a_ji is not
// 0 (Young 1971, section 5.3)? Tridiagonal matrices are so ordered, and the five-point Laplacian by rows.
bool is_consistently_ordered(const SystemMatrix& A);

// The radius of successive over-relaxation for a consistently ordered A whose Jacobi iteration has real
// eigenvalues and the radius mu < 1 (Young 1971, theorem 6.2.3).
double young_radius(double mu, double omega);

}  // namespace optbed
