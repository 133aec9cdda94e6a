#include "problems/decompositions.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <Eigen/SparseCholesky>
#include <algorithm>
#include <limits>

namespace optbed {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

class SparseCholesky : public Eigen::SimplicialLLT<Eigen::SparseMatrix<double>> {
 public:
  // Of the numerical factorisation, after the symbolic one: the square of the entries of each column of L
  // (Davis 2006, section 4.2), below the diagonal.
  double flops() const { return m_nonZerosPerCol.cast<double>().squaredNorm(); }
};

}  // namespace

std::optional<Vector> symmetric_eigenvalues(const Matrix& A) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(A, Eigen::EigenvaluesOnly);
  if (eigen.info() != Eigen::Success) return std::nullopt;
  return eigen.eigenvalues();
}

std::optional<SymmetricDecomposition> symmetric_decomposition(const Matrix& A) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(A);
  if (eigen.info() != Eigen::Success) return std::nullopt;
  return SymmetricDecomposition{eigen.eigenvalues(), eigen.eigenvectors()};
}

// Both by B = L L' (Golub & Van Loan 2013, section 8.7.2). Eigen has a solver for them, which takes a compiler
// as long as the rest of this file.
std::optional<Vector> generalized_symmetric_eigenvalues(const Matrix& A, const Matrix& B) {
  const Eigen::LLT<Matrix> cholesky(B);
  Matrix C = A.selfadjointView<Eigen::Lower>();
  cholesky.matrixL().solveInPlace(C);
  C.transposeInPlace();
  cholesky.matrixL().solveInPlace(C);  // L^-1 A L^-T
  return symmetric_eigenvalues(C);
}

std::optional<Vector> eigenvalues_of_product(const Matrix& B, const Matrix& A) {
  const Eigen::LLT<Matrix> cholesky(B);
  const Matrix L = cholesky.matrixL();
  const Matrix AL = A.selfadjointView<Eigen::Lower>() * L;
  return symmetric_eigenvalues(L.transpose() * AL);
}

std::optional<std::complex<double>> dominant_eigenvalue(const Matrix& A) {
  const Eigen::EigenSolver<Matrix> eigen(A, false);
  if (eigen.info() != Eigen::Success) return std::nullopt;
  const auto& values = eigen.eigenvalues();
  std::complex<double> dominant = values[0];
  for (const std::complex<double>& value : values) {
    const double difference = std::abs(value) - std::abs(dominant);
    const double tie = 1e-12 * std::abs(dominant);
    if (difference > tie || (difference >= -tie && value.real() > dominant.real())) dominant = value;
  }
  return dominant;
}

Vector singular_values(const Matrix& A) {
  if (!A.allFinite()) return Vector::Constant(A.rows(), not_a_number);
  return Eigen::JacobiSVD<Matrix, Eigen::NoQRPreconditioner>(A).singularValues();
}

Vector solve(const Matrix& A, const Vector& b) { return A.partialPivLu().solve(b); }

std::optional<Vector> solve_positive_definite(const Matrix& A, const Vector& b) {
  const Eigen::LLT<Matrix> cholesky(A);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  return cholesky.solve(b);
}

std::optional<Vector> solve_positive_definite(const Eigen::SparseMatrix<double>& A, const Vector& b,
                                              double most) {
  SparseCholesky cholesky;
  cholesky.analyzePattern(A);
  if (cholesky.flops() > most) return std::nullopt;
  cholesky.factorize(A);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  return cholesky.solve(b);
}

QrFactors thin_qr(const Matrix& A) {
  const Eigen::HouseholderQR<Matrix> qr(A);
  const Index n = A.cols();
  return {qr.householderQ() * Matrix::Identity(A.rows(), n),
          qr.matrixQR().topRows(n).triangularView<Eigen::Upper>()};
}

Vector least_squares_solution(const Matrix& A, const Vector& b) {
  if (!A.allFinite()) return Vector::Constant(A.cols(), not_a_number);
  const auto [U, s, V] = singular_value_decomposition(A);
  const Index rank = numerical_rank(s, std::max(A.rows(), A.cols()));
  const Vector along = (U.leftCols(rank).transpose() * b).cwiseQuotient(s.head(rank));
  return V.leftCols(rank) * along;
}

Index numerical_rank(const Vector& s, Index size) {
  const double rounding = static_cast<double>(size) * std::numeric_limits<double>::epsilon() * s[0];
  return (s.array() > rounding).count();
}

// Of the triangle that a QR factorisation leaves, by rotations (Chan 1982; Eigen's faster one for large
// matrices takes a compiler half a minute).
SingularValueDecomposition singular_value_decomposition(const Matrix& A) {
  if (A.rows() < A.cols()) {
    auto [U, s, V] = singular_value_decomposition(A.transpose());
    return {std::move(V), std::move(s), std::move(U)};
  }
  const Index n = A.cols();
  const auto [Q, R] = thin_qr(A);
  // Eigen's iteration returns at once from such a triangle and leaves its results unset.
  if (!R.allFinite()) {
    return {Matrix::Constant(A.rows(), n, not_a_number), Vector::Constant(n, not_a_number),
            Matrix::Constant(n, n, not_a_number)};
  }
  const Eigen::JacobiSVD<Matrix, Eigen::NoQRPreconditioner> svd(R, Eigen::ComputeFullU | Eigen::ComputeFullV);
  return {Q * svd.matrixU(), svd.singularValues(), svd.matrixV()};
}

}  // namespace optbed
