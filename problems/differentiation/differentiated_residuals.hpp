// A least-squares problem from one functor of its residuals, with derivatives by automatic differentiation.
//
//   struct Rosenbrock {
//     Index residual_count(Index) const { return 2; }
//     template <class X>
//     void operator()(std::span<const X> x, std::span<X> r) const {
//       r[0] = 10.0 * (x[1] - x[0] * x[0]);
//       r[1] = 1.0 - x[0];
//     }
//   };
//   DifferentiatedResiduals<Rosenbrock> problem({}, {.start = Vector{{-1.2, 1}}});
#pragma once

#include <span>
#include <utility>

#include "problems/differentiation/differentiated_function.hpp"

namespace optbed {

// scale |r(x)|^2 as a function of any number type.
template <class R>
struct SumOfSquares {
  R r;
  double scale = 1;

  template <class X>
  X operator()(std::span<const X> x) const {
    Numbers<X> residuals(static_cast<std::size_t>(r.residual_count(static_cast<Index>(x.size()))));
    r(x, residuals.span());
    X sum(0.0);
    for (const X& residual : residuals.span()) sum += residual * residual;
    return scale * sum;
  }
};

// R has `residual_count(n)` and `template <class X> void operator()(std::span<const X> x, std::span<X> r)
// const`, which writes every element of r.
template <class R>
class DifferentiatedResiduals : public LeastSquaresProblem, public DifferentiatedFunction<SumOfSquares<R>> {
 public:
  DifferentiatedResiduals(R r, FunctionSettings settings, double scale = 1)
      : DifferentiatedFunction<SumOfSquares<R>>({std::move(r), scale}, std::move(settings)) {}

  Index residual_count() const override { return functor().residual_count(this->dimension()); }
  double scale() const override { return this->function().scale; }

  void residuals(const Vector& x, Vector& r) const override {
    functor()(as_span(x), std::span<double>(r.data(), static_cast<std::size_t>(r.size())));
  }

  void jacobian(const Vector& x, Matrix& J) const override {
    Numbers<GradientDual> residuals(static_cast<std::size_t>(residual_count()));
    const auto rows = [&](std::span<const GradientDual> numbers) {
      functor()(numbers, residuals.span());
      return GradientDual();
    };
    in_chunks(rows, x, [&](Index first, Index count, const GradientDual& /*none*/) {
      for (Index i = 0; i < J.rows(); ++i) {
        for (Index j = 0; j < count; ++j) J(i, first + j) = residuals[i].slope(static_cast<int>(j));
      }
    });
  }

 protected:
  const R& functor() const { return this->function().r; }
};

}  // namespace optbed
