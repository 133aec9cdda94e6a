// Nonlinear regression: f(b) = sum_{i=1}^m (h(b; x_i) - y_i)^2, without a half, for a model h of n parameters b
// and m observations (x_i, y_i).
//
// Cost: a value is m values of the model. For n <= 8 a gradient or a Jacobian is n/4 of these, rounded up, with
// numbers of five parts; a Hessian n times as much, with numbers of ten.
#pragma once

#include "problems/differentiation/differentiated_residuals.hpp"
#include "problems/regression/curve_model.hpp"

namespace optbed {

struct Observations {
  Matrix x;  // (p x m), one observation a column
  Vector y;  // (m)
};

// h(b; x_i) - y_i for every number type.
class CurveResiduals {
 public:
  CurveResiduals(SharedCurveModel model, Observations data)
      : model_(std::move(model)), data_(std::move(data)) {}

  Index residual_count(Index /*n*/) const { return data_.y.size(); }

  template <class X>
  void operator()(std::span<const X> b, std::span<X> r) const {
    model_->evaluate(b, data_.x, r);
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = r[i] - data_.y[static_cast<Index>(i)];
  }

  const Observations& data() const { return data_; }

 private:
  SharedCurveModel model_;
  Observations data_;
};

class CurveRegression : public DifferentiatedResiduals<CurveResiduals> {
 public:
  CurveRegression(SharedCurveModel model, Observations data, FunctionSettings settings)
      : DifferentiatedResiduals(CurveResiduals(std::move(model), std::move(data)), std::move(settings)) {}

  const Observations& data() const { return functor().data(); }

 protected:
  // For a model that is linear in its parameters, and finite at 0 with its Jacobian: function class, convexity,
  // L, and mu where it can be computed, as a singular value of J is known to the rounding of the largest one.
  void state_curvature_of_linear_model();
};

}  // namespace optbed
