// Reader of the Matrix Market exchange format (Boisvert, Pozo, Remington 1996, NISTIR 5935).
#pragma once

#include <Eigen/SparseCore>
#include <string>

#include "problems/facts.hpp"

namespace optbed {

// A real matrix as it stands in the file: `array` (dense) or `coordinate` (sparse), with symmetry expanded.
class MatrixMarketFile {
 public:
  using Sparse = Eigen::SparseMatrix<double>;

  explicit MatrixMarketFile(Matrix dense) : dense_(std::move(dense)), is_sparse_(false) {}
  explicit MatrixMarketFile(const Sparse& sparse) : sparse_(sparse), is_sparse_(true) {}

  bool is_sparse() const { return is_sparse_; }
  Index rows() const { return is_sparse_ ? sparse_.rows() : dense_.rows(); }
  Index columns() const { return is_sparse_ ? sparse_.cols() : dense_.cols(); }
  bool is_symmetric() const;  // to the last bit

  Matrix dense() const { return is_sparse_ ? Matrix(sparse_) : dense_; }
  const Sparse& sparse() const { return sparse_; }  // where is_sparse()

 private:
  Matrix dense_;
  Sparse sparse_;
  bool is_sparse_;
};

// Reads `array` and `coordinate`, `real`, `integer` and `pattern`, `general`, `symmetric` and `skew-symmetric`
// files. Throws InputError naming the file, the line and what is wrong there.
MatrixMarketFile read_matrix_market(const std::string& path);

}  // namespace optbed
