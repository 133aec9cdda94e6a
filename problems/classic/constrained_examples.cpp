#include "problems/classic/constrained_examples.hpp"

#include <cmath>

#include "problems/decompositions.hpp"

namespace optbed {
namespace {

const char* const on_a_sphere = "the constraints allow a bounded set";

}  // namespace

Circle::Circle(const Options& /*options*/) {
  const std::string source = "grad f = (1, 1) = lambda grad c = 2 lambda x with |x|^2 = 2";
  facts_.minimum = {-2, source};
  facts_.minimisers.push_back({Vector{{-1, -1}}, source});
  facts_.convexity = {Convexity::nonconvex, "a circle is not a convex set"};
  facts_.function_class = {FunctionClass::quadratic, "linear"};
  facts_.bounded_below = {true, on_a_sphere};
}

double Circle::value(const Vector& x) const { return x[0] + x[1]; }

double Circle::gradient(const Vector& x, Vector& g) const {
  g.setOnes();
  return value(x);
}

void Circle::hessian(const Vector& /*x*/, Matrix& H) const { H.setZero(); }

void Circle::constraints(const Vector& x, Vector& c) const { c[0] = x.squaredNorm() - 2; }

void Circle::constraint_jacobian(const Vector& x, Matrix& A) const { A = 2 * x.transpose(); }

void Circle::lagrangian_hessian(const Vector& /*x*/, const Vector& lambda, Matrix& H) const {
  H.setZero();
  H.diagonal().setConstant(-2 * lambda[0]);
}

Maratos::Maratos(const Options& /*options*/) {
  const std::string source = "f = -x_1 on the circle";
  facts_.minimum = {-1, source};
  facts_.minimisers.push_back({Vector{{1, 0}}, source});
  facts_.convexity = {Convexity::nonconvex, "a circle is not a convex set"};
  facts_.function_class = {FunctionClass::quadratic, "by its formula"};
  facts_.bounded_below = {true, on_a_sphere};
}

Vector Maratos::start() const { return Vector{{std::cos(1.0), std::sin(1.0)}}; }

double Maratos::value(const Vector& x) const { return 2 * (x.squaredNorm() - 1) - x[0]; }

double Maratos::gradient(const Vector& x, Vector& g) const {
  g = 4 * x;
  g[0] -= 1;
  return value(x);
}

void Maratos::hessian(const Vector& /*x*/, Matrix& H) const {
  H.setZero();
  H.diagonal().setConstant(4);
}

void Maratos::constraints(const Vector& x, Vector& c) const { c[0] = x.squaredNorm() - 1; }

void Maratos::constraint_jacobian(const Vector& x, Matrix& A) const { A = 2 * x.transpose(); }

void Maratos::lagrangian_hessian(const Vector& /*x*/, const Vector& lambda, Matrix& H) const {
  H.setZero();
  H.diagonal().setConstant(4 - 2 * lambda[0]);
}

// The minimiser to full precision: Newton's method on grad f - A'lambda = 0, c = 0 from the digits of the
// books.
PowellExponential::PowellExponential(const Options& /*options*/) {
  Vector x{{-1.71714, 1.59571, 1.82725, -0.763643, -0.763643}};
  Vector g(5);
  Vector c(3);
  Vector F(8);
  Matrix A(3, 5);
  Matrix H(5, 5);
  Matrix K = Matrix::Zero(8, 8);
  for (int i = 0; i < 5; ++i) {
    gradient(x, g);
    constraints(x, c);
    constraint_jacobian(x, A);
    const Vector lambda = least_squares_solution(A.transpose(), g);
    lagrangian_hessian(x, lambda, H);
    K.topLeftCorner(5, 5) = H;
    K.topRightCorner(5, 3) = A.transpose();
    K.bottomLeftCorner(3, 5) = A;
    F << g - A.transpose() * lambda, c;
    x -= least_squares_solution(K, F).head(5);
  }
  const std::string source =
      "Nocedal & Wright 2006, exercise 18.3; Hock & Schittkowski 1981, no. 81; computed: five Newton steps";
  facts_.minimum = {value(x), source};
  facts_.minimisers.push_back({x, source});
  x.tail(2) = -x.tail(2);
  facts_.minimisers.push_back({x, source + "; f and c hold x_4 and x_5 in their product only, and squared"});
  facts_.convexity = {Convexity::nonconvex, "a sphere is not a convex set"};
  facts_.function_class = {FunctionClass::locally_smooth, "an exponential of a polynomial"};
  facts_.bounded_below = {true, on_a_sphere};
}

double PowellExponential::value(const Vector& x) const {
  const double cubes = x[0] * x[0] * x[0] + x[1] * x[1] * x[1] + 1;
  return std::exp(x[0] * x[1] * x[2] * x[3] * x[4]) - cubes * cubes / 2;
}

double PowellExponential::gradient(const Vector& x, Vector& g) const {
  const double cubes = x[0] * x[0] * x[0] + x[1] * x[1] * x[1] + 1;
  const double e = std::exp(x[0] * x[1] * x[2] * x[3] * x[4]);
  for (Index i = 0; i < 5; ++i) {
    double others = 1;
    for (Index k = 0; k < 5; ++k) others *= k == i ? 1 : x[k];
    g[i] = e * others;
  }
  for (Index i = 0; i < 2; ++i) g[i] -= cubes * 3 * x[i] * x[i];
  return e - cubes * cubes / 2;
}

void PowellExponential::hessian(const Vector& x, Matrix& H) const {
  const double cubes = x[0] * x[0] * x[0] + x[1] * x[1] * x[1] + 1;
  const double e = std::exp(x[0] * x[1] * x[2] * x[3] * x[4]);
  const auto product_without = [&x](Index i, Index j) {
    double product = 1;
    for (Index k = 0; k < 5; ++k) product *= k == i || k == j ? 1 : x[k];
    return product;
  };
  for (Index i = 0; i < 5; ++i) {
    for (Index j = 0; j <= i; ++j) {
      const double first = product_without(i, i) * product_without(j, j);
      H(i, j) = e * (i == j ? first : first + product_without(i, j));
      if (i < 2) H(i, j) -= 9 * x[i] * x[i] * x[j] * x[j] + (i == j ? 6 * cubes * x[i] : 0);
      H(j, i) = H(i, j);
    }
  }
}

void PowellExponential::constraints(const Vector& x, Vector& c) const {
  c[0] = x.squaredNorm() - 10;
  c[1] = x[1] * x[2] - 5 * x[3] * x[4];
  c[2] = x[0] * x[0] * x[0] + x[1] * x[1] * x[1] + 1;
}

void PowellExponential::constraint_jacobian(const Vector& x, Matrix& A) const {
  A.setZero();
  A.row(0) = 2 * x.transpose();
  A(1, 1) = x[2];
  A(1, 2) = x[1];
  A(1, 3) = -5 * x[4];
  A(1, 4) = -5 * x[3];
  A(2, 0) = 3 * x[0] * x[0];
  A(2, 1) = 3 * x[1] * x[1];
}

void PowellExponential::lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) const {
  hessian(x, H);
  H.diagonal().array() -= 2 * lambda[0];
  H(1, 2) -= lambda[1];
  H(2, 1) -= lambda[1];
  H(3, 4) += 5 * lambda[1];
  H(4, 3) += 5 * lambda[1];
  H(0, 0) -= 6 * lambda[2] * x[0];
  H(1, 1) -= 6 * lambda[2] * x[1];
}

ProblemEntry circle_entry() {
  return registry_entry<Problem, Circle>("circle", "x_1 + x_2 subject to x_1^2 + x_2^2 = 2",
                                         {{"start", "(-3, 1)"},
                                          {"facts", "minimum -2 at (-1, -1), multiplier -1/2"},
                                          {"source", "Nocedal & Wright 2006, example 12.1"}});
}

ProblemEntry maratos_entry() {
  return registry_entry<Problem, Maratos>(
      "maratos", "2 (x_1^2 + x_2^2 - 1) - x_1 on the unit circle, where whole Newton steps raise f and |c|",
      {{"start", "(cos 1, sin 1)"},
       {"facts", "minimum -1 at (1, 0), multiplier 3/2"},
       {"source", "Nocedal & Wright 2006, example 15.4; Powell 1986"}});
}

ProblemEntry powell_exponential_entry() {
  return registry_entry<Problem, PowellExponential>(
      "powell_exponential", "exp(x_1 … x_5) - (x_1^3 + x_2^3 + 1)^2/2 under three constraints",
      {{"start", "(-1.8, 1.7, 1.9, -0.8, -0.8)"},
       {"facts", "minimum 0.0539498; x* by Newton's method from the books' digits"},
       {"source", "Nocedal & Wright 2006, exercise 18.3; Hock & Schittkowski 1981, no. 81"}});
}

}  // namespace optbed
