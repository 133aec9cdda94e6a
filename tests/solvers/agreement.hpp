// Every method against a second implementation of it: the solver as a user makes it beside a reference that
// shares no code with it (tests/solvers/reference: scalar loops, in double and in long double).
//
// How a method is added:
//   1. its reference, a class template over Real in tests/solvers/reference/FAMILY.hpp with
//        std::optional<Vec<Real>> next(const Vec<Real>& x_k)     // x_{k+1}; nothing where the method ends
//      written from the paper, not from the solver. What it remembers (a velocity, pairs, a damping) it makes
//      from the iterates that it is given, since these may be the solver's;
//   2. a line in FAMILY/FAMILY_agreement_test.cpp (or in a file like it for a new family):
//        cases.add(problem, "name:option=value", [=]<class Real>(const reference::Objective<Real>& f) {
//          return reference::Name<Real>(f, Real(value));
//        });
//      with a problem that reference_objective knows;
//   3. expect_same_steps, and expect_same_path, for each of its cases.
// Constants reach a reference as Real(0.8), so that it takes the float64 number that the solver takes.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/solvers/reference/objective.hpp"

namespace optbed {

// The problem of this name, written down a second time.
template <class Real>
reference::Objective<Real> reference_objective(const std::string& problem) {
  if (problem == "rosenbrock") return reference::rosenbrock<Real>();
  if (problem == "quadratic:eigenvalues=1;3") return reference::diagonal_quadratic<Real>({1, 3});
  if (problem == "quadratic:n=10,kappa=100") {
    return reference::diagonal_quadratic(reference::logarithmic_spectrum<Real>(10, 100));
  }
  if (problem == "quadratic:n=2,kappa=10,angle=30") return reference::rotated_quadratic<Real>(1, 10, 30);
  throw std::logic_error("no reference for problem " + problem);
}

inline const std::vector<std::string> agreement_quadratics = {
    "quadratic:eigenvalues=1;3", "quadratic:n=10,kappa=100", "quadratic:n=2,kappa=10,angle=30"};
inline const std::vector<std::string> agreement_problems = {agreement_quadratics[0], agreement_quadratics[1],
                                                            agreement_quadratics[2], "rosenbrock"};

// Steps a little below 2/L, where the steep coordinate alternates its sign. On Rosenbrock, L at the start.
double agreement_learning_rate(const std::string& problem);

constexpr int agreement_steps = 50;

// The reference of a method, from x_k to x_{k+1}.
template <class Real>
using NextIterate = std::function<std::optional<reference::Vec<Real>>(const reference::Vec<Real>&)>;

struct AgreementCase {
  template <class Real>
  using MakeReference = std::function<NextIterate<Real>(const reference::Objective<Real>&)>;

  std::string problem;
  std::string solver;
  std::vector<double> start;  // empty: the problem's own
  MakeReference<double> reference;
  MakeReference<long double> precise_reference;
};

class AgreementCases {
 public:
  // make_reference(f) is the reference, for a reference::Objective<Real> f of Real = double and long double.
  template <class MakeReference>
  void add(const std::string& problem, const std::string& solver, MakeReference make_reference,
           const std::vector<double>& start = {}) {
    cases_.push_back({problem, solver, start,
                      [=](const auto& f) { return next_iterate<double>(make_reference(f)); },
                      [=](const auto& f) { return next_iterate<long double>(make_reference(f)); }});
  }

  auto begin() const { return cases_.begin(); }
  auto end() const { return cases_.end(); }

 private:
  template <class Real, class Method>
  static NextIterate<Real> next_iterate(Method method) {
    return [method](const reference::Vec<Real>& x) mutable { return method.next(x); };
  }

  std::vector<AgreementCase> cases_;
};

// A case that cannot be held to 50 iterates, and the last that it can.
struct Amplifier {
  std::string solver;
  std::string problem;
  int last;
  std::vector<double> start = {};
};

// Solver and float64 reference run side by side for 50 iterations:
//   |x_k - y_k| <= 1e-12 max(|x_k|, |y_k|) + 16 eps max_{j<=k} |y_j|, in the infinity norm.
// The second term is the rounding of the updates themselves, of which there are a few and each is eps of what
// it adds up: it counts only where an iterate is under 1/300 of the path, so near a minimiser at 0, where no
// step of that length can be added with less.
//
// A case that amplifies rounding is held to this up to its iterate `last`. Beyond, a disagreement must be the
// method's own: by then the float64 reference has differed as well from the same code in long double, by no
// less than a thirtieth of what is allowed (two float64 paths, and the order in which they add, are no closer
// to each other than that to the exact one).
void expect_same_path(const AgreementCase& c, const std::vector<Amplifier>& amplifiers = {});

// The long double reference is given the solver's own x_k, one after another, and predicts x_{k+1}:
//   |x_{k+1} - y_{k+1}| <= 1e-12 max(|x_k|, |x_{k+1}|), in the infinity norm,
// at every iterate, since nothing is carried over that could grow. Where the solver has ended, the prediction
// is to stay as well. Two bounds of float64 remain:
//  - Where |x|^2 keeps no twelve digits above the least normal number, so for |x| < 1.5e-148 and a minimiser at
//    0, values and products s'y underflow in float64 and not in long double. The comparison ends there.
//  - A step can itself be ill-conditioned. Where it misses the bound, the condition is measured: the reference
//    takes the same steps with objectives whose evaluations are exact at a point half an ulp away, and rounded.
//    The solver is then to be within 10 times the largest change of y_{k+1} that these make, and that change
//    under 1e-9 relative (another decision in a line search makes a far larger one).
void expect_same_steps(const AgreementCase& c);

}  // namespace optbed
