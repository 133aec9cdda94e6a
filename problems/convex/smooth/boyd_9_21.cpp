#include "problems/convex/smooth/boyd_9_21.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

#include "problems/convex/newton_minimiser.hpp"
#include "problems/errors.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

Vector diagonal_scaling(Index n, double gamma) {
  return Vector::LinSpaced(n, 0, static_cast<double>(n - 1) / static_cast<double>(n))
      .unaryExpr([gamma](double power) { return std::pow(gamma, power); });
}

}  // namespace

Boyd921 Boyd921::unscaled(const Options& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  Matrix A = random.normal_matrix(options.n, options.m);
  Vector b(options.m);
  for (double& b_i : b) b_i = 0.1 + random.uniform();
  return Boyd921(std::move(A), std::move(b), random.normal_matrix(options.n, 1));
}

Boyd921::Boyd921(const Options& options)
    : Boyd921(unscaled(options), diagonal_scaling(options.n, options.gamma)) {}

Boyd921::Boyd921(const Boyd921& f, const Vector& T)
    : A_(T.asDiagonal() * f.A_), b_(f.b_), c_(T.cwiseProduct(f.c_)) {
  facts_ = f.facts_;
  for (Fact<Vector>& minimiser : facts_.minimisers) minimiser.value = minimiser.value.cwiseQuotient(T).eval();
}

Boyd921::Boyd921(Matrix A, Vector b, Vector c) : A_(std::move(A)), b_(std::move(b)), c_(std::move(c)) {
  if (A_.size() == 0 || b_.size() != A_.cols() || c_.size() != A_.rows()) {
    throw UsageError(fmt::format("a polyhedron takes A (n x m), b (m) and c (n), not {} x {}, {} and {}",
                                 A_.rows(), A_.cols(), b_.size(), c_.size()));
  }
  if (!(b_.minCoeff() > 0)) {
    throw UsageError(
        fmt::format("0 is inside of a polyhedron where every b_i is more than 0, not {}", b_.minCoeff()));
  }
  facts_.convexity = {Convexity::convex, "-log is convex"};
  facts_.function_class = {FunctionClass::locally_smooth, "the curvature of -log has no bound near 0"};
  if (!is_worth_computing(A_.rows(), A_.cols())) return;
  add_newton_minimum(facts_, *this, start());
  if (facts_.minimum) facts_.bounded_below = {true, "a convex function with a stationary point"};
}

double Boyd921::value(const Vector& x) const {
  double sum = c_.dot(x);
  for (Index i = 0; i < b_.size(); ++i) {
    const double s = slack(i, x);
    if (!(s > 0)) return std::numeric_limits<double>::infinity();
    sum -= std::log(s);
  }
  return sum;
}

double Boyd921::gradient(const Vector& x, Vector& g) const {
  double sum = c_.dot(x);
  g = c_;
  for (Index i = 0; i < b_.size(); ++i) {
    const double s = slack(i, x);
    if (!(s > 0)) return std::numeric_limits<double>::infinity();
    sum -= std::log(s);
    g += A_.col(i) / s;
  }
  return sum;
}

void Boyd921::hessian(const Vector& x, Matrix& H) const {
  H.setZero();
  for (Index i = 0; i < b_.size(); ++i) {
    const double s = slack(i, x);
    H.selfadjointView<Eigen::Lower>().rankUpdate(A_.col(i), 1 / (s * s));
  }
  H.triangularView<Eigen::StrictlyUpper>() = H.transpose();
}

void Boyd921::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  Hv.setZero();
  for (Index i = 0; i < b_.size(); ++i) {
    const double s = slack(i, x);
    Hv += (A_.col(i).dot(v) / (s * s)) * A_.col(i);
  }
}

OptionTable<Boyd921Options> Boyd921::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension")
      .integer("m", &Options::m, at_least(1), "number of inequalities")
      .real("gamma", &Options::gamma, positive(), "changes the coordinates by diag(1, gamma^(1/n), …)")
      .integer("seed", &Options::seed, at_least(0), "of the generated data");
}

ProblemEntry boyd_9_21_entry() {
  return registry_entry<Problem, Boyd921>(
      "boyd_9_21", "f = c'x - sum of log(b_i - a_i'x), the analytic centre of a random polyhedron",
      {{"start", "0"},
       {"domain", "a_i'x < b_i; +infinity elsewhere"},
       {"facts", "convex; x* computed by Newton's method, where it exists"},
       {"source", "Boyd & Vandenberghe 2004, (9.21)"}});
}

}  // namespace optbed
