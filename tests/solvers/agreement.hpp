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
//   3. expect_same_path for each of its cases.
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
  std::string problem;
  std::string solver;
  std::function<NextIterate<double>()> reference;
  std::function<NextIterate<long double>()> precise_reference;
};

class AgreementCases {
 public:
  // make_reference(reference_objective<Real>(problem)) is the reference, for Real = double and long double.
  template <class MakeReference>
  void add(const std::string& problem, const std::string& solver, MakeReference make_reference) {
    cases_.push_back({problem, solver, [=] { return next_iterate<double>(problem, make_reference); },
                      [=] { return next_iterate<long double>(problem, make_reference); }});
  }

  auto begin() const { return cases_.begin(); }
  auto end() const { return cases_.end(); }

 private:
  template <class Real, class MakeReference>
  static NextIterate<Real> next_iterate(const std::string& problem, const MakeReference& make_reference) {
    return [method = make_reference(reference_objective<Real>(problem))](
               const reference::Vec<Real>& x) mutable { return method.next(x); };
  }

  std::vector<AgreementCase> cases_;
};

// A case that cannot be held to 50 iterates, and the last that it can.
struct Amplifier {
  std::string solver;
  std::string problem;
  int last;
};

// Solver and float64 reference run side by side for 50 iterations:
//   |x_k - y_k| <= 1e-12 max(|x_k|, |y_k|) + 16 eps max_{j<=k} |y_j|, in the infinity norm.
// The second term is the rounding of the updates themselves, of which there are a few and each is eps of what
// it adds up: it counts only where an iterate is under 1/300 of the path, so near a minimiser at 0, where no
// step of that length can be added with less.
//
// A case that amplifies rounding is held to this up to its iterate `last`. Beyond, a disagreement must be the
// method's own: by then the float64 reference has differed as well from the same code in long
// double, by no less than a thirtieth of what is allowed (two float64 paths, and the order in which they add,
// are no closer to each other than that to the exact one).
void expect_same_path(const AgreementCase& c, const std::vector<Amplifier>& amplifiers = {});

}  // namespace optbed
