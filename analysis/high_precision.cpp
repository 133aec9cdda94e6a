#include "analysis/high_precision.hpp"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/eigen.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "problems/classic/more_garbow_hillstrom/five_to_twelve_variables.hpp"
#include "problems/classic/more_garbow_hillstrom/two_to_four_variables.hpp"
#include "problems/differentiation/dual.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"

namespace optbed {
namespace {

using Real =
    boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>, boost::multiprecision::et_off>;
using RealVector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
using RealMatrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

// Carries the derivatives along two directions and the second one along both.
using SecondOrder = Dual<Dual<Real, 1>, 1>;
using SecondOrderResiduals = std::function<void(std::span<const SecondOrder>, std::span<SecondOrder>)>;

// ---- problems ----

struct RosenbrockResiduals {
  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    r[0] = 10.0 * (x[1] - x[0] * x[0]);
    r[1] = 1.0 - x[0];
  }
};

struct BealeResiduals {
  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    X power = x[1];
    for (std::size_t i = 0; i < 3; ++i) {
      constexpr double c[] = {1.5, 2.25, 2.625};
      r[i] = c[i] - x[0] * (1.0 - power);
      power *= x[1];
    }
  }
};

struct HighPrecisionProblem {
  std::string name;
  std::vector<double> start;
  Index residual_count;
  SecondOrderResiduals residuals;
};

template <class R>
HighPrecisionProblem high_precision_problem(std::string name, std::vector<double> start, Index residual_count,
                                            const R& r = {}) {
  return {std::move(name), std::move(start), residual_count,
          [r](std::span<const SecondOrder> x, std::span<SecondOrder> values) { r(x, values); }};
}

// Starts as in Moré, Garbow & Hillstrom 1981.
const std::vector<HighPrecisionProblem>& problems_in_high_precision() {
  namespace mgh = more_garbow_hillstrom;
  static const std::vector<HighPrecisionProblem> problems = {
      high_precision_problem<RosenbrockResiduals>("rosenbrock", {-1.2, 1}, 2),
      high_precision_problem<mgh::FreudensteinRoth>("freudenstein_roth", {0.5, -2}, 2),
      high_precision_problem<BealeResiduals>("beale", {1, 1}, 3),
      high_precision_problem<mgh::HelicalValley>("helical_valley", {-1, 0, 0}, 3),
      high_precision_problem<mgh::Bard>("bard", {1, 1, 1}, 15),
      high_precision_problem<mgh::Gaussian>("gaussian", {0.4, 1, 0}, 15),
      high_precision_problem<mgh::Box3d>("box3d", {0, 10, 20}, 10, {.m = 10}),
      high_precision_problem<mgh::Wood>("wood", {-3, -1, -3, -1}, 6),
      high_precision_problem<mgh::KowalikOsborne>("kowalik_osborne", {0.25, 0.39, 0.415, 0.39}, 11),
      high_precision_problem<mgh::BrownDennis>("brown_dennis", {25, 5, -5, -1}, 20, {.m = 20}),
      high_precision_problem<mgh::Osborne1>("osborne1", {0.5, 1.5, -1, 0.01, 0.02}, 33),
  };
  return problems;
}

const HighPrecisionProblem& find_problem(const std::string& name) {
  for (const HighPrecisionProblem& problem : problems_in_high_precision()) {
    if (problem.name == name) return problem;
  }
  throw UsageError(fmt::format("{} is not there in 50 digits{}\n  these are: {}", name,
                               did_you_mean(name, high_precision_problems()),
                               fmt::join(high_precision_problems(), ", ")));
}

// ---- f = |r|^2 with everything that the methods ask for ----

struct Evaluation {
  Real value;
  RealVector gradient;  // (n)
  RealMatrix hessian;   // (n x n)
  RealMatrix JtJ;       // (n x n); the Gauss-Newton step solves J'J d = -gradient/2
};

// Entry (i, j) of the Hessian of r_m from one evaluation along the directions i and j.
Evaluation evaluate(const HighPrecisionProblem& problem, const RealVector& x) {
  const Index n = x.size();
  const Index m = problem.residual_count;
  RealVector r(m);
  RealMatrix J(m, n);
  Evaluation at{.value = 0, .gradient = RealVector::Zero(n), .hessian = RealMatrix::Zero(n, n), .JtJ = {}};
  std::vector<SecondOrder> numbers(static_cast<std::size_t>(n));
  std::vector<SecondOrder> values(static_cast<std::size_t>(m));
  RealMatrix curvature = RealMatrix::Zero(n, n);  // sum r_m H(r_m)
  for (Index i = 0; i < n; ++i) {
    for (Index j = i; j < n; ++j) {
      for (Index k = 0; k < n; ++k) {
        SecondOrder& number = numbers[static_cast<std::size_t>(k)];
        number = SecondOrder(x[k]);
        if (k == i) number.slope(0) = Dual<Real, 1>(Real(1));
        if (k == j) number.value().slope(0) = 1;
      }
      problem.residuals(numbers, values);
      for (Index row = 0; row < m; ++row) {
        const SecondOrder& value = values[static_cast<std::size_t>(row)];
        r[row] = value.value().value();
        J(row, j) = value.value().slope(0);
        curvature(i, j) += r[row] * value.slope(0).slope(0);
      }
      curvature(j, i) = curvature(i, j);
    }
  }
  at.value = r.squaredNorm();
  at.gradient = 2 * (J.transpose() * r);
  at.JtJ = J.transpose() * J;
  at.hessian = 2 * (at.JtJ + curvature);
  return at;
}

Real infinity_norm_of(const RealVector& v) { return v.cwiseAbs().maxCoeff(); }

// ---- methods ----

// Some digits above the last one, where rounding decides.
Real floor_of_high_precision() { return Real("1e-48"); }

bool has_converged(const RealVector& step, const RealVector& x) {
  return step.norm() <= floor_of_high_precision() * (1 + x.norm());
}

// Gives the next iterate.
using NextIterate = std::function<RealVector(const RealVector& x, const Evaluation& at)>;

NextIterate newton_step() {
  return [](const RealVector& x, const Evaluation& at) {
    return RealVector(x - at.hessian.partialPivLu().solve(at.gradient));
  };
}

NextIterate gauss_newton_step() {
  return [](const RealVector& x, const Evaluation& at) {
    return RealVector(x - at.JtJ.partialPivLu().solve(at.gradient) / Real(2));
  };
}

// B += (y - B s) s'/s's. Far from the minimiser B is the Hessian itself.
NextIterate secant_step(const HighPrecisionProblem& problem) {
  return [&problem, B = RealMatrix(), is_close = false](const RealVector& x, const Evaluation& at) mutable {
    if (!is_close) B = at.hessian;
    const RealVector s = -B.partialPivLu().solve(at.gradient);
    const RealVector next = x + s;
    const Real size = s.squaredNorm();
    is_close = is_close || 10 * s.norm() <= 1 + x.norm();
    if (is_close && size > 0) {
      const RealVector y = evaluate(problem, next).gradient - at.gradient;
      B += (y - B * s) * s.transpose() / size;
    }
    return next;
  };
}

// Where rounding is all that a step changes, a line search that finds none is at the end of its digits.
bool is_at_the_end(const RealVector& d, const RealVector& x) {
  return d.norm() <= Real("1e-40") * (1 + x.norm());
}

// Doubles until an upper end is there, then halves (Lewis & Overton 2013, algorithm 2.6). Where f changes by
// less than its last digits, the slope tells of the decrease (Hager & Zhang 2005, (4.1)).
Real weak_wolfe_step(const HighPrecisionProblem& problem, const RealVector& x, const Evaluation& at,
                     const RealVector& d) {
  const Real sufficient = Real(1) / 10000;
  const Real curvature = Real(9) / 10;
  const Real rounding("1e-45");
  const Real slope = at.gradient.dot(d);
  Real low = 0;
  Real high = -1;
  Real step = 1;
  for (int trial = 0; trial < 400; ++trial) {
    const Evaluation there = evaluate(problem, x + step * d);
    const Real slope_there = there.gradient.dot(d);
    const bool is_rounding = abs(there.value - at.value) <= rounding * at.value;
    const bool falls = is_rounding ? slope_there <= (2 * sufficient - 1) * slope
                                   : there.value <= at.value + sufficient * step * slope;
    if (!falls) {
      high = step;
    } else if (slope_there < curvature * slope) {
      low = step;
    } else {
      return step;
    }
    step = high < 0 ? Real(2 * low) : Real((low + high) / 2);
  }
  if (low == 0 && !is_at_the_end(d, x)) {
    throw UsageError(fmt::format(
        "{}: no convergence to 48 digits from this start: the line search finds no step", problem.name));
  }
  return low;
}

// H = (I - s y'/y's) H (I - y s'/y's) + s s'/y's.
NextIterate bfgs_step(const HighPrecisionProblem& problem) {
  return [&problem, H = RealMatrix()](const RealVector& x, const Evaluation& at) mutable {
    const Index n = x.size();
    if (H.size() == 0) H = RealMatrix::Identity(n, n);
    const RealVector d = -(H * at.gradient);
    const RealVector s = weak_wolfe_step(problem, x, at, d) * d;
    const RealVector next = x + s;
    const RealVector y = evaluate(problem, next).gradient - at.gradient;
    const Real ys = y.dot(s);
    if (ys > 0) {
      const RealMatrix V = RealMatrix::Identity(n, n) - y * s.transpose() / ys;
      H = RealMatrix(V.transpose() * H * V) + s * s.transpose() / ys;
    }
    return next;
  };
}

NextIterate step_of(HighPrecisionMethod method, const HighPrecisionProblem& problem) {
  switch (method) {
    case HighPrecisionMethod::newton:
      return newton_step();
    case HighPrecisionMethod::gauss_newton:
      return gauss_newton_step();
    case HighPrecisionMethod::secant:
      return secant_step(problem);
    case HighPrecisionMethod::bfgs:
      return bfgs_step(problem);
  }
  return {};
}

std::vector<RealVector> iterates_of(const HighPrecisionProblem& problem, const NextIterate& next, RealVector x,
                                    long most_iterations) {
  std::vector<RealVector> iterates = {x};
  for (long k = 0; k < most_iterations; ++k) {
    const RealVector following = next(x, evaluate(problem, x));
    const RealVector step = following - x;
    const Real length = step.norm();
    if (!boost::multiprecision::isfinite(length)) break;
    x = following;
    iterates.push_back(x);
    if (has_converged(step, x)) return iterates;
  }
  throw UsageError(fmt::format("{}: no convergence to 48 digits within {} iterations from this start",
                               problem.name, most_iterations));
}

double method_order(HighPrecisionMethod method) {
  return method == HighPrecisionMethod::newton || method == HighPrecisionMethod::gauss_newton ? 2 : 1;
}

// What the number of digits grows by an iteration over the last five: the steps of quasi-Newton methods are too
// uneven for one of them to tell.
double average_order(const std::vector<double>& errors) {
  const std::size_t count = std::min<std::size_t>(5, errors.size() - 1);
  const double before = std::log(errors[errors.size() - 1 - count]);
  return before < 0 ? std::pow(std::log(errors.back()) / before, 1.0 / static_cast<double>(count))
                    : std::numeric_limits<double>::quiet_NaN();
}

// Linear where the last contractions above the floor are the same, else by the last order.
void classify(HighPrecisionRun& run, double floor) {
  std::vector<double> above;
  for (const double error : run.errors) {
    if (!(error > floor)) break;
    above.push_back(error);
  }
  RateFit& fit = run.measured;
  fit.floor = floor;
  fit.first = run.first_converging;
  fit.last = static_cast<long>(above.size()) - 1;
  if (above.size() < run.errors.size()) fit.floor_reached = static_cast<long>(above.size());
  if (above.size() < 4 || !fit.order) {
    fit.reason = fmt::format("an order needs at least 4 iterates above the floor of 50 digits, the run has {}",
                             above.size());
    return;
  }
  const auto contraction = [&](std::size_t back) {
    return above[above.size() - back] / above[above.size() - back - 1];
  };
  const auto [least, greatest] = std::minmax({contraction(1), contraction(2), contraction(3)});
  if (greatest - least <= 0.05 * greatest) {
    fit.kind = ConvergenceKind::linear;
    fit.order.reset();
    fit.factor = contraction(1);
    fit.low = least;
    fit.high = greatest;
  } else {
    // Newton's method may take the two halves of a curved valley in turn: two steps are told by their mean.
    const double two_steps = std::sqrt(std::log(contraction(1)) / std::log(contraction(3)));
    fit.kind = two_steps > 1.75 && two_steps < 2.5 ? ConvergenceKind::quadratic : ConvergenceKind::superlinear;
    fit.order = fit.kind == ConvergenceKind::quadratic ? two_steps : average_order(above);
  }
}

// Of the errors above the floor.
void measure_orders(HighPrecisionRun& run, HighPrecisionMethod method) {
  const std::vector<double>& e = run.errors;
  const double floor = 1e-46 * (1 + run.limit.norm());
  const double p = method_order(method);
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t k = 1; k < e.size(); ++k) {
    const bool falls = k + 1 < e.size() && e[k + 1] > floor && e[k + 1] < e[k] && e[k] < e[k - 1];
    run.orders.push_back(falls ? std::log(e[k + 1] / e[k]) / std::log(e[k] / e[k - 1]) : none);
    if (falls) run.measured.order = run.orders.back();
    run.quotients.push_back(e[k] > floor ? e[k] / std::pow(e[k - 1], p) : none);
  }
  for (std::size_t k = e.size() - 1; k > 0 && (e[k] < e[k - 1] || e[k] <= floor); --k) {
    run.first_converging = static_cast<long>(k) - 1;
  }
  classify(run, floor);
}

}  // namespace

const std::vector<std::string>& high_precision_problems() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const HighPrecisionProblem& problem : problems_in_high_precision()) all.push_back(problem.name);
    return all;
  }();
  return names;
}

void check_high_precision_problem(const std::string& name) { find_problem(name); }

HighPrecisionRun run_in_high_precision(const std::string& name, HighPrecisionMethod method, const Vector& x0,
                                       long most_iterations) {
  const HighPrecisionProblem& problem = find_problem(name);
  const auto n = static_cast<Index>(problem.start.size());
  if (x0.size() != 0 && x0.size() != n) {
    throw UsageError(fmt::format("the start has {} numbers, but {} has dimension {}", x0.size(), name, n));
  }
  RealVector x(n);
  for (Index i = 0; i < n; ++i) x[i] = x0.size() > 0 ? x0[i] : problem.start[static_cast<std::size_t>(i)];
  const std::vector<RealVector> iterates = iterates_of(problem, step_of(method, problem), x, most_iterations);
  const RealVector limit = iterates_of(problem, newton_step(), iterates.back(), 20).back();

  HighPrecisionRun run;
  run.limit = limit.unaryExpr([](const Real& value) { return value.convert_to<double>(); });
  run.gradient_at_limit = infinity_norm_of(evaluate(problem, limit).gradient).convert_to<double>();
  for (const RealVector& iterate : iterates) {
    run.errors.push_back((iterate - limit).norm().convert_to<double>());
  }
  measure_orders(run, method);
  return run;
}

HighPrecisionMethod parse_high_precision_method(const std::string& solver) {
  if (solver == "newton") return HighPrecisionMethod::newton;
  if (solver == "gauss_newton") return HighPrecisionMethod::gauss_newton;
  if (solver == "secant") return HighPrecisionMethod::secant;
  if (solver == "bfgs") return HighPrecisionMethod::bfgs;
  throw UsageError(fmt::format(
      "'{}' is not there in 50 digits; newton, gauss_newton, secant and bfgs are, without options", solver));
}

}  // namespace optbed
