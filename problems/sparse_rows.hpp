// Sparse matrices, row after row.
#pragma once

#include <Eigen/SparseCore>

namespace optbed {

using SparseRows = Eigen::SparseMatrix<double, Eigen::RowMajor>;

}  // namespace optbed
