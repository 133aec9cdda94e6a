// Models y = m(b; x) of a response by parameters b (n) and predictors x (p), differentiated in b.
#pragma once

#include <memory>
#include <span>
#include <utility>

#include "problems/differentiation/derivatives_of.hpp"
#include "problems/facts.hpp"

namespace optbed {

// A model whose type is known only when the program runs. `x` (p x m) holds one observation a column; `values`
// (m) takes the model's value at each. There is one overload for each number that the derivatives of a problem
// are made with.
class CurveModel {
 public:
  template <class X>
  using Values = std::span<X>;
  using ReverseGradient = Variable<double>;
  using ReverseCurvature = Variable<TangentDual>;

  CurveModel() = default;
  CurveModel(const CurveModel&) = delete;
  CurveModel& operator=(const CurveModel&) = delete;
  virtual ~CurveModel() = default;

  virtual void evaluate(std::span<const double> b, const Matrix& x, Values<double> values) const = 0;
  virtual void evaluate(std::span<const GradientDual> b, const Matrix& x,
                        Values<GradientDual> values) const = 0;
  virtual void evaluate(std::span<const CurvatureDual> b, const Matrix& x,
                        Values<CurvatureDual> values) const = 0;
  virtual void evaluate(std::span<const ReverseGradient> b, const Matrix& x,
                        Values<ReverseGradient> values) const = 0;
  virtual void evaluate(std::span<const ReverseCurvature> b, const Matrix& x,
                        Values<ReverseCurvature> values) const = 0;
};

// One written as F with `template <class X> X operator()(std::span<const X> b, const double* x) const`, x (p).
template <class F>
class CurveModelOf final : public CurveModel {
 public:
  explicit CurveModelOf(F f) : f_(std::move(f)) {}

  void evaluate(std::span<const double> b, const Matrix& x, Values<double> values) const override {
    evaluate_each(b, x, values);
  }
  void evaluate(std::span<const GradientDual> b, const Matrix& x, Values<GradientDual> values) const override {
    evaluate_each(b, x, values);
  }
  void evaluate(std::span<const CurvatureDual> b, const Matrix& x,
                Values<CurvatureDual> values) const override {
    evaluate_each(b, x, values);
  }
  void evaluate(std::span<const ReverseGradient> b, const Matrix& x,
                Values<ReverseGradient> values) const override {
    evaluate_each(b, x, values);
  }
  void evaluate(std::span<const ReverseCurvature> b, const Matrix& x,
                Values<ReverseCurvature> values) const override {
    evaluate_each(b, x, values);
  }

 private:
  template <class X>
  void evaluate_each(std::span<const X> b, const Matrix& x, std::span<X> values) const {
    for (Index i = 0; i < x.cols(); ++i) values[static_cast<std::size_t>(i)] = f_(b, x.col(i).data());
  }

  F f_;
};

using SharedCurveModel = std::shared_ptr<const CurveModel>;

template <class F>
SharedCurveModel curve_model(F f) {
  return std::make_shared<CurveModelOf<F>>(std::move(f));
}

}  // namespace optbed
