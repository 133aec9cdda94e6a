#include "analysis/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

// Two curves are told apart where they differ by e^2 over the run.
constexpr double resolution = 2;

// And they are the same where they differ by less than a twentieth.
constexpr double indistinguishable = 0.05;

// A factor that is exact in exact arithmetic is met to this, whatever the fit believes of itself.
constexpr double factor_tolerance = 1e-6;

// Round-off beside the largest number that went into an error.
constexpr double round_off = 1e-13;

// A local statement is held against runs that came this much closer to the minimiser.
constexpr double local_approach = 1e-3;

// R-linear convergence is granted to a run too erratic for a factor which falls this far.
constexpr double erratic_fall = 1e-6;

// Finite termination in floating point: the root of the machine precision.
constexpr double terminated = 1e-8;

// Rows without which staying within a bound says little.
constexpr std::size_t fewest_for_a_bound = 6;

// A bound that is exact is met to the rounding of its constants, which a condition number of 1e8 makes 1e-8.
constexpr double bound_tolerance = 1e-6;

// A verdict, or (no verdict) the reason why this statement does not decide.
struct Judgement {
  std::optional<Verdict> verdict = {};
  std::string reason = {};
  RateFit measured = {};
  std::optional<long> ended_after = {};
  std::optional<double> part_of_bound = {};
};

// The error curves of a run: in the distance and in the gap, where it has them, and in the gradient.
class Run {
 public:
  Run(const Trace& trace, const ComparisonSettings& settings) : settings_(settings) {
    const bool elsewhere = settings.measure == ErrorMeasure::gradient_norm;
    if (trace.has("gradient_norm")) gradient_norm_ = trace.column("gradient_norm");
    if (trace.has("damping")) damping_ = trace.column("damping");
    if (trace.has("distance") && !elsewhere) distance_ = trace.column("distance");
    if (trace.has("gap") && !elsewhere) {
      gap_ = trace.column("gap");
      root_gap_.reserve(gap_.size());
      for (const double gap : gap_) root_gap_.push_back(std::isnan(gap) ? gap : std::sqrt(std::max(gap, 0.0)));
      if (trace.has("value")) minimum_ = std::abs(trace.column("value")[0] - gap_[0]);
    }
    if (trace.has("step_length")) last_step_ = trace.column("step_length").back();
  }

  bool empty() const { return curve().empty(); }

  ErrorMeasure measure() const {
    if (settings_.measure) return *settings_.measure;
    if (!distance_.empty()) return ErrorMeasure::distance;
    return root_gap_.empty() ? ErrorMeasure::gradient_norm : ErrorMeasure::root_gap;
  }

  const std::vector<double>& curve() const {
    switch (measure()) {
      case ErrorMeasure::distance:
        return distance_;
      case ErrorMeasure::root_gap:
        return root_gap_;
      case ErrorMeasure::gradient_norm:
        break;
    }
    return gradient_norm_;
  }

  // The infinity norm of a gradient is at most its 2-norm, which statements are about.
  const std::vector<double>& of(Quantity quantity) const {
    switch (quantity) {
      case Quantity::distance:
        return distance_;
      case Quantity::gap:
        return gap_;
      case Quantity::gradient:
        break;
    }
    return gradient_norm_;
  }

  RateFit fit(RateFitSettings settings = {}) const {
    settings.bootstrap_samples = settings_.bootstrap_samples;
    return fit_rate(curve(), settings);
  }

  // As the statement's own quantity falls: a power of k is not that of the distance squared.
  RateFit fit_gap() const {
    RateFit fit = fit_rate(root_gap_);
    if (fit.power) *fit.power *= 2;
    return fit;
  }

  // What round-off adds to an error of this quantity when the largest so far is `largest`.
  double noise(Quantity quantity, double largest) const {
    return round_off * (quantity == Quantity::gap ? minimum_ + largest : largest);
  }

  // The iterate has come to rest although the error is far from round-off.
  bool rests_elsewhere(const RateFit& fit) const {
    return fit.kind == ConvergenceKind::cycling && last_step_ && *last_step_ <= 1e-6 * curve().back();
  }

  // The damping of a method that has one, where the rate was measured.
  std::optional<double> damping_at(long iteration) const {
    const auto k = static_cast<std::size_t>(iteration);
    return k < damping_.size() ? std::optional(damping_[k]) : std::nullopt;
  }

 private:
  ComparisonSettings settings_;
  std::vector<double> gradient_norm_;
  std::vector<double> damping_;
  std::vector<double> distance_;
  std::vector<double> gap_;
  std::vector<double> root_gap_;
  double minimum_ = 0;
  std::optional<double> last_step_;
};

bool has_every_iteration(const Trace& trace) {
  if (!trace.has("iteration")) return false;
  const std::vector<double>& iteration = trace.column("iteration");
  for (std::size_t k = 0; k < iteration.size(); ++k) {
    if (iteration[k] != static_cast<double>(k)) return false;
  }
  return true;
}

// Enough digits to tell the factor from 1.
std::string format_factor(double factor) {
  const double from_one = std::abs(1 - factor);
  const int digits =
      from_one > 0 && from_one < 1e-3 ? static_cast<int>(std::ceil(-std::log10(from_one))) + 2 : 5;
  return fmt::format("{:.{}f}", factor, std::min(digits, 15));
}

bool has_factor(const RateFit& fit) {
  return fit.factor && (fit.kind == ConvergenceKind::linear || fit.kind == ConvergenceKind::diverging ||
                        fit.kind == ConvergenceKind::cycling);
}

// ---- bounds, point by point ----

struct BoundCheck {
  std::optional<long> violated;  // the first iteration beyond the bound
  double closest = 0;            // the largest error/bound above round-off
};

std::optional<BoundCheck> checked_bound(const Run& run, const Statement& statement) {
  const std::vector<double>& errors = run.of(statement.quantity);
  if (!statement.bound || errors.empty()) return std::nullopt;
  const double stagnation = fit_rate(errors).floor;
  BoundCheck check;
  double largest = 0;
  double least = errors[0];
  for (std::size_t row = 0; row < errors.size() && std::isfinite(errors[row]); ++row) {
    const auto k = static_cast<long>(row);
    least = std::min(least, errors[row]);
    const double error = statement.best_so_far ? least : errors[row];
    if (statement.valid_up_to >= 0 && k > statement.valid_up_to) break;
    largest = std::max(largest, errors[row]);
    const double noise = run.noise(statement.quantity, largest) + 2 * stagnation;
    const double bound = statement.bound(k);
    const bool violated = statement.strength == Strength::lower_bound
                              ? error < bound * (1 - bound_tolerance) - noise
                              : error > bound * (1 + bound_tolerance) + noise;
    if (violated) {
      check.violated = k;
      return check;
    }
    if (error > 100 * noise) check.closest = std::max(check.closest, error / bound);
  }
  return check;
}

// A statement, and how the run keeps to its bound: evaluating a bound at every iteration is the costly part.
struct Candidate {
  Statement statement;
  std::optional<BoundCheck> bound;
};

// ---- the kinds of statements ----

std::string not_settled(const RateFit& fit, const Statement& statement) {
  return fmt::format(
      "the factor {} needs at least {} iterations above the round-off floor to show, the run has {}",
      format_factor(*statement.factor), statement.settles_after, fit.last);
}

// Is the measured factor beyond the predicted one, and does the run resolve the difference?
Judgement compare_factors(const RateFit& fit, const Statement& statement) {
  const double predicted = *statement.factor;
  const double measured = *fit.factor;
  const double tolerance = factor_tolerance * predicted;
  Judgement judgement{.measured = fit};
  if (*fit.low - tolerance <= predicted && predicted <= *fit.high + tolerance) {
    judgement.verdict = Verdict::agrees;
    judgement.reason = fmt::format("measured {} in [{:.8g}, {:.8g}], predicted {}", format_factor(measured),
                                   *fit.low, *fit.high, format_factor(predicted));
    return judgement;
  }
  if (fit.last < statement.settles_after) {
    judgement.reason = fmt::format(
        "measured {:.8g}, predicted {:.8g}: to tell them apart takes at least {} iterations above the "
        "round-off floor, the run has {}",
        measured, predicted, statement.settles_after, fit.last);
    return judgement;
  }
  const double difference = std::abs(std::log(measured / predicted));
  const double iterations = static_cast<double>(fit.last);
  if (iterations * difference < indistinguishable) {
    judgement.verdict = Verdict::agrees;
    judgement.reason = fmt::format("measured {:.8g}, predicted {:.8g}: over {} iterations the same", measured,
                                   predicted, fit.last);
    return judgement;
  }
  if (iterations * difference < resolution) {
    judgement.reason = fmt::format(
        "telling {} from {} needs at least {:.0f} iterations above the round-off floor, the run has {}",
        format_factor(measured), format_factor(predicted), std::ceil(resolution / difference), fit.last);
    return judgement;
  }
  judgement.verdict = measured < predicted ? Verdict::faster_than_bound : Verdict::slower;
  judgement.reason =
      fmt::format("measured {} in [{:.8g}, {:.8g}], {} than the predicted {}", format_factor(measured),
                  *fit.low, *fit.high, measured < predicted ? "faster" : "slower", format_factor(predicted));
  return judgement;
}

// The run's end against the predicted curve from its start, where no factor could be fitted.
Judgement compare_ends(const Run& run, const RateFit& fit, const Statement& statement) {
  constexpr double far = 1e6;
  const std::vector<double>& errors = run.curve();
  const auto last = static_cast<double>(fit.last);
  Judgement judgement{.measured = fit};
  judgement.reason =
      fit.reason.empty() ? fmt::format("measured {}, no factor to compare", to_string(fit.kind)) : fit.reason;
  if (fit.last < statement.settles_after) {
    judgement.reason = not_settled(fit, statement);
    return judgement;
  }
  if (fit.last < 1 || statement.scope == Scope::local || !(errors[0] > 0)) return judgement;
  const double predicted = std::pow(*statement.factor, last) * (1 + statement.polynomial_slope * last);
  const double measured = errors[static_cast<std::size_t>(fit.last)] / errors[0];
  const bool sublinear = fit.kind == ConvergenceKind::sublinear;
  if (measured * far < predicted) {
    judgement.verdict = Verdict::faster_than_bound;
  } else if (sublinear && measured > predicted * far) {
    judgement.verdict = Verdict::slower;
  } else {
    if (sublinear) {
      judgement.reason =
          fmt::format("the factor {} shows after some {:.0f} iterations, the run has {}",
                      format_factor(*statement.factor), 3 / std::abs(std::log(*statement.factor)), fit.last);
    }
    return judgement;
  }
  judgement.reason =
      fmt::format("the error is {:.3g} of its start after {} iterations, the factor {} makes it {:.3g}",
                  measured, fit.last, format_factor(*statement.factor), predicted);
  return judgement;
}

// A run that is too short for the factor is still held against the statement's bound, which it has been found
// within.
Judgement or_bound(const Run& run, const Candidate& candidate, Judgement judgement) {
  if (judgement.verdict || run.curve().size() < fewest_for_a_bound || !candidate.bound) return judgement;
  judgement.verdict = Verdict::agrees;
  judgement.reason = "within the bound at every iteration; " + judgement.reason;
  return judgement;
}

Judgement hold_against_equality(const Run& run, const Candidate& candidate) {
  const Statement& statement = candidate.statement;
  const RateFit fit = run.fit({.polynomial_slope = statement.polynomial_slope, .period = statement.period});
  if (run.rests_elsewhere(fit)) return {{}, "the run came to rest away from the known minimiser", fit};
  if (statement.scope == Scope::local) {
    const double last = run.curve()[static_cast<std::size_t>(std::max(0L, fit.last))];
    if (!(last <= local_approach * run.curve()[0])) {
      return {{}, "the run did not come close enough to the minimiser for the local factor", fit};
    }
  }
  return or_bound(run, candidate,
                  has_factor(fit) ? compare_factors(fit, statement) : compare_ends(run, fit, statement));
}

Judgement hold_against_termination(const Run& run, const Statement& statement) {
  const std::vector<double>& errors = run.curve();
  Judgement judgement{.measured = run.fit()};
  const long predicted = *statement.terminates_within;
  const auto rows = static_cast<long>(errors.size());
  for (long k = 0; k <= std::min(predicted, rows - 1); ++k) {
    if (errors[static_cast<std::size_t>(k)] <= terminated * errors[0]) {
      judgement.verdict = Verdict::agrees;
      judgement.ended_after = k;
      judgement.reason =
          fmt::format("at the minimiser to round-off after {} iterations, predicted within {}", k, predicted);
      return judgement;
    }
  }
  if (rows <= predicted) {
    judgement.reason =
        fmt::format("termination is predicted within {} iterations, the run has {}", predicted, rows - 1);
    return judgement;
  }
  judgement.reason =
      fmt::format("not at the minimiser after {} iterations, where exact arithmetic terminates", predicted);
  if (statement.strength == Strength::equality) judgement.verdict = Verdict::slower;
  return judgement;
}

Judgement hold_against_order(const Run& run, const Statement& statement) {
  const RateFit fit = run.fit();
  Judgement judgement{.measured = fit};
  const bool is_quadratic_claim = *statement.order >= 2;
  if (fit.order && (!is_quadratic_claim || *fit.order >= 1.7)) {
    judgement.verdict = Verdict::agrees;
    judgement.reason = fmt::format("measured order {:.2f}", *fit.order);
  } else if (fit.kind == ConvergenceKind::linear && is_quadratic_claim && fit.last - fit.first >= 10) {
    judgement.verdict = Verdict::slower;
    judgement.reason = fmt::format("linear with factor {} over {} iterations", format_factor(*fit.factor),
                                   fit.last - fit.first);
  } else {
    judgement.reason = fit.reason.empty()
                           ? fmt::format("measured {}: the last phase is not visible", to_string(fit.kind))
                           : fit.reason;
  }
  return judgement;
}

// The bound itself has been checked already.
Judgement hold_against_upper_bound(const Run& run, const Candidate& candidate) {
  const Statement& statement = candidate.statement;
  Judgement judgement{.measured =
                          statement.power && statement.quantity == Quantity::gap ? run.fit_gap() : run.fit()};
  if (statement.factor && has_factor(judgement.measured)) {
    Judgement factors = compare_factors(judgement.measured, statement);
    if (factors.verdict == Verdict::slower) return factors;
    // Below an upper bound nothing has to be resolved.
    if (!statement.bound && (factors.verdict || *judgement.measured.high <= *statement.factor)) {
      judgement.verdict = Verdict::agrees;
      judgement.reason =
          fmt::format("measured {}, at most {} is predicted", format_factor(*judgement.measured.factor),
                      format_factor(*statement.factor));
      return judgement;
    }
  }
  const auto& check = candidate.bound;
  if (check && run.curve().size() < fewest_for_a_bound) {
    judgement.reason = fmt::format("within the bound, but a run of at least {} iterations is needed to say so",
                                   fewest_for_a_bound - 1);
  } else if (check) {
    judgement.verdict = Verdict::agrees;
    judgement.part_of_bound = check->closest;
    judgement.reason = fmt::format("within the bound at every iteration, at most {:.3g} of it", check->closest);
  } else {
    judgement.reason = "the run has no column to hold the bound against";
  }
  return judgement;
}

// No method of the class is faster than this, which has been checked already.
Judgement hold_against_lower_bound(const Run& run, const Candidate& candidate) {
  Judgement judgement{.measured = run.fit()};
  if (!candidate.bound || run.curve().size() < fewest_for_a_bound) {
    judgement.reason = "the run has no column, or too few iterations, to hold the lower bound against";
    return judgement;
  }
  judgement.verdict = Verdict::agrees;
  judgement.reason = "never below the lower bound";
  return judgement;
}

// R-linear, without a number.
Judgement hold_against_kind(const Run& run) {
  const RateFit fit = run.fit();
  Judgement judgement{.measured = fit};
  const bool at_least_linear =
      fit.kind == ConvergenceKind::linear || fit.kind == ConvergenceKind::superlinear ||
      fit.kind == ConvergenceKind::quadratic || fit.kind == ConvergenceKind::noise_floor;
  const double start = run.curve()[0];
  const double fall = start > 0 ? run.curve()[static_cast<std::size_t>(std::max(0L, fit.last))] / start : 0;
  if (at_least_linear || (fit.kind == ConvergenceKind::undecided && fall < erratic_fall)) {
    judgement.verdict = Verdict::agrees;
    judgement.reason = fmt::format(
        "the error falls to {:.3g} of its start in {} iterations, predicted R-linear without a number", fall,
        fit.last);
  } else {
    judgement.reason = fit.reason.empty() ? fmt::format("measured {}", to_string(fit.kind)) : fit.reason;
  }
  return judgement;
}

bool is_equality(const Statement& statement) {
  return statement.factor && statement.strength == Strength::equality;
}

Judgement hold_against(const Run& run, const Candidate& candidate) {
  const Statement& s = candidate.statement;
  if (s.strength == Strength::lower_bound) return hold_against_lower_bound(run, candidate);
  if (is_equality(s)) return hold_against_equality(run, candidate);
  if (s.terminates_within) return hold_against_termination(run, s);
  if (s.order) return hold_against_order(run, s);
  if (s.bound || s.factor || s.power) return hold_against_upper_bound(run, candidate);
  return hold_against_kind(run);
}

// 0 is the sharpest: what fixes the rate comes before what only bounds it.
int sharpness(const Statement& s) {
  if (s.strength == Strength::lower_bound) return 6;
  if (s.terminates_within) return 0;
  if (is_equality(s)) return s.scope == Scope::local ? 2 : 1;
  if (s.order) return 3;
  return s.bound || s.factor || s.power ? 4 : 5;
}

// Of two bounds the one that the run comes closer to is the sharper.
double closeness(const Candidate& candidate) {
  if (!candidate.bound) return 0;
  return candidate.statement.quantity == Quantity::gap ? std::sqrt(candidate.bound->closest)
                                                       : candidate.bound->closest;
}

std::vector<Candidate> by_sharpness(const Run& run, const std::vector<Statement>& statements) {
  std::vector<Candidate> candidates;
  candidates.reserve(statements.size());
  for (const Statement& statement : statements)
    candidates.push_back({statement, checked_bound(run, statement)});
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    const int kind = sharpness(a.statement);
    return kind != sharpness(b.statement) ? kind < sharpness(b.statement)
                                          : kind == 4 && closeness(a) > closeness(b);
  });
  return candidates;
}

// What may keep a run from the predicted rate, in words that follow it.
std::string known_cause(const Run& run, const RateFit& fit) {
  std::string causes;
  if (const auto damping = run.damping_at(fit.last); damping && *damping > 0) {
    causes += fmt::format("; the damping is still {:.3g}, and the rate is that of a damping of 0", *damping);
  }
  if (fit.floor_reached && fit.last - fit.first < 20) {
    causes += fmt::format("; only {} iterations lie between the transient and the round-off floor at {:.3g}",
                          fit.last - fit.first + 1, fit.floor);
  }
  return causes;
}

}  // namespace

Comparison compare_with_theory(const Trace& trace, const std::vector<Statement>& statements,
                               const ComparisonSettings& settings) {
  Comparison comparison;
  if (trace.rows() == 0) {
    comparison.reason = "the trace is empty";
    return comparison;
  }
  if (!has_every_iteration(trace)) {
    comparison.reason = "the trace does not hold every iteration";
    return comparison;
  }
  const Run run(trace, settings);
  if (run.empty()) {
    comparison.reason =
        "there is no error to measure: the trace has no column for the distance, the gap or the gradient";
    return comparison;
  }
  comparison.measure = run.measure();
  comparison.measured = run.fit();
  if (statements.empty()) {
    comparison.reason = "no theory applies";
    return comparison;
  }

  const std::vector<Candidate> candidates = by_sharpness(run, statements);
  for (const auto& [statement, check] : candidates) {
    if (!check || !check->violated) continue;
    const long k = *check->violated;
    comparison.theory = statement;
    const bool below = statement.strength == Strength::lower_bound;
    comparison.verdict = below ? Verdict::faster_than_bound : Verdict::slower;
    comparison.breaks_bound = true;
    comparison.reason =
        fmt::format("the {} is {:.6g} after {} iterations, the {} is {:.6g}", to_string(statement.quantity),
                    run.of(statement.quantity)[static_cast<std::size_t>(k)], k, below ? "lower bound" : "bound",
                    statement.bound(k));
    return comparison;
  }

  for (const Candidate& candidate : candidates) {
    Judgement judgement = hold_against(run, candidate);
    // Where nothing decides, the sharpest statement and its reason stand.
    if (!judgement.verdict && comparison.theory) continue;
    comparison.measured = std::move(judgement.measured);
    comparison.theory = candidate.statement;
    comparison.reason = std::move(judgement.reason);
    comparison.ended_after = judgement.ended_after;
    comparison.part_of_bound = judgement.part_of_bound;
    if (judgement.verdict) {
      comparison.verdict = *judgement.verdict;
      if (comparison.verdict == Verdict::slower) comparison.reason += known_cause(run, comparison.measured);
      break;
    }
  }
  return comparison;
}

std::string measured_text(const Comparison& comparison) {
  const RateFit& fit = comparison.measured;
  if (comparison.ended_after) return fmt::format("ends after {}", *comparison.ended_after);
  const bool has_rate = fit.factor || fit.order || fit.power;
  if (!has_rate && comparison.part_of_bound)
    return fmt::format("{:.5f} of the bound", *comparison.part_of_bound);
  std::string text = to_string(fit.kind);
  if (fit.factor) text += " " + format_factor(*fit.factor);
  if (fit.order && *fit.order >= 1.005) text += fmt::format(" order {:.2f}", *fit.order);
  if (fit.power) text += fmt::format(" k^-{:.2f}", *fit.power);
  return text;
}

// An order is the least that holds, and 1 says only that the ratio of errors tends to 0; a factor, a power and
// a bound are the most, unless every run has them.
std::string theory_text(const Comparison& comparison) {
  if (!comparison.theory) return "none applies";
  const Statement& theory = *comparison.theory;
  const std::string most = theory.strength == Strength::upper_bound ? "at most " : "";
  if (theory.terminates_within) return fmt::format("ends within {}", *theory.terminates_within);
  if (theory.order) return *theory.order > 1 ? fmt::format("order {:.2f}", *theory.order) : "superlinear";
  if (theory.factor) return most + format_factor(*theory.factor);
  if (theory.power) return fmt::format("{}k^-{:.2f}", most, *theory.power);
  return theory.bound ? "a bound on the " + to_string(theory.quantity) : "linear, without a number";
}

std::string summary(const Comparison& comparison) {
  std::string line = fmt::format("measured {}, theory {}: {}", measured_text(comparison),
                                 theory_text(comparison), to_string(comparison.verdict));
  if (comparison.verdict == Verdict::undecided) line += " (" + comparison.reason + ")";
  return line;
}

std::string to_string(ErrorMeasure measure) {
  switch (measure) {
    case ErrorMeasure::distance:
      return "distance to the minimiser";
    case ErrorMeasure::root_gap:
      return "root of the gap";
    case ErrorMeasure::gradient_norm:
      return "largest component of the gradient";
  }
  return {};
}

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees:
      return "agrees";
    case Verdict::faster_than_bound:
      return "faster_than_bound";
    case Verdict::slower:
      return "slower";
    case Verdict::undecided:
      return "undecided";
  }
  return {};
}

}  // namespace optbed
