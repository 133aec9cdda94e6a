// Steps that are divided by the size of past gradients, or take their signs alone: how long they are, and what
// they do not see.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "experiments/claims/linear_losses.hpp"
#include "problems/all_problems.hpp"

namespace optbed {
namespace {

// The longest step of a run in any coordinate.
double longest_coordinate_step(const Result& run) {
  double longest = 0;
  for (std::size_t row = 1; row < run.trace.rows(); ++row) {
    longest = std::max(longest, infinity_norm(run.trace.iterate(row) - run.trace.iterate(row - 1)));
  }
  return longest;
}

void first_steps(Measurement& measured) {
  struct Entry {
    const char* solver;
    double ratio;  // |x_1 - x_0|/eta, or that over |g|
    bool times_gradient;
  };
  const double eta = 0.01;
  const double root_of_ten = std::sqrt(10.0);  // 1/sqrt(1 - 0.9), and 0.1/sqrt(1 - 0.999)
  for (const auto& [solver, ratio, times_gradient] :
       {Entry{"adam:epsilon=0", 1, false}, Entry{"adam:epsilon=0,bias_correction=false", root_of_ten, false},
        Entry{"adagrad:epsilon=0", 1, false}, Entry{"rmsprop:rho=0.9,epsilon=0", root_of_ten, false},
        Entry{"amsgrad:epsilon=0,bias_correction=false", root_of_ten, false},
        Entry{"adamax:epsilon=0", 1, false}, Entry{"nadam:variant=ruder,epsilon=0", 1.9, false},
        Entry{"momentum:momentum=0.9", 1, true}, Entry{"nesterov:momentum=0.9,iterate=lookahead", 1.9, true},
        Entry{"momentum:momentum=0.9,form=average", 0.1, true}}) {
    for (const double g : {3.0, -1e-5, 1e6}) {
      const Result run = traced_run(LinearLosses(Matrix::Constant(1, 1, g)),
                                    fmt::format("{},learning_rate={}", solver, eta), 1);
      const double expected = times_gradient ? ratio * std::abs(g) : ratio;
      measured.equals_relatively(fmt::format("first step over eta, {}, g = {:g}", solver, g),
                                 std::abs(run.x[0]) / eta, expected, 1e-12);
    }
  }
}

void bounded_steps(Measurement& measured) {
  struct Entry {
    const char* problem;
    double eta;
    double rho;
    Vector x0;
  };
  for (const Entry& entry :
       {Entry{"beale", 0.01, 0.9, Eigen::Vector2d(4, 3)}, Entry{"rosenbrock", 0.1, 0.99, {}},
        Entry{"quadratic:n=5,kappa=1e8,rotation=random", 1, 0.5, {}},
        Entry{"sample_mean:eigenvalues=1;100,deviation=50", 0.03, 0.9, {}}}) {
    const std::string batch = std::string(entry.problem).starts_with("sample_mean") ? ",batch_size=1" : "";
    const Result run = traced_run(
        entry.problem, fmt::format("rmsprop:learning_rate={},rho={},epsilon=0{}", entry.eta, entry.rho, batch),
        3000, entry.x0);
    const double bound = entry.eta / std::sqrt(1 - entry.rho);
    // x is rounded to eps |x|, and |x|/bound is below 1000 on all of them.
    measured.at_most(fmt::format("longest step in a coordinate over eta/sqrt(1 - rho), {}, rho = {}",
                                 entry.problem, entry.rho),
                     longest_coordinate_step(run) / bound, 1 + 1e-12);
    const Vector first = run.trace.iterate(1) - run.trace.iterate(0);
    measured.equals(fmt::format("first step over it, {}", entry.problem), infinity_norm(first) / bound, 1,
                    1e-12);
  }
  const Vector steep = Eigen::Vector2d(4, 3);
  measured.is_true("gradient descent with eta = 0.01 diverges on beale from (4, 3)",
                   traced_run("beale", "gradient_descent:learning_rate=0.01", 3000, steep).value > 1e50);
  // Steps of 0.01 to 0.03 cover the distance of 2.7 in some hundreds, and an orbit of +-eta/2 is left.
  measured.at_most("f after 3000 steps of RMSProp with that eta",
                   traced_run("beale", "rmsprop:learning_rate=0.01", 3000, steep).value, 0.01);
}

void orbit_of_rmsprop(Measurement& measured) {
  const double eta = 0.01;
  const double eigenvalues[] = {1e-3, 1, 1e3};
  const Result run =
      traced_run("quadratic:eigenvalues=0.001;1;1000", fmt::format("rmsprop:learning_rate={},epsilon=0", eta),
                 4000, Eigen::Vector3d(0.37, -0.9, 1.6));
  double floor = 0;
  for (const Index i : {0, 1, 2}) {
    const double curvature = eigenvalues[i];
    floor += curvature * eta * eta / 8;
    const std::vector<double> x = coordinate(run, i);
    measured.equals(fmt::format("|x| over eta in the end, curvature {:g}", curvature), std::abs(x.back()) / eta,
                    0.5, 1e-9);
    measured.equals(fmt::format("sign changes in the last 100 steps, curvature {:g}", curvature),
                    static_cast<double>(sign_changes({x.end() - 101, x.end()})), 100, 0);
  }
  measured.equals_relatively("f in the end, sum of lambda eta^2/8", run.value, floor, 1e-9);
}

// sum_{t<=T} t^-1/2 = 2 T^1/2 + zeta(1/2) + T^-1/2/2 - T^-3/2/24 + O(T^-7/2) (Abramowitz & Stegun 1964,
// 23.2.9).
void travel_of_adagrad(Measurement& measured) {
  const double eta = 0.1;
  const double zeta_of_a_half = -1.4603545088095868;
  const LinearLosses hillside(Matrix::Constant(1, 1, 7));
  const std::vector<double> x =
      coordinate(traced_run(hillside, fmt::format("adagrad:learning_rate={},epsilon=0", eta), 100000), 0);
  for (const long T : {100, 10000, 100000}) {
    const double root = std::sqrt(static_cast<double>(T));
    measured.equals_relatively(
        fmt::format("way under a constant gradient over eta, T = {}", T), -x[static_cast<std::size_t>(T)] / eta,
        2 * root + zeta_of_a_half + 1 / (2 * root) - 1 / (24 * root * root * root), 1e-9);
  }
  measured.equals("last step over eta, times sqrt T", (x[99999] - x[100000]) / eta * std::sqrt(1e5), 1, 1e-9);
}

// Rotated by 45 degrees about the minimiser, start and all.
constexpr const char* straight_quadratic = "quadratic:kappa=100";
constexpr const char* turned_quadratic = "quadratic:kappa=100,angle=45";
Vector straight_start() { return Eigen::Vector2d(1, 0.7); }

Vector turned_start() { return Eigen::Vector2d(1 - 0.7, 1 + 0.7) * std::sqrt(0.5); }

// The largest |f_k - f_k turned|/f_0 of so many iterations.
double change_by_rotation(const std::string& solver, long iterations) {
  const std::vector<double> a =
      traced_run(straight_quadratic, solver, iterations, straight_start()).trace.column("value");
  const std::vector<double> b =
      traced_run(turned_quadratic, solver, iterations, turned_start()).trace.column("value");
  double largest = 0;
  for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k) {
    largest = std::max(largest, std::abs(a[k] - b[k]) / a[0]);
  }
  return largest;
}

void covariance(Measurement& measured) {
  struct Entry {
    const char* solver;
    long straight, turned;  // iterations until f is 1e-8 of its start; -1: never
  };
  const auto passage = [](const char* problem, const char* solver, const Vector& x0) {
    return static_cast<double>(iterations_to_gap(problem, solver, 1e-8, 5000, x0));
  };
  for (const auto& [solver, straight, turned] :
       {Entry{"adam:learning_rate=0.05", 152, 706}, Entry{"adamax:learning_rate=0.05", 147, 2063},
        Entry{"adagrad:learning_rate=0.3", 32, 1315}, Entry{"rprop:variant=irprop_minus", 36, 239},
        Entry{"rprop:variant=lecture", 25, -1}, Entry{"gradient_descent:learning_rate=0.01", 722, 722},
        Entry{"momentum:learning_rate=0.01", 141, 141}, Entry{"nesterov:learning_rate=0.01", 62, 62}}) {
    measured.equals(fmt::format("iterations along the axes, {}", solver),
                    passage(straight_quadratic, solver, straight_start()), static_cast<double>(straight), 0);
    measured.equals(fmt::format("iterations turned by 45 degrees, {}", solver),
                    passage(turned_quadratic, solver, turned_start()), static_cast<double>(turned), 0);
  }
  measured.equals("iterations along the axes, quickprop",
                  passage(straight_quadratic, "quickprop", straight_start()), 2, 0);
  // Near the minimum its divisor is a difference of rounded gradients: the count depends on the compiler.
  measured.at_least("iterations turned by 45 degrees, quickprop",
                    passage(turned_quadratic, "quickprop", turned_start()), 100);

  for (const char* solver :
       {"gradient_descent:learning_rate=0.01", "momentum:learning_rate=0.01", "nesterov:learning_rate=0.01"}) {
    measured.at_most(fmt::format("change of f by the rotation over f_0, {}", solver),
                     change_by_rotation(solver, 50), 1e-13);
  }
  for (const char* solver :
       {"adam:learning_rate=0.05", "adamax:learning_rate=0.05", "adagrad:learning_rate=0.3",
        "rmsprop:learning_rate=0.05", "adadelta", "adadelta:variant=weights", "rprop", "quickprop"}) {
    measured.at_least(fmt::format("change of f by the rotation over f_0, {}", solver),
                      change_by_rotation(solver, 50), 1e-3);
  }
}

// The largest |x - x'| over the rows of two runs in two coordinates.
double difference_of_runs(const Result& a, const Result& b) {
  return std::max(largest_difference(coordinate(a, 0), coordinate(b, 0)),
                  largest_difference(coordinate(a, 1), coordinate(b, 1)));
}

void curvature_is_not_seen(Measurement& measured) {
  const long iterations = 300;
  const auto run = [&](const char* kappa, const std::string& solver) {
    return traced_run(fmt::format("quadratic:eigenvalues=1;{}", kappa), solver, iterations, straight_start());
  };
  for (const char* solver :
       {"rprop:variant=irprop_minus", "rprop:variant=rprop_plus", "rprop:variant=lecture"}) {
    const Result round = run("1", solver);
    for (const char* kappa : {"1e4", "1e12"}) {
      measured.equals(fmt::format("largest difference of the iterates from those of kappa = 1, kappa = {}, {}",
                                  kappa, solver),
                      difference_of_runs(run(kappa, solver), round), 0, 0);
    }
  }
  for (const char* solver : {"adam:learning_rate=0.05,epsilon=0", "rmsprop:learning_rate=0.05,epsilon=0",
                             "adagrad:learning_rate=0.3,epsilon=0"}) {
    const Result round = run("1", solver);
    for (const char* kappa : {"1e4", "1e12"}) {
      // The gradients differ by their rounding, which 300 iterations may multiply with as much.
      measured.at_most(fmt::format("largest difference of the iterates from those of kappa = 1, kappa = {}, {}",
                                   kappa, solver),
                       difference_of_runs(run(kappa, solver), round), 1e-13);
    }
  }
}

}  // namespace

std::vector<Claim> adaptive_claims() {
  const std::string munich = "TU Munich I2DL, Scaling Optimization, ";
  return {
      {"32", "first steps",
       "The first step over eta is 1 for Adam, Adagrad and AdaMax whatever the gradient, 1.9 for Nadam, and "
       "3.162 for RMSProp and for Adam without the correction of the bias, which makes it too long and not too "
       "short; that of momentum is the gradient.",
       "", munich + "slides 42-49; Kingma & Ba 2015", first_steps},
      {"33", "RMSProp's steps are bounded",
       "No step of RMSProp exceeds eta/sqrt(1 - rho) in a coordinate, so that it cannot shoot off.", "",
       munich + "slides 42-45", bounded_steps},
      {"34", "RMSProp does not settle",
       "With a constant eta and exact gradients RMSProp ends in an orbit of +-eta/2 whatever the curvature, "
       "and f at lambda eta^2/8.",
       "", munich + "slides 42-45; Dillhoff, Optimization for Deep Learning", orbit_of_rmsprop},
      {"35", "Adagrad's steps shrink and go on",
       "Under a constant gradient Adagrad's steps fall like eta/sqrt(t), and its way grows like 2 eta sqrt(T) "
       "without bound.",
       "", "Dillhoff, Optimization for Deep Learning", travel_of_adagrad},
      {"36", "which methods turn with the axes",
       "Gradient descent, momentum and Nesterov's method commute with rotations; Adam, AdaMax, Adagrad, "
       "RMSProp, AdaDelta, Rprop and Quickprop do not.",
       "", "Southampton, Stochastic Gradient Descent", covariance},
      {"37", "which methods do not see curvature",
       "On a quadratic along the axes Rprop's iterates are the same to the bit for condition numbers 1, 1e4 "
       "and 1e12, and those of Adam, RMSProp and Adagrad without epsilon the same to rounding.",
       "", "Carnegie Mellon 11-785, Optimization part 1, slides 105-115", curvature_is_not_seen},
  };
}

}  // namespace optbed
