#include "problems/problem.hpp"

#include <stdexcept>

namespace optbed {

void Problem::hessian(const Vector& /*x*/, Matrix& /*H*/) const {
  throw std::logic_error("this problem has no Hessian");
}

void Problem::hessian_vector(const Vector& /*x*/, const Vector& /*v*/, Vector& /*Hv*/) const {
  throw std::logic_error("this problem has no Hessian-vector product");
}

}  // namespace optbed
