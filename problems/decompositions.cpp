#include "problems/decompositions.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <Eigen/SparseCholesky>

namespace optbed {
namespace {

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

std::optional<Vector> generalized_symmetric_eigenvalues(const Matrix& A, const Matrix& B) {
  const Eigen::GeneralizedSelfAdjointEigenSolver<Matrix> eigen(A, B, Eigen::EigenvaluesOnly);
  if (eigen.info() != Eigen::Success) return std::nullopt;
  return eigen.eigenvalues();
}

std::optional<Vector> eigenvalues_of_product(const Matrix& B, const Matrix& A) {
  const Eigen::GeneralizedSelfAdjointEigenSolver<Matrix> eigen(A, B, Eigen::EigenvaluesOnly | Eigen::BAx_lx);
  if (eigen.info() != Eigen::Success) return std::nullopt;
  return eigen.eigenvalues();
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

Vector least_squares_solution(const Matrix& A, const Vector& b) {
  return Eigen::CompleteOrthogonalDecomposition<Matrix>(A).solve(b);
}

SingularValueDecomposition singular_value_decomposition(const Matrix& A) {
  const Eigen::BDCSVD<Matrix> svd(A, Eigen::ComputeThinU | Eigen::ComputeThinV);
  return {svd.matrixU(), svd.singularValues(), svd.matrixV()};
}

}  // namespace optbed
