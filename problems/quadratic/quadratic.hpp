// Quadratics f(x) = (1/2)(x-x*)'A(x-x*) of a chosen spectrum, and f(x) = (1/2)x'Ax - b'x from a file.
#pragma once

#include <Eigen/SparseCore>
#include <memory>
#include <string>
#include <vector>

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/quadratic/spectrum.hpp"
#include "problems/registry.hpp"

namespace optbed {

using SparseMatrix = Eigen::SparseMatrix<double>;

enum class Rotation { none, random };

struct QuadraticOptions {
  long n = 2;
  double kappa = 10;
  Spectrum spectrum = Spectrum::log;
  std::vector<double> eigenvalues;
  Rotation rotation = Rotation::none;
  std::optional<double> angle;  // degrees
  std::vector<double> shift;    // one number for every component, or n numbers
  long seed = 1;
  std::string matrix;
  std::string rhs;
};

// A = diag(lambda): (1/2) sum lambda_i (x_i - x*_i)^2. The start is (1, …, 1).
class DiagonalQuadratic final : public Problem {
 public:
  DiagonalQuadratic(Vector lambda, Vector minimiser);

  Index dimension() const override { return lambda_.size(); }
  Vector start() const override { return Vector::Ones(lambda_.size()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  Vector lambda_;
  Vector minimiser_;
};

// A symmetric matrix A (n x n), dense or sparse, stored with both triangles.
template <class MatrixType>
class MatrixQuadratic final : public Problem {
 public:
  // (1/2)(x-x*)'A(x-x*), start (1, …, 1). The eigenvalues of A, ascending, are what the facts are made of.
  MatrixQuadratic(MatrixType A, Vector minimiser, const Vector& eigenvalues);

  // (1/2)x'Ax - b'x, start 0. Facts are computed from A where it is small enough to be factorised.
  MatrixQuadratic(MatrixType A, Vector b);

  Index dimension() const override { return start_.size(); }
  Vector start() const override { return start_; }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  MatrixType A_;
  Vector b_;       // the right-hand side, where f has the second form
  Vector centre_;  // x*, where f has the first; empty otherwise
  Vector start_;
};

extern template class MatrixQuadratic<Matrix>;
extern template class MatrixQuadratic<SparseMatrix>;

OptionTable<QuadraticOptions> quadratic_option_table();
std::unique_ptr<Problem> make_quadratic(const QuadraticOptions& options);
ProblemEntry quadratic_entry();

}  // namespace optbed
