#include "analysis/theory/linear_modes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/setting_facts.hpp"

namespace optbed {
namespace {

// A factor this small is a zero that was rounded: the error is gone at once.
constexpr double vanishing_factor = 1e-14;

// Moduli closer than this, relatively, are those of one double root or of both ends of a tuned method.
constexpr double same_modulus = 1e-10;

std::vector<Mode> modes_of(const ModalMethod& method, const Vector& eigenvalues) {
  std::vector<Mode> modes;
  modes.reserve(static_cast<std::size_t>(eigenvalues.size()));
  for (Index i = 0; i < eigenvalues.size(); ++i) {
    if (i > 0 && eigenvalues[i] == eigenvalues[i - 1]) continue;
    modes.push_back(method.mode(eigenvalues[i]));
  }
  return modes;
}

double slowest_modulus(const std::vector<Mode>& modes) {
  double slowest = 0;
  for (const Mode& mode : modes) slowest = std::max(slowest, mode.modulus());
  return slowest;
}

// The largest transient slope, or the longest period, among the modes that are as slow as the slowest.
double largest_of_slowest(const std::vector<Mode>& modes, double slowest, double (Mode::*property)() const) {
  double largest = 0;
  for (const Mode& mode : modes) {
    if (mode.modulus() > slowest * (1 - same_modulus)) largest = std::max(largest, (mode.*property)());
  }
  return largest;
}

// Iterations until the slowest modes outweigh the others and show their modulus, from a start that holds each.
long settling_time(const std::vector<Mode>& modes, double slowest) {
  double time = 0;
  for (const Mode& mode : modes) {
    const double modulus = mode.modulus();
    const bool is_slowest = modulus > slowest * (1 - same_modulus);
    time = std::max(time, is_slowest ? mode.settling_time() : iterations_to_outweigh(slowest / modulus));
  }
  return static_cast<long>(std::min(std::ceil(time), 1e15));
}

std::function<double(long)> exact_envelope(std::vector<Mode> modes) {
  return [modes = std::move(modes)](long k) {
    double largest = 0;
    for (const Mode& mode : modes) largest = std::max(largest, std::abs(mode.error(k)));
    return largest;
  };
}

// Where only the ends of the spectrum are known. e_k = first h_k - product h_{k-1} with h_k = (z1^k - z2^k)/
// (z1 - z2), and |h_k| <= k rho^(k-1), |product| <= rho^2 where both roots are at most rho. The moduli are
// quasi-convex in the eigenvalue and `first` is linear, so that the ends hold for what lies between.
std::function<double(long)> interval_envelope(const std::vector<Mode>& ends, double slowest) {
  double first = 0;
  bool one_term = true;
  for (const Mode& mode : ends) {
    first = std::max(first, std::abs(mode.first));
    one_term = one_term && mode.product == 0 && mode.first == mode.sum;
  }
  if (one_term) return geometric(1, slowest);
  return [=](long k) {
    if (k == 0) return 1.0;
    const auto iterations = static_cast<double>(k);
    return (iterations * first + (iterations - 1) * slowest) * std::pow(slowest, iterations - 1);
  };
}

std::string verb(double factor) { return factor > 1 ? "grows" : "contracts"; }

std::vector<Statement> quadratic_statements(const ModalMethod& method, const Eigenvalues& eigenvalues,
                                            const Setting& setting) {
  const std::vector<Mode> all_modes = modes_of(method, eigenvalues.values);
  const double slowest_of_all = slowest_modulus(all_modes);
  // Rounding may bring in what the start lacks, so that the envelope is that of all modes.
  const std::function<double(long)> envelope =
      eigenvalues.complete ? exact_envelope(all_modes) : interval_envelope(all_modes, slowest_of_all);
  const Vector present =
      eigenvalues.complete ? eigenvalues_in_start(setting, eigenvalues.values) : eigenvalues.values;
  const std::vector<Mode> modes = modes_of(method, present);
  const double slowest = slowest_modulus(modes);
  const SettingFacts facts = facts_of(setting);

  Statement distance;
  distance.method = method.method;
  distance.conditions = "strongly convex quadratic; " + method.conditions;
  distance.source = method.source;
  distance.scope = Scope::instance;
  distance.quantity = Quantity::distance;
  distance.strength = Strength::equality;
  distance.mode = method.mode;
  if (slowest <= vanishing_factor) {
    distance.terminates_within = 1;
    distance.text = "x_1 = x*: the step solves every mode at once";
  } else {
    distance.factor = slowest;
    distance.polynomial_slope = largest_of_slowest(modes, slowest, &Mode::slope);
    distance.text = fmt::format("|x_k - x*| {} asymptotically by {:.10g} an iteration", verb(slowest), slowest);
    if (eigenvalues.complete) {
      distance.settles_after = settling_time(modes, slowest);
      distance.period = largest_of_slowest(modes, slowest, &Mode::period);
    }
    if (distance.polynomial_slope > 0) {
      distance.text += fmt::format(", after a transient of (1 + {:.4g} k)", distance.polynomial_slope);
    }
    if (slowest_of_all > slowest * (1 + same_modulus)) {
      distance.factor_of_any_start = slowest_of_all;
      distance.text +=
          fmt::format("; {:.10g} from a start that has a part in every eigenvector", slowest_of_all);
    }
  }
  if (facts.radius) {
    distance.bound = [envelope, R = *facts.radius](long k) { return R * envelope(k); };
  }

  std::vector<Statement> statements = {distance};
  if (facts.initial_gap) {
    Statement gap = distance;
    gap.quantity = Quantity::gap;
    if (gap.factor) {
      gap.text =
          fmt::format("f_k - f* {} asymptotically by {:.10g} an iteration", verb(slowest), slowest * slowest);
    }
    gap.bound = [envelope, initial = *facts.initial_gap](long k) {
      const double e = envelope(k);
      return initial * e * e;
    };
    statements.push_back(std::move(gap));
  }
  return statements;
}

std::vector<Statement> local_statements(const ModalMethod& method, const Eigenvalues& eigenvalues) {
  const std::vector<Mode> modes = modes_of(method, eigenvalues.values);
  const double slowest = slowest_modulus(modes);
  if (slowest >= 1 || slowest <= vanishing_factor) return {};  // x* repels, or the next order decides
  Statement local;
  local.method = method.method;
  local.conditions = "close to the minimiser, where the Hessian is positive definite; " + method.conditions;
  local.source = method.source + "; Ostrowski's theorem (Ortega & Rheinboldt 1970, section 10.1)";
  local.scope = Scope::local;
  local.quantity = Quantity::distance;
  local.strength = Strength::equality;
  local.mode = method.mode;
  local.factor = slowest;
  local.polynomial_slope = largest_of_slowest(modes, slowest, &Mode::slope);
  local.settles_after = settling_time(modes, slowest);
  local.period = largest_of_slowest(modes, slowest, &Mode::period);
  local.text = fmt::format(
      "|x_k - x*| contracts by {:.10g} an iteration close to x*, where the Hessian has eigenvalues "
      "from {:.4g} to {:.4g}",
      slowest, eigenvalues.least(), eigenvalues.greatest());
  return {local};
}

}  // namespace

std::vector<Statement> modal_theory(const ModalMethod& method, const Setting& setting) {
  if (const auto eigenvalues = eigenvalues_of_quadratic(setting.problem)) {
    return quadratic_statements(method, *eigenvalues, setting);
  }
  if (const auto eigenvalues = eigenvalues_at_limit(setting)) return local_statements(method, *eigenvalues);
  return {};
}

}  // namespace optbed
