#include "analysis/spectrum/hessian_operator.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "problems/random.hpp"

namespace optbed {
namespace {

constexpr double rounding_unit = std::numeric_limits<double>::epsilon();

HessianSource best_source(const Problem& problem) {
  if (problem.has_hessian_vector()) return HessianSource::products;
  if (problem.has_sparse_hessian()) return HessianSource::sparse_matrix;
  if (problem.has_hessian() && problem.dimension() <= largest_dense_hessian) return HessianSource::dense_matrix;
  if (problem.has_hessian()) {
    throw NoHessianError(
        NoHessian::too_large_to_form,
        fmt::format("the problem has a Hessian but no products with it, and n = {} is over the {} up to which "
                    "the matrix is formed",
                    problem.dimension(), largest_dense_hessian));
  }
  throw NoHessianError(NoHessian::no_second_derivatives, "the problem has no second derivatives");
}

void require_smooth(const Problem& problem) {
  if (problem.facts().is_nonsmooth() || !problem.has_gradient()) {
    throw NoHessianError(NoHessian::kinks, "the problem has kinks, so that it has no Hessian");
  }
}

}  // namespace

NoHessianError hessian_is_not_finite() {
  return {NoHessian::not_finite, "the Hessian is not finite at this point"};
}

HessianOperator::HessianOperator(const Problem& problem, const Vector& x, HessianSource source)
    : problem_(problem),
      x_(x),
      source_(source),
      relative_error_(static_cast<double>(x.size()) * rounding_unit) {
  require_smooth(problem);
  if (source_ == HessianSource::automatic) source_ = best_source(problem);
  bool is_finite = x_.allFinite();
  if (is_finite && source_ == HessianSource::sparse_matrix) {
    sparse_ = problem.sparse_hessian_pattern();
    problem.sparse_hessian(x_, sparse_);
    ++evaluations_.hessian;
    is_finite = sparse_.coeffs().allFinite();
  } else if (is_finite && source_ == HessianSource::dense_matrix) {
    dense_.resize(dimension(), dimension());
    problem.hessian(x_, dense_);
    ++evaluations_.hessian;
    is_finite = dense_.allFinite();
  }
  if (!is_finite) throw hessian_is_not_finite();
  if (source_ == HessianSource::gradient_differences) {
    // Balances the rounding of a gradient, eps/t, with what the third derivatives add, t^2 (Nocedal & Wright
    // 2006, section 8.1).
    step_ = std::cbrt(rounding_unit) * (1 + x_.norm());
    estimate_difference_error();
  }
}

std::string HessianOperator::description() const {
  switch (source_) {
    case HessianSource::products:
      return "Hessian-vector products";
    case HessianSource::sparse_matrix:
      return "products with the sparse Hessian";
    case HessianSource::dense_matrix:
      return "the Hessian";
    case HessianSource::gradient_differences:
      return fmt::format("central differences of gradients, step {:.2g}, relative error about {:.1g}", step_,
                         relative_error_);
    case HessianSource::automatic:
      break;
  }
  return {};
}

void HessianOperator::difference(const Vector& v, double step, Vector& Hv) const {
  const double t = step / v.norm();
  Vector backward(dimension());
  problem_.gradient(x_ + t * v, Hv);
  problem_.gradient(x_ - t * v, backward);
  evaluations_.gradient += 2;
  Hv = (Hv - backward) / (2 * t);
}

// The errors of steps h and 2 h are c h^2 and 4 c h^2, so that the two differ by three times the first and by
// the rounding of both.
void HessianOperator::estimate_difference_error() {
  Random random(1);
  Vector near(dimension()), far(dimension());
  for (int probe = 0; probe < 2; ++probe) {
    const Vector v = random.normal_matrix(dimension(), 1);
    difference(v, step_, near);
    difference(v, 2 * step_, far);
    evaluations_.hessian_vector += 2;
    if (near.norm() > 0) relative_error_ = std::max(relative_error_, (near - far).norm() / near.norm());
  }
}

void HessianOperator::apply(const Vector& v, Vector& Hv) const {
  ++evaluations_.hessian_vector;
  switch (source_) {
    case HessianSource::products:
      return problem_.hessian_vector(x_, v, Hv);
    case HessianSource::sparse_matrix:
      Hv.noalias() = sparse_ * v;
      return;
    case HessianSource::dense_matrix:
      Hv.noalias() = dense_ * v;
      return;
    case HessianSource::gradient_differences:
      if (v.norm() > 0) return difference(v, step_, Hv);
      Hv.setZero();
      return;
    case HessianSource::automatic:
      return;
  }
}

Matrix HessianOperator::dense() const {
  const Index n = dimension();
  if (source_ == HessianSource::dense_matrix) return dense_;
  if (source_ == HessianSource::sparse_matrix) return Matrix(sparse_);
  Matrix H(n, n);
  if (problem_.has_hessian() && source_ == HessianSource::products) {
    ++evaluations_.hessian;
    problem_.hessian(x_, H);
    return H;
  }
  Vector Hv(n);
  for (Index j = 0; j < n; ++j) {
    apply(Vector::Unit(n, j), Hv);
    H.col(j) = Hv;
  }
  return (H + H.transpose()) / 2;
}

}  // namespace optbed
