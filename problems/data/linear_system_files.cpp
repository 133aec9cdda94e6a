#include "problems/data/linear_system_files.hpp"

#include <fmt/format.h>

#include "problems/data/matrix_market.hpp"
#include "problems/errors.hpp"

namespace optbed {

LinearSystemData read_linear_system(const std::string& matrix, const std::string& rhs) {
  const MatrixMarketFile A = read_matrix_market(matrix);
  if (A.rows() != A.columns()) {
    throw InputError(
        fmt::format("{}: the matrix of a quadratic or of a linear system is square, this one is {} x {}",
                    matrix, A.rows(), A.columns()));
  }
  Vector b = Vector::Zero(A.rows());
  if (!rhs.empty()) {
    const MatrixMarketFile column = read_matrix_market(rhs);
    if (column.rows() != A.rows() || column.columns() != 1) {
      throw InputError(fmt::format("{}: the right-hand side is {} x {}, but the matrix in {} needs {} x 1", rhs,
                                   column.rows(), column.columns(), matrix, A.rows()));
    }
    b = column.dense().col(0);
  }
  if (A.is_sparse()) return {SparseRows(A.sparse()), std::move(b)};
  return {DenseRows(A.dense()), std::move(b)};
}

}  // namespace optbed
