#include "problems/convex/nonsmooth/total_variation.hpp"

#include <cmath>
#include <numbers>

#include "problems/convex/nonsmooth/soft_threshold.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

// argmin_x (1/2)|x - b|^2 + |x - v|^2/(2t)
class Average final : public ImplicitStep {
 public:
  explicit Average(const Vector& b) : b_(b) {}

  void operator()(const Vector& v, double t, Vector& x) override { x = (v + t * b_) / (1 + t); }

 private:
  const Vector& b_;
};

// (I + D'D/t) x = b + D'v/t: tridiagonal and diagonally dominant, by elimination without exchanges (Golub & Van
// Loan 2013, section 4.3.6).
class SmoothedAverage final : public ImplicitStep {
 public:
  SmoothedAverage(const TotalVariation& problem, const Vector& b)
      : problem_(problem), b_(b), ratio_(b.size()) {}

  void operator()(const Vector& v, double t, Vector& x) override {
    const Index n = b_.size();
    problem_.map_transposed(v, x);
    x = b_ + x / t;
    const double off = -1 / t;
    double pivot = 1 + 1 / t;
    x[0] /= pivot;
    for (Index i = 1; i < n; ++i) {
      ratio_[i] = off / pivot;
      pivot = 1 + (i == n - 1 ? 1 : 2) / t - off * ratio_[i];
      x[i] = (x[i] - off * x[i - 1]) / pivot;
    }
    for (Index i = n - 2; i >= 0; --i) x[i] -= ratio_[i + 1] * x[i + 1];
  }

 private:
  const TotalVariation& problem_;
  const Vector& b_;
  Vector ratio_;
};

}  // namespace

TotalVariation::TotalVariation(const Options& options) : lambda_(options.lambda) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Index n = options.n;
  Vector y(n - 1);
  Vector x = Vector::Zero(n);
  double level = 0;
  long left = options.jumps;
  for (Index j = 0; j < n - 1; ++j) {
    x[j] = level;
    // Each set of places is as likely as another.
    const bool jumps = random.uniform() * static_cast<double>(n - 1 - j) < static_cast<double>(left);
    if (jumps) {
      --left;
      const double sign = random.uniform() < 0.5 ? -1 : 1;
      level += sign * (1 + random.uniform());
      y[j] = sign * lambda_;
    } else {
      y[j] = 0.9 * lambda_ * (2 * random.uniform() - 1);
    }
  }
  x[n - 1] = level;
  b_.resize(n);
  map_transposed(y, b_);
  b_ += x;

  const std::string source = "b - x* = D'y* is a subgradient of lambda |D x|_1 at x*, by construction";
  facts_.minimum = {value(x), source};
  facts_.minimisers.push_back({std::move(x), source});
  facts_.strong_convexity = {1, "(1/2)|x - b|^2"};
  facts_.lipschitz = {1, "the Hessian of (1/2)|x - b|^2 is I"};
  facts_.convexity = {Convexity::strongly_convex, "(1/2)|x - b|^2 plus a convex function"};
  facts_.function_class = {FunctionClass::nonsmooth, "kinks where two neighbours are equal"};
  facts_.bounded_below = {true, "F >= 0"};
}

double TotalVariation::value(const Vector& x) const {
  const Index n = x.size();
  return smooth_value(x) + lambda_ * (x.tail(n - 1) - x.head(n - 1)).lpNorm<1>();
}

double TotalVariation::smooth_value(const Vector& x) const { return (x - b_).squaredNorm() / 2; }

double TotalVariation::smooth_gradient(const Vector& x, Vector& g) const {
  g = x - b_;
  return g.squaredNorm() / 2;
}

Optimality TotalVariation::optimality(const Vector& x, Vector& scratch) const {
  const Index n = x.size();
  double y = 0;
  for (Index j = 0; j < n - 1; ++j) {
    y += x[j] - b_[j];
    const double target = y + x[j + 1] - x[j];
    scratch[j] = y - (std::abs(target) > lambda_ ? std::copysign(lambda_, target) : target);
  }
  scratch[n - 1] = y + x[n - 1] - b_[n - 1];
  return {value(x), infinity_norm(scratch)};
}

std::unique_ptr<ImplicitStep> TotalVariation::proximal_map_of_f() const {
  return std::make_unique<Average>(b_);
}

std::unique_ptr<ImplicitStep> TotalVariation::implicit_step_through_map() const {
  return std::make_unique<SmoothedAverage>(*this, b_);
}

void TotalVariation::g_proximal_map(const Vector& v, double t, Vector& p) const {
  soft_threshold(v, t * lambda_, p);
}

void TotalVariation::map(const Vector& x, Vector& Dx) const {
  const Index n = x.size();
  Dx = x.tail(n - 1) - x.head(n - 1);
}

void TotalVariation::map_transposed(const Vector& y, Vector& Dty) const {
  const Index n = b_.size();
  Dty[0] = -y[0];
  for (Index j = 1; j < n - 1; ++j) Dty[j] = y[j - 1] - y[j];
  Dty[n - 1] = y[n - 2];
}

double TotalVariation::map_norm() const {
  return 2 * std::cos(std::numbers::pi / (2 * static_cast<double>(b_.size())));
}

OptionTable<TotalVariationOptions> TotalVariation::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(2), "length of the signal")
      .integer("jumps", &Options::jumps, at_least(0), "of the minimiser, less than n")
      .real("lambda", &Options::lambda, positive(), "weight of the total variation")
      .integer("seed", &Options::seed, at_least(0), "of the generated signal")
      .rule([](const Options& options, const std::set<std::string>&) -> std::string {
        if (options.jumps < options.n) return {};
        return fmt::format("jumps = {} is not less than n = {}", options.jumps, options.n);
      });
}

ProblemEntry total_variation_entry() {
  return registry_entry<Problem, TotalVariation>(
      "total_variation", "F = (1/2)|x - b|^2 + lambda sum |x_{j+1} - x_j|, a signal's denoising",
      {{"start", "b"},
       {"facts", "x* by construction of a dual certificate; mu = 1, |D| = 2 cos(pi/(2n))"},
       {"counts", "the squared distance as value and gradient, its proximal map as a gradient"},
       {"source", "Rudin, Osher & Fatemi 1992; Condat 2013"}});
}

}  // namespace optbed
