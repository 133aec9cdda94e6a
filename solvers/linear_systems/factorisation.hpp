// A x = b by a factorisation of A, dense or sparse, compiled once: these of Eigen's templates take long.
#pragma once

#include <optional>

#include "problems/linear_system.hpp"

namespace optbed {

// Flops, factorisation and solution together (Golub & Van Loan 2013, sections 3.2, 4.2 and 5.2):
//   lu        P A = L U with row exchanges               dense 2n^3/3 + 2n^2
//   qr        A P = Q R by Householder reflections       dense 4n^3/3 + 3n^2
//   cholesky  A = L L', symmetric positive definite      dense n^3/3 + 2n^2
// Sparse factorisations order the unknowns for little fill-in first (COLAMD, COLAMD, AMD).
enum class Factorisation { lu, qr, cholesky };

struct DirectSolution {
  Vector x;
  double flops;  // sparse: counted from the entries of the factors
};

// Empty where A (n x n, finite) is singular to working precision or, for cholesky, not positive definite;
// cholesky takes A for symmetric.
std::optional<DirectSolution> solve_directly(Factorisation factorisation, const SystemMatrix& A,
                                             const Vector& b);

}  // namespace optbed
