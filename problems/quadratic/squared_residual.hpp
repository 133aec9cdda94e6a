// Any square system A x = b as a problem: f(x) = (1/2)|A x - b|^2, which is bounded below whether or not A is
// symmetric or definite, and has its minimum 0 where the system has its solution. Start 0.
//
// Data: Matrix Market files, or generated with singular values spaced evenly in the logarithm from 1 to kappa
// and x* = (1, …, 1): A = U S V' with random orthonormal U and V; or symmetric, A = U S U' with alternating
// signs in S, and indefinite so.
//
// mu and L are the squares of the extreme singular values: condition numbers are squared. For a symmetric
// positive definite A the quadratic (1/2)x'Ax - b'x is the better problem.
//
// f, gradient and products with the Hessian A'A are one pass over the rows of A, without a temporary.
#pragma once

#include "problems/linear_system.hpp"
#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct SquaredResidualOptions {
  long n = 10;
  double kappa = 10;
  bool symmetric = false;
  long seed = 1;
  std::string matrix;
  std::string rhs;
};

class SquaredResidual final : public LeastSquaresProblem, public LinearSystem {
 public:
  using Options = SquaredResidualOptions;
  static OptionTable<Options> option_table();

  // Throws InputError where a file makes no square system.
  explicit SquaredResidual(const Options& options = {});

  // A (n x n), b (n). Facts are computed: mu, L and x* up to n = 200, or 500 where A is symmetric.
  SquaredResidual(SystemMatrix A, Vector b);

  Index dimension() const override { return b_.size(); }
  Vector start() const override { return Vector::Zero(b_.size()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

  Index residual_count() const override { return b_.size(); }
  double scale() const override { return 0.5; }
  void residuals(const Vector& x, Vector& r) const override;
  void jacobian(const Vector& x, Matrix& J) const override;

  const Vector& right_hand_side() const override { return b_; }
  bool is_symmetric() const override { return symmetric_; }
  bool is_gradient() const override { return false; }
  void multiply(const Vector& v, Vector& Av) const override;
  const SystemMatrix& matrix() const override { return A_; }

 private:
  struct Data;
  static Data data_of(const Options& options);
  explicit SquaredResidual(Data data);

  SystemMatrix A_;
  Vector b_;
  bool symmetric_;
};

ProblemEntry linear_system_entry();

}  // namespace optbed
