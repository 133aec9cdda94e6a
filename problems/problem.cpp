#include "problems/problem.hpp"

#include <cmath>
#include <stdexcept>

#include "problems/decompositions.hpp"

namespace optbed {

double infinity_norm(const Vector& v) {
  return v.size() == 0 ? 0 : v.cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
}

Optimality Problem::optimality(const Vector& x, Vector& scratch) const {
  const double f_x = gradient(x, scratch);
  return {f_x, infinity_norm(scratch)};
}

void Problem::hessian(const Vector& /*x*/, Matrix& /*H*/) const {
  throw std::logic_error("this problem has no Hessian");
}

SparseRows Problem::sparse_hessian_pattern() const {
  throw std::logic_error("this problem has no sparse Hessian");
}

void Problem::sparse_hessian(const Vector& /*x*/, SparseRows& /*H*/) const {
  throw std::logic_error("this problem has no sparse Hessian");
}

void Problem::hessian_vector(const Vector& /*x*/, const Vector& /*v*/, Vector& /*Hv*/) const {
  throw std::logic_error("this problem has no Hessian-vector product");
}

double sample_variance(const FiniteSumProblem& f, const Vector& x) {
  Vector mean(f.dimension());
  Vector g(f.dimension());
  f.gradient(x, mean);
  double sum = 0;
  for (Index i = 0; i < f.sample_count(); ++i) {
    f.sample_gradient(x, {&i, 1}, g);
    sum += (g - mean).squaredNorm();
  }
  return sum / static_cast<double>(f.sample_count());
}

double CompositeProblem::gradient(const Vector& /*x*/, Vector& /*g*/) const {
  throw std::logic_error("this problem has no gradient");
}

double CompositeProblem::smooth_value(const Vector& /*x*/) const {
  throw std::logic_error("this problem has no smooth part");
}

double CompositeProblem::smooth_gradient(const Vector& /*x*/, Vector& /*g*/) const {
  throw std::logic_error("this problem has no smooth part");
}

double EqualityConstrainedProblem::infeasibility(const Vector& x) const {
  Vector c(constraint_count());
  constraints(x, c);
  return infinity_norm(c);
}

Optimality EqualityConstrainedProblem::optimality(const Vector& x, Vector& scratch) const {
  const double f_x = gradient(x, scratch);
  Matrix A(constraint_count(), dimension());
  constraint_jacobian(x, A);
  const Vector multipliers = least_squares_solution(A.transpose(), scratch);
  scratch.noalias() -= A.transpose() * multipliers;
  // In this order a NaN of either is the answer.
  const double outside = infeasibility(x);
  const double stationarity = infinity_norm(scratch);
  return {f_x, outside > stationarity || std::isnan(outside) ? outside : stationarity};
}

}  // namespace optbed
