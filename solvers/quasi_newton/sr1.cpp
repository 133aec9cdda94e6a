#include "solvers/quasi_newton/sr1.hpp"

#include <cmath>

#include "solvers/rounding.hpp"

namespace optbed {
namespace {

std::string broken_rule(const Sr1Options& options, const std::set<std::string>& given) {
  if (given.count("line_search") && options.safeguard != Sr1Safeguard::line_search)
    return "'line_search' needs safeguard=line_search";
  if (given.count("initial_radius") && options.safeguard != Sr1Safeguard::trust_region)
    return "'initial_radius' needs safeguard=trust_region";
  return {};
}

// (6.26) for w and v = s or y.
bool is_safe(double denominator, const Vector& w, const Vector& v) {
  constexpr double r = 1e-8;
  return std::isfinite(1 / denominator) && std::abs(denominator) >= r * w.norm() * v.norm();
}

}  // namespace

void Sr1LineSearch::direction(const Vector& g, Vector& d) {
  constexpr double least_cosine = 1e-8;  // that of a positive definite H of condition number 4e16
  DenseQuasiNewton::direction(g, d);
  const double slope = g.dot(d);
  if (slope > 0) d = -d;
  if (!(std::abs(slope) > least_cosine * g.norm() * d.norm())) d = -g;
}

bool Sr1LineSearch::correct(Matrix& H, const Vector& s, const Vector& y, Vector& Hy) {
  Vector& w = Hy;
  w = s - Hy;
  const double wy = w.dot(y);
  if (!is_safe(wy, w, y)) return false;
  const Index n = s.size();
  for (Index j = 0; j < n; ++j) H.col(j).tail(n - j) += w[j] / wy * w.tail(n - j);  // (6.25)
  return true;
}

std::optional<StopReason> Sr1TrustRegion::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  trial_.resize(n);
  B_.setIdentity(n, n);
  subproblem_.start(n);
  s_.setZero(n);
  y_.setZero(n);
  w_.setZero(n);
  is_identity_ = true;
  radius_ = options_.initial_radius;
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  return std::nullopt;
}

// Algorithm 6.2. After each evaluation B and the radius are those of the next trial, so that a step which the
// budget ended is taken up where it was.
StepInfo Sr1TrustRegion::step(Oracle& f) {
  constexpr int max_trials = 100;
  constexpr double acceptable = 1e-4;  // eta, in (0, 1e-3)
  if (current_.gradient_norm == 0) return moved(0);
  const double rounding = rounding_of_value(current_.value, current_.x.size());
  for (int i = 0; i < max_trials; ++i) {
    const auto model = subproblem_.solve(B_, current_.gradient, radius_, s_);
    if (!model) return stopped(StopReason::linear_solve_failed);
    if (model->length == 0) return moved(0);
    trial_.x = current_.x + s_;
    const bool finite = f.evaluate(trial_);
    if (finite) {
      s_ = trial_.x - current_.x;
      y_ = trial_.gradient - current_.gradient;
      update();
    }
    const double fall = current_.value - trial_.value;
    // As in algorithm 4.1: the quotient of two roundings says nothing.
    const bool in_doubt = is_within_rounding(fall, model->predicted_fall, rounding);
    const double agreement = in_doubt ? 1 : fall / model->predicted_fall;
    if (!finite || !(agreement >= 0.1)) {
      radius_ = model->length / 2;  // of the step: where it is inside, the radius had no part in it
    } else if (agreement > 0.75 && model->length > 0.8 * radius_) {
      radius_ *= 2;
    }
    if (finite && agreement > acceptable) {
      swap(current_, trial_);
      return moved((current_.x - trial_.x).norm());
    }
  }
  return stopped(StopReason::line_search_failed);
}

// (6.24). A pair that scales B would only make it singular.
void Sr1TrustRegion::update() {
  const double sy = s_.dot(y_);
  if (is_identity_ && options_.initial_scaling && sy > 0) {
    const double scale = y_.squaredNorm() / sy;
    if (!std::isfinite(scale)) return;
    B_.diagonal().setConstant(scale);
    is_identity_ = false;
    return;
  }
  w_.noalias() = B_ * s_;
  w_ = y_ - w_;
  const double ws = w_.dot(s_);
  if (!is_safe(ws, w_, s_)) return;
  for (Index j = 0; j < w_.size(); ++j) B_.col(j) += w_[j] / ws * w_;
  is_identity_ = false;
}

OptionTable<Sr1Options> sr1_option_table() {
  using O = Sr1Options;
  OptionTable<O> table;
  table
      .choice("safeguard", &O::safeguard,
              {{"line_search", Sr1Safeguard::line_search}, {"trust_region", Sr1Safeguard::trust_region}},
              "what keeps a step from going astray where the approximation is indefinite")
      .real("initial_radius", &O::initial_radius, positive(), "first radius of safeguard=trust_region");
  return add_quasi_newton_options(table).rule(broken_rule);
}

SolverEntry sr1_entry() {
  return {"sr1",
          "quasi-Newton by symmetric rank-one updates, which may be indefinite",
          {{"needs", "gradient; line_search=exact on a quadratic: Hessian-vector product where there is one"},
           {"cost",
            "a line search and 5 n^2 flops an iteration, or with a trust region a gradient a trial and some "
            "factorisations of n^3/3 flops; n x n memory"},
           {"rate", "superlinear in n + 1 steps near a minimiser with a positive definite Hessian"},
           {"source", "Davidon 1959; Conn, Gould & Toint 1991; Nocedal & Wright 2006, algorithm 6.2"}},
          sr1_option_table().descriptions(),
          [](const KeyValues& values) -> std::unique_ptr<Solver> {
            const Sr1Options options = sr1_option_table().parse("sr1", values);
            if (options.safeguard == Sr1Safeguard::trust_region)
              return std::make_unique<Sr1TrustRegion>(options);
            return std::make_unique<Sr1LineSearch>(options);
          }};
}

}  // namespace optbed
