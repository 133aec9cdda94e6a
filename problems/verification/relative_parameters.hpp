// A regression in parameters relative to those of its minimiser, z_i = b_i / |b*_i|, whatever sizes they are
// of: its derivatives, of which none is lost in the rounding of another.
#pragma once

#include <utility>

#include "problems/problem.hpp"

namespace optbed::verification {

class RelativeParameters final : public LeastSquaresProblem {
 public:
  explicit RelativeParameters(const LeastSquaresProblem& regression)
      : regression_(regression), scale_(regression.facts().minimisers.at(0).value.cwiseAbs()) {}

  // Of the minimiser.
  Vector signs() const { return regression_.facts().minimisers.at(0).value.cwiseQuotient(scale_); }

  Index dimension() const override { return scale_.size(); }
  Vector start() const override { return regression_.start().cwiseQuotient(scale_); }
  double value(const Vector& z) const override { return regression_.value(scale_.cwiseProduct(z)); }
  double gradient(const Vector& z, Vector& g) const override {
    const double f = regression_.gradient(scale_.cwiseProduct(z), g);
    g = scale_.cwiseProduct(g).eval();
    return f;
  }
  bool has_hessian() const override { return regression_.has_hessian(); }
  void hessian(const Vector& z, Matrix& H) const override {
    regression_.hessian(scale_.cwiseProduct(z), H);
    for (Index j = 0; j < dimension(); ++j) {
      for (Index i = 0; i < dimension(); ++i) H(i, j) *= scale_[i] * scale_[j];
    }
  }
  bool has_hessian_vector() const override { return regression_.has_hessian_vector(); }
  void hessian_vector(const Vector& z, const Vector& v, Vector& Hv) const override {
    regression_.hessian_vector(scale_.cwiseProduct(z), scale_.cwiseProduct(v), Hv);
    Hv = scale_.cwiseProduct(Hv).eval();
  }
  Index residual_count() const override { return regression_.residual_count(); }
  double scale() const override { return regression_.scale(); }
  void residuals(const Vector& z, Vector& r) const override {
    regression_.residuals(scale_.cwiseProduct(z), r);
  }
  void jacobian(const Vector& z, Matrix& J) const override {
    regression_.jacobian(scale_.cwiseProduct(z), J);
    for (Index j = 0; j < dimension(); ++j) J.col(j) *= scale_[j];
  }

 private:
  const LeastSquaresProblem& regression_;
  Vector scale_;  // (n), above 0
};

}  // namespace optbed::verification
