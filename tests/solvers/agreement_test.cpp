// Every method against a second implementation of it (tests/solvers/reference), iterate by iterate.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/solvers/reference/least_squares.hpp"
#include "tests/solvers/reference/newton.hpp"
#include "tests/solvers/reference/quasi_newton.hpp"

namespace optbed {
namespace {

namespace ref = reference;

constexpr int steps = 50;
constexpr double tolerance = 1e-12;

template <class Real>
ref::Objective<Real> objective(const std::string& problem) {
  if (problem == "rosenbrock") return ref::rosenbrock<Real>();
  if (problem == "quadratic:eigenvalues=1;3") return ref::diagonal_quadratic<Real>({1, 3});
  if (problem == "quadratic:n=10,kappa=100") {
    return ref::diagonal_quadratic(ref::logarithmic_spectrum<Real>(10, 100));
  }
  if (problem == "quadratic:n=2,kappa=10,angle=30") return ref::rotated_quadratic<Real>(1, 10, 30);
  throw std::logic_error(problem);
}

struct Case {
  std::string problem;
  std::string solver;
  std::function<ref::Path<double>()> path;
  std::function<ref::Path<long double>()> precise_path;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.solver << " on " << c.problem; }

class Cases {
 public:
  template <class Method>
  void add(const std::string& problem, const std::string& solver, Method method) {
    cases_.push_back({problem, solver, [=] { return method(objective<double>(problem)); },
                      [=] { return method(objective<long double>(problem)); }});
  }
  std::vector<Case> take() { return std::move(cases_); }

 private:
  std::vector<Case> cases_;
};

const std::vector<std::string> quadratics = {"quadratic:eigenvalues=1;3", "quadratic:n=10,kappa=100",
                                             "quadratic:n=2,kappa=10,angle=30"};
const std::vector<std::string> all = {quadratics[0], quadratics[1], quadratics[2], "rosenbrock"};

// Steps a little below 2/L, where the steep coordinate alternates its sign. On Rosenbrock, L at the start.
double learning_rate(const std::string& problem) {
  if (problem == quadratics[0]) return 0.5;
  if (problem == quadratics[1]) return 0.015;
  if (problem == quadratics[2]) return 0.15;
  return 1e-3;
}

struct Scheduled {
  std::string options;
  ref::ScheduleChoice choice;
};

void add_gradient_descent(Cases& cases) {
  const std::vector<Scheduled> schedules = {
      {"", {}},
      {",schedule=linear", {.kind = "linear"}},
      {",schedule=quadratic", {.kind = "quadratic"}},
      {",schedule=exponential", {.kind = "exponential", .decay = 0.01}},
      {",schedule=exponential,decay=0.3", {.kind = "exponential", .decay = 0.3}},
      {",schedule=step,patience=2,decay=0.5", {.kind = "step", .decay = 0.5, .patience = 2}},
      {",schedule=cosine,period=20", {.kind = "cosine", .period = 20}},
      {",schedule=cyclic,period=7,decay=0.2", {.kind = "cyclic", .decay = 0.2, .period = 7}},
      {",schedule=robbins_monro,decay=0.7", {.kind = "robbins_monro", .decay = 0.7}},
      {",warmup=8", {.warmup = 8}},
      {",schedule=linear,warmup=8", {.kind = "linear", .warmup = 8}},
  };
  for (const std::string& problem : all) {
    for (const auto& [options, schedule] : schedules) {
      const ref::ScheduleChoice choice = schedule;
      // With twice the step f rises at first, which is what a step schedule answers to.
      const double eta = (choice.kind == "step" ? 2 : 1) * learning_rate(problem);
      cases.add(problem, fmt::format("gradient_descent:learning_rate={}{}", eta, options),
                [eta, choice]<class Real>(const ref::Objective<Real>& f) {
                  return ref::scheduled_descent<Real>(f, Real(eta), choice, steps);
                });
    }
    cases.add(problem, "gradient_descent:step=armijo", []<class Real>(const ref::Objective<Real>& f) {
      return ref::searched_descent<Real>(f, ref::armijo_step<Real>, ref::FirstTrial::one, steps);
    });
    cases.add(problem, "gradient_descent:step=strong_wolfe", []<class Real>(const ref::Objective<Real>& f) {
      return ref::searched_descent<Real>(f, ref::strong_wolfe_step<Real>, ref::FirstTrial::first_order_change,
                                         steps);
    });
    cases.add(problem, "gradient_descent:step=polyak",
              []<class Real>(const ref::Objective<Real>& f) { return ref::polyak<Real>(f, steps); });
  }
  for (const std::string& problem : quadratics) {
    cases.add(problem, "gradient_descent:step=inverse_lipschitz",
              []<class Real>(const ref::Objective<Real>& f) {
                return ref::scheduled_descent<Real>(f, 1 / f.lipschitz, {}, steps);
              });
    cases.add(problem, "gradient_descent:step=optimal,schedule=linear",
              []<class Real>(const ref::Objective<Real>& f) {
                return ref::scheduled_descent<Real>(f, 2 / (f.lipschitz + f.mu), {.kind = "linear"}, steps);
              });
    cases.add(problem, "gradient_descent:step=exact", []<class Real>(const ref::Objective<Real>& f) {
      return ref::searched_descent<Real>(f, ref::exact_step<Real>, ref::FirstTrial::one, steps);
    });
    cases.add(problem, "gradient_descent:step=barzilai_borwein",
              []<class Real>(const ref::Objective<Real>& f) { return ref::barzilai_borwein<Real>(f, steps); });
  }
}

void add_momentum(Cases& cases) {
  for (const std::string& problem : all) {
    const double eta = learning_rate(problem) / 2;
    for (const std::string form : {"velocity", "outside", "average"}) {
      for (const auto& [options, schedule] : std::vector<Scheduled>{
               {"", {}},
               {",schedule=exponential,decay=0.1", {.kind = "exponential", .decay = 0.1}},
               {",schedule=cosine,period=30,warmup=5", {.kind = "cosine", .period = 30, .warmup = 5}}}) {
        const ref::ScheduleChoice choice = schedule;
        cases.add(problem, fmt::format("momentum:form={},learning_rate={},momentum=0.8{}", form, eta, options),
                  [=]<class Real>(const ref::Objective<Real>& f) {
                    return ref::momentum<Real>(f, form, Real(eta), Real(0.8), choice, steps);
                  });
      }
    }
  }
  for (const std::string& problem : quadratics) {
    cases.add(problem, "momentum:tuning=optimal", []<class Real>(const ref::Objective<Real>& f) {
      const auto [alpha, beta] = ref::optimal_heavy_ball<Real>(f.mu, f.lipschitz);
      return ref::momentum<Real>(f, "velocity", alpha, beta, {}, steps);
    });
  }
}

void add_nesterov(Cases& cases) {
  const std::vector<std::pair<std::string, ref::NesterovPoints>> iterates = {
      {"main", ref::NesterovPoints::main}, {"lookahead", ref::NesterovPoints::lookahead}};
  for (const auto& [iterate, points] : iterates) {
    const auto reported = points;
    for (const std::string& problem : all) {
      const double eta = learning_rate(problem) / 2;
      cases.add(problem,
                fmt::format("nesterov:iterate={},learning_rate={},momentum=0.8,schedule=linear", iterate, eta),
                [=]<class Real>(const ref::Objective<Real>& f) {
                  return ref::nesterov<Real>(f, Real(eta), Real(0.8), reported, {.kind = "linear"}, steps);
                });
      cases.add(problem, fmt::format("nesterov:iterate={},learning_rate={}", iterate, eta),
                [=]<class Real>(const ref::Objective<Real>& f) {
                  return ref::nesterov<Real>(f, Real(eta), Real(0.9), reported, {}, steps);
                });
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=fista,learning_rate={}", iterate, eta),
                [=]<class Real>(const ref::Objective<Real>& f) {
                  return ref::nesterov<Real>(f, Real(eta), Real(-1), reported, {}, steps);
                });
    }
    for (const std::string& problem : quadratics) {
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=fista", iterate),
                [=]<class Real>(const ref::Objective<Real>& f) {
                  return ref::nesterov<Real>(f, 1 / f.lipschitz, Real(-1), reported, {}, steps);
                });
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=strongly_convex", iterate),
                [=]<class Real>(const ref::Objective<Real>& f) {
                  const Real root = std::sqrt(f.lipschitz / f.mu);
                  return ref::nesterov<Real>(f, 1 / f.lipschitz, (root - 1) / (root + 1), reported, {}, steps);
                });
      cases.add(problem, fmt::format("nesterov:iterate={},sequence=quadratic_optimal", iterate),
                [=]<class Real>(const ref::Objective<Real>& f) {
                  const Real root = std::sqrt(3 * f.lipschitz / f.mu + 1);
                  return ref::nesterov<Real>(f, 4 / (3 * f.lipschitz + f.mu), (root - 2) / (root + 2), reported,
                                             {}, steps);
                });
    }
  }
}

void add_least_squares(Cases& cases) {
  for (const bool armijo : {false, true}) {
    cases.add(
        "rosenbrock", fmt::format("gauss_newton:line_search={}", armijo ? "armijo" : "none"),
        [=]<class Real>(const ref::Objective<Real>& f) { return ref::gauss_newton<Real>(f, armijo, steps); });
  }
  const std::vector<std::pair<std::string, ref::DampingSchedule>> schedules = {
      {"", {}},
      {":damping=1", {.damping = 1}},
      {":damping=1,increase=2,decrease=3", {.damping = 1, .increase = 2, .decrease = 3}},
      {":schedule=nielsen,damping=1e-3", {.nielsen = true, .damping = 1e-3}},
      {":schedule=nielsen,damping=1", {.nielsen = true, .damping = 1}}};
  for (const auto& [options, choice] : schedules) {
    const ref::DampingSchedule schedule = choice;
    cases.add("rosenbrock", "levenberg" + options, [=]<class Real>(const ref::Objective<Real>& f) {
      return ref::levenberg_marquardt<Real>(f, ref::Damping::identity, schedule, steps);
    });
    cases.add("rosenbrock", "levenberg_marquardt" + options, [=]<class Real>(const ref::Objective<Real>& f) {
      return ref::levenberg_marquardt<Real>(f, ref::Damping::diagonal, schedule, steps);
    });
  }
}

void add_newton(Cases& cases) {
  for (const std::string& problem : all) {
    for (const double step_length : {1.0, 0.5}) {
      cases.add(problem, fmt::format("newton:step_length={}", step_length),
                [=]<class Real>(const ref::Objective<Real>& f) {
                  return ref::pure_newton<Real>(f, Real(step_length), steps);
                });
    }
    cases.add(problem, "newton:safeguard=line_search", []<class Real>(const ref::Objective<Real>& f) {
      return ref::searched_newton<Real>(f, ref::Convexification::none, steps);
    });
    cases.add(problem, "newton:safeguard=modified_cholesky", []<class Real>(const ref::Objective<Real>& f) {
      return ref::searched_newton<Real>(f, ref::Convexification::added_identity, steps);
    });
  }
}

enum class Search { exact, armijo, strong_wolfe, more_thuente, hager_zhang };

template <class Real>
ref::LineSearch<Real> line_search(Search search) {
  switch (search) {
    case Search::exact:
      return ref::exact_step<Real>;
    case Search::armijo:
      return ref::armijo_step<Real>;
    case Search::strong_wolfe:
      return ref::strong_wolfe_step<Real>;
    case Search::more_thuente:
      return ref::more_thuente_step<Real>;
    case Search::hager_zhang:
      return ref::hager_zhang_step<Real>;
  }
  return {};
}

void add_quasi_newton(Cases& cases) {
  const std::vector<std::pair<std::string, Search>> searches = {{"exact", Search::exact},
                                                                {"armijo", Search::armijo},
                                                                {"strong_wolfe", Search::strong_wolfe},
                                                                {"more_thuente", Search::more_thuente},
                                                                {"hager_zhang", Search::hager_zhang}};
  for (const std::string& problem : all) {
    for (const auto& named : searches) {
      const Search search = named.second;
      if (search == Search::exact && problem == "rosenbrock") continue;  // has no closed form there
      for (const bool scaled : {true, false}) {
        for (const std::size_t memory : {0, 1, 3, 10}) {
          const std::string solver = memory == 0 ? "bfgs:" : fmt::format("lbfgs:memory={},", memory);
          cases.add(problem, fmt::format("{}line_search={},initial_scaling={}", solver, named.first, scaled),
                    [=]<class Real>(const ref::Objective<Real>& f) {
                      return ref::quasi_newton<Real>(f, {line_search<Real>(search), scaled, memory}, steps);
                    });
        }
      }
    }
  }
}

std::vector<Case> every_case() {
  Cases cases;
  add_gradient_descent(cases);
  add_momentum(cases);
  add_nesterov(cases);
  add_least_squares(cases);
  add_newton(cases);
  add_quasi_newton(cases);
  return cases.take();
}

// Where 50 iterates cannot agree: methods that amplify rounding. `last` is the last iterate that is held to the
// tolerance, a few before the first that misses it.
//
// A gradient step multiplies an error along curvature lambda by |1 - alpha lambda|. These rules take steps with
// alpha L above 2 (up to kappa for Barzilai and Borwein, kappa/2 for Polyak) and pay for them later. What is
// measured of x_k in long double when x_0 changes by 1e-15: the relative change grows 6e10-fold in 30
// iterations of strong_wolfe and 1e10-fold in 40 of polyak on the quadratic, and 3e5-fold in 20 of polyak on
// Rosenbrock.
//
// Quasi-Newton methods: the same measurement on Rosenbrock finds changes of x_0 grown up to 1e9-fold after 30
// iterations, most with memory 1, before the superlinear end damps them. A search from alpha = 1 along the
// unscaled -g, |g| = 233, samples a quartic where its slope is 1.6e7 times that at 0; with Hager and Zhang's
// secant step the float64 reference is then 1.5e-12 from the long double one in x_1 already. On the quadratic
// their growth was not measured; there only the comparison with long double below says that a disagreement is
// the method's own.
struct Amplifier {
  std::string solver;
  std::string problem;
  int last;
};

const std::vector<Amplifier> amplifiers = {
    {"gradient_descent:step=strong_wolfe", "quadratic:n=10,kappa=100", 30},
    {"gradient_descent:step=strong_wolfe", "rosenbrock", 6},
    {"gradient_descent:step=polyak", "quadratic:n=10,kappa=100", 28},
    {"gradient_descent:step=polyak", "rosenbrock", 20},
    {"gradient_descent:step=barzilai_borwein", "quadratic:n=10,kappa=100", 42},
    {"newton:safeguard=modified_cholesky", "rosenbrock", 6},
    {"bfgs:line_search=exact,initial_scaling=true", "quadratic:n=10,kappa=100", 5},
    {"lbfgs:memory=1,line_search=exact,initial_scaling=true", "quadratic:n=10,kappa=100", 6},
    {"lbfgs:memory=3,line_search=exact,initial_scaling=true", "quadratic:n=10,kappa=100", 6},
    {"lbfgs:memory=1,line_search=exact,initial_scaling=false", "quadratic:n=10,kappa=100", 6},
    {"lbfgs:memory=3,line_search=exact,initial_scaling=false", "quadratic:n=10,kappa=100", 6},
    {"lbfgs:memory=1,line_search=armijo,initial_scaling=true", "quadratic:n=10,kappa=100", 15},
    {"lbfgs:memory=3,line_search=armijo,initial_scaling=true", "quadratic:n=10,kappa=100", 39},
    {"lbfgs:memory=1,line_search=armijo,initial_scaling=false", "quadratic:n=10,kappa=100", 26},
    {"lbfgs:memory=3,line_search=armijo,initial_scaling=false", "quadratic:n=10,kappa=100", 38},
    {"lbfgs:memory=1,line_search=strong_wolfe,initial_scaling=true", "quadratic:n=10,kappa=100", 14},
    {"lbfgs:memory=3,line_search=strong_wolfe,initial_scaling=true", "quadratic:n=10,kappa=100", 30},
    {"lbfgs:memory=1,line_search=strong_wolfe,initial_scaling=false", "quadratic:n=10,kappa=100", 10},
    {"lbfgs:memory=3,line_search=strong_wolfe,initial_scaling=false", "quadratic:n=10,kappa=100", 5},
    {"lbfgs:memory=10,line_search=strong_wolfe,initial_scaling=false", "quadratic:n=10,kappa=100", 12},
    {"lbfgs:memory=1,line_search=more_thuente,initial_scaling=true", "quadratic:n=10,kappa=100", 14},
    {"lbfgs:memory=3,line_search=more_thuente,initial_scaling=true", "quadratic:n=10,kappa=100", 28},
    {"lbfgs:memory=1,line_search=more_thuente,initial_scaling=false", "quadratic:n=10,kappa=100", 5},
    {"lbfgs:memory=3,line_search=more_thuente,initial_scaling=false", "quadratic:n=10,kappa=100", 5},
    {"lbfgs:memory=1,line_search=hager_zhang,initial_scaling=true", "quadratic:n=10,kappa=100", 14},
    {"lbfgs:memory=3,line_search=hager_zhang,initial_scaling=true", "quadratic:n=10,kappa=100", 32},
    {"lbfgs:memory=1,line_search=hager_zhang,initial_scaling=false", "quadratic:n=10,kappa=100", 5},
    {"lbfgs:memory=3,line_search=hager_zhang,initial_scaling=false", "quadratic:n=10,kappa=100", 5},
    {"bfgs:line_search=armijo,initial_scaling=true", "rosenbrock", 24},
    {"lbfgs:memory=1,line_search=armijo,initial_scaling=true", "rosenbrock", 9},
    {"lbfgs:memory=3,line_search=armijo,initial_scaling=true", "rosenbrock", 10},
    {"lbfgs:memory=10,line_search=armijo,initial_scaling=true", "rosenbrock", 18},
    {"bfgs:line_search=armijo,initial_scaling=false", "rosenbrock", 7},
    {"lbfgs:memory=1,line_search=armijo,initial_scaling=false", "rosenbrock", 16},
    {"lbfgs:memory=3,line_search=armijo,initial_scaling=false", "rosenbrock", 4},
    {"lbfgs:memory=10,line_search=armijo,initial_scaling=false", "rosenbrock", 8},
    {"bfgs:line_search=strong_wolfe,initial_scaling=true", "rosenbrock", 14},
    {"lbfgs:memory=1,line_search=strong_wolfe,initial_scaling=true", "rosenbrock", 11},
    {"lbfgs:memory=3,line_search=strong_wolfe,initial_scaling=true", "rosenbrock", 12},
    {"lbfgs:memory=10,line_search=strong_wolfe,initial_scaling=true", "rosenbrock", 12},
    {"lbfgs:memory=3,line_search=strong_wolfe,initial_scaling=false", "rosenbrock", 7},
    {"bfgs:line_search=more_thuente,initial_scaling=true", "rosenbrock", 15},
    {"lbfgs:memory=1,line_search=more_thuente,initial_scaling=true", "rosenbrock", 21},
    {"lbfgs:memory=3,line_search=more_thuente,initial_scaling=true", "rosenbrock", 14},
    {"lbfgs:memory=10,line_search=more_thuente,initial_scaling=true", "rosenbrock", 12},
    {"bfgs:line_search=more_thuente,initial_scaling=false", "rosenbrock", 9},
    {"lbfgs:memory=1,line_search=more_thuente,initial_scaling=false", "rosenbrock", 8},
    {"lbfgs:memory=3,line_search=more_thuente,initial_scaling=false", "rosenbrock", 3},
    {"lbfgs:memory=10,line_search=more_thuente,initial_scaling=false", "rosenbrock", 9},
    {"bfgs:line_search=hager_zhang,initial_scaling=true", "rosenbrock", 10},
    {"lbfgs:memory=1,line_search=hager_zhang,initial_scaling=true", "rosenbrock", 10},
    {"lbfgs:memory=3,line_search=hager_zhang,initial_scaling=true", "rosenbrock", 9},
    {"lbfgs:memory=10,line_search=hager_zhang,initial_scaling=true", "rosenbrock", 11},
    {"bfgs:line_search=hager_zhang,initial_scaling=false", "rosenbrock", 1},
    {"lbfgs:memory=1,line_search=hager_zhang,initial_scaling=false", "rosenbrock", 1},
    {"lbfgs:memory=3,line_search=hager_zhang,initial_scaling=false", "rosenbrock", 1},
    {"lbfgs:memory=10,line_search=hager_zhang,initial_scaling=false", "rosenbrock", 1},
};

int last_to_agree(const Case& c) {
  for (const Amplifier& amplifier : amplifiers) {
    if (amplifier.solver == c.solver && amplifier.problem == c.problem) return amplifier.last;
  }
  return steps;
}

// A path that has ended stays where it is.
template <class Path>
const auto& point(const Path& path, int k) {
  return path[std::min(static_cast<std::size_t>(k), path.size() - 1)];
}

template <class X, class Y>
double distance(const X& x, const Y& y) {
  double most = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    most = std::max(most, static_cast<double>(std::fabs(x[i] - y[i])));
  }
  return most;
}

std::vector<std::vector<double>> solver_path(const Case& c) {
  const auto problem = all_problems().make(c.problem);
  const auto solver = all_solvers().make(c.solver);
  const Result result =
      minimize(*problem, *solver,
               {.limits = {.max_iterations = steps, .gradient_tolerance = 0}, .trace = {.iterates = true}});
  std::vector<std::vector<double>> path;
  for (std::size_t k = 0; k < result.trace.rows(); ++k) {
    const Vector x = result.trace.iterate(k);
    path.emplace_back(x.begin(), x.end());
  }
  return path;
}

class Agreement : public testing::TestWithParam<Case> {};

// |x_k - y_k| <= 1e-12 max(|x_k|, |y_k|) + 16 eps max_{j<=k} |y_j|, in the infinity norm. The second term is
// the rounding of the updates themselves, of which there are a few and each is eps of what it adds up: it
// counts only where an iterate is under 1/300 of the path, so near a minimiser at 0, where no step of that
// length can be added with less.
//
// A method that amplifies rounding is held to this up to the iterate that `amplifiers` names. Beyond, a
// disagreement must be the method's own: by then the float64 reference has differed as well from the same code
// in long double, by no less than a thirtieth of what is allowed (two float64 paths, and the order in which
// they add, are no closer to each other than that to the exact one).
TEST_P(Agreement, OfFiftyIterates) {
  const Case& c = GetParam();
  const auto path = solver_path(c);
  const auto reference = c.path();
  const auto precise = c.precise_path();
  const std::vector<double> origin(reference[0].size(), 0.0);
  double size_of_path = 0;
  double own_error = 0;  // of the float64 reference up to here, relative to what is allowed
  for (int k = 0; k <= steps; ++k) {
    const auto& x = point(path, k);
    const auto& y = point(reference, k);
    size_of_path = std::max(size_of_path, distance(y, origin));
    const double allowed = tolerance * std::max(distance(x, origin), distance(y, origin)) +
                           16 * std::numeric_limits<double>::epsilon() * size_of_path;
    own_error = std::max(own_error, distance(point(precise, k), y) / allowed);
    if (distance(x, y) <= allowed) continue;
    EXPECT_GT(k, last_to_agree(c)) << "iterates differ by " << distance(x, y) << ", allowed " << allowed;
    EXPECT_GE(own_error, 1.0 / 30) << "iterate " << k;
  }
}

INSTANTIATE_TEST_SUITE_P(Methods, Agreement, testing::ValuesIn(every_case()));

}  // namespace
}  // namespace optbed
