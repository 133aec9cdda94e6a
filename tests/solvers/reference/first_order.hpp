// Gradient descent, momentum and Nesterov's method once more, from their formulas.
//
// As every reference, a class here has next(x_k), which returns x_{k+1}, or nothing where the method ends. It
// is called with each iterate in turn. That iterate may be another than the one which the last call returned:
// what the method remembers then follows the iterates that it was given.
#pragma once

#include <limits>
#include <string>

#include "tests/solvers/reference/line_searches.hpp"

namespace optbed::reference {

struct ScheduleChoice {
  std::string kind = "constant";
  double decay = 0;
  long period = 1000;
  long patience = 10;
  long warmup = 0;
};

// s(k) for each k from 0 in turn; `value` is f(x_k).
template <class Real>
class StepFactors {
 public:
  explicit StepFactors(const ScheduleChoice& choice) : choice_(choice) {}

  Real next(Real value) {
    const Real t = Real(k_ + 1);
    const Real rising = k_ < choice_.warmup ? t / Real(choice_.warmup) : Real(1);
    const Real factor = rising * at(Real(k_), value);
    ++k_;
    return factor;
  }

 private:
  Real at(Real k, Real value) {
    const Real decay = choice_.decay;
    const Real period = choice_.period;
    if (choice_.kind == "linear") return 1 / (k + 1);
    if (choice_.kind == "quadratic") return 1 / ((k + 1) * (k + 1));
    if (choice_.kind == "exponential") return std::exp(-decay * k);
    if (choice_.kind == "robbins_monro") return 1 / std::pow(k + 1, decay);
    if (choice_.kind == "cosine") {
      return k < period ? (1 + std::cos(std::numbers::pi_v<Real> * k / period)) / 2 : Real(0);
    }
    if (choice_.kind == "cyclic") {
      Real phase = k / period;
      phase -= std::floor(phase);
      const Real height = std::fabs(1 - 2 * phase);  // 1 at both ends of a period, 0 in its middle
      return decay + (1 - decay) * height;
    }
    if (choice_.kind == "step") {
      since_best_ = value < best_ ? 0 : since_best_ + 1;
      best_ = std::fmin(best_, value);
      if (since_best_ == choice_.patience) {
        lowered_ *= decay;
        since_best_ = 0;
      }
      return lowered_;
    }
    return 1;
  }

  ScheduleChoice choice_;
  long k_ = 0;
  Real best_ = std::numeric_limits<Real>::infinity();
  long since_best_ = 0;
  Real lowered_ = 1;
};

// x_{k+1} = x_k - eta s(k) g_k
template <class Real>
class ScheduledDescent {
 public:
  ScheduledDescent(const Objective<Real>& f, Real eta, const ScheduleChoice& schedule)
      : f_(f), eta_(eta), factors_(schedule) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    return along(x, -eta_ * factors_.next(f_.value(x)), f_.gradient(x));
  }

 private:
  Objective<Real> f_;
  Real eta_;
  StepFactors<Real> factors_;
};

// one: each search begins at 1. first_order_change: at the step whose first-order change of f is that of the
// step before, alpha_{k-1} |g_{k-1}|^2 / |g_k|^2 (Nocedal & Wright 2006, (3.60)), and at min(1, 1/|g_0|_inf)
// first.
enum class FirstTrial { one, first_order_change };

// x_{k+1} = x_k - alpha_k g_k with alpha_k from a line search.
template <class Real>
class SearchedDescent {
 public:
  SearchedDescent(const Objective<Real>& f, LineSearch<Real> search, FirstTrial first_trial)
      : f_(f), search_(std::move(search)), first_trial_(first_trial) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> g = f_.gradient(x);
    Real trial = 1;
    if (first_trial_ == FirstTrial::first_order_change) {
      trial = first_order_change_ ? *first_order_change_ / dot(g, g) : std::fmin(Real(1), 1 / largest(g));
    }
    const Vec<Real> d = scaled(Real(-1), g);
    const std::optional<Real> alpha = search_(f_, x, d, trial);
    if (!alpha) return std::nullopt;
    first_order_change_ = *alpha * dot(g, g);
    return along(x, *alpha, d);
  }

 private:
  Objective<Real> f_;
  LineSearch<Real> search_;
  FirstTrial first_trial_;
  std::optional<Real> first_order_change_;  // alpha |g|^2 of the step before
};

// alpha = s's/s'y (Barzilai & Borwein 1988, (5)); the first step is exact.
template <class Real>
class BarzilaiBorwein {
 public:
  explicit BarzilaiBorwein(const Objective<Real>& f, LineSearch<Real> first = exact_step<Real>)
      : f_(f), first_(std::move(first)) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> g = f_.gradient(x);
    const Vec<Real> before = std::exchange(before_, x);
    if (before.empty()) return SearchedDescent<Real>(f_, first_, FirstTrial::first_order_change).next(x);
    const Vec<Real> s = difference(x, before);
    const Vec<Real> y = difference(g, f_.gradient(before));
    const Real sy = dot(s, y);
    if (sy == 0) return std::nullopt;  // a product that underflowed
    return along(x, -dot(s, s) / sy, g);
  }

 private:
  Objective<Real> f_;
  LineSearch<Real> first_;  // of the first step
  Vec<Real> before_;
};

// alpha = (f - f*)/|g|^2 (Polyak 1969)
template <class Real>
class PolyakDescent {
 public:
  explicit PolyakDescent(const Objective<Real>& f) : f_(f) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> g = f_.gradient(x);
    return along(x, -(f_.value(x) - f_.minimum) / dot(g, g), g);
  }

 private:
  Objective<Real> f_;
};

// velocity: v = beta v - eta_k g, x += v. outside: v = beta v + g, x -= eta_k v.
// average: v = beta v + (1 - beta) g, x -= eta_k v.
template <class Real>
class HeavyBall {
 public:
  HeavyBall(const Objective<Real>& f, std::string form, Real eta, Real beta, const ScheduleChoice& schedule)
      : f_(f), form_(std::move(form)), eta_(eta), beta_(beta), factors_(schedule), v_(f.start.size()) {}

  std::optional<Vec<Real>> next(Vec<Real> x) {
    const Real eta = eta_ * factors_.next(f_.value(x));
    const Vec<Real> g = f_.gradient(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (form_ == "velocity") {
        v_[i] = beta_ * v_[i] - eta * g[i];
        x[i] += v_[i];
      } else {
        v_[i] = beta_ * v_[i] + (form_ == "average" ? 1 - beta_ : Real(1)) * g[i];
        x[i] -= eta * v_[i];
      }
    }
    return x;
  }

 private:
  Objective<Real> f_;
  std::string form_;
  Real eta_;
  Real beta_;
  StepFactors<Real> factors_;
  Vec<Real> v_;
};

// (Lessard, Recht & Packard 2016, proposition 1): the best heavy ball on a quadratic.
template <class Real>
std::pair<Real, Real> optimal_heavy_ball(Real mu, Real L) {
  const Real sum = std::sqrt(L) + std::sqrt(mu);
  const Real q = (std::sqrt(L / mu) - 1) / (std::sqrt(L / mu) + 1);
  return {4 / (sum * sum), q * q};
}

enum class NesterovPoints { main, lookahead };

// x_{k+1} = y_k - eta_k g(y_k), y_{k+1} = x_{k+1} + beta_{k+1} (x_{k+1} - x_k), y_0 = x_0. beta < 0 stands for
// the sequence of Beck & Teboulle 2009, (4.2).
template <class Real>
class NesterovMethod {
 public:
  NesterovMethod(const Objective<Real>& f, Real eta, Real beta, NesterovPoints points,
                 const ScheduleChoice& schedule)
      : f_(f), eta_(eta), beta_(beta), points_(points), factors_(schedule) {}

  // main: takes x_k and returns x_{k+1}. lookahead: takes y_k and returns y_{k+1}.
  std::optional<Vec<Real>> next(const Vec<Real>& at) {
    if (points_ == NesterovPoints::main) {
      const Vec<Real> before = std::exchange(x_, at);
      return descend(before.empty() ? at : along(at, weight(), difference(at, before)));
    }
    const Vec<Real> before = x_.empty() ? at : x_;
    x_ = descend(at);
    return along(x_, weight(), difference(x_, before));
  }

 private:
  Vec<Real> descend(const Vec<Real>& y) { return along(y, -eta_ * factors_.next(f_.value(y)), f_.gradient(y)); }

  // beta_1, beta_2, … in turn
  Real weight() {
    if (beta_ >= 0) return beta_;
    const Real t = std::exchange(t_, (1 + std::sqrt(1 + 4 * t_ * t_)) / 2);
    return (t - 1) / t_;
  }

  Objective<Real> f_;
  Real eta_;
  Real beta_;
  NesterovPoints points_;
  StepFactors<Real> factors_;
  Real t_ = 1;
  Vec<Real> x_;  // x_k, the last that is known
};

}  // namespace optbed::reference
