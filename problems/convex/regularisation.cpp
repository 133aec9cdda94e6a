#include "problems/convex/regularisation.hpp"

#include "problems/decompositions.hpp"

namespace optbed {

double largest_gram_eigenvalue(const Matrix& A) {
  // A'A and AA' have the same one: that of the smaller.
  const Matrix gram = A.cols() > A.rows() ? Matrix(A * A.transpose()) : Matrix(A.transpose() * A);
  return symmetric_eigenvalues(gram).value().maxCoeff();
}

Facts regularised_risk_facts(const Regularisation& regularisation, const std::string& derivation) {
  const auto& [lambda, D] = regularisation;
  Facts facts;
  facts.bounded_below = {true, "f >= 0"};
  facts.function_class = {FunctionClass::smooth, "the second derivatives of the losses are bounded"};
  if (D) facts.lipschitz = {*D + lambda, "lambda + " + derivation};
  if (lambda > 0) {
    facts.strong_convexity = {lambda, "the Hessian is lambda I plus a positive semidefinite matrix"};
    facts.convexity = {Convexity::strongly_convex, "lambda > 0"};
  } else {
    facts.convexity = {Convexity::convex, "a sum of convex losses of linear functions"};
  }
  return facts;
}

}  // namespace optbed
