// What line-search quasi-Newton methods share (Nocedal & Wright 2006, algorithm 6.1):
//   x_{k+1} = x_k + alpha_k d_k,  d_k = -H_k g_k,
// where H_k approximates the inverse Hessian from s = x_{k+1} - x_k and y = g_{k+1} - g_k.
#pragma once

#include <memory>

#include "solvers/line_search/line_search.hpp"
#include "solvers/registry.hpp"

namespace optbed {

struct QuasiNewtonOptions {
  LineSearchKind line_search = LineSearchKind::strong_wolfe;
  bool initial_scaling = true;
};

// Adds line_search and initial_scaling to a table of options that derive from QuasiNewtonOptions, or are them.
template <class T>
OptionTable<T>& add_quasi_newton_options(OptionTable<T>& table) {
  return table
      .choice("line_search", static_cast<LineSearchKind T::*>(&QuasiNewtonOptions::line_search),
              line_search_choices(), "how the step length along -H g is found")
      .flag("initial_scaling", static_cast<bool T::*>(&QuasiNewtonOptions::initial_scaling),
            "scale the initial matrix by s'y/y'y, and the first step to length 1 at most; otherwise it is I");
}

class QuasiNewton : public Solver {
 public:
  const QuasiNewtonOptions& options() const { return options_; }

  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) final;
  StepInfo step(Oracle& f) final;
  const Point& current() const final { return current_; }

 protected:
  explicit QuasiNewton(const QuasiNewtonOptions& options);

  // s'y > 0 beyond rounding. The Wolfe conditions imply s'y > 0, Armijo's does not, and H stays positive
  // definite under BFGS and DFP only with it. They skip a pair without: damping it would bend H towards a
  // curvature that f does not have (Nocedal & Wright 2006, pp. 143 and 537).
  static bool has_curvature(const Vector& s, const Vector& y);

 private:
  // H_0 = I, for n variables. Allocates.
  virtual void reset(Index n) = 0;

  // d = -H g, or what takes its place where that does not descend.
  virtual void direction(const Vector& g, Vector& d) = 0;

  // Takes the pair (s, y) into H. False where the pair is skipped, and H stays as it is.
  virtual bool update(const Vector& s, const Vector& y) = 0;

  double initial_step() const;

  QuasiNewtonOptions options_;
  std::unique_ptr<LineSearch> line_search_;
  bool updated_ = false;  // H is not I any more
  Point current_;
  Point trial_;  // after a step: the point before
  Vector d_;
  Vector s_;
  Vector y_;
};

}  // namespace optbed
