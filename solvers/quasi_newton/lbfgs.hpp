// L-BFGS (Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithms 7.4 and 7.5): BFGS from a
// multiple of the identity with the last m pairs (s, y) only, applied by the two-loop recursion. The multiple
// is gamma_k = s'y/y'y of the newest pair ((7.20)) or, without initial_scaling, 1 in every iteration. Needs:
// gradient. Cost: a line search, of which most accept their first trial; 8 m n flops, and 4 m n + O(n) numbers
// of memory traffic; 2 m n numbers of memory. Rate: R-linear on uniformly convex functions (Liu & Nocedal
// 1989); on a quadratic with exact searches and without scaling the iterates of conjugate gradients for every m
// >= 1.
#pragma once

#include "solvers/quasi_newton/quasi_newton.hpp"

namespace optbed {

struct LbfgsOptions : QuasiNewtonOptions {
  long memory = 10;  // m: most gain is had by 5 to 20 (Nocedal & Wright 2006, section 7.2)
};

class Lbfgs final : public QuasiNewton {
 public:
  using Options = LbfgsOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Lbfgs(const Options& options = {}) : QuasiNewton(options), memory_(options.memory) {}

 private:
  void reset(Index n) override;
  void direction(const Vector& g, Vector& d) override;
  bool update(const Vector& s, const Vector& y) override;

  // The column that holds the pair which is `age` updates older than the newest.
  Index column(Index age) const { return (newest_ + memory_ - age) % memory_; }

  Index memory_;
  Matrix S_;  // n x m, a ring of columns, as is Y
  Matrix Y_;
  Vector rho_;    // m: 1/s'y
  Vector alpha_;  // m: of the first loop
  double gamma_ = 1;
  Index newest_ = 0;
  Index pairs_ = 0;  // how many of the m columns are filled
};

}  // namespace optbed
