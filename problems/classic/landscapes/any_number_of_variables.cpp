#include "problems/classic/landscapes/any_number_of_variables.hpp"

#include <algorithm>

#include "problems/classic/landscapes/landscapes.hpp"
#include "problems/differentiation/differentiated_function.hpp"

namespace optbed::landscapes {
namespace {

using std::numbers::pi;

struct SizeOptions {
  long n = 2;
};

template <class T>
OptionTable<T> sized_table() {
  OptionTable<T> table;
  table.integer("n", &T::n, at_least(1), "dimension");
  return table;
}

// Three quarters of the way from the middle of [lower, upper]^n to its upper corner.
Vector start_in(Index n, double lower, double upper) {
  return Vector::Constant(n, (lower + upper) / 2 + 0.75 * (upper - lower) / 2);
}

std::vector<std::pair<std::string, std::string>> notes_on_a_box(double lower, double upper,
                                                                const std::string& facts,
                                                                const std::string& source) {
  return {{"start", fmt::format("{:.6g} in each component", start_in(1, lower, upper)[0])},
          {"facts", facts},
          {"domain", fmt::format("[{:.6g}, {:.6g}]^n", lower, upper)},
          {"source", source}};
}

// A function that depends on nothing but x.
template <class F>
ProblemEntry entry_of_any_size(const std::string& name, const std::string& summary, double lower, double upper,
                               const std::string& facts, const std::string& source,
                               Facts (*facts_of)(Index n)) {
  const auto table = sized_table<SizeOptions>();
  return {name, summary, notes_on_a_box(lower, upper, facts, source), table.descriptions(),
          [=](const KeyValues& values) -> std::unique_ptr<Problem> {
            const Index n = table.parse(name, values).n;
            return std::make_unique<DifferentiatedFunction<F>>(
                F(), FunctionSettings{start_in(n, lower, upper), facts_of(n)});
          }};
}

Facts zero_at(Vector minimiser, const std::string& why) {
  Facts facts;
  facts.minimum = {0, why};
  facts.minimisers.push_back({std::move(minimiser), why});
  facts.bounded_below = {true, why};
  return facts;
}

Facts rastrigin(Index n) {
  const std::string terms = "the terms are x^2 + 20 sin^2(pi x)";
  Facts facts = zero_at(Vector::Zero(n), terms);
  const std::string curvature = "f''= 2 + 40 pi^2 cos(2 pi x) in each component";
  facts.lipschitz = {2 + 40 * pi * pi, curvature};
  facts.convexity = {Convexity::nonconvex, curvature};
  facts.function_class = {FunctionClass::smooth, curvature};
  return facts;
}

Facts ackley(Index n) {
  Facts facts = zero_at(Vector::Zero(n), "both terms are at least 0, the first with equality at 0 only");
  facts.convexity = {Convexity::nonconvex, "at most 20 + e, and a convex function that is bounded is constant"};
  facts.function_class = {FunctionClass::nonsmooth, "a cone of slope 4/sqrt(n) at 0, smooth elsewhere"};
  return facts;
}

Facts griewank(Index n) {
  Facts facts = zero_at(Vector::Zero(n), "|x|^2/4000 >= 0, and the product of cosines is at most 1");
  double harmonic = 0;
  for (Index i = n; i >= 1; --i) harmonic += 1 / static_cast<double>(i);
  facts.lipschitz = {0.0005 + harmonic,
                     "the product's second derivatives are at most 1/sqrt(i j): 1/2000 + 1 + 1/2 + … + 1/n"};
  facts.convexity = {Convexity::nonconvex, "at (pi, 0, …, 0) the second derivative in x_1 is 1/2000 - 1"};
  facts.function_class = {FunctionClass::smooth, "the second derivatives of a product of cosines are bounded"};
  return facts;
}

// Every component of a stationary point is one of the three zeros of 4 t^3 - 32 t + 5.
Facts styblinski_tang(Index n) {
  constexpr double best = -2.9035340277711770951, value_of_best = -39.166165703771415464;
  constexpr double other = 2.7468027709908369925, value_of_other = -25.029446655283942607;
  constexpr Index most_listed = 3;
  const std::string source = "separable; the zeros of 4 t^3 - 32 t + 5, computed in 40 digits";
  Facts facts;
  facts.minimum = {static_cast<double>(n) * value_of_best, source};
  facts.minimisers.push_back({Vector::Constant(n, best), source});
  facts.bounded_below = {true, source};
  facts.convexity = {Convexity::nonconvex, "at 0 the second derivatives are -16"};
  facts.function_class = {FunctionClass::locally_smooth, "a polynomial of degree 4"};
  for (long choice = 1; n <= most_listed && choice < (1L << n); ++choice) {
    Vector x = Vector::Constant(n, best);
    double value = 0;
    for (Index i = 0; i < n; ++i) {
      const bool is_other = (choice >> i & 1) != 0;
      if (is_other) x[i] = other;
      value += is_other ? value_of_other : value_of_best;
    }
    facts.add_local_minimum(std::move(x), value, source);
  }
  return facts;
}

Facts zakharov(Index n) {
  const std::string hessian = "H = 2 I + (2 + 12 s^2) w w' with w_i = i/2 and s = w'x";
  Facts facts = zero_at(Vector::Zero(n), "a sum of even powers that vanishes at 0 only");
  facts.strong_convexity = {n == 1 ? 2.5 : 2, hessian};
  facts.convexity = {Convexity::strongly_convex, hessian};
  facts.function_class = {FunctionClass::locally_smooth, hessian};
  return facts;
}

Facts levy(Index n) {
  Facts facts = zero_at(Vector::Ones(n), "a sum of squares, and only w = (1, …, 1) makes all of them zero");
  facts.convexity = {Convexity::nonconvex,
                     "at x_n = 2 the second derivative in x_n is (4 - pi^2/2)/16 = -0.058"};
  facts.function_class = {FunctionClass::locally_smooth, "the second derivatives grow like (w_i - 1)^2"};
  return facts;
}

struct MichalewiczOptions {
  long n = 2;
  double m = 10;
};

// The term of one component as a function of that component.
struct MichalewiczTerm {
  Michalewicz whole;
  double i;

  template <class X>
  X operator()(std::span<const X> x) const {
    return whole.term(i, x[0]);
  }
};

// Where the i-th term is least on [0, pi]. The squared sine to the power of m is 1 on narrow ridges, at pi
// sqrt((k + 1/2)/i), and the least value is on one of those by the top of sin x, from where Newton's method
// finds it.
double least_on_the_domain(const MichalewiczTerm& term) {
  constexpr int newton_steps = 50;
  constexpr std::size_t nearest = 3;
  std::vector<double> ridges;
  for (double k = 0; k < term.i; ++k) ridges.push_back(pi * std::sqrt((k + 0.5) / term.i));
  std::ranges::sort(ridges, {}, [](double ridge) { return std::abs(ridge - pi / 2); });
  ridges.resize(std::min(ridges.size(), nearest));

  Vector best = Vector::Constant(1, ridges[0]);
  Vector g(1);
  Matrix H(1, 1);
  for (const double ridge : ridges) {
    Vector x = Vector::Constant(1, ridge);
    for (int k = 0; k < newton_steps; ++k) {
      gradient_of(term, x, g);
      hessian_of(term, x, H);
      x[0] -= g[0] / H(0, 0);
    }
    if (term(as_span(x)) < term(as_span(best))) best = x;
  }
  return best[0];
}

Facts michalewicz(const Michalewicz& f, Index n) {
  Facts facts;
  facts.bounded_below = {true, "-n: each term is at least -1"};
  facts.function_class = {FunctionClass::locally_smooth, "the frequency of i x_i^2/pi grows with x_i"};
  Vector x(n);
  for (Index i = 0; i < n; ++i) x[i] = least_on_the_domain({f, static_cast<double>(i + 1)});
  const double value = f(as_span(x));
  facts.add_local_minimum(std::move(x), value,
                          "the least on [0, pi]^n, computed component by component; lower ones lie outside");
  return facts;
}

ProblemEntry michalewicz_entry() {
  auto table = OptionTable<MichalewiczOptions>();
  table.integer("n", &MichalewiczOptions::n, between(1, 1000), "dimension")
      .real("m", &MichalewiczOptions::m, at_least(1), "steepness of the valleys' walls");
  return {"michalewicz", "n! local minima in steep valleys on plateaus, -sum sin(x_i) sin^(2m)(i x_i^2/pi)",
          notes_on_a_box(
              0, pi,
              "-1.8013034, -4.687658, -9.66015 are the least values on the domain for n = 2, 5, 10 and m = 10; "
              "f is lower outside of it, so that its least value on the whole space is not known",
              "Michalewicz 1992; Surjanovic & Bingham, Virtual Library of Simulation Experiments"),
          table.descriptions(), [table](const KeyValues& values) -> std::unique_ptr<Problem> {
            const MichalewiczOptions options = table.parse("michalewicz", values);
            const Michalewicz f{options.m};
            return std::make_unique<DifferentiatedFunction<Michalewicz>>(
                f, FunctionSettings{start_in(options.n, 0, pi), michalewicz(f, options.n)});
          }};
}

struct ValleysOptions {
  long n = 2;
  long depth = 3;
  double scale = 5;
  double roughness = 0.5;
};

// In each component f'' = 1 + 2 pi^2 roughness sum_j scale^j cos(2 pi scale^j t).
Facts valleys_in_valleys(const ValleysOptions& options) {
  const auto curvature = [&](double t) {
    double sum = 0;
    double frequency = 1;
    for (long j = 0; j < options.depth; ++j) {
      sum += frequency * std::cos(2 * pi * frequency * t);
      frequency *= options.scale;
    }
    return 1 + 2 * pi * pi * options.roughness * sum;
  };
  Facts facts = zero_at(Vector::Zero(options.n), "every term is at least 0, and the bowl's is 0 at 0 only");
  const std::string formula = "f'' = 1 + 2 pi^2 roughness sum scale^j cos(2 pi scale^j t) in each component t";
  facts.lipschitz = {curvature(0), formula};
  facts.function_class = {FunctionClass::smooth, formula};
  const double beside_the_last_valley = 0.5 * std::pow(options.scale, static_cast<double>(1 - options.depth));
  if (curvature(beside_the_last_valley) < 0) {
    facts.convexity = {Convexity::nonconvex,
                       fmt::format("{} is {:.6g} at t = {:.6g}", formula, curvature(beside_the_last_valley),
                                   beside_the_last_valley)};
  } else if (const double least = 2 - curvature(0); least > 0) {
    facts.strong_convexity = {least, formula + ", where every cosine is at least -1"};
    facts.convexity = {Convexity::strongly_convex, formula};
  }
  return facts;
}

ProblemEntry valleys_in_valleys_entry() {
  auto table = sized_table<ValleysOptions>();
  table.integer("depth", &ValleysOptions::depth, between(0, 12), "levels of valleys within valleys; 0: a bowl")
      .real("scale", &ValleysOptions::scale, between(1.5, 100),
            "how many times narrower and shallower the valleys of the next level are")
      .real("roughness", &ValleysOptions::roughness, between(0, 1e6), "depth of the first level's valleys");
  return {
      "valleys_in_valleys",
      "a bowl with valleys that have valleys in them, and so on: as steep at every scale",
      {{"start", "pi in each component"},
       {"facts",
        "minimum 0 at 0; L = 1 + 2 pi^2 roughness (1 + scale + … + scale^(depth-1)); local minima at every "
        "scale, of which a long step or noise sees only the coarse ones"},
       {"domain", "[-4, 4]^n"},
       {"source",
        "a sum of ripples of equal slope at every scale, as Weierstrass's function is, for the picture of "
        "valleys in valleys by which lectures explain the noise and the step of stochastic gradient descent"}},
      table.descriptions(),
      [table](const KeyValues& values) -> std::unique_ptr<Problem> {
        const ValleysOptions options = table.parse("valleys_in_valleys", values);
        return std::make_unique<DifferentiatedFunction<ValleysInValleys>>(
            ValleysInValleys{options.depth, options.scale, options.roughness},
            FunctionSettings{Vector::Constant(options.n, pi), valleys_in_valleys(options)});
      }};
}

}  // namespace

void add_in_any_number_of_variables(ProblemRegistry& registry) {
  registry.add(entry_of_any_size<Rastrigin>(
      "rastrigin", "a bowl with a ripple: a local minimum by every point of the integer grid near 0", -5.12,
      5.12, "nonconvex, L = 2 + 40 pi^2; minimum 0 at 0; 11^n local minima in the domain",
      "Rastrigin 1974; Mühlenbein, Schomisch & Born 1991", rastrigin));
  registry.add(entry_of_any_size<Ackley>(
      "ackley", "a ripple on a plain that falls to a funnel around the minimum", -32.768, 32.768,
      "nonconvex; minimum 0 at 0, at the tip of a cone: the gradient does not tend to 0 "
      "there, so that only the value tells a solution",
      "Ackley 1987; Bäck 1996; Jamil & Yang 2013, no. 1", ackley));
  registry.add(entry_of_any_size<Griewank>("griewank", "a wide bowl with a ripple that is a product of cosines",
                                           -600, 600,
                                           "nonconvex; minimum 0 at 0; the ripple's share of f falls with n",
                                           "Griewank 1981; Jamil & Yang 2013, no. 59", griewank));
  registry.add(entry_of_any_size<StyblinskiTang>(
      "styblinski_tang", "a double well in every component: 2^n minima", -5, 5,
      "nonconvex; minimum -39.166166 n at -2.903534 in each component; 2.746803 makes it a local one",
      "Styblinski & Tang 1990; Jamil & Yang 2013, no. 144", styblinski_tang));
  registry.add(entry_of_any_size<Zakharov>(
      "zakharov", "|x|^2 + s^2 + s^4 with s = sum i x_i/2: a convex valley across s", -5, 10,
      "strongly convex, mu = 2; minimum 0 at 0", "Jamil & Yang 2013, no. 173", zakharov));
  registry.add(entry_of_any_size<Levy>(
      "levy", "a bowl with ripples that grow with the distance from the minimum", -10, 10,
      "nonconvex; minimum 0 at (1, …, 1)",
      "Levy & Montalvo 1985; Laguna & Martí 2005; Surjanovic & Bingham, Virtual Library "
      "of Simulation Experiments",
      levy));
  registry.add(michalewicz_entry());
  registry.add(valleys_in_valleys_entry());
}

}  // namespace optbed::landscapes
