#include "solvers/global/cma_es.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

double squared(double x) { return x * x; }

Index default_population(Index n) {
  return 4 + static_cast<Index>(std::floor(3 * std::log(static_cast<double>(n))));  // (48)
}

}  // namespace

CmaEsConstants::CmaEsConstants(Index dimension, Index population, bool active)
    : parents(population / 2), weights(population) {
  const auto n = static_cast<double>(dimension);
  const auto lambda = static_cast<double>(population);
  for (Index i = 0; i < population; ++i) {
    weights[i] = std::log((lambda + 1) / 2) - std::log(static_cast<double>(i + 1));  // (49)
  }
  const auto positive = weights.head(parents);
  const auto negative = weights.tail(population - parents);
  parent_mass = squared(positive.sum()) / positive.squaredNorm();
  const double negative_mass = squared(negative.sum()) / negative.squaredNorm();

  c_sigma = (parent_mass + 2) / (n + parent_mass + 5);                                    // (55)
  d_sigma = 1 + 2 * std::max(0.0, std::sqrt((parent_mass - 1) / (n + 1)) - 1) + c_sigma;  // (55)
  c_c = (4 + parent_mass / n) / (n + 4 + 2 * parent_mass / n);                            // (56)
  c_1 = 2 / (squared(n + 1.3) + parent_mass);                                             // (57)
  c_mu = std::min(1 - c_1,
                  2 * (0.25 + parent_mass + 1 / parent_mass - 2) / (squared(n + 2) + parent_mass));  // (58)
  norm = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

  const double mass_limit = 1 + 2 * negative_mass / (parent_mass + 2);  // (51)
  const double learning_limit = 1 + c_1 / c_mu;                         // (50)
  const double definite_limit = (1 - c_1 - c_mu) / (n * c_mu);          // (52)
  const double total = active ? std::min({learning_limit, mass_limit, definite_limit}) : 0;
  const double positive_sum = positive.sum();
  const double negative_sum = -negative.sum();
  weights.head(parents) /= positive_sum;  // (53)
  weights.tail(population - parents) *= total / negative_sum;
}

OptionTable<CmaEsOptions> CmaEs::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .real("sigma0", &O::sigma0, positive(),
            "standard deviation of the first generation: a third of the distance to where x* may lie")
      .integer("population", &O::population, at_least(4), "4 + floor(3 ln n)", "members of a generation")
      .flag("active", &O::active, "let the worse half of a generation shrink C along its directions");
  return table;
}

SolverEntry CmaEs::entry() {
  return registry_entry<Solver, CmaEs>(
      "cma_es", "evolution strategy that learns the covariance of its mutations",
      {{"needs", "values, of which only the order is used"},
       {"cost", "population values and O(population n^2) flops an iteration, which is a generation"},
       {"rate", "linear in practice, 1 - O(1/n) an evaluation on the sphere; not proven"},
       {"iterate", "the best point so far"},
       {"trace", "sigma, and axis_ratio: the root of the condition number of C"},
       {"source", "Hansen & Ostermeier 2001; Hansen 2016, The CMA evolution strategy: a tutorial"}});
}

void CmaEs::properties(std::span<double> values) const {
  values[0] = sigma_;
  values[1] = axes_.lengths().maxCoeff() / axes_.lengths().minCoeff();
}

std::optional<StopReason> CmaEs::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  const Index lambda = options_.population.value_or(default_population(n));
  constants_ = CmaEsConstants(n, lambda, options_.active);
  // Appendix B.2: decomposing so rarely costs no accuracy worth the name.
  const double interval = 1 / (10 * static_cast<double>(n) * (constants_.c_1 + constants_.c_mu));
  decomposition_interval_ = std::max(1L, static_cast<long>(interval));
  random_ = Random(f.seed());
  trials_.start(lambda, n);
  trials_.await_values(lambda);
  order_.resize(static_cast<std::size_t>(lambda));
  Y_.setZero(n, lambda);
  mean_ = x0;
  sigma_ = options_.sigma0;
  C_.setIdentity(n, n);
  axes_.start(n);
  path_sigma_.setZero(n);
  path_c_.setZero(n);
  generation_ = 0;
  decomposed_at_ = 0;
  y_w_.setZero(n);
  z_.setZero(n);
  whitened_.setZero(n);
  current_.x = x0;
  current_.value = f.value(x0);
  return std::isfinite(current_.value) ? std::nullopt : std::optional(StopReason::non_finite);
}

StepInfo CmaEs::step(Oracle& f) {
  if (!trials_.is_waiting()) {
    if (generation_ - decomposed_at_ >= decomposition_interval_) {
      if (!axes_.compute(C_)) return stopped(StopReason::linear_solve_failed);
      decomposed_at_ = generation_;
    }
    const double rounding = std::numeric_limits<double>::epsilon() * mean_.lpNorm<Eigen::Infinity>();
    if (sigma_ * axes_.lengths().maxCoeff() <= rounding) return stopped(StopReason::stalled);
    sample();
  }
  trials_.evaluate(f);
  trials_.rank(order_);
  adapt();
  return keep_better(trials_[order_.front()], current_);
}

void CmaEs::sample() {
  for (Index i = 0; i < trials_.size(); ++i) {
    for (double& z : z_) z = random_.normal();
    z_.array() *= axes_.lengths().array();
    y_w_.noalias() = axes_.directions() * z_;  // (39)
    Y_.col(i) = y_w_;
    trials_[i].x = mean_ + sigma_ * y_w_;  // (40)
  }
  trials_.await_values(0);
}

// C^(-1/2) y = B D^-1 B' y
void CmaEs::multiply_by_inverse_root(const Vector& y, Vector& product) {
  z_.noalias() = axes_.directions().transpose() * y;
  z_.array() /= axes_.lengths().array();
  product.noalias() = axes_.directions() * z_;
}

void CmaEs::adapt() {
  const CmaEsConstants& c = constants_;
  const auto n = static_cast<double>(mean_.size());
  ++generation_;

  y_w_.setZero();
  for (Index i = 0; i < c.parents; ++i)
    y_w_ += c.weights[i] * Y_.col(order_[static_cast<std::size_t>(i)]);  // (41)
  mean_ += sigma_ * y_w_;                                                // (42)

  multiply_by_inverse_root(y_w_, whitened_);
  path_sigma_ = (1 - c.c_sigma) * path_sigma_ +
                std::sqrt(c.c_sigma * (2 - c.c_sigma) * c.parent_mass) * whitened_;  // (43)
  const double length = path_sigma_.norm();
  const double settled = std::sqrt(1 - std::pow(1 - c.c_sigma, 2 * static_cast<double>(generation_)));
  // While sigma still has to grow much, its own path would stretch C without need.
  const bool is_short = length / settled < (1.4 + 2 / (n + 1)) * c.norm;  // h_sigma
  path_c_ *= 1 - c.c_c;
  if (is_short) path_c_ += std::sqrt(c.c_c * (2 - c.c_c) * c.parent_mass) * y_w_;  // (45)

  const double missing_variance = is_short ? 0 : c.c_c * (2 - c.c_c);
  C_ *= 1 + c.c_1 * missing_variance - c.c_1 - c.c_mu * c.weights.sum();  // (47)
  C_.selfadjointView<Eigen::Lower>().rankUpdate(path_c_, c.c_1);
  for (Index i = 0; i < trials_.size(); ++i) {
    if (c.weights[i] == 0) continue;
    y_w_ = Y_.col(order_[static_cast<std::size_t>(i)]);
    double weight = c.weights[i];
    if (weight < 0) {
      multiply_by_inverse_root(y_w_, whitened_);
      weight *= n / whitened_.squaredNorm();  // (46): keeps C positive definite however long y is
    }
    C_.selfadjointView<Eigen::Lower>().rankUpdate(y_w_, c.c_mu * weight);
  }
  sigma_ *= std::exp(c.c_sigma / c.d_sigma * (length / c.norm - 1));  // (44)
}

}  // namespace optbed
