#include "solvers/newton/newton_cg.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

std::string broken_rule(const NewtonCgOptions& options, const std::set<std::string>& given) {
  if (given.count("line_search") && options.safeguard != NewtonCgSafeguard::line_search)
    return "'line_search' needs safeguard=line_search";
  if (given.count("initial_radius") && options.safeguard != NewtonCgSafeguard::trust_region)
    return "'initial_radius' needs safeguard=trust_region";
  if (given.count("forcing_term") && options.forcing != Forcing::constant)
    return "'forcing_term' needs forcing=constant";
  return {};
}

}  // namespace

OptionTable<NewtonCgOptions> NewtonCg::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice(
          "safeguard", &O::safeguard,
          {{"line_search", NewtonCgSafeguard::line_search}, {"trust_region", NewtonCgSafeguard::trust_region}},
          "what keeps a step from going astray")
      .choice("line_search", &O::line_search, line_search_choices(),
              "how safeguard=line_search finds the step length")
      .real("initial_radius", &O::initial_radius, positive(), "first radius of safeguard=trust_region")
      .choice("forcing", &O::forcing,
              {{"superlinear", Forcing::superlinear},
               {"quadratic", Forcing::quadratic},
               {"constant", Forcing::constant}},
              "how small |H d + g|/|g| becomes: min(1/2, sqrt|g|), min(1/2, |g|), or forcing_term")
      .real("forcing_term", &O::forcing_term, open(0, 1), "eta of forcing=constant")
      .rule(broken_rule);
  return table;
}

SolverEntry NewtonCg::entry() {
  return registry_entry<Solver, NewtonCg>(
      "newton_cg", "Newton's step by conjugate gradients, cut short: Hessian-vector products only",
      {{"needs", "gradient and Hessian-vector product"},
       {"cost", "1 gradient and up to n, most often far fewer, Hessian-vector products an iteration"},
       {"rate",
        "near a minimiser with a positive definite Hessian: superlinear, quadratic, or by the factor "
        "forcing_term in the gradient, as `forcing` says"},
       {"source", "Dembo & Steihaug 1983; Steihaug 1983; Nocedal & Wright 2006, algorithms 7.1 and 7.2"}});
}

NewtonCg::NewtonCg(const Options& options)
    : options_(options), line_search_(make_line_search(options.line_search)) {}

std::string NewtonCg::missing(const Problem& problem) const {
  return problem.has_hessian_vector() ? "" : "a Hessian-vector product";
}

std::optional<StopReason> NewtonCg::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  trial_.resize(n);
  z_.setZero(n);
  r_.setZero(n);
  p_.setZero(n);
  Hp_.setZero(n);
  line_search_->start(n);
  cg_iterations_ = 0;
  radius_ = options_.initial_radius;
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo NewtonCg::step(Oracle& f) {
  products_ = 0;
  if (current_.gradient.squaredNorm() == 0) return moved(0);  // also where the square underflows
  const bool trust_region = options_.safeguard == NewtonCgSafeguard::trust_region;
  const StepInfo info = trust_region ? confined_step(f) : searched_step(f);
  if (!info.stop) cg_iterations_ = products_;
  return info;
}

StepInfo NewtonCg::confined_step(Oracle& f) {
  const auto propose = [&](double radius, Vector& z) { return minimise_model(f, radius, z); };
  return trust_region_step(f, propose, StopReason::non_finite, radius_, z_, current_, trial_);
}

StepInfo NewtonCg::searched_step(Oracle& f) {
  if (!find_direction(f)) return stopped(StopReason::non_finite);
  return line_search_step(f, *line_search_, z_, 1, current_, trial_);
}

double NewtonCg::forcing_term() const {
  const double g = current_.gradient.norm();
  switch (options_.forcing) {
    case Forcing::superlinear:
      return std::min(0.5, std::sqrt(g));
    case Forcing::quadratic:
      return std::min(0.5, g);
    case Forcing::constant:
      return options_.forcing_term;
  }
  return 0.5;
}

// The inner loop of algorithm 7.1. False where a product is not finite.
bool NewtonCg::find_direction(Oracle& f) {
  begin_conjugate_gradients(z_);
  const double tolerance = forcing_term() * std::sqrt(rr_);
  const long max_products = 2 * f.dimension();
  while (products_ < max_products) {
    const double pHp = curvature(f);
    if (!std::isfinite(pHp)) return false;
    if (pHp <= 0) {
      if (products_ == 1) z_ = p_;  // -g
      return true;
    }
    advance(rr_ / pHp, z_);
    if (std::sqrt(rr_) <= tolerance) return true;
  }
  return true;
}

// Algorithm 7.2. None where a product is not finite.
std::optional<TrustRegionStep> NewtonCg::minimise_model(Oracle& f, double radius, Vector& z) {
  begin_conjugate_gradients(z);
  const double tolerance = forcing_term() * std::sqrt(rr_);
  const long last_product = products_ + 2 * f.dimension();
  bool on_boundary = false;
  while (products_ < last_product && !on_boundary) {
    const double pHp = curvature(f);
    if (!std::isfinite(pHp)) return std::nullopt;
    const double to_boundary = step_to_boundary(z, p_, radius);
    const double alpha = rr_ / pHp;
    on_boundary = pHp <= 0 || alpha >= to_boundary;
    advance(on_boundary ? to_boundary : alpha, z);
    if (std::sqrt(rr_) <= tolerance) break;
  }
  // m(0) - m(z) = -(g'z + z'Hz/2), and H z = r - g.
  const double predicted_fall = -(z.dot(current_.gradient) + z.dot(r_)) / 2;
  return TrustRegionStep{.length = z.norm(), .on_boundary = on_boundary, .predicted_fall = predicted_fall};
}

void NewtonCg::begin_conjugate_gradients(Vector& z) {
  z.setZero();
  r_ = current_.gradient;
  p_ = -r_;
  rr_ = r_.squaredNorm();
}

// p'Hp, for one product.
double NewtonCg::curvature(Oracle& f) {
  f.hessian_vector(current_.x, p_, Hp_);
  ++products_;
  return p_.dot(Hp_);
}

// z + alpha p, with the residual and the conjugate direction that follow (algorithm 5.2).
void NewtonCg::advance(double alpha, Vector& z) {
  z += alpha * p_;
  r_ += alpha * Hp_;
  const double rr = r_.squaredNorm();
  p_ = (rr / rr_) * p_ - r_;
  rr_ = rr;
}

std::vector<std::string> NewtonCg::property_names() const {
  if (options_.safeguard == NewtonCgSafeguard::trust_region) return {"cg_iterations", "radius"};
  return {"cg_iterations"};
}

void NewtonCg::properties(std::span<double> values) const {
  values[0] = static_cast<double>(cg_iterations_);
  if (options_.safeguard == NewtonCgSafeguard::trust_region) values[1] = radius_;
}

}  // namespace optbed
