#include "problems/quadratic/constrained_quadratic.hpp"

#include "problems/quadratic/spectrum.hpp"

namespace optbed {

ConstrainedQuadratic::ConstrainedQuadratic(Matrix H, Vector q, Matrix A, Vector b)
    : H_(std::move(H)), q_(std::move(q)), A_(std::move(A)), b_(std::move(b)) {
  facts_.function_class = {FunctionClass::quadratic, "by its formula"};
}

ConstrainedQuadratic::ConstrainedQuadratic(const Options& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Matrix Q = random_orthonormal(options.n, options.n, random);
  const Matrix V = random_orthonormal(options.n, options.p, random);
  const Vector scale = Vector::NullaryExpr(options.p, [&random] { return 1 + random.uniform(); });
  H_ = Q * spectrum_of(Spectrum::log, options.n, options.kappa).asDiagonal() * Q.transpose();
  H_.triangularView<Eigen::StrictlyUpper>() = H_.transpose();
  A_ = scale.asDiagonal() * V.transpose();
  const Vector minimiser = random.normal_matrix(options.n, 1);
  multipliers_ = random.normal_matrix(options.p, 1);
  q_ = H_ * minimiser - A_.transpose() * multipliers_;
  b_ = A_ * minimiser;

  const std::string source = "H x* - A'lambda* = q and A x* = b by construction";
  facts_.minimum = {value(minimiser), source};
  facts_.minimisers.push_back({minimiser, source});
  facts_.strong_convexity = {1, "least eigenvalue of H, chosen"};
  facts_.lipschitz = {options.n == 1 ? 1 : options.kappa, "greatest eigenvalue of H, chosen"};
  facts_.convexity = {Convexity::strongly_convex, "H is positive definite and the set affine"};
  facts_.function_class = {FunctionClass::quadratic, "by its formula"};
  facts_.bounded_below = {true, "strongly convex"};
}

double ConstrainedQuadratic::value(const Vector& x) const {
  double sum = 0;
  for (Index j = 0; j < x.size(); ++j) sum += x[j] * (H_.col(j).dot(x) / 2 - q_[j]);
  return sum;
}

double ConstrainedQuadratic::gradient(const Vector& x, Vector& g) const {
  g.noalias() = H_ * x;
  const double value = x.dot(g) / 2 - q_.dot(x);
  g -= q_;
  return value;
}

void ConstrainedQuadratic::hessian(const Vector& /*x*/, Matrix& H) const { H = H_; }

void ConstrainedQuadratic::constraints(const Vector& x, Vector& c) const {
  c.noalias() = A_ * x;
  c -= b_;
}

void ConstrainedQuadratic::constraint_jacobian(const Vector& /*x*/, Matrix& A) const { A = A_; }

void ConstrainedQuadratic::lagrangian_hessian(const Vector& /*x*/, const Vector& /*lambda*/, Matrix& H) const {
  H = H_;
}

OptionTable<ConstrainedQuadraticOptions> ConstrainedQuadratic::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "the dimension")
      .integer("p", &Options::p, at_least(1), "the number of constraints, at most n")
      .real("kappa", &Options::kappa, between(1, 1e16), "condition number of H")
      .integer("seed", &Options::seed, at_least(0), "of the generated data")
      .rule([](const Options& options, const std::set<std::string>&) -> std::string {
        if (options.p <= options.n) return {};
        return fmt::format("p = {} is more than n = {}", options.p, options.n);
      });
}

ProblemEntry constrained_quadratic_entry() {
  return registry_entry<Problem, ConstrainedQuadratic>(
      "constrained_quadratic", "f = (1/2) x'H x - q'x subject to A x = b, H positive definite",
      {{"start", "0, where A x = b does not hold"},
       {"facts", "x* and its multipliers by construction; mu = 1, L = kappa of f"},
       {"counts", "A x - b as a residual, A as a Jacobian"},
       {"source", "Nocedal & Wright 2006, section 16.1"}});
}

}  // namespace optbed
