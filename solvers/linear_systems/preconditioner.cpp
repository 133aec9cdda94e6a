#include "solvers/linear_systems/preconditioner.hpp"

#include <cmath>

namespace optbed {
namespace {

class JacobiPreconditioner final : public Preconditioner {
 public:
  bool prepare(const SystemMatrix& A) override {
    D_ = diagonal(A);
    return true;
  }
  void apply(Oracle& /*f*/, const Vector& r, Vector& z) override { z = r.cwiseQuotient(D_); }

 private:
  Vector D_;
};

class IncompleteCholesky final : public Preconditioner {
 public:
  bool prepare(const SystemMatrix& A) override {
    L_ = sparse_copy(A).triangularView<Eigen::Lower>();
    L_.makeCompressed();
    return factorise();
  }

  // L y = r row by row, then L'z = y: column i of L' is row i of L.
  void apply(Oracle& /*f*/, const Vector& r, Vector& z) override {
    const Index n = r.size();
    for (Index i = 0; i < n; ++i) {
      double sum = r[i];
      SparseRows::InnerIterator l(L_, i);
      for (; l.col() < i; ++l) sum -= l.value() * z[l.col()];
      z[i] = sum / l.value();
    }
    for (Index i = n - 1; i >= 0; --i) {
      SparseRows::ReverseInnerIterator l(L_, i);
      z[i] /= l.value();
      for (--l; l; --l) z[l.col()] -= l.value() * z[i];
    }
  }

 private:
  // l_ij = (a_ij - sum_{k<j} l_ik l_jk)/l_jj and l_ii = sqrt(a_ii - sum_{k<i} l_ik^2), row by row, where a_ij
  // != 0.
  bool factorise() {
    for (Index i = 0; i < L_.rows(); ++i) {
      for (SparseRows::InnerIterator l(L_, i); l; ++l) {
        const Index j = l.col();
        const double rest = l.value() - common_product(i, j);
        if (j == i && !(rest > 0)) return false;
        l.valueRef() = j == i ? std::sqrt(rest) : rest / diagonal_of_row(j);
      }
    }
    return true;
  }

  // sum_{k<j} l_ik l_jk
  double common_product(Index i, Index j) const {
    double sum = 0;
    SparseRows::InnerIterator a(L_, i);
    SparseRows::InnerIterator b(L_, j);
    while (a.col() < j && b.col() < j) {
      if (a.col() == b.col()) sum += a.value() * b.value();
      const Index column = std::min(a.col(), b.col());
      if (a.col() == column) ++a;
      if (b.col() == column) ++b;
    }
    return sum;
  }

  double diagonal_of_row(Index j) const { return L_.valuePtr()[L_.outerIndexPtr()[j + 1] - 1]; }

  SparseRows L_;  // sorted rows, each ending with its diagonal
};

class SsorPreconditioner final : public Preconditioner {
 public:
  explicit SsorPreconditioner(double omega) : omega_(omega) {}

  bool prepare(const SystemMatrix& A) override {
    scaled_diagonal_ = diagonal(A) / omega_;
    return true;
  }

  // (D/omega + L) y = (2 - omega) r, then (D/omega + L')z = (D/omega) y.
  void apply(Oracle& f, const Vector& r, Vector& z) override {
    const Vector& D = scaled_diagonal_;
    std::visit(
        [&](const auto& A) {
          for (Index i = 0; i < r.size(); ++i) {
            z[i] = ((2 - omega_) * r[i] - lower_row_times(A, i, z)) / D[i];
          }
          for (Index i = r.size() - 1; i >= 0; --i) z[i] -= upper_row_times(A, i, z) / D[i];
        },
        f.rows());
  }

 private:
  double omega_;
  Vector scaled_diagonal_;  // D/omega
};

}  // namespace

std::unique_ptr<Preconditioner> make_preconditioner(PreconditionerKind kind, double omega) {
  switch (kind) {
    case PreconditionerKind::jacobi:
      return std::make_unique<JacobiPreconditioner>();
    case PreconditionerKind::incomplete_cholesky:
      return std::make_unique<IncompleteCholesky>();
    case PreconditionerKind::ssor:
      return std::make_unique<SsorPreconditioner>(omega);
  }
  return nullptr;
}

}  // namespace optbed
