// Gradient descent, momentum and Nesterov's method once more, from their formulas. A path holds x_0, x_1, …
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

template <class Real>
using Path = std::vector<Vec<Real>>;

// x_{k+1} = x_k - eta s(k) g_k
template <class Real>
Path<Real> scheduled_descent(const Objective<Real>& f, Real eta, const ScheduleChoice& schedule, int steps) {
  StepFactors<Real> factors(schedule);
  Path<Real> path = {f.start};
  for (int k = 0; k < steps; ++k) {
    const Vec<Real>& x = path.back();
    path.push_back(along(x, -eta * factors.next(f.value(x)), f.gradient(x)));
  }
  return path;
}

// one: each search begins at 1. first_order_change: at the step whose first-order change of f is that of the
// step before, alpha_{k-1} |g_{k-1}|^2 / |g_k|^2 (Nocedal & Wright 2006, (3.60)), and at min(1, 1/|g_0|_inf)
// first.
enum class FirstTrial { one, first_order_change };

// x_{k+1} = x_k - alpha_k g_k with alpha_k from a line search. The path ends where the search finds no step.
template <class Real>
Path<Real> searched_descent(const Objective<Real>& f, const LineSearch<Real>& search, FirstTrial first_trial,
                            int steps) {
  Path<Real> path = {f.start};
  Real first_order_change = 0;  // alpha |g|^2 of the step before
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    const Vec<Real> g = f.gradient(x);
    Real trial = 1;
    if (first_trial == FirstTrial::first_order_change) {
      trial = k == 0 ? std::fmin(Real(1), 1 / largest(g)) : first_order_change / dot(g, g);
    }
    const Vec<Real> d = scaled(Real(-1), g);
    const std::optional<Real> alpha = search(f, x, d, trial);
    if (!alpha) break;
    path.push_back(along(x, *alpha, d));
    first_order_change = *alpha * dot(g, g);
  }
  return path;
}

// alpha = s's/s'y (Barzilai & Borwein 1988, (5)); the first step is exact.
template <class Real>
Path<Real> barzilai_borwein(const Objective<Real>& f, int steps) {
  Path<Real> path = searched_descent<Real>(f, exact_step<Real>, FirstTrial::one, 1);
  while (path.size() <= static_cast<std::size_t>(steps)) {
    const Vec<Real> x = path.back();
    const Vec<Real> before = path[path.size() - 2];
    const Vec<Real> s = difference(x, before);
    const Vec<Real> y = difference(f.gradient(x), f.gradient(before));
    path.push_back(along(x, -dot(s, s) / dot(s, y), f.gradient(x)));
  }
  return path;
}

// alpha = (f - f*)/|g|^2 (Polyak 1969)
template <class Real>
Path<Real> polyak(const Objective<Real>& f, int steps) {
  Path<Real> path = {f.start};
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    const Vec<Real> g = f.gradient(x);
    path.push_back(along(x, -(f.value(x) - f.minimum) / dot(g, g), g));
  }
  return path;
}

// velocity: v = beta v - eta_k g, x += v. outside: v = beta v + g, x -= eta_k v.
// average: v = beta v + (1 - beta) g, x -= eta_k v.
template <class Real>
Path<Real> momentum(const Objective<Real>& f, const std::string& form, Real eta, Real beta,
                    const ScheduleChoice& schedule, int steps) {
  StepFactors<Real> factors(schedule);
  Path<Real> path = {f.start};
  Vec<Real> v(f.start.size(), Real(0));
  for (int k = 0; k < steps; ++k) {
    Vec<Real> x = path.back();
    const Real eta_k = eta * factors.next(f.value(x));
    const Vec<Real> g = f.gradient(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (form == "velocity") {
        v[i] = beta * v[i] - eta_k * g[i];
        x[i] += v[i];
      } else {
        v[i] = beta * v[i] + (form == "average" ? 1 - beta : Real(1)) * g[i];
        x[i] -= eta_k * v[i];
      }
    }
    path.push_back(x);
  }
  return path;
}

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
Path<Real> nesterov(const Objective<Real>& f, Real eta, Real beta, NesterovPoints points,
                    const ScheduleChoice& schedule, int steps) {
  StepFactors<Real> factors(schedule);
  Path<Real> main = {f.start};
  Path<Real> ahead = {f.start};
  Real t = 1;
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = main.back();
    const Vec<Real> y = ahead.back();
    const Vec<Real> next = along(y, -eta * factors.next(f.value(y)), f.gradient(y));
    Real weight = beta;
    if (beta < 0) {
      const Real t_next = (1 + std::sqrt(1 + 4 * t * t)) / 2;
      weight = (t - 1) / t_next;
      t = t_next;
    }
    main.push_back(next);
    ahead.push_back(along(next, weight, difference(next, x)));
  }
  return points == NesterovPoints::main ? main : ahead;
}

}  // namespace optbed::reference
