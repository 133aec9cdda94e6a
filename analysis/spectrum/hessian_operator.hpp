// The Hessian of a problem at a point as an operator: products with it, counted, from whatever the problem
// offers.
#pragma once

#include <string>

#include "analysis/spectrum/symmetric_product.hpp"
#include "problems/errors.hpp"
#include "problems/oracle.hpp"

namespace optbed {

// n up to which a matrix is formed where there is no cheaper way to products with it.
constexpr Index largest_dense_hessian = 10000;

// Of what the products are made; `automatic` takes the first that the problem has, but not differences of
// gradients.
enum class HessianSource { automatic, products, sparse_matrix, dense_matrix, gradient_differences };

enum class NoHessian { kinks, no_second_derivatives, too_large_to_form, not_finite };

// Why there are no products with a Hessian. The message says so; the remedy depends on who asked.
class NoHessianError : public UsageError {
 public:
  NoHessianError(NoHessian reason, const std::string& message) : UsageError(message), reason_(reason) {}
  NoHessian reason() const { return reason_; }

 private:
  NoHessian reason_;
};

NoHessianError hessian_is_not_finite();  // at the point that was asked for

class HessianOperator {
 public:
  // The problem outlives it; x (n). Throws NoHessianError where the problem has no second derivatives, or no
  // gradient to take differences of, and where what it has at x is not finite.
  HessianOperator(const Problem& problem, const Vector& x, HessianSource source = HessianSource::automatic);

  Index dimension() const { return x_.size(); }
  HessianSource source() const { return source_; }
  std::string description() const;  // "Hessian-vector products", …

  void apply(const Vector& v, Vector& Hv) const;  // both (n); allocates nothing but for differences
  SymmetricProduct product() const {
    return [this](const Vector& v, Vector& Hv) { apply(v, Hv); };
  }

  // H itself (n x n): the problem's, or column by column from n products.
  Matrix dense() const;

  // Evaluations so far; a product counts as one whatever it is made of, and one by differences as two gradients
  // too.
  const EvaluationCounts& evaluations() const { return evaluations_; }
  long products() const { return evaluations_.hessian_vector; }

  // The relative error of a product, as far as it is known: n roundings, or what two differences differ by.
  double relative_error() const { return relative_error_; }
  double difference_step() const { return step_; }  // |t v| of g(x + t v) - g(x - t v); 0: no differences

  const SparseRows& sparse_matrix() const { return sparse_; }  // of source sparse_matrix

 private:
  void difference(const Vector& v, double step, Vector& Hv) const;
  void estimate_difference_error();

  const Problem& problem_;
  Vector x_;
  HessianSource source_;
  SparseRows sparse_;
  Matrix dense_;
  double step_ = 0;
  double relative_error_;
  mutable EvaluationCounts evaluations_;
};

}  // namespace optbed
