#include "solvers/linear_systems/factorisation.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/SparseCholesky>
#include <Eigen/SparseLU>
#include <Eigen/SparseQR>
#include <cmath>
#include <limits>
#include <vector>

#include "solvers/linear_systems/pivoted_qr.hpp"
#include "solvers/linear_systems/pivots.hpp"

namespace optbed {
namespace {

using SparseColumns = Eigen::SparseMatrix<double>;

// ---- dense ----

std::optional<DirectSolution> solve_lu(const Matrix& A, const Vector& b) {
  const auto n = static_cast<double>(b.size());
  const Eigen::PartialPivLU<Matrix> lu(A);
  if (has_vanishing_pivot(lu.matrixLU())) return std::nullopt;
  return DirectSolution{lu.solve(b), 2 * n * n * n / 3 + 2 * n * n};
}

std::optional<DirectSolution> solve_qr(const Matrix& A, const Vector& b) {
  const auto n = static_cast<double>(b.size());
  PivotedQr qr;
  qr.start(b.size(), b.size());
  qr.factorise(A);
  if (!qr.has_full_column_rank()) return std::nullopt;
  DirectSolution solution{Vector(b.size()), 4 * n * n * n / 3 + 3 * n * n};
  qr.solve(b, solution.x);
  return solution;
}

std::optional<DirectSolution> solve_cholesky(const Matrix& A, const Vector& b) {
  const auto n = static_cast<double>(b.size());
  const Eigen::LLT<Matrix> cholesky(A);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  return DirectSolution{cholesky.solve(b), n * n * n / 3 + 2 * n * n};
}

// ---- sparse ----

class SparseLu : public Eigen::SparseLU<SparseColumns> {
 public:
  using SparseLU::SparseLU;

  // A pivot not larger than the rounding error of its column may be zero.
  bool has_vanishing_pivot(const SparseColumns& A) const {
    const double rounding = static_cast<double>(A.rows()) * std::numeric_limits<double>::epsilon();
    for (Index column = 0; column < A.cols(); ++column) {
      double largest = 0;
      for (SparseColumns::InnerIterator a(A, column); a; ++a) largest = std::max(largest, std::abs(a.value()));
      const Index k = colsPermutation().indices()[column];
      for (SCMatrix::InnerIterator l(m_Lstore, k); l; ++l) {
        if (l.index() == k && !(std::abs(l.value()) > rounding * largest)) return true;
      }
    }
    return false;
  }

  // Step k divides the l_k entries of its column and takes a multiple of it from the u_k columns with an entry
  // in its row. The blocks on U's diagonal are stored with L.
  double flops() const {
    const Index n = cols();
    std::vector<double> below(static_cast<std::size_t>(n));
    std::vector<double> beside(static_cast<std::size_t>(n));
    for (Index column = 0; column < n; ++column) {
      for (SCMatrix::InnerIterator l(m_Lstore, column); l; ++l) {
        if (l.index() > column) ++below[static_cast<std::size_t>(column)];
        if (l.index() < column) ++beside[static_cast<std::size_t>(l.index())];
      }
      for (Eigen::MappedSparseMatrix<double>::InnerIterator u(m_Ustore, column); u; ++u) {
        ++beside[static_cast<std::size_t>(u.index())];
      }
    }
    double sum = 0;
    for (std::size_t k = 0; k < below.size(); ++k) {
      sum += below[k] + 2 * below[k] * beside[k] + 2 * (below[k] + beside[k]) + 1;
    }
    return sum;
  }
};

class SparseQr : public Eigen::SparseQR<SparseColumns, Eigen::COLAMDOrdering<int>> {
 public:
  using SparseQR::SparseQR;

  // Reflection k, with h_k entries, is applied to the columns with an entry in row k of R and to b: 4 h_k flops
  // each.
  double flops() const {
    const SparseRows R = m_R;
    double sum = 2 * static_cast<double>(R.nonZeros());
    for (Index k = 0; k < m_Q.cols(); ++k) {
      const double reflection = 4 * static_cast<double>(m_Q.col(k).nonZeros());
      sum += reflection * static_cast<double>(R.row(k).nonZeros() + 1);
    }
    return sum;
  }
};

class SparseCholesky : public Eigen::SimplicialLLT<SparseColumns> {
 public:
  using SimplicialLLT::SimplicialLLT;

  // The square of the entries of each column (Davis 2006, section 4.2), and two triangular solves.
  double flops() const {
    double sum = 0;
    for (Index j = 0; j < m_matrix.cols(); ++j) {
      const auto entries = static_cast<double>(m_matrix.col(j).nonZeros());
      sum += entries * entries + 4 * entries;
    }
    return sum;
  }
};

std::optional<DirectSolution> solve_lu(const SparseRows& rows, const Vector& b) {
  const SparseColumns A = rows;
  SparseLu lu(A);
  if (lu.info() != Eigen::Success || lu.has_vanishing_pivot(A)) return std::nullopt;
  return DirectSolution{lu.solve(b), lu.flops()};
}

std::optional<DirectSolution> solve_qr(const SparseRows& rows, const Vector& b) {
  const SparseColumns A = rows;
  const SparseQr qr(A);
  if (qr.info() != Eigen::Success || qr.rank() < A.cols()) return std::nullopt;
  return DirectSolution{qr.solve(b), qr.flops()};
}

std::optional<DirectSolution> solve_cholesky(const SparseRows& rows, const Vector& b) {
  const SparseColumns A = rows;
  const SparseCholesky cholesky(A);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  return DirectSolution{cholesky.solve(b), cholesky.flops()};
}

}  // namespace

std::optional<DirectSolution> solve_directly(Factorisation factorisation, const SystemMatrix& A,
                                             const Vector& b) {
  std::optional<DirectSolution> solution = std::visit(
      [&](const auto& rows) {
        switch (factorisation) {
          case Factorisation::lu:
            return solve_lu(rows, b);
          case Factorisation::qr:
            return solve_qr(rows, b);
          case Factorisation::cholesky:
            break;
        }
        return solve_cholesky(rows, b);
      },
      A);
  if (solution && !solution->x.allFinite()) return std::nullopt;
  return solution;
}

}  // namespace optbed
