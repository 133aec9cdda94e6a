#include "problems/convex/nonsmooth/basis_pursuit.hpp"

#include <cmath>

#include "problems/convex/nonsmooth/soft_threshold.hpp"

namespace optbed {
namespace {

// The projection onto A x = b: v - V V'v + A^+ b, A^+ b = V diag(1/s) U'b.
class Projection final : public ImplicitStep {
 public:
  Projection(const SingularValueDecomposition& svd, const Vector& b)
      : svd_(svd), offset_(svd.U.transpose() * b), inside_(svd.s.size()) {
    offset_.array() /= svd.s.array();
  }

  void operator()(const Vector& v, double /*t*/, Vector& x) override {
    inside_ = offset_;
    inside_.noalias() -= svd_.V.transpose() * v;
    x = v;
    x.noalias() += svd_.V * inside_;
  }

 private:
  const SingularValueDecomposition& svd_;
  Vector offset_;  // V'x of every x with A x = b
  Vector inside_;
};

}  // namespace

BasisPursuit::BasisPursuit(const Options& options) : splitting_(options.splitting) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const PlantedSparseSolution plant = planted_sparse_solution(options.m, options.n, options.sparsity, random);
  rows_ = plant.A.transpose();
  b_ = plant.A * plant.minimiser;
  svd_ = singular_value_decomposition(plant.A);
  Aty_ = plant.A.transpose() * plant.certificate;
  const std::string source = "|x|_1 >= (A'y*)'x = b'y* = |x*|_1 wherever A x = b, by construction of y*";
  facts_.minimum = {plant.minimiser.lpNorm<1>(), source};
  facts_.minimisers.push_back({plant.minimiser, source});
  facts_.convexity = {Convexity::convex, "a norm on an affine set"};
  facts_.function_class = {FunctionClass::nonsmooth, "|x|_1 has kinks where a component is 0"};
  facts_.bounded_below = {true, "a norm"};
}

double BasisPursuit::infeasibility(const Vector& x) const {
  double largest = 0;
  for (Index i = 0; i < b_.size(); ++i) {
    const double r = std::abs(rows_.col(i).dot(x) - b_[i]);
    if (!(r <= largest)) largest = r;
  }
  return largest;
}

Optimality BasisPursuit::optimality(const Vector& x, Vector& scratch) const {
  scratch = x + Aty_;
  soft_threshold(scratch, 1, scratch);
  scratch -= x;
  const double outside = infeasibility(x);
  const double distance = infinity_norm(scratch);
  return {value(x), outside <= distance ? distance : outside};
}

std::unique_ptr<ImplicitStep> BasisPursuit::proximal_map_of_f() const {
  if (map_is_identity()) return std::make_unique<Projection>(svd_, b_);
  return std::make_unique<SoftThresholdStep>(1);
}

double BasisPursuit::g_value(const Vector& z) const { return map_is_identity() ? z.lpNorm<1>() : 0; }

void BasisPursuit::g_proximal_map(const Vector& v, double t, Vector& p) const {
  if (map_is_identity()) {
    soft_threshold(v, t, p);
  } else {
    p = b_;
  }
}

void BasisPursuit::map(const Vector& x, Vector& Kx) const {
  if (map_is_identity()) {
    Kx = x;
  } else {
    Kx.noalias() = rows_.transpose() * x;
  }
}

void BasisPursuit::map_transposed(const Vector& y, Vector& Kty) const {
  if (map_is_identity()) {
    Kty = y;
  } else {
    Kty.noalias() = rows_ * y;
  }
}

OptionTable<BasisPursuitOptions> BasisPursuit::option_table() {
  return OptionTable<Options>()
      .integer("m", &Options::m, at_least(1), "rows of A, at most n")
      .integer("n", &Options::n, at_least(1), "columns of A, the dimension")
      .integer("sparsity", &Options::sparsity, at_least(0), "nonzeros of the minimiser, at most m")
      .choice("splitting", &Options::splitting,
              {{"identity", BasisPursuitSplitting::identity}, {"data", BasisPursuitSplitting::data}},
              "f(x) + g(K x) with f the indicator of A x = b and K = I, or with f = |.|_1 and K = A")
      .integer("seed", &Options::seed, at_least(0), "of the generated data")
      .rule([](const Options& options, const std::set<std::string>&) -> std::string {
        if (options.m > options.n) return fmt::format("m = {} is more than n = {}", options.m, options.n);
        if (options.sparsity <= options.m) return {};
        return fmt::format("sparsity = {} is more than m = {}", options.sparsity, options.m);
      });
}

ProblemEntry basis_pursuit_entry() {
  return registry_entry<Problem, BasisPursuit>(
      "basis_pursuit", "|x|_1 subject to A x = b on data whose sparse minimiser is known",
      {{"start", "0"},
       {"facts", "x* and the minimum |x*|_1 by construction of a dual certificate"},
       {"counts", "a projection onto A x = b, or a proximal map of |.|_1 in its place, as a gradient"},
       {"source", "Chen, Donoho & Saunders 1998; the data: Nesterov 2013, section 6"}});
}

}  // namespace optbed
