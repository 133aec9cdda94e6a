// Decompositions that make facts, compiled once: each of Eigen's templates takes a compiler several seconds.
#pragma once

#include <Eigen/SparseCore>
#include <complex>
#include <optional>

#include "problems/facts.hpp"

namespace optbed {

// Eigenvalues (n, ascending) of a symmetric A (n x n), of which the lower triangle is read. Empty where the
// iteration does not converge.
std::optional<Vector> symmetric_eigenvalues(const Matrix& A);

// A = V diag(values) V', A symmetric (n x n, of which the lower triangle is read): values (n, ascending) and
// orthonormal vectors (n x n, by columns). Empty as above.
struct SymmetricDecomposition {
  Vector values;
  Matrix vectors;
};
std::optional<SymmetricDecomposition> symmetric_decomposition(const Matrix& A);

// lambda (n, ascending) of A v = lambda B v, A symmetric and B symmetric positive definite (n x n). Empty as
// above.
std::optional<Vector> generalized_symmetric_eigenvalues(const Matrix& A, const Matrix& B);

// lambda (n, ascending) of B A v = lambda v, A symmetric and B symmetric positive definite (n x n). Empty as
// above.
std::optional<Vector> eigenvalues_of_product(const Matrix& B, const Matrix& A);

// An eigenvalue of largest modulus of a square A, the one of largest real part among several. Empty as above.
std::optional<std::complex<double>> dominant_eigenvalue(const Matrix& A);

// Singular values (descending) of a square A (n x n); NaN where A is not finite.
Vector singular_values(const Matrix& A);

// x with A x = b by LU factorisation with row exchanges, A (n x n) nonsingular.
Vector solve(const Matrix& A, const Vector& b);

// x with A x = b by Cholesky factorisation. Empty where A (n x n, symmetric) is not positive definite.
std::optional<Vector> solve_positive_definite(const Matrix& A, const Vector& b);

// The same for a sparse A; empty too where the factorisation would take more than `most` flops, which is known
// before it is made.
std::optional<Vector> solve_positive_definite(const Eigen::SparseMatrix<double>& A, const Vector& b,
                                              double most);

// A = Q R, A (m x n) with m >= n: Q (m x n) has orthonormal columns, R (n x n) is upper triangular.
struct QrFactors {
  Matrix Q;
  Matrix R;
};
QrFactors thin_qr(const Matrix& A);

// The x (n) of least 2-norm among those that make |A x - b| least, A (m x n) of any rank.
// NaN where A is not finite.
Vector least_squares_solution(const Matrix& A, const Vector& b);

// A = U diag(s) V', A (m x n), with r = min(m, n): U (m x r) and V (n x r) have orthonormal columns, s
// descends. All three are NaN where A is not finite, or so large that the norm of a column is not.
struct SingularValueDecomposition {
  Matrix U;
  Vector s;
  Matrix V;
};
SingularValueDecomposition singular_value_decomposition(const Matrix& A);

// How many of the singular values s (descending) of a matrix are more than 0 to working precision; `size` is
// the larger one of its numbers of rows and columns (Golub & Van Loan 2013, section 5.4.1).
Index numerical_rank(const Vector& s, Index size);

}  // namespace optbed
