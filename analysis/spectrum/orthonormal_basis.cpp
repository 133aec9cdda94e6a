#include "analysis/spectrum/orthonormal_basis.hpp"

#include <algorithm>

namespace optbed {
namespace {

// Rows of the basis that stay in a cache while they are used twice.
constexpr Index rows_in_cache = 512;

constexpr double orthogonal_enough = 1e-10;
constexpr int most_passes = 4;

}  // namespace

// Gram-Schmidt, repeated where it has to be (Daniel, Gragg, Kaufman & Stewart 1976). One sweep through V
// subtracts what the last one found and measures what is left of it, so that an orthogonal w costs two sweeps
// in all.
double OrthonormalBasis::orthogonalise(Vector& w, Vector& h) const {
  const Index n = w.size();
  h.setZero(size_);
  if (size_ == 0) return w.norm();
  Vector part = V_.leftCols(size_).transpose() * w;
  Vector left(size_);
  double norm = 0;
  for (int pass = 0; pass < most_passes; ++pass) {
    h += part;
    left.setZero();
    for (Index row = 0; row < n; row += rows_in_cache) {
      const Index rows = std::min(rows_in_cache, n - row);
      const auto V = V_.block(row, 0, rows, size_);
      auto w_rows = w.segment(row, rows);
      w_rows.noalias() -= V * part;
      left.noalias() += V.transpose() * w_rows;
    }
    norm = w.norm();
    if (left.norm() <= orthogonal_enough * norm) break;
    part = left;
  }
  return norm;
}

void OrthonormalBasis::append(const Vector& w, double norm) { V_.col(size_++) = w / norm; }

bool OrthonormalBasis::append_random(Random& random) {
  if (size_ >= V_.rows()) return false;
  Vector w(V_.rows());
  for (double& element : w) element = random.normal();
  Vector h;
  append(w, orthogonalise(w, h));
  return true;
}

void OrthonormalBasis::combine(Index first, const Matrix& S) {
  Matrix combined(std::min(rows_in_cache, V_.rows()), S.cols());
  for (Index row = 0; row < V_.rows(); row += rows_in_cache) {
    const Index rows = std::min(rows_in_cache, V_.rows() - row);
    combined.topRows(rows).noalias() = V_.block(row, first, rows, size_ - first) * S;
    V_.block(row, first, rows, S.cols()) = combined.topRows(rows);
  }
  size_ = first + S.cols();
}

}  // namespace optbed
