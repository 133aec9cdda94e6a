// Sentences of lectures that err, each with what is true instead.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "problems/differentiation/differentiated_function.hpp"
#include "problems/learning/neural_network/mlp.hpp"
#include "problems/learning/neural_network/unit_symmetry.hpp"
#include "problems/learning/separable.hpp"
#include "problems/random.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// ---- conditions and rates ----

// How far f(x) = 1 is from the minimiser 0 along a direction, by bisection.
double radius_of_level_set(const Problem& f, const Vector& direction) {
  double inside = 0;
  double outside = 10;
  while (outside - inside > 1e-14) {
    const double middle = (inside + outside) / 2;
    (f.value(middle * direction) < 1 ? inside : outside) = middle;
  }
  return inside;
}

void axes_of_ellipses(Measurement& measured) {
  const auto f = all_problems().make("quadratic:eigenvalues=1;9");
  const double flat = radius_of_level_set(*f, Vector{{1, 0}});
  const double steep = radius_of_level_set(*f, Vector{{0, 1}});
  measured.equals("half axis of f = 1 with the eigenvalue 1", flat, std::sqrt(2), 1e-12);
  measured.equals("half axis with the eigenvalue 9", steep, std::sqrt(2) / 3, 1e-12);
  measured.equals("diameter at 9 over that at 1", steep / flat, 1.0 / 3, 1e-12);
}

void step_for_all_eigenvalues(Measurement& measured) {
  const auto needed = [](int kappa, const std::string& solver) {
    return static_cast<double>(
        iterations_to_gap(fmt::format("quadratic:n=10,kappa={}", kappa), solver, 1e-10, 20'000));
  };
  const std::string best = "gradient_descent:step=optimal";
  for (const int kappa : {100, 1000}) {
    // log(1e10)/-log of the squared factor is proportional to kappa up to 1/kappa^2.
    measured.equals(fmt::format("iterations at condition number {} over those at {}", kappa, kappa / 10),
                    needed(kappa, best) / needed(kappa / 10, best), 10, 0.3);
  }
  // The larger contraction of the two axes.
  const auto factor = [](double eta) {
    const Result run = traced_run("quadratic:eigenvalues=1;100",
                                  fmt::format("gradient_descent:learning_rate={:.17g}", eta), 1);
    return run.x.cwiseAbs().maxCoeff();
  };
  const double eta = 2.0 / 101;
  measured.equals("worst factor at eta = 2/(L + mu), eigenvalues 1 and 100", factor(eta), 99.0 / 101, 1e-14);
  for (const double part : {0.99, 1.001}) {
    measured.at_least(fmt::format("worst factor at {:g} of that, less the one there", part),
                      factor(part * eta) - 99.0 / 101, 1e-4);
  }
  measured.equals("at the optimal step of the flattest direction", factor(1), 99, 1e-12);
}

// x^2/2 + x^4/4, which is strongly convex with mu = 1: f' = x + x^3.
class QuarticBowl final : public Problem {
 public:
  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Constant(1, 3); }
  double value(const Vector& x) const override { return x[0] * x[0] / 2 + std::pow(x[0], 4) / 4; }
  double gradient(const Vector& x, Vector& g) const override {
    g[0] = x[0] + x[0] * x[0] * x[0];
    return value(x);
  }
};

void strong_convexity_alone(Measurement& measured) {
  const Result run = traced_run(QuarticBowl(), "gradient_descent:learning_rate=0.5", 20);
  measured.equals("x_1 from 3 with eta = 0.5", run.trace.iterate(1)[0], -12, 1e-14);
  measured.is_true("the run diverges", run.stop == StopReason::diverged || run.stop == StopReason::non_finite);
  // |x_1| > |x_0| where eta (1 + x_0^2) > 2: there is such a start for every eta.
  for (const double eta : {0.5, 0.01, 1e-4}) {
    const double border = std::sqrt(2 / eta - 1);
    for (const double part : {0.99, 1.01}) {
      const Result first = traced_run(QuarticBowl(), fmt::format("gradient_descent:learning_rate={}", eta), 1,
                                      Vector::Constant(1, part * border));
      const double ratio = std::abs(first.x[0]) / (part * border);
      const std::string what = fmt::format("|x_1/x_0| at eta = {:g} from {:.4g}", eta, part * border);
      part < 1 ? measured.at_most(what, ratio, 1) : measured.at_least(what, ratio, 1);
    }
  }
}

double slope_at(const Problem& f, double x) {
  Vector g(1);
  f.gradient(Vector::Constant(1, x), g);
  return g[0];
}

void smooth_and_differentiable(Measurement& measured) {
  const auto kink = all_problems().make("l1_norm:n=1");  // |x|
  for (const double L : {1e2, 1e6}) {
    // f(y) <= f(x) + f'(x)(y - x) + (L/2)(y - x)^2 from x = -h to y = h asks for 2 h <= 2 L h^2.
    const double h = 0.1 / L;
    const double model = kink->value(Vector::Constant(1, -h)) + slope_at(*kink, -h) * 2 * h + 2 * L * h * h;
    measured.equals_relatively(fmt::format("|x| above the model with L = {:g} across its kink, in h", L),
                               (kink->value(Vector::Constant(1, h)) - model) / h, 1.8, 1e-9);
  }
  // Huber's function, tau = 1/3: L = 1, and f'' jumps from 1 to 0.
  const auto huber = all_problems().make("huber_worst_case:horizon=1");
  double largest = 0;
  for (int i = -1000; i < 1000; ++i) {
    largest = std::max(largest, std::abs(slope_at(*huber, (i + 1) * 1e-3) - slope_at(*huber, i * 1e-3)) / 1e-3);
  }
  measured.at_most("largest change of the slope of Huber's function over that of x", largest, 1 + 1e-12);
  const double h = 1e-4;
  const double tau = 1.0 / 3;
  measured.equals("its second derivative on the left of the threshold",
                  (slope_at(*huber, tau) - slope_at(*huber, tau - h)) / h, 1, 1e-10);
  measured.equals("and on the right", (slope_at(*huber, tau + h) - slope_at(*huber, tau)) / h, 0, 1e-10);
}

double gap_after(const std::string& problem, const std::string& solver, long iterations) {
  return *minimize(*all_problems().make(problem), *all_solvers().make(solver),
                   {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}})
              .gap;
}

void sublinear(Measurement& measured) {
  const std::string descent = "gradient_descent:step=inverse_lipschitz";
  for (const int k : {10, 100, 1000}) {
    measured.equals_relatively(fmt::format("k (f_k - f*) for the worst function of {} steps", k),
                               k * gap_after(fmt::format("huber_worst_case:horizon={}", k), descent, k),
                               k / (4.0 * k + 2), 1e-12);
  }
  // x' = -eta x^3: x^2 = 1/(2 eta k), f = x^4/4. Steps of finite length change 1/x^2 by (3/2) eta log k.
  const std::string flat = "power_sum:n=1,p=4";
  const std::string tenth = "gradient_descent:learning_rate=0.1";
  const double late = gap_after(flat, tenth, 100'000);
  measured.equals_relatively("k^2 (f_k - f*) on x^4/4 with eta = 0.1", 1e10 * late, 1 / 0.16, 1e-3);
  measured.equals("(f_{k+1} - f*)/(f_k - f*) there at k = 1e5", gap_after(flat, tenth, 100'001) / late,
                  1 - 2e-5, 1e-7);
}

void bound_of_the_gap(Measurement& measured) {
  const std::string descent = "gradient_descent:step=inverse_lipschitz";
  const Result worst = traced_run("huber_worst_case:horizon=100", descent, 100);
  const std::vector<double>& gap = worst.trace.column("gap");
  // L R^2/(4k + 2) after, L tau R - L tau^2/2 before, tau = R/(2k + 1).
  measured.equals_relatively("(f_100 - f*)/(f_0 - f*) on the worst function of 100 steps", gap[100] / gap[0],
                             0.5 / (1 - 1.0 / 402), 1e-12);
  measured.at_least("that in units of 1/k", 100 * gap[100] / gap[0], 50);
  measured.equals_relatively("f_100 - f* in units of L R^2/(4k + 2)", gap[100] * 402, 1, 1e-12);
  for (const std::string problem : {"huber_worst_case:horizon=100", "log_cosh", "nesterov_chain:n=41"}) {
    const auto f = all_problems().make(problem);
    const double R = *f->facts().distance(f->start());
    const Result run = traced_run(*f, descent, 500);
    double largest = 0;
    for (std::size_t k = 1; k < run.trace.rows(); ++k) {
      const double bound = f->facts().lipschitz->value * R * R / (2 * static_cast<double>(k));
      largest = std::max(largest, run.trace.column("gap")[k] / bound);
    }
    measured.at_most("largest f_k - f* of 500 steps in units of |x_0 - x*|^2/(2 eta k), " + problem, largest,
                     1);
  }
}

// ---- methods beside each other ----

void constant_steps(Measurement& measured) {
  for (const double eta : {0.1, 0.5, 0.66}) {
    measured.at_most(
        fmt::format("|x - x*| after 8000 whole gradients at eta = {:g}, 2/L = 0.667", eta),
        traced_run("quadratic:eigenvalues=1;3", fmt::format("gradient_descent:learning_rate={}", eta), 8000)
            .x.norm(),
        1e-30);
  }
  const Result noisy =
      traced_run("sample_mean", "sgd:learning_rate=0.1,batch_size=1,sampling=replacement", 8000);
  const std::vector<double>& gap = noisy.trace.column("gap");
  double sum = 0;
  for (std::size_t k = 4001; k <= 8000; ++k) sum += gap[k];
  // eta sigma^2/(2 (2 - eta)) = 0.026, and the mean is that of 420 independent numbers: 4 standard errors are
  // 4 sqrt(2/420) of it
  measured.equals("mean f - f* of the last 4000 of 8000 steps with single samples", sum / 4000, 0.1 / 3.8,
                  4 * std::sqrt(2.0 / 420) * 0.1 / 3.8);
}

// The largest |x_{k+1} - x_k| of the heavy ball, in units of eta times the largest gradient until then.
double longest_step(const Problem& f, double eta, double beta, const Vector& start) {
  const Result run =
      traced_run(f, fmt::format("momentum:learning_rate={},momentum={}", eta, beta), 2000, start);
  Vector g(f.dimension());
  double steepest = 0;
  double longest = 0;
  for (std::size_t k = 0; k + 1 < run.trace.rows(); ++k) {
    f.gradient(run.trace.iterate(k), g);
    steepest = std::max(steepest, g.norm());
    longest = std::max(longest, run.trace.column("step_length")[k + 1] / (eta * steepest));
  }
  return longest;
}

void bounded_momentum(Measurement& measured) {
  for (const double beta : {0.5, 0.9, 0.99}) {
    // A slope without an end, as far as 2000 steps go: the steps are (1 - beta^k)/(1 - beta), here rounded by
    // an eps of x = 1e4 each.
    const auto slope = all_problems().make("log_cosh:n=1");
    measured.equals_relatively(fmt::format("longest step down a slope in units of eta |g|, beta = {:g}", beta),
                               longest_step(*slope, 0.01, beta, Vector::Constant(1, 1e4)), 1 / (1 - beta),
                               1e-8);
    const auto valley = all_problems().make("rosenbrock");
    measured.at_most(fmt::format("the same on Rosenbrock's function, beta = {:g}", beta),
                     longest_step(*valley, 1e-4, beta, {}), 1 / (1 - beta));
  }
}

void momentum_is_not_the_best(Measurement& measured) {
  const auto needed = [](const std::string& problem, const std::string& solver, double part) {
    return static_cast<double>(iterations_to_gap(problem, solver, part, 2000));
  };
  const std::string far = "quadratic:n=10,kappa=100";
  measured.equals("iterations of momentum with the best step and beta, condition number 100",
                  needed(far, "momentum:tuning=optimal", 1e-10), 80, 0);
  measured.equals("iterations of conjugate gradients", needed(far, "cg", 1e-10), 10, 0);
  // f falls by 1/4 an iteration, or by 0.9.
  const std::string near = "quadratic:kappa=2";
  measured.at_most("iterations of gradient descent with 1/L, condition number 2",
                   needed(near, "gradient_descent:learning_rate=0.5", 1e-8), 14);
  measured.at_least("iterations of momentum with beta = 0.9 and the same step",
                    needed(near, "momentum:learning_rate=0.5,momentum=0.9", 1e-8), 80);
}

// ---- networks ----

// The part of the runs from weights of this size that end with every point on its side.
double separated_part(const Separable& f, double deviation, long runs) {
  Random random(68);
  long separated = 0;
  for (long i = 0; i < runs; ++i) {
    const Vector start = deviation * random.normal_matrix(3, 1);
    const Result result =
        minimize(f, *all_solvers().make("gradient_descent:learning_rate=0.5"),
                 {.limits = {.max_iterations = 2000, .gradient_tolerance = 1e-12}, .start = start});
    if (f.is_separated_by(result.x)) ++separated;
  }
  return static_cast<double>(separated) / static_cast<double>(runs);
}

void spoilt_optimum(Measurement& measured) {
  const Separable f({.spoiler = 10});
  const double runs = 400;
  for (const auto& [deviation, part] : {std::pair(0.1, 1.0), std::pair(1.0, 0.62), std::pair(5.0, 0.38)}) {
    // The expected parts were counted over 200 runs of an independent program.
    measured.equals(fmt::format("part of the runs from N(0, {:g}^2) that separate the points", deviation),
                    separated_part(f, deviation, 400), part,
                    4 * std::sqrt(part * (1 - part) * (1 / runs + 1.0 / 200)));
  }
}

long orders_with_equal_loss(bool skip) {
  const auto f = make_mlp({.hidden = {3, 3}, .skip = skip, .samples = 40});
  Random random(69);
  const Vector x = random.normal_matrix(f->dimension(), 1);
  const double here = f->value(x);
  long equal = 0;
  const std::vector<double> upright(3, 1.0);
  std::vector<Index> first = {0, 1, 2};
  do {
    std::vector<Index> second = {0, 1, 2};
    do {
      const Vector y = with_units(f->network(), x, {{first, upright}, {second, upright}});
      equal += std::abs(f->value(y) - here) < 1e-12 * (1 + here) ? 1 : 0;
    } while (std::next_permutation(second.begin(), second.end()));
  } while (std::next_permutation(first.begin(), first.end()));
  return equal;
}

void skips_tie_orders(Measurement& measured) {
  measured.equals("orders of two layers of 3 units with the same loss, no skip connection",
                  static_cast<double>(orders_with_equal_loss(false)), 36, 0);
  measured.equals("the same with a skip connection between them",
                  static_cast<double>(orders_with_equal_loss(true)), 6, 0);
}

// One sigmoid unit without a threshold on two points: (s(10 w) - 0.9)^2 + (s(-w/10) - 0.01)^2.
struct OneUnit {
  template <class X>
  X operator()(std::span<const X> w) const {
    using std::exp;
    const X first = 1.0 / (1.0 + exp(-10.0 * w[0])) - 0.9;
    const X second = 1.0 / (1.0 + exp(0.1 * w[0])) - 0.01;
    return first * first + second * second;
  }
};

void minima_of_networks(Measurement& measured) {
  const std::string newton = "newton:safeguard=trust_region";
  double worst = 0;
  for (int seed = 1; seed <= 20; ++seed) {
    const Result run = traced_run(fmt::format("deep_linear:initial_seed={}", seed), newton, 100);
    worst = std::max(worst, *run.gap);
  }
  measured.at_most("largest f - f* of 20 runs of a linear network", worst, 1e-12);

  const DifferentiatedFunction<OneUnit> unit({}, {.start = Vector::Zero(1)});
  const Result near = traced_run(unit, newton, 200);
  Vector g(1);
  Matrix H(1, 1);
  unit.gradient(near.x, g);
  unit.hessian(near.x, H);
  measured.at_most("|f'| where one sigmoid unit ends from 0", std::abs(g[0]), 1e-12);
  measured.at_least("f'' there", H(0, 0), 0.01);
  measured.at_least("f there", near.value, 0.2);
  // w = 10 log 99 makes the second term 0, and leaves 0.1^2 of the first.
  measured.at_most("f where it ends from 40", traced_run(unit, newton, 200, Vector::Constant(1, 40)).value,
                   0.01 + 1e-8);
}

std::vector<Claim> mistaken_theory() {
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, ";
  return {
      {"59", "axes of level sets",
       "The half axes of f = c are sqrt(2 c/lambda): short where the eigenvalue is large.",
       "The diameters are proportional to the eigenvalues.", cmu + "slide 77", axes_of_ellipses},
      {"60", "the condition number",
       "The ratio of the largest to the smallest optimal step is the condition number; where it is large "
       "descent is slow, and the best step is 2/(L + mu).",
       "Descent is slow where the condition number is small; the step must be close to all optimal ones.",
       cmu + "slides 54 and 65", step_for_all_eigenvalues},
      {"61", "strong convexity alone",
       "Without a bound on the curvature no fixed step converges from every start: x^2/2 + x^4/4 with 0.5 from "
       "3.",
       "Gradient descent with a suitable fixed step converges linearly on every strongly convex function.",
       cmu + "slide 57", strong_convexity_alone},
      {"62", "smooth functions have a gradient",
       "A function with a Lipschitz-continuous gradient is differentiable, if not twice; one with a kink has "
       "no L.",
       "An L-smooth function need not be differentiable.", cmu + "slide 60", smooth_and_differentiable},
      {"63", "convex functions are sublinear",
       "On convex smooth functions gradient descent is sublinear in general: f_k - f* may fall like 1/k.",
       "It converges linearly at best.", cmu + "slide 62", sublinear, "sublinear"},
      {"64", "the bound on convex functions",
       "f_k - f* is at most |x_0 - x*|^2/(2 eta k), and L R^2/(4k + 2) at eta = 1/L; a part 1/k of f_0 - f* is "
       "no bound.",
       "f_k - f* falls in proportion to (f_0 - f*)/k.", cmu + "slide 64", bound_of_the_gap, "sublinear"},
      {"65", "constant steps converge",
       "With whole gradients and eta < 2/L a constant step converges to the last digit; with samples it stays "
       "above the minimum.",
       "A constant step is usually unable to converge.", "Dillhoff, Optimization for Deep Learning",
       constant_steps, "batch_sizes"},
  };
}

std::vector<Claim> mistaken_comparisons() {
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, ";
  return {
      {"66", "momentum has a bound",
       "A step of the heavy ball is at most eta/(1 - beta) times the largest gradient until then.",
       "Momentum makes steps in one direction greater and greater.",
       "Dillhoff, Optimization for Deep Learning; " + cmu + "slides 126-133", bounded_momentum},
      {"67", "momentum is not the best",
       "Conjugate gradients take 10 iterations where the best momentum takes 80, and at condition number 2 "
       "beta = 0.9 is slower than no momentum.",
       "Momentum is demonstrably superior to other methods.", cmu + "slide 142", momentum_is_not_the_best},
      {"68", "the spoilt optimum depends on the start",
       "With a spoiler at t = 10 small weights at the start always lead to a separation, and large ones to the "
       "spoilt optimum in most runs.",
       "Back-propagation will find the spoilt optimum nearly all the time.", cmu + "slide 18", spoilt_optimum},
      {"69", "skip connections keep a symmetry",
       "A skip connection ties the orders of the units of two layers together: 3! of (3!)^2 remain.",
       "Skip connections break the permutation symmetry.", "Southampton, Stochastic Gradient Descent",
       skips_tie_orders},
      {"70", "local minima of networks",
       "All local minima of a linear network are global; one sigmoid unit with two samples has one that is "
       "not.",
       "The squared error of a network has no local minima but the global ones, and saddles (Baldi & Hornik "
       "1989).",
       cmu + "slide 34", minima_of_networks},
  };
}

}  // namespace

std::vector<Claim> mistaken_claims() {
  std::vector<Claim> claims = mistaken_theory();
  for (Claim& claim : mistaken_comparisons()) claims.push_back(std::move(claim));
  return claims;
}

}  // namespace optbed
