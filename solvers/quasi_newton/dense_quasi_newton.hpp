// What quasi-Newton methods share that keep the inverse Hessian approximation H as a matrix: H_0 = I or, with
// initial_scaling, (s'y/y'y) I once the first pair is known (Nocedal & Wright 2006, (6.20)).
#pragma once

#include "solvers/quasi_newton/quasi_newton.hpp"

namespace optbed {

class DenseQuasiNewton : public QuasiNewton {
 public:
  // A copy of H (n x n, both triangles).
  Matrix inverse_hessian() const;

 protected:
  explicit DenseQuasiNewton(const QuasiNewtonOptions& options) : QuasiNewton(options) {}

  void reset(Index n) override;
  void direction(const Vector& g, Vector& d) override;
  bool update(const Vector& s, const Vector& y) override;

 private:
  // The method's update of the lower triangle of H, with Hy as it was before; may overwrite Hy. False where the
  // pair is skipped.
  virtual bool correct(Matrix& H, const Vector& s, const Vector& y, Vector& Hy) = 0;

  Matrix H_;  // the lower triangle
  Vector Hy_;
  bool is_identity_ = true;
};

}  // namespace optbed
