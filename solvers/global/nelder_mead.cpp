#include "solvers/global/nelder_mead.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/rounding.hpp"

namespace optbed {
namespace {

std::string broken_rule(const NelderMeadOptions& /*options*/, const std::set<std::string>& given) {
  if (given.count("edge") && given.count("vertices")) return "'edge' and 'vertices' exclude each other";
  return {};
}

}  // namespace

OptionTable<NelderMeadOptions> NelderMead::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice("coefficients", &O::coefficients,
              {{"standard", SimplexCoefficients::standard}, {"adaptive", SimplexCoefficients::adaptive}},
              "reflection 1, expansion 2, contraction 1/2, shrinking 1/2; or 1, 1 + 2/n, 3/4 - 1/(2n), 1 - 1/n")
      .real("edge", &O::edge, positive(), "5 % of each component, 0.00025 where it is 0",
            "length of the first simplex's edges from x0 along the axes")
      .reals("vertices", &O::vertices, any_real(), "the other n vertices of the first simplex, n numbers each")
      .real("size_tolerance", &O::size_tolerance, at_least(0),
            "stops (stalled) where the simplex is not larger …")
      .real("value_tolerance", &O::value_tolerance, at_least(0), "… and its values do not differ by more")
      .rule(broken_rule);
  return table;
}

SolverEntry NelderMead::entry() {
  return registry_entry<Solver, NelderMead>(
      "nelder_mead", "the downhill simplex method",
      {{"needs", "values"},
       {"cost", "1 or 2 values an iteration, n + 2 where the simplex shrinks; the first forms it, with n"},
       {"rate", "none is known; it may converge to a point that is not stationary (McKinnon 1998)"},
       {"iterate", "the best vertex"},
       {"trace", "size of the simplex (infinity norm) and value_spread, worst minus best"},
       {"source", "Nelder & Mead 1965; Lagarias, Reeds, Wright & Wright 1998; Gao & Han 2012"}});
}

std::string NelderMead::missing(const Problem& problem) const {
  const Index n = problem.dimension();
  if (options_.vertices.empty() || static_cast<Index>(options_.vertices.size()) == n * n) return {};
  return fmt::format("as many dimensions as 'vertices' needs: {} of {} numbers are {}, not {}", n, n, n * n,
                     options_.vertices.size());
}

void NelderMead::properties(std::span<double> values) const {
  values[0] = size();
  values[1] = value_spread();
}

std::optional<StopReason> NelderMead::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  const auto dimension = static_cast<double>(n);
  const bool adaptive = options_.coefficients == SimplexCoefficients::adaptive && n >= 2;
  expansion_ = adaptive ? 1 + 2 / dimension : 2;
  contraction_ = adaptive ? 0.75 - 1 / (2 * dimension) : 0.5;
  shrinking_ = adaptive ? 1 - 1 / dimension : 0.5;
  simplex_.start(n + 1, n);
  reflected_.x.setZero(n);
  trial_.x.setZero(n);
  centroid_.setZero(n);
  current_.x = x0;
  current_.value = f.value(x0);
  if (!std::isfinite(current_.value)) return StopReason::non_finite;
  for (Index i = 0; i <= n; ++i) simplex_[i] = {x0, current_.value};
  for (Index i = 1; i <= n; ++i) {
    Vector& vertex = simplex_[i].x;
    double& moved_component = vertex[i - 1];
    if (!options_.vertices.empty()) {
      vertex = Eigen::Map<const Vector>(options_.vertices.data() + (i - 1) * n, n);
    } else if (options_.edge) {
      moved_component += *options_.edge;
    } else {
      moved_component = moved_component == 0 ? 0.00025 : 1.05 * moved_component;
    }
  }
  simplex_.await_values(1);
  return std::nullopt;
}

StepInfo NelderMead::step(Oracle& f) {
  if (!simplex_.is_waiting()) {
    if (has_converged()) return stopped(StopReason::stalled);
    improve(f);
  }
  simplex_.evaluate(f);  // of a new or shrunken simplex
  simplex_.sort();
  return keep_better(simplex_[0], current_);
}

double NelderMead::size() const {
  double largest = 0;
  for (Index i = 1; i < simplex_.size(); ++i) {
    largest = std::max(largest, (simplex_[i].x - simplex_[0].x).lpNorm<Eigen::Infinity>());
  }
  return largest;
}

double NelderMead::value_spread() const { return simplex_[simplex_.size() - 1].value - simplex_[0].value; }

bool NelderMead::has_converged() const {
  const double position_rounding =
      10 * std::numeric_limits<double>::epsilon() * simplex_[0].x.lpNorm<Eigen::Infinity>();
  const double value_rounding = rounding_of_value(simplex_[0].value, simplex_[0].x.size());
  return value_spread() <= std::max(options_.value_tolerance, value_rounding) &&
         size() <= std::max(options_.size_tolerance, position_rounding);
}

// One iteration of Lagarias et al. 1998, section 2, on the sorted simplex.
void NelderMead::improve(Oracle& f) {
  const Index n = centroid_.size();
  const double best = simplex_[0].value;
  const double second_worst = simplex_[n - 1].value;
  const double worst = simplex_[n].value;
  centroid_ = simplex_[0].x;
  for (Index i = 1; i < n; ++i) centroid_ += simplex_[i].x;
  centroid_ /= static_cast<double>(n);

  const double at_reflection = try_at(f, 1, reflected_);  // (2.4)
  if (at_reflection < best) {
    const bool expanded_is_better = try_at(f, expansion_, trial_) < at_reflection;  // (2.5)
    replace_worst(expanded_is_better ? trial_ : reflected_);
  } else if (at_reflection < second_worst) {
    replace_worst(reflected_);
  } else if (at_reflection < worst) {
    if (try_at(f, contraction_, trial_) <= at_reflection) {  // (2.6), outside
      replace_worst(trial_);
    } else {
      shrink();
    }
  } else if (try_at(f, -contraction_, trial_) < worst) {  // (2.7), inside
    replace_worst(trial_);
  } else {
    shrink();
  }
}

// f at centroid + coefficient (centroid - worst).
double NelderMead::try_at(Oracle& f, double coefficient, Member& trial) {
  trial.x = (1 + coefficient) * centroid_ - coefficient * simplex_[simplex_.size() - 1].x;
  trial.value = value_or_infinity(f, trial.x);
  return trial.value;
}

void NelderMead::replace_worst(Member& trial) { std::swap(simplex_[simplex_.size() - 1], trial); }

void NelderMead::shrink() {
  for (Index i = 1; i < simplex_.size(); ++i) {
    simplex_[i].x = simplex_[0].x + shrinking_ * (simplex_[i].x - simplex_[0].x);
  }
  simplex_.await_values(1);
}

}  // namespace optbed
