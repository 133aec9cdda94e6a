// A step of each first-order method at n = 10^6 beside the same formulas as a plain loop over the same arrays,
// with the same evaluation of f. The two take turns within one run, so that they meet the same machine; `ratio`
// is the fastest round of the step over the fastest of the loop.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <string>

#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

constexpr Index n = 1000000;
constexpr int steps_of_a_round = 5;  // few enough that no method has converged by then

// Iterate, gradient and what a method remembers, for loops by hand.
struct Arrays {
  Vector& x;
  Vector& g;
  Vector& next;
  Vector& a;
  Vector& b;
  Vector& c;
  double t;  // 1, 2, …
};

using Loop = std::function<void(Arrays)>;

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void step_beside_loop(benchmark::State& state, const std::string& solver_text, const Loop& loop) {
  const auto problem = all_problems().make("quadratic:kappa=100,n=" + std::to_string(n));
  const auto solver = all_solvers().make(solver_text);
  Oracle oracle(*problem);
  Point current, trial;
  Vector a(n), b(n), c(n);
  double step = std::numeric_limits<double>::infinity();
  double by_hand = step;
  for (auto _ : state) {
    solver->start(oracle, problem->start());
    const double seconds = seconds_of([&] {
      for (int k = 0; k < steps_of_a_round; ++k) benchmark::DoNotOptimize(solver->step(oracle));
    });
    step = std::min(step, seconds);

    current.resize(n);
    trial.resize(n);
    a.setZero();
    b.setZero();
    c.setZero();
    current.x = problem->start();
    benchmark::DoNotOptimize(oracle.evaluate(current));
    by_hand = std::min(by_hand, seconds_of([&] {
                         for (int k = 0; k < steps_of_a_round; ++k) {
                           loop({current.x, current.gradient, trial.x, a, b, c, k + 1.0});
                           benchmark::DoNotOptimize(oracle.evaluate(trial));
                           swap(current, trial);
                         }
                       }));
    state.SetIterationTime(seconds);
  }
  state.counters["step_ms"] = 1000 * step / steps_of_a_round;
  state.counters["by_hand_ms"] = 1000 * by_hand / steps_of_a_round;
  state.counters["ratio"] = step / by_hand;
}

void gradient_descent(Arrays v) {
  for (Index i = 0; i < n; ++i) v.next[i] = v.x[i] - 0.001 * v.g[i];
}

void momentum(Arrays v) {
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.9 * v.a[i] - 0.001 * v.g[i];
    v.next[i] = v.x[i] + v.a[i];
  }
}

// v.b is x_k; the points at which gradients are taken are y_k.
void nesterov(Arrays v) {
  if (v.t == 1) v.b = v.x;
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.9 * v.a[i] - 0.001 * v.g[i];
    v.c[i] = v.b[i] + v.a[i];
    v.next[i] = v.c[i] + 0.9 * v.a[i];
  }
  v.b.swap(v.c);
}

void adagrad(Arrays v) {
  for (Index i = 0; i < n; ++i) {
    v.a[i] += v.g[i] * v.g[i];
    v.next[i] = v.x[i] - 0.01 * v.g[i] / (std::sqrt(v.a[i]) + 1e-10);
  }
}

void rmsprop(Arrays v) {
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.9 * v.a[i] + 0.1 * v.g[i] * v.g[i];
    v.next[i] = v.x[i] - 0.01 * v.g[i] / (std::sqrt(v.a[i]) + 1e-8);
  }
}

void adadelta(Arrays v) {
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.95 * v.a[i] + 0.05 * v.g[i] * v.g[i];
    const double d = -std::sqrt((v.b[i] + 1e-6) / (v.a[i] + 1e-6)) * v.g[i];
    v.b[i] = 0.95 * v.b[i] + 0.05 * d * d;
    v.next[i] = v.x[i] + d;
  }
}

void adam(Arrays v) {
  const double c1 = 1 - std::pow(0.9, v.t);
  const double c2 = 1 - std::pow(0.999, v.t);
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.9 * v.a[i] + 0.1 * v.g[i];
    v.b[i] = 0.999 * v.b[i] + 0.001 * v.g[i] * v.g[i];
    v.next[i] = v.x[i] - 0.001 / c1 * v.a[i] / (std::sqrt(v.b[i] / c2) + 1e-8);
  }
}

void adamax(Arrays v) {
  const double c1 = 1 - std::pow(0.9, v.t);
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.9 * v.a[i] + 0.1 * v.g[i];
    v.b[i] = std::max(0.999 * v.b[i], std::abs(v.g[i]));
    v.next[i] = v.x[i] - 0.002 / c1 * v.a[i] / (v.b[i] + 1e-8);
  }
}

void nadam(Arrays v) {
  const double c1 = 1 - std::pow(0.9, v.t);
  const double c2 = 1 - std::pow(0.999, v.t);
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.9 * v.a[i] + 0.1 * v.g[i];
    v.b[i] = 0.999 * v.b[i] + 0.001 * v.g[i] * v.g[i];
    v.next[i] = v.x[i] - 0.002 * (0.9 / c1 * v.a[i] + 0.1 / c1 * v.g[i]) / (std::sqrt(v.b[i] / c2) + 1e-8);
  }
}

void amsgrad(Arrays v) {
  const double c1 = 1 - std::pow(0.9, v.t);
  const double c2 = 1 - std::pow(0.999, v.t);
  for (Index i = 0; i < n; ++i) {
    v.a[i] = 0.9 * v.a[i] + 0.1 * v.g[i];
    v.b[i] = 0.999 * v.b[i] + 0.001 * v.g[i] * v.g[i];
    v.c[i] = std::max(v.c[i], v.b[i]);
    v.next[i] = v.x[i] - 0.001 / c1 * v.a[i] / (std::sqrt(v.c[i] / c2) + 1e-8);
  }
}

void rprop(Arrays v) {
  if (v.t == 1) v.a.setConstant(0.1);
  for (Index i = 0; i < n; ++i) {
    double g = v.g[i];
    const double s = g * v.b[i];
    if (s > 0) v.a[i] = std::min(1.2 * v.a[i], 50.0);
    if (s < 0) {
      v.a[i] = std::max(0.5 * v.a[i], 1e-6);
      g = 0;
    }
    v.next[i] = g > 0 ? v.x[i] - v.a[i] : g < 0 ? v.x[i] + v.a[i] : v.x[i];
    v.b[i] = g;
  }
}

void quickprop(Arrays v) {
  for (Index i = 0; i < n; ++i) {
    if (v.t == 1) {
      v.a[i] = -0.001 * v.g[i];
    } else {
      v.a[i] = v.b[i] == v.g[i] ? 0 : v.a[i] * v.g[i] / (v.b[i] - v.g[i]);
    }
    v.b[i] = v.g[i];
    v.next[i] = v.x[i] + v.a[i];
  }
}

// v.a is y_k, v.b the point that is reported; theta_k grows by about a half each step, which is all that the
// time depends on.
void optimized_gradient(Arrays v) {
  if (v.t == 1) v.a = v.x;
  const double theta = (v.t + 1) / 2;
  const double to_next = 1 / (theta + 0.5);
  const double to_final = 1 / (theta + 0.9);
  for (Index i = 0; i < n; ++i) {
    const double y = v.x[i] - 0.01 * v.g[i];
    const double ahead = (theta - 1) * (y - v.a[i]) + theta * (y - v.x[i]);
    v.a[i] = y;
    v.next[i] = y + to_next * ahead;
    v.b[i] = y + to_final * ahead;
  }
}

// v.a is xi_k, v.b its last change, v.c the point that is reported; rho = 0.9 for kappa = 100.
void triple_momentum(Arrays v) {
  if (v.t == 1) v.a = v.x;
  for (Index i = 0; i < n; ++i) {
    v.b[i] = 0.736 * v.b[i] - 0.019 * v.g[i];
    v.a[i] += v.b[i];
    v.next[i] = v.a[i] + 0.388 * v.b[i];
    v.c[i] = v.a[i] + 4.263 * v.b[i];
  }
}

#define STEP_BESIDE_LOOP(method)                                                  \
  BENCHMARK_CAPTURE(step_beside_loop, method, std::string(#method), Loop(method)) \
      ->UseManualTime()                                                           \
      ->Unit(benchmark::kMillisecond)

STEP_BESIDE_LOOP(gradient_descent);
STEP_BESIDE_LOOP(momentum);
STEP_BESIDE_LOOP(nesterov);
STEP_BESIDE_LOOP(optimized_gradient);
STEP_BESIDE_LOOP(triple_momentum);
STEP_BESIDE_LOOP(adagrad);
STEP_BESIDE_LOOP(rmsprop);
STEP_BESIDE_LOOP(adadelta);
STEP_BESIDE_LOOP(adam);
STEP_BESIDE_LOOP(adamax);
STEP_BESIDE_LOOP(nadam);
STEP_BESIDE_LOOP(amsgrad);
STEP_BESIDE_LOOP(rprop);
STEP_BESIDE_LOOP(quickprop);

}  // namespace
}  // namespace optbed
