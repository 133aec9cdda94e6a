#include "problems/linear_system.hpp"

namespace optbed {

Index order(const SystemMatrix& A) {
  return std::visit([](const auto& rows) { return rows.rows(); }, A);
}

bool is_symmetric(const SystemMatrix& A) {
  if (const auto* dense = std::get_if<DenseRows>(&A)) return *dense == dense->transpose();
  const auto& sparse = std::get<SparseRows>(A);
  const SparseRows transpose = sparse.transpose();
  return (sparse - transpose).norm() == 0;
}

bool has_finite_entries(const SystemMatrix& A) {
  if (const auto* dense = std::get_if<DenseRows>(&A)) return dense->allFinite();
  return std::get<SparseRows>(A).coeffs().allFinite();
}

Vector diagonal(const SystemMatrix& A) {
  return std::visit([](const auto& rows) { return Vector(rows.diagonal()); }, A);
}

Matrix dense_copy(const SystemMatrix& A) {
  return std::visit([](const auto& rows) { return Matrix(rows); }, A);
}

SparseRows sparse_copy(const SystemMatrix& A) {
  if (const auto* sparse = std::get_if<SparseRows>(&A)) return *sparse;
  SparseRows sparse = std::get<DenseRows>(A).sparseView(0, 0);
  sparse.makeCompressed();
  return sparse;
}

void multiply(const SystemMatrix& A, const Vector& v, Vector& Av) {
  std::visit([&](const auto& rows) { Av.noalias() = rows * v; }, A);
}

double lower_row_times(const DenseRows& A, Index i, const Vector& v) { return A.row(i).head(i).dot(v.head(i)); }

double lower_row_times(const SparseRows& A, Index i, const Vector& v) {
  double sum = 0;
  for (SparseRows::InnerIterator a(A, i); a && a.col() < i; ++a) sum += a.value() * v[a.col()];
  return sum;
}

double upper_row_times(const DenseRows& A, Index i, const Vector& v) {
  const Index after = A.cols() - 1 - i;
  return A.row(i).tail(after).dot(v.tail(after));
}

double upper_row_times(const SparseRows& A, Index i, const Vector& v) {
  double sum = 0;
  for (SparseRows::ReverseInnerIterator a(A, i); a && a.col() > i; --a) sum += a.value() * v[a.col()];
  return sum;
}

}  // namespace optbed
