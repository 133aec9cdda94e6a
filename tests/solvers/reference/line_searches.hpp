// Line searches of the reference implementations. Each returns a step length alpha > 0 along d, or nothing
// where it finds none.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "tests/solvers/reference/objective.hpp"

namespace optbed::reference {

template <class Real>
using LineSearch = std::function<std::optional<Real>(const Objective<Real>&, const Vec<Real>& x,
                                                     const Vec<Real>& d, Real initial_step)>;

// alpha = -g'd / d'Hd, the minimiser along d of a quadratic (Nocedal & Wright 2006, (3.55)).
template <class Real>
std::optional<Real> exact_step(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d,
                               Real /*initial_step*/) {
  const Real alpha = -dot(f.gradient(x), d) / dot(d, times(f.hessian(x), d));
  if (!(alpha > 0)) return std::nullopt;
  return alpha;
}

// phi(alpha) = f(x + alpha d) and its slope.
template <class Real>
struct Sampled {
  Real alpha = 0;
  Real value = 0;
  Real slope = 0;
};

template <class Real>
Sampled<Real> sample(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d, Real alpha) {
  const Vec<Real> at = along(x, alpha, d);
  return {alpha, f.value(at), dot(f.gradient(at), d)};
}

// The alpha with phi'(alpha) = 0 that bisection finds between 0 and the first of a, 5a, 25a, … where phi does
// not fall any more, or is higher than at 0.
template <class Real>
std::optional<Real> bisected_step(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d,
                                  Real initial_step) {
  const Sampled<Real> origin = sample(f, x, d, Real(0));
  if (!(origin.slope < 0)) return std::nullopt;
  const auto is_beyond = [&](Real alpha) {
    const Sampled<Real> s = sample(f, x, d, alpha);
    return s.slope >= 0 || s.value > origin.value;
  };
  Real lower = 0;
  Real upper = initial_step;
  for (; !is_beyond(upper); upper *= 5) lower = upper;
  for (Real middle = lower + (upper - lower) / 2; lower < middle && middle < upper;
       middle = lower + (upper - lower) / 2) {
    (is_beyond(middle) ? upper : lower) = middle;
  }
  return upper;
}

// phi(alpha) <= phi(0) + c1 alpha phi'(0), tested on slopes where both changes are within ten roundings of a
// float64: phi'(alpha) <= (2 c1 - 1) phi'(0) (Hager & Zhang 2005, (4.1)).
template <class Real>
bool falls_enough(const Sampled<Real>& at, const Sampled<Real>& origin, Real c1) {
  const Real rounding = 10 * Real(std::numeric_limits<double>::epsilon()) * std::fabs(origin.value);
  const Real change = at.value - origin.value;
  const Real demanded = c1 * at.alpha * origin.slope;
  const bool lost = std::fabs(change) <= rounding && std::fabs(demanded) <= rounding;
  return lost ? at.slope <= (2 * c1 - 1) * origin.slope : change <= demanded;
}

// The first of a, a/2, a/4, … that falls enough with c1 = 1e-4 (Nocedal & Wright 2006, algorithm 3.1).
template <class Real>
std::optional<Real> armijo_step(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d,
                                Real initial_step) {
  const Sampled<Real> origin = sample(f, x, d, Real(0));
  if (!(origin.slope < 0)) return std::nullopt;
  Real alpha = initial_step;
  for (int trial = 0; trial < 60; ++trial) {
    if (falls_enough(sample(f, x, d, alpha), origin, Real(1) / 10000)) return alpha;
    alpha /= 2;
  }
  return std::nullopt;
}

// Nocedal & Wright 2006, algorithms 3.5 and 3.6, c1 = 1e-4 and c2 = 0.9. Trials grow fourfold. zoom takes the
// minimiser (3.59) of the cubic through both ends, but no nearer to an end than a tenth of the interval, and
// halves an interval that the last trial has not shrunk to two thirds.
template <class Real>
std::optional<Real> strong_wolfe_step(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d,
                                      Real initial_step) {
  const Real c1 = Real(1) / 10000;
  const Real c2 = Real(9) / 10;
  const Sampled<Real> origin = sample(f, x, d, Real(0));
  if (!(origin.slope < 0)) return std::nullopt;
  const auto flat = [&](const Sampled<Real>& s) { return std::fabs(s.slope) <= -c2 * origin.slope; };
  const Real rounding = 10 * Real(std::numeric_limits<double>::epsilon()) * std::fabs(origin.value);
  const auto higher = [&](const Sampled<Real>& s, const Sampled<Real>& than) {
    return s.value >= than.value + rounding;
  };

  Sampled<Real> lo = origin;
  Sampled<Real> hi;
  for (Real alpha = initial_step;; alpha *= 4) {
    const Sampled<Real> now = sample(f, x, d, alpha);
    if (!falls_enough(now, origin, c1) || (lo.alpha > 0 && higher(now, lo))) {
      hi = now;
      break;
    }
    if (flat(now)) return alpha;
    if (now.slope >= 0) {
      hi = lo;
      lo = now;
      break;
    }
    lo = now;
  }
  Real length_before = std::numeric_limits<Real>::infinity();
  for (int trial = 0; trial < 60; ++trial) {  // zoom
    const Real d1 = lo.slope + hi.slope - 3 * (lo.value - hi.value) / (lo.alpha - hi.alpha);
    const Real d2 = std::copysign(std::sqrt(d1 * d1 - lo.slope * hi.slope), hi.alpha - lo.alpha);
    const Real cubic =
        hi.alpha - (hi.alpha - lo.alpha) * (hi.slope + d2 - d1) / (hi.slope - lo.slope + 2 * d2);  // (3.59)
    Real position = (cubic - lo.alpha) / (hi.alpha - lo.alpha);  // 0 at lo, 1 at hi
    position = std::fmin(std::fmax(position, Real(1) / 10), Real(9) / 10);
    const Real length = std::fabs(hi.alpha - lo.alpha);
    if (std::isnan(cubic) || length > 2 * length_before / 3) position = Real(1) / 2;
    length_before = length;
    const Sampled<Real> now = sample(f, x, d, lo.alpha + position * (hi.alpha - lo.alpha));
    if (!falls_enough(now, origin, c1) || higher(now, lo)) {
      hi = now;
      continue;
    }
    if (flat(now)) return now.alpha;
    if (now.slope * (hi.alpha - lo.alpha) >= 0) hi = lo;
    lo = now;
  }
  return std::nullopt;
}

// Moré & Thuente 1994, section 4: the trial step from the best point (best), the other end (other) and the last
// trial (now). `lower` and `upper` bound it as long as nothing is bracketed.
template <class Real>
Real more_thuente_trial(const Sampled<Real>& best, const Sampled<Real>& other, const Sampled<Real>& now,
                        bool& bracketed, Real lower, Real upper) {
  // The minimiser of the cubic through p and q, as a point.
  const auto cubic = [](const Sampled<Real>& p, const Sampled<Real>& q, bool& exists) {
    const Real theta = 3 * (p.value - q.value) / (q.alpha - p.alpha) + p.slope + q.slope;
    const Real discriminant = theta * theta - p.slope * q.slope;
    const Real gamma = std::copysign(std::sqrt(std::fmax(Real(0), discriminant)), q.alpha - p.alpha);
    const Real r = (gamma - p.slope + theta) / (2 * gamma - p.slope + q.slope);
    exists = discriminant > 0;
    return p.alpha + r * (q.alpha - p.alpha);
  };
  const auto secant = [](const Sampled<Real>& p, const Sampled<Real>& q) {
    return q.alpha + q.slope / (q.slope - p.slope) * (p.alpha - q.alpha);
  };
  const auto nearer = [](Real to, Real p, Real q) { return std::fabs(p - to) < std::fabs(q - to) ? p : q; };
  const auto farther = [](Real to, Real p, Real q) { return std::fabs(p - to) > std::fabs(q - to) ? p : q; };

  bool exists = false;
  const Real c = cubic(best, now, exists);
  if (now.value > best.value) {  // case 1
    bracketed = true;
    const Real width = now.alpha - best.alpha;
    const Real q = best.alpha + best.slope / ((best.value - now.value) / width + best.slope) / 2 * width;
    return std::fabs(c - best.alpha) < std::fabs(q - best.alpha) ? c : c + (q - c) / 2;
  }
  const bool slopes_differ = (now.slope < 0) != (best.slope < 0);
  if (slopes_differ) {  // case 2
    bracketed = true;
    return farther(now.alpha, c, secant(best, now));
  }
  if (std::fabs(now.slope) < std::fabs(best.slope)) {  // case 3
    const bool beyond = exists && (c - now.alpha) * (now.alpha - best.alpha) > 0;
    const Real far_end = now.alpha > best.alpha ? upper : lower;
    const Real step = beyond ? c : far_end;
    const Real s = secant(best, now);
    if (!bracketed) return std::fmin(std::fmax(farther(now.alpha, step, s), lower), upper);
    const Real limit = now.alpha + Real(66) / 100 * (other.alpha - now.alpha);
    const Real chosen = nearer(now.alpha, step, s);
    return now.alpha > best.alpha ? std::fmin(limit, chosen) : std::fmax(limit, chosen);
  }
  if (bracketed) return cubic(now, other, exists);  // case 4
  return now.alpha > best.alpha ? upper : lower;
}

// Moré & Thuente 1994, algorithms 2.1 and 3.2, mu = 1e-4 and eta = 0.9. Before an interval is known the next
// trial lies between 1.1 and 4 times the last move beyond it; an interval that two trials have not shrunk to
// 0.66 of its length is halved.
template <class Real>
std::optional<Real> more_thuente_step(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d,
                                      Real initial_step) {
  const Real mu = Real(1) / 10000;
  const Real eta = Real(9) / 10;
  const Sampled<Real> origin = sample(f, x, d, Real(0));
  if (!(origin.slope < 0)) return std::nullopt;
  // psi(alpha) = phi(alpha) - phi(0) - mu alpha phi'(0)
  const auto auxiliary = [&](const Sampled<Real>& s) {
    return Sampled<Real>{s.alpha, s.value - origin.value - mu * s.alpha * origin.slope,
                         s.slope - mu * origin.slope};
  };
  Sampled<Real> best = origin;
  Sampled<Real> other = origin;
  bool bracketed = false;
  bool on_psi = true;
  Real lower = 0;
  Real upper = 5 * initial_step;
  Real width = std::numeric_limits<Real>::infinity();
  Real width_before = width;
  Real alpha = initial_step;
  for (int trial = 0; trial < 60; ++trial) {
    const Sampled<Real> now = sample(f, x, d, alpha);
    if (falls_enough(now, origin, mu) && std::fabs(now.slope) <= -eta * origin.slope) return alpha;
    if (on_psi && auxiliary(now).value <= 0 && now.slope >= 0) on_psi = false;
    const bool use_psi = on_psi && now.value <= best.value && auxiliary(now).value > 0;
    const auto seen = [&](const Sampled<Real>& s) { return use_psi ? auxiliary(s) : s; };

    alpha = more_thuente_trial(seen(best), seen(other), seen(now), bracketed, lower, upper);
    if (seen(now).value > seen(best).value) {
      other = now;
    } else {
      if ((seen(now).slope < 0) != (seen(best).slope < 0)) other = best;
      best = now;
    }
    if (bracketed) {
      const Real length = std::fabs(other.alpha - best.alpha);
      if (length >= Real(66) / 100 * width_before) alpha = best.alpha + (other.alpha - best.alpha) / 2;
      width_before = width;
      width = length;
      lower = std::fmin(best.alpha, other.alpha);
      upper = std::fmax(best.alpha, other.alpha);
    } else {
      lower = alpha + Real(11) / 10 * (alpha - best.alpha);
      upper = alpha + 4 * (alpha - best.alpha);
    }
  }
  return std::nullopt;
}

// Hager & Zhang 2005, section 4: steps L0 to L3 with bracket, update and secant2, delta = 0.1, sigma = 0.9,
// epsilon = 1e-6 |phi(0)|, theta = 0.5, gamma = 0.66, rho = 5.
template <class Real>
class HagerZhangSearch {
 public:
  HagerZhangSearch(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d)
      : f_(f), x_(x), d_(d), origin_(sample(f, x, d, Real(0))) {}

  std::optional<Real> step(Real c) {
    if (!(origin_.slope < 0)) return std::nullopt;
    bracket(c);
    while (!found_ && trials_ < 60) {
      const Real length = b_.alpha - a_.alpha;
      secant2();
      if (!found_ && b_.alpha - a_.alpha > Real(66) / 100 * length) {
        std::tie(a_, b_) = update(a_, b_, (a_.alpha + b_.alpha) / 2);
      }
    }
    return found_;
  }

 private:
  using Interval = std::pair<Sampled<Real>, Sampled<Real>>;

  // Remembers the first point that satisfies the Wolfe or the approximate Wolfe conditions.
  Sampled<Real> at(Real alpha) {
    const Sampled<Real> s = sample(f_, x_, d_, alpha);
    ++trials_;
    const Real delta = Real(1) / 10;
    const bool steep_no_more = s.slope >= Real(9) / 10 * origin_.slope;
    const bool wolfe = s.value - origin_.value <= delta * alpha * origin_.slope && steep_no_more;
    const bool approximate = low(s) && (2 * delta - 1) * origin_.slope >= s.slope && steep_no_more;
    if (!found_ && (wolfe || approximate)) found_ = alpha;
    return s;
  }

  bool low(const Sampled<Real>& s) const {
    return s.value <= origin_.value + Real(1e-6) * std::fabs(origin_.value);
  }

  void bracket(Real c) {
    Sampled<Real> last_low = origin_;
    for (; trials_ < 60; c *= 5) {
      const Sampled<Real> s = at(c);
      if (found_) return;
      if (s.slope >= 0) {
        a_ = last_low;
        b_ = s;
        return;
      }
      if (!low(s)) {
        std::tie(a_, b_) = bisect(origin_, s);
        return;
      }
      last_low = s;
    }
  }

  Interval update(const Sampled<Real>& a, const Sampled<Real>& b, Real c) {
    if (found_ || !(c > a.alpha && c < b.alpha)) return {a, b};
    const Sampled<Real> s = at(c);
    if (s.slope >= 0) return {a, s};
    if (low(s)) return {s, b};
    return bisect(a, s);
  }

  Interval bisect(Sampled<Real> a, Sampled<Real> b) {
    while (!found_ && trials_ < 60) {
      const Sampled<Real> middle = at((a.alpha + b.alpha) / 2);
      if (middle.slope >= 0) return {a, middle};
      (low(middle) ? a : b) = middle;
    }
    return {a, b};
  }

  static Real secant(const Sampled<Real>& a, const Sampled<Real>& b) {
    return (a.alpha * b.slope - b.alpha * a.slope) / (b.slope - a.slope);
  }

  void secant2() {
    const Real c = secant(a_, b_);
    const auto [A, B] = update(a_, b_, c);
    Real second = c;
    if (c == B.alpha) second = secant(b_, B);
    if (c == A.alpha) second = secant(a_, A);
    const bool again = c == A.alpha || c == B.alpha;
    std::tie(a_, b_) = again ? update(A, B, second) : Interval{A, B};
  }

  const Objective<Real>& f_;
  const Vec<Real>& x_;
  const Vec<Real>& d_;
  Sampled<Real> origin_;
  Sampled<Real> a_;
  Sampled<Real> b_;
  std::optional<Real> found_;
  int trials_ = 0;
};

template <class Real>
std::optional<Real> hager_zhang_step(const Objective<Real>& f, const Vec<Real>& x, const Vec<Real>& d,
                                     Real initial_step) {
  return HagerZhangSearch<Real>(f, x, d).step(initial_step);
}

}  // namespace optbed::reference
