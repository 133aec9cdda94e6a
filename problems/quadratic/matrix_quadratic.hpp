// Quadratics with any symmetric matrix, dense or sparse: f(x) = (1/2)(x-x*)'A(x-x*), or (1/2)x'Ax - b'x.
#pragma once

#include <memory>
#include <string>

#include "problems/linear_system.hpp"
#include "problems/problem.hpp"

namespace optbed {

// mu, L, convexity and the number of distinct eigenvalues, from the eigenvalues (ascending) of A.
void add_spectral_facts(Facts& facts, const Vector& eigenvalues, const std::string& source);

// The facts of (1/2)(x-x*)'A(x-x*) with these eigenvalues (ascending) of A.
Facts centred_quadratic_facts(const Vector& minimiser, const Vector& eigenvalues, const std::string& source);

// The facts of (1/2)x'Ax - b'x that computation finds: from all eigenvalues up to n = 500, and x* by Cholesky
// factorisation where that takes no more than 2e9 flops.
Facts computed_quadratic_facts(const SystemMatrix& A, const Vector& b);

// A is symmetric to the last bit.
class MatrixQuadratic final : public Problem, public LinearSystem {
 public:
  // (1/2)(x-x*)'A(x-x*).
  static std::unique_ptr<MatrixQuadratic> centred(SystemMatrix A, Vector minimiser, Vector start, Facts facts);

  // (1/2)x'Ax - b'x, start 0.
  static std::unique_ptr<MatrixQuadratic> with_right_hand_side(SystemMatrix A, Vector b, Facts facts);

  Index dimension() const override { return start_.size(); }
  Vector start() const override { return start_; }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_sparse_hessian() const override { return std::holds_alternative<SparseRows>(A_); }
  SparseRows sparse_hessian_pattern() const override;
  void sparse_hessian(const Vector& x, SparseRows& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

  const Vector& right_hand_side() const override { return b_; }
  bool is_symmetric() const override { return true; }
  bool is_gradient() const override { return true; }
  void multiply(const Vector& v, Vector& Av) const override;
  const SystemMatrix& matrix() const override { return A_; }

 private:
  MatrixQuadratic(SystemMatrix A, Vector b, Vector centre, Vector start, Facts facts);

  bool is_centred() const { return centre_.size() > 0; }

  SystemMatrix A_;
  Vector b_;
  Vector centre_;  // x*, where f has the first form; empty otherwise
  Vector start_;
};

}  // namespace optbed
