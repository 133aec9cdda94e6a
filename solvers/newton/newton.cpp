#include "solvers/newton/newton.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/linear_systems/pivots.hpp"

namespace optbed {
namespace {

std::string broken_rule(const NewtonOptions& options, const std::set<std::string>& given) {
  if (given.count("step_length") && options.safeguard != NewtonSafeguard::none)
    return "'step_length' needs safeguard=none";
  if (given.count("subproblem") && options.safeguard != NewtonSafeguard::trust_region)
    return "'subproblem' needs safeguard=trust_region";
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
               {"saddle_free", NewtonSafeguard::saddle_free},
               {"trust_region", NewtonSafeguard::trust_region}},
              "what keeps a step from going astray")
      .real("step_length", &O::step_length, positive(), "damping eta of safeguard=none: x + eta d")
      .choice("subproblem", &O::subproblem,
              {{"exact", NewtonSubproblem::exact}, {"dogleg", NewtonSubproblem::dogleg}},
              "how safeguard=trust_region minimises its model")
      .real("initial_radius", &O::initial_radius, positive(), "first radius of safeguard=trust_region")
      .rule(broken_rule);
  return table;
}

SolverEntry Newton::entry() {
  return registry_entry<Solver, Newton>(
      "newton", "x + d with H d = -g, whole, damped, searched, saddle-free or within a trust region",
      {{"needs", "gradient and Hessian"},
       {"cost",
        "1 Hessian, 1 gradient and a factorisation of n^3/3 to 2 n^3/3 flops an iteration, or several; "
        "safeguard=saddle_free: 20 n^3 to 50 n^3 flops"},
       {"rate", "quadratic near a minimiser with a positive definite Hessian; one step on a quadratic"},
       {"source",
        "Nocedal & Wright 2006, sections 3.3, 3.4, 4.1 and 4.3; Moré & Sorensen 1983; Dauphin et al. 2014"}});
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
      shifted_.start(n);
      break;
    case NewtonSafeguard::saddle_free:
      eigen_.start(n);
      coefficients_.setZero(n);
      break;
    case NewtonSafeguard::trust_region:
      options_.subproblem == NewtonSubproblem::exact ? exact_.start(n) : dogleg_.start(n);
      break;
  }
  line_search_->start(n);
  radius_ = options_.initial_radius;
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo Newton::step(Oracle& f) {
  if (current_.gradient_norm == 0 && !is_exact_trust_region()) return moved(0);
  f.hessian(current_.x, H_);
  if (!H_.allFinite()) return stopped(StopReason::non_finite);
  switch (options_.safeguard) {
    case NewtonSafeguard::none:
      return whole_step(f);
    case NewtonSafeguard::line_search:
    case NewtonSafeguard::modified_cholesky:
    case NewtonSafeguard::saddle_free:
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
  if (!solve_for_direction()) return stopped(StopReason::linear_solve_failed);
  return line_search_step(f, *line_search_, d_, 1, current_, trial_);
}

StepInfo Newton::trust_region_step(Oracle& f) {
  const bool exact = is_exact_trust_region();
  if (!exact && !dogleg_.set_model(H_, current_.gradient)) return stopped(StopReason::linear_solve_failed);
  const auto minimise_model = [&](double radius, Vector& d) {
    return exact ? exact_.solve(H_, current_.gradient, radius, d) : dogleg_.solve(radius, d);
  };
  return optbed::trust_region_step(f, minimise_model, StopReason::linear_solve_failed, radius_, d_, current_,
                                   trial_);
}

bool Newton::is_exact_trust_region() const {
  return options_.safeguard == NewtonSafeguard::trust_region && options_.subproblem == NewtonSubproblem::exact;
}

bool Newton::solve_for_direction() {
  switch (options_.safeguard) {
    case NewtonSafeguard::modified_cholesky:
      return solve_shifted();
    case NewtonSafeguard::saddle_free:
      return solve_absolute();
    default:
      return solve_indefinite();
  }
}

// H d = -g by LU with row exchanges, which takes an indefinite H as well as a definite one.
bool Newton::solve_indefinite() {
  lu_.compute(H_);
  if (has_vanishing_pivot(lu_.matrixLU())) return false;
  d_ = lu_.solve(current_.gradient);
  d_ = -d_;
  return d_.allFinite();
}

// (H + tau I) d = -g. Where H = 0 there is no scale but that of g, which makes a steepest descent step of
// length 1.
bool Newton::solve_shifted() {
  if (!shifted_.factorise(H_, current_.gradient.norm())) return false;
  d_ = -current_.gradient;
  shifted_.solve_in_place(d_);
  return d_.allFinite();
}

// d = -sum_i (q_i'g/|lambda_i|) q_i. A lambda_i below the rounding error of the decomposition may be zero: it
// counts as that error, and backtracking has the last word on the length. Where H = 0 the scale is that of g.
bool Newton::solve_absolute() {
  if (!eigen_.compute(H_)) return false;
  const Vector& lambda = eigen_.values();
  const Index n = lambda.size();
  const double rounding = static_cast<double>(n) * std::numeric_limits<double>::epsilon();
  const double greatest = lambda.cwiseAbs().maxCoeff();
  const double least = greatest > 0 ? rounding * greatest : current_.gradient.norm();
  coefficients_.noalias() = eigen_.vectors().transpose() * current_.gradient;
  coefficients_.array() /= lambda.array().abs().max(least);
  d_.noalias() = eigen_.vectors() * coefficients_;
  d_ = -d_;
  return d_.allFinite();
}

std::vector<std::string> Newton::property_names() const {
  if (options_.safeguard == NewtonSafeguard::modified_cholesky) return {"shift"};
  if (options_.safeguard == NewtonSafeguard::trust_region) return {"radius"};
  return {};
}

void Newton::properties(std::span<double> values) const {
  if (options_.safeguard == NewtonSafeguard::modified_cholesky) values[0] = shifted_.shift();
  if (options_.safeguard == NewtonSafeguard::trust_region) values[0] = radius_;
}

}  // namespace optbed
