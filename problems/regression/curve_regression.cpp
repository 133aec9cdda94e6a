#include "problems/regression/curve_regression.hpp"

#include <cmath>

#include "problems/decompositions.hpp"

namespace optbed {

void CurveRegression::state_curvature_of_linear_model() {
  constexpr double largest_condition = 1e7;
  Matrix J(residual_count(), dimension());
  jacobian(Vector::Zero(dimension()), J);
  const Vector s = singular_value_decomposition(J).s;
  const double least = s[s.size() - 1];
  const std::string source = "eigenvalue of 2 J'J, twice the square of a singular value of J";
  facts_.function_class = {FunctionClass::quadratic, "the model is linear in its parameters"};
  facts_.convexity = {Convexity::convex, "2 J'J is positive semidefinite"};
  const double L = 2 * s[0] * s[0];
  if (!std::isfinite(L)) return;
  facts_.lipschitz = {L, "greatest " + source};
  const double mu = 2 * least * least;
  if (!(mu > 0 && s[0] <= largest_condition * least)) return;
  facts_.convexity = {Convexity::strongly_convex, "the columns of J are linearly independent"};
  facts_.strong_convexity = {mu, "least " + source};
}

}  // namespace optbed
