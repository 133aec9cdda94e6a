// What surfaces look like from inside: flat places, saddles, symmetries, valleys without an end.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "problems/decompositions.hpp"
#include "problems/learning/neural_network/deep_linear.hpp"
#include "problems/learning/neural_network/mlp.hpp"
#include "problems/learning/neural_network/unit_symmetry.hpp"
#include "problems/learning/separable.hpp"
#include "problems/random.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

double least_hessian_eigenvalue(const Problem& f, const Vector& x) {
  Matrix H(f.dimension(), f.dimension());
  f.hessian(x, H);
  return symmetric_eigenvalues(H).value()[0];
}

// ---- a point that spoils the squared error ----

void perceptron_and_descent(Measurement& measured) {
  const double u = std::log(99);
  const Vector old_minimum{{u, u, 0}};
  const Result learned = traced_run("separable", "bfgs", 200);
  measured.equals("largest distance of the weights of three points from (log 99, log 99, 0)",
                  (learned.x - old_minimum).cwiseAbs().maxCoeff(), 0, 1e-5);

  const Separable far({.spoiler = 10});
  Vector g(3);
  measured.equals("f there with a fourth point at (0, -10)", far.gradient(old_minimum, g), 0.99 * 0.99, 1e-14);
  // s = 99^-10 there: 2 (0.99 - s) s (1 - s)|(0, -10, 1)|
  measured.equals_relatively("|g| there", g.norm(), 2 * 0.99 * std::pow(99, -10) * std::sqrt(101), 1e-9);
  const std::string descent = "gradient_descent:learning_rate=0.5";
  const Result stuck = traced_run(far, descent, 5000, old_minimum);
  measured.at_most("way that 5000 steps go from there", (stuck.x - old_minimum).norm(), 1e-12);
  measured.is_true("the fourth point is misclassified after them", !far.is_separated_by(stuck.x));
  const Separable near({.spoiler = 2});
  measured.is_true("at (0, -2) they separate it",
                   near.is_separated_by(traced_run(near, descent, 5000, old_minimum).x));

  for (const int t : {10, 20, 100, 200}) {
    const Separable problem({.spoiler = t});
    const Result run = traced_run(problem, "perceptron", 1'000'000);
    measured.equals(fmt::format("updates of the perceptron at t = {}", t), static_cast<double>(run.iterations),
                    t + 4, 0);
    measured.is_true(fmt::format("it separates the points at t = {}", t), problem.is_separated_by(run.x));
  }
}

// ---- saddles ----

// Of the matrices G + G' with independent N(0, 1) in G, the part without a negative eigenvalue.
double share_of_minima(Index n, long matrices, Random& random) {
  long minima = 0;
  for (long k = 0; k < matrices; ++k) {
    const Matrix G = random.normal_matrix(n, n);
    if (symmetric_eigenvalues(G + G.transpose()).value()[0] > 0) ++minima;
  }
  return static_cast<double>(minima) / static_cast<double>(matrices);
}

void saddles_dominate(Measurement& measured) {
  const long matrices = 100'000;
  const double expected[] = {0.5, (2 - std::numbers::sqrt2) / 4,
                             (std::numbers::pi - 2 * std::numbers::sqrt2) / (4 * std::numbers::pi)};
  Random random(46);
  double logarithms[3];
  double variance = 0;  // of the second difference of the logarithms
  for (const int n : {1, 2, 3}) {
    const double share = share_of_minima(n, matrices, random);
    const double p = expected[n - 1];
    logarithms[n - 1] = std::log(share);
    const double weight = n == 2 ? 4 : 1;
    variance += weight * (1 - p) / (p * static_cast<double>(matrices));
    measured.equals(fmt::format("share of definite ones among symmetric matrices of order {}", n), share, p,
                    4 * std::sqrt(p * (1 - p) / static_cast<double>(matrices)));
  }
  // log P = -n^2 (log 3)/4 + O(n): the second difference tends to (log 3)/2, and is within 0.007 of it in the
  // three closed forms.
  measured.equals("curvature of -log P in n", 2 * logarithms[1] - logarithms[0] - logarithms[2],
                  std::log(3) / 2, 0.007 + 4 * std::sqrt(variance));
}

// ---- symmetries ----

void units_and_their_signs(Measurement& measured) {
  const auto teacher = make_mlp({.hidden = {3}, .loss = OutputLoss::squared, .data = "teacher", .noise = 0});
  const Vector minimiser = teacher->facts().minimisers.at(0).value;
  std::vector<Vector> found;
  double largest = 0;
  std::vector<Index> order = {0, 1, 2};
  do {
    for (int bits = 0; bits < 8; ++bits) {
      const std::vector<double> signs = {bits & 1 ? -1.0 : 1.0, bits & 2 ? -1.0 : 1.0, bits & 4 ? -1.0 : 1.0};
      const Vector x = with_units(teacher->network(), minimiser, {{order, signs}});
      largest = std::max(largest, teacher->value(x));
      if (std::find(found.begin(), found.end(), x) == found.end()) found.push_back(x);
    }
  } while (std::next_permutation(order.begin(), order.end()));
  measured.equals("points that are the minimiser of a network of 3 tanh units under another name",
                  static_cast<double>(found.size()), 48, 0);
  measured.at_most("largest f at them, f* = 0", largest, 1e-28);  // the squares of residuals of some eps
}

void products_of_matrices(Measurement& measured) {
  Random random(47);
  for (const Index h : {1, 2, 3}) {
    const DeepLinear f({.hidden = {static_cast<double>(h)}, .inputs = 4, .outputs = 3});
    const Vector x = f.facts().minimisers.at(0).value;
    Vector y = x;
    const Layer& first = f.network().layers()[0];
    const Layer& last = f.network().layers()[1];
    const Matrix G = random.normal_matrix(h, h);
    f.network().weights(first, y.data()) = G * f.network().weights(first, x.data());
    const Matrix W = f.network().weights(last, x.data());
    for (Index row = 0; row < W.rows(); ++row) {
      f.network().weights(last, y.data()).row(row) = solve(G.transpose(), W.row(row).transpose()).transpose();
    }
    measured.equals(fmt::format("change of f from (W_1, W_2) to (G W_1, W_2 G^-1), {} hidden units", h),
                    f.value(y) - f.value(x), 0, 1e-12);
    Matrix H(f.dimension(), f.dimension());
    f.hessian(x, H);
    const Vector eigenvalues = symmetric_eigenvalues(H).value();
    const double zero = 1e-10 * eigenvalues.cwiseAbs().maxCoeff();
    measured.equals(fmt::format("zero eigenvalues at a minimum with {} hidden units", h),
                    static_cast<double>((eigenvalues.array().abs() < zero).count()), static_cast<double>(h * h),
                    0);
  }
}

void units_that_start_alike(Measurement& measured) {
  const auto alike = make_mlp({.hidden = {3}, .initialisation = Initialisation::constant});
  const Result run = traced_run(*alike, "gradient_descent:learning_rate=0.1", 500);
  const ConstBlock W = alike->network().weights(alike->network().layers()[0], run.x.data());
  measured.equals("largest difference between units that started alike, after 500 steps",
                  (W.rowwise() - W.row(0)).cwiseAbs().maxCoeff(), 0, 1e-12);
  measured.at_least("way that they went", (run.x - alike->start()).norm(), 0.1);
}

// Where BFGS finds |g|_inf <= 1e-9.
Vector end_of_bfgs(const Problem& f, const Vector& start) {
  return minimize(f, *all_solvers().make("bfgs"),
                  {.limits = {.max_iterations = 500, .gradient_tolerance = 1e-9}, .start = start})
      .x;
}

// The standard start of Biggs' function is symmetric, x_1 = x_5 and x_3 = x_6, which BFGS keeps.
void symmetric_start(Measurement& measured) {
  const auto biggs = all_problems().make("biggs_exp6");
  const Vector end = end_of_bfgs(*biggs, biggs->start());
  measured.equals("f at the published minimum of Biggs' function, where BFGS ends", biggs->value(end),
                  5.65565e-3, 5e-9);
  measured.equals("least eigenvalue of the Hessian there", least_hessian_eigenvalue(*biggs, end), -9.803e-3,
                  5e-6);
  const Vector pushed = end + 1e-3 * Vector::Unit(6, 0);
  measured.at_most("f where BFGS ends after a push of 1e-3", biggs->value(end_of_bfgs(*biggs, pushed)), 1e-12);
}

void symmetries(Measurement& measured) {
  units_and_their_signs(measured);
  products_of_matrices(measured);
  units_that_start_alike(measured);
  symmetric_start(measured);
}

// ---- margins ----

// log(1 + e^-w): the logistic loss of one point, which is classified where w > 0.
class LossOfOnePoint final : public Problem {
 public:
  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Zero(1); }
  double value(const Vector& w) const override { return std::log1p(std::exp(-w[0])); }
  double gradient(const Vector& w, Vector& g) const override {
    g[0] = -1 / (1 + std::exp(w[0]));
    return value(w);
  }
};

// w_k + exp(w_k) - k after k steps of 1.
double excess_after(long k) {
  const Result run = minimize(LossOfOnePoint(), *all_solvers().make("gradient_descent:learning_rate=1"),
                              {.limits = {.max_iterations = k, .gradient_tolerance = 0}});
  return run.x[0] + std::exp(run.x[0]) - static_cast<double>(run.iterations);
}

double least_margin(const Separable& f, const Vector& x) {
  double least = std::numeric_limits<double>::infinity();
  Vector c(f.dimension());
  for (Index i = 0; i < f.sample_count(); ++i) {
    f.signed_point(i, c);
    least = std::min(least, c.dot(x));
  }
  return least;
}

void growing_margins(Measurement& measured) {
  // The flow w' = 1/(1 + e^w) keeps w + e^w - t. A step adds e^w (w')^2/2 = 1/(2k) to it, and so (log k)/2.
  const double late = excess_after(100'000);
  measured.equals("growth of w + exp(w) - k from k = 1e3 to 1e5, in log k",
                  (late - excess_after(1000)) / std::log(100), 0.5, 0.005);
  measured.at_most("w + exp(w) - k at k = 1e5, in log k", std::abs(late) / std::log(1e5), 1);

  const Separable f({.loss = SeparableLoss::logistic});
  const Result run = traced_run(f, "gradient_descent:learning_rate=1", 10'000);
  measured.at_least("least margin of three points after one step, where none is misclassified any more",
                    least_margin(f, run.trace.iterate(1)), 1e-3);
  measured.equals("its growth from k = 1e2 to 1e4, in log k",
                  (least_margin(f, run.x) - least_margin(f, run.trace.iterate(100))) / std::log(100), 1, 0.02);
}

// ---- gradients that become small ----

// f' = 1 - (the distance of x to the nearest whole number): L = 1, f falls for ever and is not convex.
// Steps of 1/L from 0 go from one place where f' = 1 to the next, and fall by 3/4 each, the least that is
// possible between gradients of 1.
class SawtoothSlope final : public Problem {
 public:
  SawtoothSlope() { facts_.lipschitz = {1, "the slope of the distance to the nearest whole number"}; }
  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Zero(1); }
  double value(const Vector& x) const override {
    const double whole = std::floor(x[0]);
    const double part = x[0] - whole;
    const double d = std::min(part, 1 - part);
    return 0.75 * whole + (part <= 0.5 ? d - d * d / 2 : 0.75 - (d - d * d / 2));
  }
  double gradient(const Vector& x, Vector& g) const override {
    g[0] = 1 - std::abs(x[0] - std::round(x[0]));
    return value(x);
  }
};

// The largest over n of min_{k <= n} |g_k|^2 in units of (4/3)(L/n)(f_0 - f_n), over 200 steps of 1/L.
double largest_part_of_bound(const Problem& f) {
  const double L = f.facts().lipschitz.value().value;
  const Result run = traced_run(f, "gradient_descent:step=inverse_lipschitz", 201);
  const std::vector<double>& value = run.trace.column("value");
  const std::vector<double>& step = run.trace.column("step_length");  // |g_k|/L in row k + 1
  double least = L * step.at(1);
  double largest = 0;
  for (std::size_t n = 1; n + 1 < value.size(); ++n) {
    least = std::min(least, L * step[n + 1]);
    const double bound = 4.0 / 3 * L / static_cast<double>(n) * (value[0] - value[n]);
    largest = std::max(largest, least * least / bound);
  }
  return largest;
}

void small_gradients(Measurement& measured) {
  for (const std::string problem : {"griewank:n=5", "rastrigin:n=3", "valleys_in_valleys", "log_cosh"}) {
    measured.at_most("largest part of the bound that min |g_k|^2 takes in 200 steps, " + problem,
                     largest_part_of_bound(*all_problems().make(problem)), 1);
  }
  measured.equals("the same where the slope is a sawtooth", largest_part_of_bound(SawtoothSlope()), 1, 1e-13);
}

// ---- valleys in valleys ----

// Where f' turns from falling to rising f, on a grid much finer than the smallest valley.
std::vector<double> minima_on_grid(const Problem& f, double from, double to, long points) {
  std::vector<double> minima;
  Vector g(1);
  double before = 0;
  for (long i = 0; i <= points; ++i) {
    const double x = from + (to - from) * static_cast<double>(i) / static_cast<double>(points);
    f.gradient(Vector::Constant(1, x), g);
    if (i > 0 && before < 0 && g[0] >= 0) minima.push_back(x);
    before = g[0];
  }
  return minima;
}

// Ends of descent with steps of 1/L from starts across [-2, 2], those within `same` of another taken as one.
long ends_of_descent(const Problem& f, long starts, double same) {
  std::vector<double> ends;
  for (long i = 0; i < starts; ++i) {
    const double start = -2 + 4 * (static_cast<double>(i) + 0.5) / static_cast<double>(starts);
    ends.push_back(minimize(f, *all_solvers().make("gradient_descent:step=inverse_lipschitz"),
                            {.limits = {.max_iterations = 3000, .gradient_tolerance = 1e-9},
                             .start = Vector::Constant(1, start)})
                       .x[0]);
  }
  std::sort(ends.begin(), ends.end());
  long different = 1;
  for (std::size_t i = 1; i < ends.size(); ++i) different += ends[i] - ends[i - 1] > same ? 1 : 0;
  return different;
}

// t^2/2 + (1/2) sin^2(pi t): f' = t + (pi/2) sin(2 pi t) = 0 needs |t| <= pi/2, and has a rising zero near -1,
// 0 and 1 each, and no other.
void valleys_in_valleys(Measurement& measured) {
  long before = 1;
  for (const long depth : {0L, 1L, 2L, 3L}) {
    const auto f = all_problems().make(fmt::format("valleys_in_valleys:n=1,depth={}", depth));
    const auto on_grid = static_cast<double>(minima_on_grid(*f, -2, 2, 40'001).size());
    if (depth < 2) measured.equals(fmt::format("minima at depth {}", depth), on_grid, depth == 0 ? 1 : 3, 0);
    const long ends = ends_of_descent(*f, 400, 0.004);
    measured.equals(
        fmt::format("minima where descent from 400 starts ends at depth {}, less those on a grid", depth),
        static_cast<double>(ends) - on_grid, 0, 0);
    if (depth > 0) {
      measured.at_least(fmt::format("minima at depth {} over those at the depth before", depth),
                        static_cast<double>(ends) / static_cast<double>(before), 2);
    }
    before = ends;
  }
}

}  // namespace

std::vector<Claim> landscape_claims() {
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, ";
  const std::string southampton = "Southampton, Stochastic Gradient Descent";
  return {
      {"45", "perceptron and back-propagation",
       "Where a far point can still be separated, the squared error is flat at the minimum of the others, and "
       "descent from there leaves the point misclassified; the perceptron separates it, in t + 4 updates where "
       "its bound is 5 (t^2 + 1).",
       "", cmu + "slides 12-27", perceptron_and_descent},
      {"46", "saddles dominate",
       "A random symmetric matrix is definite with the probabilities 1/2, 0.146 and 0.025 in 1, 2 and 3 "
       "dimensions, falling like 3^(-n^2/4).",
       "", cmu + "slides 12-34; Dean & Majumdar 2008", saddles_dominate},
      {"47", "symmetries",
       "n tanh units have n! 2^n equal minima, a product of matrices through h units has h^2 flat directions, "
       "units that start alike stay alike; from a symmetric start BFGS ends in a saddle.",
       "", southampton, symmetries, "published_saddle"},
      {"48", "a surrogate goes on",
       "Cross-entropy widens the margin after the last mistake is gone, like w + e^w = k + O(log k).", "",
       "Dillhoff, Optimization for Deep Learning", growing_margins},
      {"49", "gradients become small",
       "With the step 1/L on any L-smooth function the least |g_k|^2 of n steps is at most (4/3)(L/n)(f_0 - "
       "f_n), and there is a function that needs all of it.",
       "", "Dillhoff, Optimization for Deep Learning; Taylor 2017, page 190", small_gradients},
      {"50", "valleys in valleys",
       "With every level of valleys in valleys the places where descent ends become several times as many.", "",
       southampton, valleys_in_valleys},
  };
}

}  // namespace optbed
