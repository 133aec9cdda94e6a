// Small dense semidefinite programs, solved by DSDP (Benson, Ye & Zhang 2000: a dual-scaling interior-point
// method):
//   maximise <C, G> + c'f   subject to   <A_r, G> + a_r'f <= b_r for every row r,   G positive semidefinite.
// The dual gives every row a multiplier lambda_r >= 0:
//   minimise b'lambda   subject to   S = sum_r lambda_r A_r - C positive semidefinite,   sum_r lambda_r a_r =
//   c.
// Both have the same optimum where both have an interior; each dual feasible lambda proves an upper bound of
// it.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "problems/facts.hpp"

namespace optbed {

struct SemidefiniteProgram {
  struct Row {
    Matrix A;  // (d x d), symmetric
    Vector a;  // (k)
    double b = 0;
  };

  Matrix C;  // (d x d), symmetric
  Vector c;  // (k)
  std::vector<Row> rows;

  double objective(const Matrix& G, const Vector& f) const { return C.cwiseProduct(G).sum() + c.dot(f); }
  double row_slack(std::size_t r, const Matrix& G, const Vector& f) const {
    return rows[r].b - rows[r].A.cwiseProduct(G).sum() - rows[r].a.dot(f);
  }
  Matrix slack_matrix(const Vector& lambda) const;        // S (d x d)
  Vector multiplier_balance(const Vector& lambda) const;  // sum_r lambda_r a_r - c (k)
  double dual_objective(const Vector& lambda) const;      // b'lambda
};

struct SemidefiniteSolution {
  Matrix G;       // (d x d)
  Vector f;       // (k)
  Vector lambda;  // one of each row, >= 0
};

// Close to the analytic centre of all solutions: of the highest rank among them. The multipliers are inside of
// what is feasible, to rounding, so that b'lambda is a bound. Where DSDP converges it is 1e-12 to 1e-6 over an
// optimum of the order of 1, and G and f hold to some 1e-6; where rounding ends its progress before, b'lambda -
// (<C, G> + c'f) and the eigenvalues of S tell how far that is from the optimum. None where DSDP fails, or has
// no feasible pair. Throws std::bad_alloc where there is no memory for the program.
std::optional<SemidefiniteSolution> solve(const SemidefiniteProgram& program);

}  // namespace optbed
