// Chains of four-variable functions, each of which shares two variables with the next (Conn, Gould & Toint
// 1988, "Testing a class of methods for solving minimization problems with simple bounds on the variables";
// Lukšan & Vlček 1999, problems 2 and 3), n even: with k = 1, 3, 5, …, n - 3,
//
// Wood:    sum of 100 (x_k^2 - x_{k+1})^2 + (x_k - 1)^2 + 90 (x_{k+2}^2 - x_{k+3})^2 + (x_{k+2} - 1)^2
//                 + 10 (x_{k+1} + x_{k+3} - 2)^2 + (x_{k+1} - x_{k+3})^2/10.
//   Start (-3, -1, -3, -1, -2, 0, -2, 0, …). Minimum 0 at (1, …, 1), its only zero: the second and the fourth
//   term fix the odd components, the first and the third the even ones. n = 4 is Wood's function of Moré,
//   Garbow & Hillstrom 1981, no. 14.
//
// Powell:  sum of (x_k + 10 x_{k+1})^2 + 5 (x_{k+2} - x_{k+3})^2 + (x_{k+1} - 2 x_{k+2})^4
//                 + 10 (x_k - x_{k+3})^4.
//   Start (3, -1, 0, 1, 3, -1, 0, 1, …). Minimum 0 at 0, its only zero. Convex: powers of linear functions. The
//   quartic terms have no curvature at 0, and the quadratic ones see the first pair of variables in one
//   direction only, and the last: the Hessian there has rank n - 2. n = 4 is Powell's singular function (Powell
//   1962; Moré, Garbow & Hillstrom 1981, no. 13).
#pragma once

#include "problems/classic/large_scale/element_sum.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct ChainOptions {
  long n = 100;
};

// One term of the sum, in (a, b, c, d) = (x_k, …, x_{k+3}).
struct WoodElement {
  static constexpr int width = 4, stride = 2, padding = 0;

  template <class X>
  static X gradient(X /*k*/, const std::array<X, 4>& x, std::array<X, 4>& g) {
    const auto [a, b, c, d] = x;
    const X first = b - a * a, second = d - c * c;
    const X to_one = 1.0 - a, and_one = 1.0 - c;
    const X sum = b + d - 2.0, difference = b - d;
    const X pull_first = 200.0 * first, pull_second = 180.0 * second;
    const X pull_sum = 20.0 * sum, pull_apart = 0.2 * difference;
    g[0] = -2.0 * (a * pull_first + to_one);
    g[1] = pull_first + pull_sum + pull_apart;
    g[2] = -2.0 * (c * pull_second + and_one);
    g[3] = pull_second + pull_sum - pull_apart;
    return 0.5 * (pull_first * first + pull_second * second + pull_sum * sum + pull_apart * difference) +
           to_one * to_one + and_one * and_one;
  }

  template <class X>
  static void hessian(X /*k*/, const std::array<X, 4>& x, Triangle<X, 4>& H) {
    const auto [a, b, c, d] = x;
    const X none = 0.0 * a;
    H = {1200.0 * a * a - 400.0 * b + 2.0, -400.0 * a, none + 220.2, none,       none,
         1080.0 * c * c - 360.0 * d + 2.0, none,       none + 19.8,  -360.0 * c, none + 200.2};
  }
};

template <int pair_stride>
struct PowellElement {
  static constexpr int width = 4, stride = pair_stride, padding = 0;

  template <class X>
  static X gradient(X /*k*/, const std::array<X, 4>& x, std::array<X, 4>& g) {
    const auto [a, b, c, d] = x;
    const X first = a + 10.0 * b, second = c - d, middle = b - 2.0 * c, outer = a - d;
    const X middle_square = middle * middle, outer_square = outer * outer;
    const X pull_first = 2.0 * first, pull_second = 10.0 * second;
    const X pull_middle = 4.0 * middle_square * middle, pull_outer = 40.0 * outer_square * outer;
    g[0] = pull_first + pull_outer;
    g[1] = 10.0 * pull_first + pull_middle;
    g[2] = pull_second - 2.0 * pull_middle;
    g[3] = -pull_second - pull_outer;
    return first * first + 5.0 * second * second + middle_square * middle_square +
           10.0 * outer_square * outer_square;
  }

  template <class X>
  static void hessian(X /*k*/, const std::array<X, 4>& x, Triangle<X, 4>& H) {
    const auto [a, b, c, d] = x;
    const X none = 0.0 * a;
    const X middle = 12.0 * (b - 2.0 * c) * (b - 2.0 * c), outer = 120.0 * (a - d) * (a - d);
    H = {outer + 2.0,         none + 20.0, middle + 200.0, none,        -2.0 * middle,
         4.0 * middle + 10.0, -outer,      none,           none - 10.0, outer + 10.0};
  }
};

class ChainedWood final : public ElementSumProblem<WoodElement> {
 public:
  using Options = ChainOptions;
  static OptionTable<Options> option_table();

  explicit ChainedWood(const Options& options = {});

  Vector start() const override;
};

class ChainedPowell final : public ElementSumProblem<PowellElement<2>> {
 public:
  using Options = ChainOptions;
  static OptionTable<Options> option_table();

  explicit ChainedPowell(const Options& options = {});

  Vector start() const override;
};

ProblemEntry chained_wood_entry();
ProblemEntry chained_powell_entry();

}  // namespace optbed
