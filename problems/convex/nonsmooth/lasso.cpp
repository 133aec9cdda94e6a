#include "problems/convex/nonsmooth/lasso.hpp"

#include "problems/convex/nonsmooth/soft_threshold.hpp"

namespace optbed {
namespace {

// (I + t A'A)^-1 w = w - V diag(t s^2/(1 + t s^2)) V'w, w = v + t A'b.
class LeastSquaresStep final : public ImplicitStep {
 public:
  LeastSquaresStep(const SingularValueDecomposition& svd, Vector Atb)
      : svd_(svd), Atb_(std::move(Atb)), inside_(svd.s.size()) {}

  void operator()(const Vector& v, double t, Vector& x) override {
    x = v + t * Atb_;
    inside_.noalias() = svd_.V.transpose() * x;
    inside_.array() *= t * svd_.s.array().square() / (1 + t * svd_.s.array().square());
    x.noalias() -= svd_.V * inside_;
  }

 private:
  const SingularValueDecomposition& svd_;
  Vector Atb_;
  Vector inside_;
};

PlantedSparseSolution generated(const LassoOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  return planted_sparse_solution(options.m, options.n, options.sparsity, random);
}

}  // namespace

Lasso::Lasso(const Matrix& A, Vector b, double lambda, LassoSplitting splitting)
    : rows_(A.transpose()),
      b_(std::move(b)),
      lambda_(lambda),
      splitting_(splitting),
      svd_(singular_value_decomposition(A)) {
  facts_.function_class = {FunctionClass::nonsmooth, "|x|_1 has kinks where a component is 0"};
  facts_.bounded_below = {true, "F >= 0"};
  facts_.convexity = {Convexity::convex, "a sum of convex functions"};
  if (A.rows() >= A.cols() && numerical_rank(svd_.s, A.rows()) == A.cols()) {
    const double least = svd_.s[svd_.s.size() - 1];
    facts_.strong_convexity = {least * least, "least eigenvalue of A'A"};
    facts_.convexity = {Convexity::strongly_convex, "A has full column rank"};
  }
  if (has_smooth_part()) facts_.lipschitz = {lipschitz(), "greatest eigenvalue of A'A"};
}

Lasso::Lasso(const Options& options) : Lasso(generated(options), options.lambda, options.splitting) {}

Lasso::Lasso(const PlantedSparseSolution& plant, double lambda, LassoSplitting splitting)
    : Lasso(plant.A, plant.A * plant.minimiser + lambda * plant.certificate, lambda, splitting) {
  const std::string source =
      "A'(b - A x*) = lambda A'y* is a subgradient of lambda |.|_1 at x*, by construction";
  facts_.minimum = {lambda * lambda / 2 + lambda * plant.minimiser.lpNorm<1>(), source};
  facts_.minimisers.push_back({plant.minimiser, source});
}

double Lasso::value(const Vector& x) const { return smooth_value(x) + lambda_ * x.lpNorm<1>(); }

double Lasso::smooth_value(const Vector& x) const {
  double sum = 0;
  for (Index i = 0; i < rows_.cols(); ++i) {
    const double r = rows_.col(i).dot(x) - b_[i];
    sum += r * r;
  }
  return sum / 2;
}

double Lasso::smooth_gradient(const Vector& x, Vector& g) const {
  double sum = 0;
  g.setZero();
  for (Index i = 0; i < rows_.cols(); ++i) {
    const double r = rows_.col(i).dot(x) - b_[i];
    sum += r * r;
    g += r * rows_.col(i);
  }
  return sum / 2;
}

Optimality Lasso::optimality(const Vector& x, Vector& scratch) const {
  const double smooth = smooth_gradient(x, scratch);
  const double L = lipschitz();
  for (Index j = 0; j < x.size(); ++j) {
    scratch[j] = L * (x[j] - soft_threshold(x[j] - scratch[j] / L, lambda_ / L));
  }
  return {smooth + lambda_ * x.lpNorm<1>(), infinity_norm(scratch)};
}

double Lasso::strong_convexity_of_f() const {
  return has_smooth_part() && facts_.strong_convexity ? facts_.strong_convexity->value : 0;
}

std::unique_ptr<ImplicitStep> Lasso::proximal_map_of_f() const {
  if (has_smooth_part()) return std::make_unique<LeastSquaresStep>(svd_, rows_ * b_);
  return std::make_unique<SoftThresholdStep>(lambda_);
}

double Lasso::g_value(const Vector& z) const {
  return map_is_identity() ? lambda_ * z.lpNorm<1>() : (z - b_).squaredNorm() / 2;
}

void Lasso::g_proximal_map(const Vector& v, double t, Vector& p) const {
  if (map_is_identity()) {
    soft_threshold(v, t * lambda_, p);
  } else {
    p = (v + t * b_) / (1 + t);
  }
}

void Lasso::map(const Vector& x, Vector& Kx) const {
  if (map_is_identity()) {
    Kx = x;
  } else {
    Kx.noalias() = rows_.transpose() * x;
  }
}

void Lasso::map_transposed(const Vector& y, Vector& Kty) const {
  if (map_is_identity()) {
    Kty = y;
  } else {
    Kty.noalias() = rows_ * y;
  }
}

OptionTable<LassoOptions> Lasso::option_table() {
  return OptionTable<Options>()
      .integer("m", &Options::m, at_least(1), "rows of A")
      .integer("n", &Options::n, at_least(1), "columns of A, the dimension")
      .integer("sparsity", &Options::sparsity, at_least(0), "nonzeros of the minimiser, at most m and n")
      .real("lambda", &Options::lambda, positive(), "weight of |x|_1")
      .choice("splitting", &Options::splitting,
              {{"identity", LassoSplitting::identity}, {"data", LassoSplitting::data}},
              "f(x) + g(K x) with a smooth f and K = I, or with f = lambda |.|_1 and K = A")
      .integer("seed", &Options::seed, at_least(0), "of the generated data")
      .rule([](const Options& options, const std::set<std::string>&) -> std::string {
        if (options.sparsity <= std::min(options.m, options.n)) return {};
        return fmt::format("sparsity = {} is more than m = {} or n = {}", options.sparsity, options.m,
                           options.n);
      });
}

ProblemEntry lasso_entry() {
  return registry_entry<Problem, Lasso>(
      "lasso", "F = (1/2)|A x - b|^2 + lambda |x|_1 on data whose sparse minimiser is known",
      {{"start", "0"},
       {"facts", "x* by construction, F* = lambda^2/2 + lambda |x*|_1; L and mu of the smooth part"},
       {"counts", "the least squares part as value and gradient, its proximal map as a gradient"},
       {"source", "Tibshirani 1996; the data: Nesterov 2013, section 6"}});
}

}  // namespace optbed
