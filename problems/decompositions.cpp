#include "problems/decompositions.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <Eigen/SparseCholesky>

namespace optbed {

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

Vector singular_values(const Matrix& A) {
  return Eigen::JacobiSVD<Matrix, Eigen::NoQRPreconditioner>(A).singularValues();
}

std::optional<Vector> solve_positive_definite(const Matrix& A, const Vector& b) {
  const Eigen::LLT<Matrix> cholesky(A);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  return cholesky.solve(b);
}

std::optional<Vector> solve_positive_definite(const Eigen::SparseMatrix<double>& A, const Vector& b) {
  const Eigen::SimplicialLLT<Eigen::SparseMatrix<double>> cholesky(A);
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
