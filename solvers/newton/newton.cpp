#include "solvers/newton/newton.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/linear_systems/pivots.hpp"
#include "solvers/rounding.hpp"

namespace optbed {
namespace {

std::string broken_rule(const NewtonOptions& options, const std::set<std::string>& given) {
  if (given.count("step_length") && options.safeguard != NewtonSafeguard::none)
    return "'step_length' needs safeguard=none";
  if (given.count("initial_radius") && options.safeguard != NewtonSafeguard::trust_region)
    return "'initial_radius' needs safeguard=trust_region";
  return {};
}

}  // namespace

OptionTable<NewtonOptions> Newton::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice("safeguard", &O::safeguard,
              {{"none", NewtonSafeguard::none},
               {"line_search", NewtonSafeguard::line_search},
               {"modified_cholesky", NewtonSafeguard::modified_cholesky},
               {"trust_region", NewtonSafeguard::trust_region}},
              "what keeps a step from going astray")
      .real("step_length", &O::step_length, positive(), "damping eta of safeguard=none: x + eta d")
      .real("initial_radius", &O::initial_radius, positive(), "first radius of safeguard=trust_region")
      .rule(broken_rule);
  return table;
}

SolverEntry Newton::entry() {
  return registry_entry<Solver, Newton>(
      "newton", "x + d with H d = -g, whole, damped, searched or within a trust region",
      {{"needs", "gradient and Hessian"},
       {"cost", "1 Hessian, 1 gradient and a factorisation of n^3/3 to 2 n^3/3 flops an iteration, or several"},
       {"rate", "quadratic near a minimiser with a positive definite Hessian; one step on a quadratic"},
       {"source", "Nocedal & Wright 2006, sections 3.3, 3.4 and 4.3; Moré & Sorensen 1983"}});
}

Newton::Newton(const Options& options)
    : options_(options), line_search_(make_line_search(LineSearchKind::armijo)) {}

std::string Newton::missing(const Problem& problem) const { return problem.has_hessian() ? "" : "a Hessian"; }

std::optional<StopReason> Newton::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  trial_.resize(n);
  d_.setZero(n);
  H_.setZero(n, n);
  switch (options_.safeguard) {
    case NewtonSafeguard::none:
    case NewtonSafeguard::line_search:
      lu_ = Eigen::PartialPivLU<Matrix>(n);
      break;
    case NewtonSafeguard::modified_cholesky:
      shifted_.setZero(n, n);
      cholesky_.compute(Matrix::Identity(n, n));  // allocates, and leaves nothing uninitialised
      break;
    case NewtonSafeguard::trust_region:
      subproblem_.start(n);
      break;
  }
  line_search_->start(n);
  shift_ = 0;
  radius_ = options_.initial_radius;
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo Newton::step(Oracle& f) {
  const bool stationary = current_.gradient_norm == 0;
  if (stationary && options_.safeguard != NewtonSafeguard::trust_region) return moved(0);
  f.hessian(current_.x, H_);
  if (!H_.allFinite()) return stopped(StopReason::non_finite);
  switch (options_.safeguard) {
    case NewtonSafeguard::none:
      return whole_step(f);
    case NewtonSafeguard::line_search:
    case NewtonSafeguard::modified_cholesky:
      return searched_step(f);
    case NewtonSafeguard::trust_region:
      return trust_region_step(f);
  }
  return stopped(StopReason::unsupported);
}

StepInfo Newton::whole_step(Oracle& f) {
  if (!solve_indefinite()) return stopped(StopReason::linear_solve_failed);
  trial_.x = current_.x + options_.step_length * d_;
  if (!f.evaluate(trial_)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  return moved((current_.x - trial_.x).norm());
}

StepInfo Newton::searched_step(Oracle& f) {
  const bool solved = options_.safeguard == NewtonSafeguard::line_search ? solve_indefinite() : solve_shifted();
  if (!solved) return stopped(StopReason::linear_solve_failed);
  return line_search_step(f, *line_search_, d_, 1, current_, trial_);
}

// Algorithm 4.1. The bound on the radius that it has for the sake of its proof is left out: it would have to be
// in the units of x.
StepInfo Newton::trust_region_step(Oracle& f) {
  constexpr int max_trials = 100;     // the radius falls to a fourth each time: 1e-60 of the first
  constexpr double acceptable = 0.1;  // eta, in [0, 1/4)
  double radius = radius_;
  for (int i = 0; i < max_trials; ++i) {
    const auto model = subproblem_.solve(H_, current_.gradient, radius, d_);
    if (!model) return stopped(StopReason::linear_solve_failed);
    if (model->length == 0) return moved(0);
    trial_.x = current_.x + d_;
    const double fall = current_.value - f.value(trial_.x);
    // Near convergence the quotient of two roundings says nothing, and the model is right (Conn, Gould & Toint
    // 2000, section 17.4.2).
    const bool in_doubt = is_lost_in_rounding(fall, model->predicted_fall, current_.value);
    const double agreement = in_doubt ? 1 : fall / model->predicted_fall;  // rho_k (4.4)
    if (agreement > acceptable && f.evaluate(trial_)) {
      // A fourth of the step rather than of the radius: where the step is inside, the radius had no part in it.
      if (agreement < 0.25) radius = model->length / 4;
      if (agreement > 0.75 && model->on_boundary) radius *= 2;
      swap(current_, trial_);
      radius_ = radius;
      return moved((current_.x - trial_.x).norm());  // 0 where d is below the rounding error of x
    }
    radius = model->length / 4;
  }
  return stopped(StopReason::line_search_failed);
}

// H d = -g by LU with row exchanges, which takes an indefinite H as well as a definite one.
bool Newton::solve_indefinite() {
  lu_.compute(H_);
  if (has_vanishing_pivot(lu_.matrixLU())) return false;
  d_ = lu_.solve(current_.gradient);
  d_ = -d_;
  return d_.allFinite();
}

// Algorithm 3.3: (H + tau I) d = -g with the first tau in 0, beta, 2 beta, … for which Cholesky succeeds, where
// the diagonal does not ask for more at once. Chosen before the modified factorisations of Gill, Murray &
// Wright and Schnabel & Eskow because it leaves the eigenvectors of H, and all of a positive definite H, as
// they are; it costs a few factorisations more. beta is relative to H, so that scaling f changes nothing.
bool Newton::solve_shifted() {
  constexpr double relative_beta = 1e-3;
  constexpr int max_factorisations = 60;
  const double scale = H_.cwiseAbs().maxCoeff();
  // Where H = 0 there is no scale but that of g, which makes a steepest descent step of length 1.
  const double beta = scale > 0 ? relative_beta * scale : current_.gradient.norm();
  const double least = H_.diagonal().minCoeff();
  double tau = least > 0 ? 0 : beta - least;
  for (int i = 0; i < max_factorisations; ++i, tau = std::max(2 * tau, beta)) {
    shifted_ = H_;
    shifted_.diagonal().array() += tau;
    cholesky_.compute(shifted_);
    if (cholesky_.info() != Eigen::Success) continue;
    d_ = -current_.gradient;
    cholesky_.solveInPlace(d_);
    shift_ = tau;
    return d_.allFinite();
  }
  return false;
}

std::vector<std::string> Newton::property_names() const {
  if (options_.safeguard == NewtonSafeguard::modified_cholesky) return {"shift"};
  if (options_.safeguard == NewtonSafeguard::trust_region) return {"radius"};
  return {};
}

void Newton::properties(std::span<double> values) const {
  if (options_.safeguard == NewtonSafeguard::modified_cholesky) values[0] = shift_;
  if (options_.safeguard == NewtonSafeguard::trust_region) values[0] = radius_;
}

}  // namespace optbed
