#include "problems/convex/smooth/log_sum_exp.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "problems/convex/regularisation.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

const std::string kappa_needs_the_diameter =
    "'kappa' needs L, which is not computed where n m^2 is more than 6.7e8: give 'lambda', or a smaller m";

// 3 n flops for each pair: up to about a second.
bool is_diameter_worth_computing(long n, long m) {
  return 1.5 * static_cast<double>(n) * static_cast<double>(m) * static_cast<double>(m) <= 1e9;
}

double squared_diameter(const Matrix& points) {
  double greatest = 0;
  for (Index j = 0; j < points.cols(); ++j) {
    for (Index i = 0; i < j; ++i) greatest = std::max(greatest, (points.col(i) - points.col(j)).squaredNorm());
  }
  return greatest;
}

}  // namespace

struct LogSumExp::Sums {
  double greatest = -std::numeric_limits<double>::infinity();
  double sum = 0;  // of exp(exponent - greatest)

  // Takes e for the greatest where it is, and returns what the sums are to be multiplied by.
  double rescale_to(double e) {
    if (e <= greatest) return 1;
    return std::exp(std::exchange(greatest, e) - e);
  }
  double share(double e) const { return std::exp(e - greatest) / sum; }
  double log() const { return greatest + std::log(sum); }
};

LogSumExp::LogSumExp(const Options& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Vector minimiser = random.normal_matrix(options.n, 1);
  const Vector c = random.normal_matrix(options.m, 1);
  A_ = random.normal_matrix(options.n, options.m);
  std::optional<double> D;
  if (is_diameter_worth_computing(options.n, options.m)) D = squared_diameter(A_) / 4;
  if (options.kappa && !D) throw_broken_rule("log_sum_exp", kappa_needs_the_diameter);
  lambda_ = options.kappa ? regularisation_for(*options.kappa, *D) : options.lambda;
  const double sum = c.array().exp().sum();
  const Vector s = c.array().exp() / sum;
  const Vector shift = A_ * s + lambda_ * minimiser;
  A_.colwise() -= shift;
  b_ = c - A_.transpose() * minimiser;

  const std::string source = "sum s_i a_i + lambda x* = 0 by construction";
  facts_.minimum = {std::log(sum) + lambda_ / 2 * minimiser.squaredNorm(), source};
  facts_.minimisers.push_back({minimiser, source});
  if (D) facts_.lipschitz = {lambda_ + *D, "lambda + max |a_i - a_j|^2/4, by the inequality of Popoviciu 1935"};
  facts_.function_class = {FunctionClass::smooth, "the Hessian is lambda I plus a bounded variance"};
  facts_.bounded_below = {true, "a convex function with a stationary point"};
  if (lambda_ > 0) {
    facts_.strong_convexity = {lambda_, "the Hessian is lambda I plus a variance"};
    facts_.convexity = {Convexity::strongly_convex, "lambda > 0"};
  } else {
    facts_.convexity = {Convexity::convex, "the Hessian is a variance"};
  }
}

// One pass: the greatest exponent so far is taken out of the sums, which cannot overflow then.
LogSumExp::Sums LogSumExp::sums(const Vector& x) const {
  Sums so_far;
  for (Index i = 0; i < A_.cols(); ++i) {
    const double e = exponent(i, x);
    so_far.sum *= so_far.rescale_to(e);
    so_far.sum += std::exp(e - so_far.greatest);
  }
  return so_far;
}

double LogSumExp::value(const Vector& x) const { return sums(x).log() + lambda_ / 2 * x.squaredNorm(); }

double LogSumExp::gradient(const Vector& x, Vector& g) const {
  Sums so_far;
  g.setZero();
  for (Index i = 0; i < A_.cols(); ++i) {
    const double e = exponent(i, x);
    if (e > so_far.greatest) {
      const double factor = so_far.rescale_to(e);
      so_far.sum *= factor;
      g *= factor;
    }
    const double weight = std::exp(e - so_far.greatest);
    so_far.sum += weight;
    g += weight * A_.col(i);
  }
  g = g / so_far.sum + lambda_ * x;
  return so_far.log() + lambda_ / 2 * x.squaredNorm();
}

void LogSumExp::hessian(const Vector& x, Matrix& H) const {
  const Sums all = sums(x);
  // The mean of the a_i waits in the first column until -a a' is made of it there.
  H.col(0).setZero();
  for (Index i = 0; i < A_.cols(); ++i) H.col(0) += all.share(exponent(i, x)) * A_.col(i);
  for (Index j = x.size() - 1; j > 0; --j) H.col(j).tail(x.size() - j) = -H(j, 0) * H.col(0).tail(x.size() - j);
  const double first = H(0, 0);
  H.col(0) *= -first;
  for (Index i = 0; i < A_.cols(); ++i) {
    H.selfadjointView<Eigen::Lower>().rankUpdate(A_.col(i), all.share(exponent(i, x)));
  }
  H.diagonal().array() += lambda_;
  H.triangularView<Eigen::StrictlyUpper>() = H.transpose();
}

void LogSumExp::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  const Sums all = sums(x);
  double mean = 0;
  for (Index i = 0; i < A_.cols(); ++i) mean += all.share(exponent(i, x)) * A_.col(i).dot(v);
  Hv = lambda_ * v;
  for (Index i = 0; i < A_.cols(); ++i) {
    Hv += (all.share(exponent(i, x)) * (A_.col(i).dot(v) - mean)) * A_.col(i);
  }
}

OptionTable<LogSumExpOptions> LogSumExp::option_table() {
  OptionTable<Options> table;
  table.integer("n", &Options::n, at_least(1), "dimension")
      .integer("m", &Options::m, at_least(1), "number of affine functions");
  add_regularisation(table, &Options::lambda, &Options::kappa, at_least(0));
  return table.integer("seed", &Options::seed, at_least(0), "of the generated data")
      .rule([](const Options& options, const std::set<std::string>&) -> std::string {
        if (options.kappa && options.m == 1) return "'kappa' needs m > 1: one function is affine";
        if (options.kappa && !is_diameter_worth_computing(options.n, options.m))
          return kappa_needs_the_diameter;
        return {};
      });
}

ProblemEntry log_sum_exp_entry() {
  return registry_entry<Problem, LogSumExp>(
      "log_sum_exp", "the soft maximum of affine functions, with a minimiser that is known",
      {{"start", "0"},
       {"facts",
        "x* and f* by construction; L = lambda + max |a_i - a_j|^2/4 where n m^2 is at most 6.7e8; mu = "
        "lambda, convex only for lambda = 0"},
       {"source", "Boyd & Vandenberghe 2004, section 3.1.5"}});
}

}  // namespace optbed
