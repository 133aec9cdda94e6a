#include "solvers/constrained/augmented_lagrangian.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/newton/newton.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"

namespace optbed {

// As a problem of its own, whose evaluations go through the oracle of the constrained one. Unlike the problems
// of a registry it has scratch, and is no thread's but its method's.
class AugmentedLagrangian::Function final : public Problem {
 public:
  Function(Index n, Index p, bool has_hessian)
      : lambda(Vector::Zero(p)), n_(n), has_hessian_(has_hessian), c_(p), weights_(p), A_(p, n) {}

  Index dimension() const override { return n_; }
  Vector start() const override { return Vector::Zero(n_); }

  double value(const Vector& x) const override {
    const double f = oracle->value(x);
    oracle->constraints(x, c_);
    return augmented(f);
  }

  // grad f - A'(lambda - mu c), (17.37)
  double gradient(const Vector& x, Vector& g) const override {
    const double f = oracle->gradient(x, g);
    oracle->constraints(x, c_);
    oracle->constraint_jacobian(x, A_);
    weights_ = lambda - mu * c_;
    g.noalias() -= A_.transpose() * weights_;
    return augmented(f);
  }

  // The Hessian of the Lagrangian with the multipliers lambda - mu c, and mu A'A.
  bool has_hessian() const override { return has_hessian_; }
  void hessian(const Vector& x, Matrix& H) const override {
    oracle->constraints(x, c_);
    oracle->constraint_jacobian(x, A_);
    weights_ = lambda - mu * c_;
    oracle->lagrangian_hessian(x, weights_, H);
    for (Index i = 0; i < A_.rows(); ++i) {
      H.selfadjointView<Eigen::Lower>().rankUpdate(A_.row(i).transpose(), mu);
    }
    H.triangularView<Eigen::StrictlyUpper>() = H.transpose();
  }

  Oracle* oracle = nullptr;  // of the run that is under way
  Vector lambda;
  double mu = 0;

 private:
  double augmented(double f) const { return f - lambda.dot(c_) + mu / 2 * c_.squaredNorm(); }

  Index n_;
  bool has_hessian_;
  mutable Vector c_;
  mutable Vector weights_;
  mutable Matrix A_;
};

OptionTable<AugmentedLagrangianOptions> AugmentedLagrangian::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("penalty", &O::penalty, greater_than(1), "mu_0; the tolerances are powers of 1/mu")
      .real("growth", &O::growth, greater_than(1), "factor on mu where the constraints lag behind")
      .choice("inner", &O::inner,
              {{"bfgs", InnerMethod::bfgs}, {"lbfgs", InnerMethod::lbfgs}, {"newton", InnerMethod::newton}},
              "what minimises the augmented Lagrangian: BFGS, L-BFGS, or Newton's method in a trust region")
      .integer("inner_iterations", &O::inner_iterations, at_least(1), "of one outer iteration, at most");
  return table;
}

SolverEntry AugmentedLagrangian::entry() {
  return registry_entry<Solver, AugmentedLagrangian>(
      "augmented_lagrangian",
      "method of multipliers: minimises f - lambda'c + (mu/2)|c|^2, then corrects lambda",
      {{"needs", "equality constraints; inner=newton: the Hessian of the Lagrangian"},
       {"cost",
        "an inner minimisation an iteration; a value of L_A: 1 value and 1 residual, a gradient: 1 gradient, 1 "
        "residual and 1 Jacobian"},
       {"rate", "linear with a factor proportional to 1/mu"},
       {"source", "Hestenes 1969; Powell 1969; Nocedal & Wright 2006, algorithm 17.4"}});
}

AugmentedLagrangian::AugmentedLagrangian(const Options& options) : options_(options) {
  switch (options.inner) {
    case InnerMethod::lbfgs:
      inner_ = std::make_unique<Lbfgs>();
      break;
    case InnerMethod::bfgs:
      inner_ = std::make_unique<Bfgs>();
      break;
    case InnerMethod::newton:
      inner_ = std::make_unique<Newton>(NewtonOptions{.safeguard = NewtonSafeguard::trust_region});
      break;
  }
}

AugmentedLagrangian::~AugmentedLagrangian() = default;

std::string AugmentedLagrangian::missing(const Problem& problem) const {
  return dynamic_cast<const EqualityConstrainedProblem*>(&problem) ? "" : "equality constraints";
}

const Vector& AugmentedLagrangian::multipliers() const { return function_->lambda; }

void AugmentedLagrangian::properties(std::span<double> values) const {
  values[0] = function_->mu;
  values[1] = static_cast<double>(last_inner_iterations_);
}

std::optional<StopReason> AugmentedLagrangian::start(Oracle& f, const Vector& x0) {
  function_ =
      std::make_unique<Function>(x0.size(), f.constraint_count(), options_.inner == InnerMethod::newton);
  function_->oracle = &f;
  function_->mu = options_.penalty;
  oracle_ = std::make_unique<Oracle>(*function_);
  eta_ = std::pow(options_.penalty, -0.1);
  omega_ = 1 / options_.penalty;
  inner_iterations_ = 0;
  last_inner_iterations_ = 0;
  current_.x = x0;
  c_.setZero(f.constraint_count());
  inner_is_started_ = false;
  if (const auto failure = inner_->start(*oracle_, x0)) return failure;
  inner_is_started_ = true;
  return std::nullopt;
}

// Where the budget ends inside, the inner method stands where it came to, and the next step goes on from there.
StepInfo AugmentedLagrangian::step(Oracle& f) {
  function_->oracle = &f;
  if (const auto failure = minimise_inside()) return stopped(*failure);
  f.constraints(inner_->current().x, c_);
  if (!c_.allFinite()) return stopped(StopReason::non_finite);
  const double length = (inner_->current().x - current_.x).norm();
  current_.x = inner_->current().x;
  last_inner_iterations_ = inner_iterations_;
  inner_iterations_ = 0;
  inner_is_started_ = false;
  update_multipliers_or_penalty();
  return moved(length);
}

// Algorithm 17.4, the inner loop. A line search that finds no lower value has come as far as rounding allows.
std::optional<StopReason> AugmentedLagrangian::minimise_inside() {
  if (!inner_is_started_) {
    if (const auto failure = inner_->start(*oracle_, current_.x)) return failure;
    inner_is_started_ = true;
  }
  while (inner_->current().gradient_norm > omega_ && inner_iterations_ < options_.inner_iterations) {
    const StepInfo info = inner_->step(*oracle_);
    if (info.stop == StopReason::line_search_failed || info.stop == StopReason::not_descent) break;
    if (info.stop) return info.stop;
    ++inner_iterations_;
    if (info.length == 0) break;
  }
  return std::nullopt;
}

// The tolerances stop falling, and mu growing, where a double has no more digits for them.
void AugmentedLagrangian::update_multipliers_or_penalty() {
  constexpr double least_tolerance = 1e-14;
  constexpr double largest_penalty = 1e12;
  double& mu = function_->mu;
  if (infinity_norm(c_) <= eta_) {
    function_->lambda -= mu * c_;
    eta_ /= std::pow(mu, 0.9);
    omega_ /= mu;
  } else {
    mu = std::min(options_.growth * mu, largest_penalty);
    eta_ = std::pow(mu, -0.1);
    omega_ = 1 / mu;
  }
  eta_ = std::max(eta_, least_tolerance);
  omega_ = std::max(omega_, least_tolerance);
}

}  // namespace optbed
