// The downhill simplex method (Nelder & Mead 1965) with the rules of Lagarias, Reeds, Wright & Wright 1998,
// section 2. The worst of n + 1 vertices is replaced by a point on the line through it and the centroid of the
// others: its reflection, an expansion, or a contraction; where none of these is better, all vertices but the
// best shrink towards it.
// The first iteration forms the simplex: x0 and, for each i, x0 with its component i 5 % larger (0.00025 where
// it is 0), or x0 + edge e_i, or the given vertices. The iterate is the best vertex, and an iteration that
// finds none better counts as rejected. A vertex whose value is infinite or NaN is worse than every other. The
// run stops as stalled where no vertex is farther from the best than size_tolerance (infinity norm) and no
// value larger than the best by more than value_tolerance; neither is taken for less than rounding.
// Needs: values. Cost: 1 or 2 values and O(n^2) flops an iteration; n + 2 where it shrinks. Rate: none is
// known. On strictly convex functions of two variables the values at the vertices converge to one number
// (Lagarias et al. 1998), which need not be a minimum (McKinnon 1998).
#pragma once

#include <vector>

#include "solvers/global/population.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// standard: reflection 1, expansion 2, contraction 1/2, shrinking 1/2.
// adaptive: 1, 1 + 2/n, 3/4 - 1/(2n), 1 - 1/n (Gao & Han 2012), which keeps the method moving where n is large;
// the same for n = 2, and standard for n = 1.
enum class SimplexCoefficients { standard, adaptive };

struct NelderMeadOptions {
  SimplexCoefficients coefficients = SimplexCoefficients::standard;
  std::optional<double> edge = {};
  std::vector<double> vertices = {};
  double size_tolerance = 0;
  double value_tolerance = 0;
};

class NelderMead final : public Solver {
 public:
  using Options = NelderMeadOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit NelderMead(const Options& options) : options_(options) {}

  bool needs_gradient() const override { return false; }
  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::value; }

  // size: the largest distance (infinity norm) of a vertex from the best. value_spread: of the worst value from
  // the best.
  std::vector<std::string> property_names() const override { return {"size", "value_spread"}; }
  void properties(std::span<double> values) const override;

  // The vertices, the best first.
  const Population& simplex() const { return simplex_; }

 private:
  double size() const;
  double value_spread() const;
  bool has_converged() const;
  void improve(Oracle& f);
  double try_at(Oracle& f, double coefficient, Member& trial);
  void replace_worst(Member& trial);
  void shrink();

  Options options_;
  Point current_;
  Population simplex_;
  Member reflected_;
  Member trial_;
  Vector centroid_;
  double expansion_ = 2;
  double contraction_ = 0.5;
  double shrinking_ = 0.5;
};

}  // namespace optbed
