// A vectorised problem against its formula as the paper prints it, which a plain loop evaluates and automatic
// differentiation differentiates.
#pragma once

#include "problems/differentiation/differentiated_function.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::testing {

// The error that each may have, over the size of what is compared.
inline constexpr double agreement = 1e-12;

template <class F>
void expect_to_be_written_out_as(const F& formula, const Problem& problem) {
  const DifferentiatedFunction<F> expected(formula, {.start = problem.start()});
  for (const Probe& at : probes(problem, 1)) {
    const double f = expected.value(at.x);
    EXPECT_NEAR(problem.value(at.x), f, agreement * std::abs(f));
    const Vector g = gradient_at(expected, at.x);
    EXPECT_LE((gradient_at(problem, at.x) - g).norm(), agreement * g.norm());
    const Vector Hd = hessian_vector_at(expected, at.x, at.d);
    const double size = agreement * hessian_at(problem, at.x).norm() * at.d.norm();
    EXPECT_LE((hessian_vector_at(problem, at.x, at.d) - Hd).norm(), size);
    EXPECT_LE((sparse_hessian_at(problem, at.x) * at.d - Hd).norm(), size);
  }
}

// At a size that is out of reach for an n x n matrix: the products with the sparse Hessian and without it, and
// the value by a plain loop.
template <class F>
void expect_to_work_at_scale(const F& formula, const Problem& problem) {
  const Index n = problem.dimension();
  const Vector x = problem.start() + 0.1 * Vector::LinSpaced(n, -1, 1);
  const Vector v = Vector::LinSpaced(n, 1, -1);
  const double f = formula(as_span(x));
  EXPECT_NEAR(problem.value(x), f, agreement * std::abs(f));
  const SparseRows H = sparse_hessian_at(problem, x);
  EXPECT_LE(H.nonZeros(), 7 * n);
  const Vector Hv = H * v;
  EXPECT_LE((hessian_vector_at(problem, x, v) - Hv).norm(), agreement * Hv.norm());
  // By central differences of the gradient: on a grid of 150 points a side the slopes change by 150 h, of which
  // the square is lost, and rounding by eps/h.
  constexpr double h = 3e-7;
  const Vector difference = (gradient_at(problem, x + h * v) - gradient_at(problem, x - h * v)) / (2 * h);
  EXPECT_LE((difference - Hv).norm(), 1e-8 * Hv.norm());
}

}  // namespace optbed::testing
