#include "problems/problem.hpp"

#include <stdexcept>

namespace optbed {

void Problem::hessian(const Vector& /*x*/, Matrix& /*H*/) const {
  throw std::logic_error("this problem has no Hessian");
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

}  // namespace optbed
