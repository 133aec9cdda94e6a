#include "analysis/rate_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "problems/random.hpp"

namespace optbed {
namespace {

// |x| is the root of a sum of squares, which underflows gradually below 1e-154.
constexpr double underflow = 1e-140;

// Errors that stand still count as round-off only this far below the largest. A method that compares values of
// f stands still at the root of the machine precision times the size of x.
constexpr double largest_floor = 1e-6;

// Where the run ends before it shows a floor: what the distance to a point of size 1 cannot resolve.
constexpr double presumed_floor = 1e-14;

constexpr std::size_t fewest_for_a_factor = 6;
constexpr std::size_t fewest_for_a_power = 32;

// The numbers that say something: finite, divided by the transient, up to the level of round-off.
struct Curve {
  std::vector<double> errors;  // up to the first that is not finite
  double largest = 0;
  double floor = 0;
  std::optional<long> floor_reached;
  bool exploded = false;

  // One past the last error above the level, 0 where there is none.
  std::size_t end_above(double level) const {
    std::size_t end = errors.size();
    while (end > 0 && !(errors[end - 1] > level)) --end;
    return end;
  }
};

// Do the last `count` errors stand still: neither fall by half from their first half to their second, nor fall
// steadily?
bool stands_still(const std::vector<double>& errors, std::size_t count) {
  const auto begin = errors.end() - static_cast<std::ptrdiff_t>(count);
  const auto middle = begin + static_cast<std::ptrdiff_t>(count / 2);
  const bool falls_steadily = std::is_sorted(begin, errors.end(), [](double a, double b) { return a >= b; });
  const bool constant = *begin == errors.back();
  if (falls_steadily && !constant) return false;
  return *std::max_element(middle, errors.end()) >= 0.5 * *std::max_element(begin, middle);
}

// The level of round-off: that of the longest tail that stands still far below the largest error.
double floor_of(const std::vector<double>& errors, double largest) {
  double smallest = largest;
  bool vanishes = false;
  for (const double error : errors) {
    if (error > 0) smallest = std::min(smallest, error);
    vanishes = vanishes || error == 0;
  }
  double floor = std::min(underflow, largest * std::numeric_limits<double>::epsilon());
  // An error of exactly 0 is the accident of rounding to x*: what came before was as close as numbers are
  // dense.
  if (vanishes) floor = std::max(floor, std::min(smallest, presumed_floor * largest));
  for (std::size_t count = 5; count <= errors.size() / 2; count += (count + 1) / 2) {
    const double level = *std::max_element(errors.end() - static_cast<std::ptrdiff_t>(count), errors.end());
    if (level > largest_floor * largest) break;
    if (stands_still(errors, count)) floor = std::max(floor, level);
  }
  return floor;
}

Curve curve_of(std::span<const double> errors, double polynomial_slope) {
  Curve curve;
  curve.errors.reserve(errors.size());
  for (std::size_t k = 0; k < errors.size(); ++k) {
    if (!std::isfinite(errors[k])) {
      curve.exploded = true;
      break;
    }
    curve.errors.push_back(errors[k] / (1 + polynomial_slope * static_cast<double>(k)));
    curve.largest = std::max(curve.largest, curve.errors.back());
  }
  if (curve.errors.empty()) return curve;
  curve.floor = floor_of(curve.errors, curve.largest);
  const auto reached =
      std::find_if(curve.errors.begin(), curve.errors.end(), [&](double e) { return e <= 10 * curve.floor; });
  if (reached != curve.errors.end()) curve.floor_reached = reached - curve.errors.begin();
  return curve;
}

// ---- one line through log e_k ----

struct Slope {
  double value = 0;          // of log e per iteration
  double uncertainty = 0;    // half-width of an interval
  bool settled = false;      // false: still drifting, and there is no telling how far
  bool accelerates = false;  // and ever faster: another mode comes up
  std::size_t first = 0;
};

struct Line {
  double slope;
  double at_zero;  // the line's log e at k = 0
  // What 1 more in log e_k adds to the slope, for each iteration that it was fitted to; 0 for those left out.
  std::vector<double> influence;
};

// Least squares through (k, log e_k), first <= k < end, with weights that fall to 0 at both ends (a Hann
// window): an oscillation of period P in the data then moves the slope by O((P/length)^4) instead of
// O((P/length)^2). Errors at or below the level (dips of an oscillation) are left out.
Line tapered_line(const std::vector<double>& errors, std::size_t first, std::size_t end, double level) {
  const auto length = static_cast<double>(end - first);
  double sum = 0;
  double sum_k = 0;
  double sum_y = 0;
  std::vector<double> weights(end - first);
  for (std::size_t k = first; k < end; ++k) {
    if (!(errors[k] > level)) continue;
    const double sine = std::sin(std::numbers::pi * (static_cast<double>(k - first) + 0.5) / length);
    const double weight = sine * sine;
    weights[k - first] = weight;
    sum += weight;
    sum_k += weight * static_cast<double>(k);
    sum_y += weight * std::log(errors[k]);
  }
  const double mean_k = sum_k / sum;
  const double mean_y = sum_y / sum;
  double covariance = 0;
  double variance = 0;
  for (std::size_t k = first; k < end; ++k) {
    const double weight = weights[k - first];
    if (weight == 0) continue;
    const double dk = static_cast<double>(k) - mean_k;
    covariance += weight * dk * (std::log(errors[k]) - mean_y);
    variance += weight * dk * dk;
  }
  for (std::size_t k = first; k < end; ++k) {
    weights[k - first] *= (static_cast<double>(k) - mean_k) / variance;
  }
  const double slope = covariance / variance;
  return {slope, mean_y - slope * mean_k, std::move(weights)};
}

struct Residuals {
  double deviation = 0;  // root mean square
  int sign_changes = 0;
};

Residuals residuals_of(const Line& line, const std::vector<double>& errors, std::size_t first, std::size_t end,
                       double level) {
  Residuals residuals;
  double sum = 0;
  double count = 0;
  double before = 0;
  for (std::size_t k = first; k < end; ++k) {
    if (!(errors[k] > level)) continue;
    const double r = std::log(errors[k]) - line.at_zero - line.slope * static_cast<double>(k);
    sum += r * r;
    ++count;
    if (r * before < 0) ++residuals.sign_changes;
    before = r;
  }
  residuals.deviation = std::sqrt(sum / count);
  return residuals;
}

// The slope over [first, end) and how certain it is, from the slopes of its parts.
Slope slope_over(const Curve& curve, std::size_t first, std::size_t end, double level) {
  const std::vector<double>& errors = curve.errors;
  const std::size_t length = end - first;
  // Rounding of log e moves the slope by some eps |log e| over the length; round-off in the iterates has
  // reached the last errors already.
  const double noise = curve.floor > underflow ? curve.floor / errors[end - 1] : 0;
  const double rounding = 1e-12 + 8 * noise / static_cast<double>(length);
  Slope slope;
  slope.first = first;
  const Line line = tapered_line(errors, first, end, level);
  slope.value = line.slope;
  slope.settled = true;
  if (length < 16) {
    const std::size_t middle = first + length / 2;
    const double change =
        tapered_line(errors, middle, end, level).slope - tapered_line(errors, first, middle, level).slope;
    slope.uncertainty = 3 * std::abs(change) + rounding;
    return slope;
  }
  double b[4];
  for (std::size_t part = 0; part < 4; ++part) {
    b[part] = tapered_line(errors, first + part * length / 4, first + (part + 1) * length / 4, level).slope;
  }
  const double d1 = b[1] - b[0];
  const double d2 = b[2] - b[1];
  const double d3 = b[3] - b[2];
  const auto [least, greatest] = std::minmax_element(std::begin(b), std::end(b));
  const double spread = *greatest - *least;
  const Residuals residuals = residuals_of(line, errors, first, end, level);
  const bool drifts = std::min({std::abs(d1), std::abs(d2), std::abs(d3)}) > rounding && d1 * d2 > 0 &&
                      d2 * d3 > 0 && residuals.sign_changes < 6;
  if (!drifts) {
    // An oscillation of two or more periods within the length moves the slope by at most about this.
    slope.uncertainty = std::max(3 * residuals.deviation / static_cast<double>(length), spread / 4) + rounding;
    return slope;
  }
  // A transient that dies out makes the slopes of equal parts tend to their limit geometrically (Aitken 1926).
  const double ratio = d3 / d2;
  if (ratio < 0.85 && d2 / d1 < 1) {
    slope.value = b[3] + d3 * ratio / (1 - ratio);
    slope.uncertainty = std::abs(slope.value - b[3]) + std::abs(d3) * ratio * ratio + rounding;
  } else {
    slope.value = b[3];
    slope.uncertainty = 10 * spread;
    slope.settled = false;
    slope.accelerates = ratio >= 1 && spread > 1e-6 * std::abs(slope.value);
  }
  return slope;
}

// Half-width of the central 95 % of slopes, over the same line with blocks of its residuals drawn anew (Künsch
// 1989, "The jackknife and the bootstrap for general stationary observations").
double bootstrap_uncertainty(const Curve& curve, const Slope& slope, std::size_t end, double level,
                             const RateFitSettings& settings) {
  const Line line = tapered_line(curve.errors, slope.first, end, level);
  const std::size_t length = end - slope.first;
  std::vector<double> residuals(length, 0.0);
  for (std::size_t i = 0; i < length; ++i) {
    const double error = curve.errors[slope.first + i];
    if (!(error > level)) continue;
    residuals[i] = std::log(error) - line.at_zero - line.slope * static_cast<double>(slope.first + i);
  }
  const auto root = static_cast<std::size_t>(std::sqrt(static_cast<double>(length)));
  const auto two_periods = static_cast<std::size_t>(std::ceil(2 * settings.period));
  const std::size_t block = std::clamp<std::size_t>(std::max(root, two_periods), 1, length);
  Random random(0);
  std::vector<double> changes(static_cast<std::size_t>(settings.bootstrap_samples));
  for (double& change : changes) {
    change = 0;
    for (std::size_t i = 0; i < length; i += block) {
      const auto from = static_cast<std::size_t>(random.uniform() * static_cast<double>(length - block + 1));
      const std::size_t count = std::min(block, length - i);
      for (std::size_t j = 0; j < count; ++j) change += line.influence[i + j] * residuals[from + j];
    }
    change = std::abs(change);
  }
  const auto quantile =
      changes.begin() + static_cast<std::ptrdiff_t>(0.95 * static_cast<double>(changes.size()));
  std::nth_element(changes.begin(), quantile, changes.end());
  return *quantile;
}

// The most certain of the slopes over all, the last half, quarter and eighth, as far as these hold two periods.
Slope asymptotic_slope(const Curve& curve, std::size_t end, double level, double period) {
  Slope best = slope_over(curve, 0, end, level);
  for (std::size_t part = 2; part <= 8; part *= 2) {
    const std::size_t length = end / part;
    if (length < fewest_for_a_factor || static_cast<double>(length) < 2 * period) break;
    const Slope slope = slope_over(curve, end - length, end, level);
    if (!std::isfinite(slope.value) || slope.settled < best.settled) continue;
    if (slope.settled > best.settled || slope.uncertainty < best.uncertainty) best = slope;
  }
  return best;
}

// ---- kinds ----

// log(e_{k+1}/e_k) over the last errors above the level, in order.
std::vector<double> last_log_ratios(const Curve& curve, double level, std::size_t most) {
  const std::size_t end = curve.end_above(level);
  std::size_t first = end;
  while (first > 0 && end - first <= most && curve.errors[first - 1] > level) --first;
  std::vector<double> ratios;
  for (std::size_t k = first; k + 1 < end; ++k)
    ratios.push_back(std::log(curve.errors[k + 1] / curve.errors[k]));
  return ratios;
}

double mean(const double* begin, const double* end) {
  double sum = 0;
  for (const double* p = begin; p != end; ++p) sum += *p;
  return sum / static_cast<double>(end - begin);
}

// The order of a run whose contractions get ever stronger; none where they do not. Sums of decaying modes have
// contractions that get weaker, and oscillations do not contract twenty-fold in two steps.
std::optional<double> superlinear_order(const Curve& curve) {
  const double level = std::max(10 * curve.floor, presumed_floor * curve.largest);
  const std::vector<double> ratios = last_log_ratios(curve, level, 9);
  const std::size_t n = ratios.size();
  if (n < 3) return std::nullopt;
  const double strong = std::log(0.2);
  const double* r = ratios.data() + n - 3;
  const bool steadily =
      r[0] < 0 && r[1] < r[0] && r[2] < 1.1 * r[1] && r[2] < 1.3 * r[0] && r[2] < strong && r[1] < strong / 2;
  // An oscillation falls into a dip at its end from next to no contraction, but not a hundredfold in a step.
  const bool dips = n >= 6 && mean(r - 3, r) > std::log(0.8) && r[2] > std::log(0.01);
  bool on_average = false;
  if (n >= 9) {
    const double* p = ratios.data() + n - 9;
    const double m0 = mean(p, p + 3);
    const double m1 = mean(p + 3, p + 6);
    const double m2 = mean(p + 6, p + 9);
    on_average = m0 < 0 && m1 < 1.1 * m0 && m2 < 1.3 * m1 && m2 < strong && r[2] < strong;
  }
  if (!(steadily && !dips) && !on_average) return std::nullopt;
  return steadily ? std::sqrt(r[2] / r[0]) : std::max(1.0, r[2] / r[1]);
}

// The period with which the second half of the errors repeats; none where it does not.
std::optional<std::size_t> period_of(const Curve& curve) {
  constexpr double tolerance = 1e-5;
  const std::vector<double>& errors = curve.errors;
  const std::size_t count = errors.size() / 2;
  if (count < 10) return std::nullopt;
  const std::size_t begin = errors.size() - count;
  const double scale = *std::max_element(errors.begin() + static_cast<std::ptrdiff_t>(begin), errors.end());
  for (std::size_t period = 1; period <= std::min<std::size_t>(count / 3, 60); ++period) {
    bool repeats = true;
    for (std::size_t k = begin; repeats && k < errors.size(); ++k) {
      repeats = std::abs(errors[k] - errors[begin + (k - begin) % period]) <= tolerance * scale;
    }
    if (repeats) return period;
  }
  return std::nullopt;
}

// p with e_k ~ k^-p where the last three doublings of k agree on it; a linear rate doubles p with each.
std::optional<double> sublinear_power(const Curve& curve, std::size_t end) {
  if (end < fewest_for_a_power) return std::nullopt;
  // The largest error from k on is free of the dips of an oscillation.
  std::vector<double> largest_from(curve.errors.begin(),
                                   curve.errors.begin() + static_cast<std::ptrdiff_t>(end));
  for (std::size_t k = end - 1; k > 0; --k)
    largest_from[k - 1] = std::max(largest_from[k - 1], largest_from[k]);
  double power[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t late = (end - 1) >> i;
    power[i] = std::log2(largest_from[late / 2] / largest_from[late]);
  }
  if (!(power[0] > 0.05 && power[1] > 0.05)) return std::nullopt;
  const auto agree = [](double a, double b) { return a / b > 0.7 && a / b < 1.35; };
  if (!agree(power[0], power[1]) || !agree(power[1], power[2])) return std::nullopt;
  return power[0];
}

RateFit undecided(RateFit fit, std::string reason) {
  fit.kind = ConvergenceKind::undecided;
  fit.reason = std::move(reason);
  return fit;
}

}  // namespace

RateFit fit_rate(std::span<const double> errors, const RateFitSettings& settings) {
  const Curve curve = curve_of(errors, settings.polynomial_slope);
  RateFit fit;
  if (curve.errors.empty()) return undecided(fit, "there is no finite error");
  fit.floor = curve.floor;
  fit.floor_reached = curve.floor_reached;
  fit.last = static_cast<long>(curve.errors.size()) - 1;
  if (curve.largest == 0) {
    fit.kind = ConvergenceKind::noise_floor;
    fit.floor_reached = 0;
    fit.reason = "the run starts at the solution";
    return fit;
  }

  if (const auto order = superlinear_order(curve)) {
    fit.kind = *order > 1.7 && *order < 2.6 ? ConvergenceKind::quadratic : ConvergenceKind::superlinear;
    fit.order = order;
    return fit;
  }

  // Points well above the floor, where there are enough of them.
  double level = 1e3 * curve.floor;
  std::size_t end = curve.end_above(level);
  if (end < 2 * fewest_for_a_factor) {
    level = 10 * curve.floor;
    end = curve.end_above(level);
  }
  if (end < fewest_for_a_factor) {
    fit.last = static_cast<long>(end) - 1;
    const bool reached = curve.floor_reached || curve.errors.back() <= presumed_floor * curve.largest;
    if (!reached) {
      return undecided(
          fit, fmt::format("a rate needs at least {} iterations above the round-off floor, the run has {}",
                           fewest_for_a_factor, end));
    }
    fit.kind = ConvergenceKind::noise_floor;
    if (!fit.floor_reached) fit.floor_reached = static_cast<long>(curve.errors.size()) - 1;
    fit.reason = fmt::format("at the round-off floor after {} iterations: too few above it to measure a rate",
                             *fit.floor_reached);
    return fit;
  }
  fit.last = static_cast<long>(end) - 1;

  const bool floor_seen = end < curve.errors.size();
  if (!floor_seen) {
    if (const auto period = period_of(curve)) {
      fit.kind = ConvergenceKind::cycling;
      fit.factor = 1;
      fit.low = fit.high = 1;
      fit.first = static_cast<long>(curve.errors.size() / 2);
      fit.reason = *period == 1 ? "the error stands still far above round-off"
                                : fmt::format("the errors repeat every {} iterations", *period);
      return fit;
    }
    if (const auto power = sublinear_power(curve, end)) {
      fit.kind = ConvergenceKind::sublinear;
      fit.power = power;
      fit.first = fit.last / 8;
      return fit;
    }
  }

  const Slope slope = asymptotic_slope(curve, end, level, settings.period);
  fit.first = static_cast<long>(slope.first);
  const bool certain = slope.uncertainty < 0.5 * std::abs(slope.value);
  if (!std::isfinite(slope.value) || !certain || slope.accelerates) {
    if (curve.exploded) {
      fit.kind = ConvergenceKind::diverging;
      fit.reason = "the errors overflow, faster than by any one factor";
      return fit;
    }
    return undecided(
        fit,
        floor_seen
            ? fmt::format("the contraction has not settled within the {} iterations above the round-off "
                          "floor",
                          end)
            : fmt::format("the contraction has not settled within {} iterations; a longer run may help", end));
  }
  fit.kind = slope.value > 0 ? ConvergenceKind::diverging : ConvergenceKind::linear;
  double uncertainty = slope.uncertainty;
  if (settings.bootstrap_samples > 0) {
    uncertainty = std::max(uncertainty, bootstrap_uncertainty(curve, slope, end, level, settings));
  }
  fit.factor = std::exp(slope.value);
  fit.low = std::exp(slope.value - uncertainty);
  fit.high = std::exp(slope.value + uncertainty);
  return fit;
}

std::string to_string(ConvergenceKind kind) {
  switch (kind) {
    case ConvergenceKind::sublinear:
      return "sublinear";
    case ConvergenceKind::linear:
      return "linear";
    case ConvergenceKind::superlinear:
      return "superlinear";
    case ConvergenceKind::quadratic:
      return "quadratic";
    case ConvergenceKind::diverging:
      return "diverging";
    case ConvergenceKind::cycling:
      return "cycling";
    case ConvergenceKind::noise_floor:
      return "noise_floor";
    case ConvergenceKind::undecided:
      return "undecided";
  }
  return {};
}

}  // namespace optbed
