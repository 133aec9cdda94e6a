#include "problems/classic/large_scale/chained.hpp"

namespace optbed {
namespace {

OptionTable<ChainOptions> table_of_chains() {
  return OptionTable<ChainOptions>()
      .integer("n", &ChainOptions::n, at_least(4), "dimension, even")
      .rule([](const ChainOptions& options, const std::set<std::string>&) -> std::string {
        if (options.n % 2 == 0) return {};
        return fmt::format("n = {} is odd, and the chain is one of pairs; use n = {}", options.n,
                           options.n + 1);
      });
}

const char* const sources = "Conn, Gould & Toint 1988; Lukšan & Vlček 1999, problem ";

}  // namespace

ChainedWood::ChainedWood(const Options& options) : ElementSumProblem(options.n) {
  facts_.minimum = {0, "a sum of squares that vanishes at (1, …, 1)"};
  facts_.minimisers.push_back({Vector::Ones(dimension()), "the only point where every square is zero"});
  facts_.convexity = {Convexity::nonconvex,
                      "d^2f/dx_1^2 = 1200 x_1^2 - 400 x_2 + 2 = -398 at x_1 = 0, x_2 = 1"};
  facts_.function_class = {FunctionClass::locally_smooth, "the second derivatives grow like 1200 x_1^2"};
  facts_.bounded_below = {true, "a sum of squares"};
}

Vector ChainedWood::start() const {
  Vector x(dimension());
  for (Index i = 0; i < x.size(); ++i) x[i] = (i % 2 == 0 ? -2 : 0) - (i < 4 ? 1 : 0);
  return x;
}

OptionTable<ChainOptions> ChainedWood::option_table() { return table_of_chains(); }

ProblemEntry chained_wood_entry() {
  return registry_entry<Problem, ChainedWood>(
      "chained_wood", "Wood's two coupled valleys, chained: each pair of variables is in two of them",
      {{"start", "(-3, -1, -3, -1, -2, 0, -2, 0, …)"},
       {"facts", "nonconvex; minimum 0 at (1, …, 1)"},
       {"cost", "one pass over x for value, gradient and Hessian-vector product; the Hessian is sparse"},
       {"source", sources + std::string("2")}});
}

ChainedPowell::ChainedPowell(const Options& options) : ElementSumProblem(options.n) {
  facts_.minimum = {0, "a sum of even powers that vanishes at 0"};
  facts_.minimisers.push_back({Vector::Zero(dimension()), "the only point where every power is zero"});
  facts_.convexity = {Convexity::convex, "a sum of even powers of linear functions"};
  facts_.function_class = {FunctionClass::locally_smooth, "the second derivatives grow like 120 (x_1 - x_4)^2"};
  facts_.bounded_below = {true, "a sum of even powers"};
}

Vector ChainedPowell::start() const {
  constexpr std::array<double, 4> pattern = {3, -1, 0, 1};
  Vector x(dimension());
  for (Index i = 0; i < x.size(); ++i) x[i] = pattern[static_cast<std::size_t>(i % 4)];
  return x;
}

OptionTable<ChainOptions> ChainedPowell::option_table() { return table_of_chains(); }

ProblemEntry chained_powell_entry() {
  return registry_entry<Problem, ChainedPowell>(
      "chained_powell", "Powell's singular function, chained: the Hessian at the minimiser has rank n - 2",
      {{"start", "(3, -1, 0, 1, 3, -1, 0, 1, …)"},
       {"facts", "convex, not strongly; minimum 0 at 0, where f grows like a fourth power in two directions"},
       {"cost", "one pass over x for value, gradient and Hessian-vector product; the Hessian is sparse"},
       {"source", sources + std::string("3")}});
}

}  // namespace optbed
