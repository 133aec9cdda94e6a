// Quadratics f(x) = (1/2)(x-x*)'A(x-x*) of a chosen spectrum, and f(x) = (1/2)x'Ax - b'x from a file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/linear_system.hpp"
#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/quadratic/spectrum.hpp"
#include "problems/registry.hpp"

namespace optbed {

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
class DiagonalQuadratic final : public Problem, public LinearSystem {
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

  const Vector& right_hand_side() const override { return b_; }
  bool is_symmetric() const override { return true; }
  bool is_gradient() const override { return true; }
  void multiply(const Vector& v, Vector& Av) const override;
  const SystemMatrix& matrix() const override { return A_; }

 private:
  Vector lambda_;
  Vector minimiser_;
  SystemMatrix A_;  // diag(lambda), sparse
  Vector b_;        // A x*
};

OptionTable<QuadraticOptions> quadratic_option_table();
std::unique_ptr<Problem> make_quadratic(const QuadraticOptions& options);
ProblemEntry quadratic_entry();

}  // namespace optbed
