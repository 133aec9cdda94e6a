#include "problems/classic/landscapes/two_variables.hpp"

#include "problems/classic/landscapes/landscapes.hpp"
#include "problems/differentiation/differentiated_residuals.hpp"

namespace optbed::landscapes {
namespace {

struct NoOptions {};

// What `describe` says beside the facts.
std::vector<std::pair<std::string, std::string>> notes(const std::string& start, const std::string& facts,
                                                       const std::string& domain, const std::string& source) {
  return {{"start", start}, {"facts", facts}, {"domain", domain}, {"source", source}};
}

// P is made from a function F and the settings that `settings()` returns.
template <class P, class F>
ProblemEntry entry(const std::string& name, const std::string& summary,
                   std::vector<std::pair<std::string, std::string>> notes, FunctionSettings (*settings)()) {
  const OptionTable<NoOptions> table;
  return {name, summary, std::move(notes), table.descriptions(),
          [name, table, settings](const KeyValues& values) -> std::unique_ptr<Problem> {
            table.parse(name, values);
            return std::make_unique<P>(F(), settings());
          }};
}

Facts facts_of_a_polynomial(int degree, const std::string& why_not_convex) {
  Facts facts;
  facts.function_class = {FunctionClass::locally_smooth, fmt::format("a polynomial of degree {}", degree)};
  facts.convexity = {Convexity::nonconvex, why_not_convex};
  return facts;
}

struct MonkeySaddleOptions {
  double delta = 1e-6;
};

ProblemEntry monkey_saddle() {
  OptionTable<MonkeySaddleOptions> table;
  table.real("delta", &MonkeySaddleOptions::delta, any_real(), "the start is (1, delta)");
  return {"monkey_saddle",
          "x^3 - 3 x y^2: stationary at 0, where the Hessian vanishes, and unbounded below in three directions",
          notes("(1, delta)", "nonconvex, unbounded below; 0 is the only stationary point", "[-2, 2]^2",
                "Hilbert & Cohn-Vossen 1932, Anschauliche Geometrie, section 29"),
          table.descriptions(), [table](const KeyValues& values) -> std::unique_ptr<Problem> {
            const double delta = table.parse("monkey_saddle", values).delta;
            Facts facts = facts_of_a_polynomial(3, "the Hessian's trace is 0");
            facts.bounded_below = {false, "x^3 along y = 0"};
            facts.add_saddle(Vector::Zero(2), 0, "x^3 along y = 0; H = 0 there");
            return std::make_unique<DifferentiatedFunction<MonkeySaddle>>(
                MonkeySaddle(), FunctionSettings{Vector{{1, delta}}, std::move(facts)});
          }};
}

FunctionSettings himmelblau() {
  Facts facts = facts_of_a_polynomial(4, "at (0, 0) the Hessian is diag(-42, -26)");
  const std::string zero = "a zero of both squares; Himmelblau 1972, to 17 digits";
  facts.minimum = {0, "a sum of squares that vanishes at (3, 2)"};
  facts.minimisers = {{Vector{{3, 2}}, zero},
                      {Vector{{-2.8051180869527448531, 3.1313125182505729658}}, zero},
                      {Vector{{-3.7793102533777468919, -3.2831859912861694123}}, zero},
                      {Vector{{3.5844283403304917449, -1.8481265269644035535}}, zero}};
  const std::string computed = "a zero of the gradient, computed in 40 digits";
  facts.add_saddle(Vector{{3.385154183607020938, 0.073851879837749287719}}, 13.311926270405589889, computed);
  facts.add_saddle(Vector{{0.086677504555396351823, 2.8842547011747761131}}, 67.719150087526140226, computed);
  facts.add_saddle(Vector{{-3.0730257507643896105, -0.081353044287967511553}}, 104.01516291755810586, computed);
  facts.add_saddle(Vector{{-0.12796134673068006631, -1.9537149802445764261}}, 178.33723920192745998, computed);
  facts.bounded_below = {true, "a sum of squares"};
  return {Vector::Zero(2), std::move(facts)};
}

// H = ((10, 8), (8, 10)).
FunctionSettings booth() {
  const std::string hessian = "H = ((10, 8), (8, 10)) has the eigenvalues 2 and 18";
  Facts facts;
  facts.minimum = {0, "a sum of squares that vanishes at (1, 3)"};
  facts.minimisers.push_back({Vector{{1, 3}}, "1 + 6 = 7 and 2 + 3 = 5"});
  facts.strong_convexity = {2, hessian};
  facts.lipschitz = {18, hessian};
  facts.distinct_eigenvalues = {2, hessian};
  facts.convexity = {Convexity::strongly_convex, hessian};
  facts.function_class = {FunctionClass::quadratic, "squares of affine functions"};
  facts.bounded_below = {true, "a sum of squares"};
  return {Vector::Zero(2), std::move(facts)};
}

FunctionSettings goldstein_price() {
  const std::string exact = "a zero of the gradient in rational numbers; ";
  const std::string dixon = exact + "Dixon & Szegő 1978";
  Facts facts = facts_of_a_polynomial(8, "it has several minima");
  facts.minimum = {3, dixon};
  facts.minimisers.push_back({Vector{{0, -1}}, dixon});
  facts.add_local_minimum(Vector{{-0.6, -0.4}}, 30, dixon);
  facts.add_local_minimum(Vector{{1.8, 0.2}}, 84, dixon);
  facts.add_local_minimum(Vector{{1.2, 0.8}}, 840, dixon);
  facts.add_saddle(Vector{{-0.4, -0.6}}, 35, exact + "its Hessian is indefinite");
  facts.add_saddle(Vector{{1.2, -0.2}}, 99, exact + "its Hessian is indefinite");
  facts.add_saddle(Vector{{1.4, 0.6}}, 980, exact + "its Hessian is indefinite");
  facts.add_saddle(Vector{{0.6, 0.4}}, 990, exact + "its Hessian is indefinite");
  facts.bounded_below = {true, "its minimum is known"};
  return {Vector::Zero(2), std::move(facts)};
}

// The points come in pairs: f(-x) = f(x).
FunctionSettings six_hump_camel() {
  const std::string computed = "a zero of the gradient, computed in 40 digits; Dixon & Szegő 1978";
  Facts facts = facts_of_a_polynomial(6, "at 0 the Hessian is ((8, 1), (1, -8))");
  facts.minimum = {-1.0316284534898773504, computed};
  facts.add_saddle(Vector::Zero(2), 0, "at 0 the Hessian is ((8, 1), (1, -8))");
  for (const double sign : {1.0, -1.0}) {
    const auto at = [sign](double x, double y) { return Vector(sign * Vector{{x, y}}); };
    facts.minimisers.push_back({at(0.089842013100318062422, -0.7126564030207396334), computed});
    facts.add_local_minimum(at(1.7036067149699808488, -0.79608356867262511903), -0.21546382438371763758,
                            computed);
    facts.add_local_minimum(at(1.6071047529201972298, 0.56865145488413137139), 2.1042503103112582746, computed);
    facts.add_saddle(at(1.1092053368047864474, -0.76826809250953984178), 0.54371860097818513539, computed);
    facts.add_saddle(at(1.6380679841897785638, 0.22867406904439406995), 2.2293571975307147209, computed);
    facts.add_saddle(at(1.2960702671671091833, 0.60508438803865849681), 2.2294708180298599234, computed);
  }
  facts.bounded_below = {true, "x^6/3 and 4 y^4 outgrow what is subtracted"};
  return {Vector{{2, 1}}, std::move(facts)};
}

}  // namespace

void add_in_two_variables(ProblemRegistry& registry) {
  registry.add(monkey_saddle());
  registry.add(entry<DifferentiatedResiduals<Himmelblau>, Himmelblau>(
      "himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2: four minima, four saddles, one maximum",
      notes("(0, 0), near the maximum (-0.270845, -0.923039) of 181.617",
            "nonconvex; minimum 0 at four points; all stationary points known", "[-6, 6]^2",
            "Himmelblau 1972, Applied Nonlinear Programming; Jamil & Yang 2013, no. 65"),
      himmelblau));
  registry.add(entry<DifferentiatedResiduals<Booth>, Booth>(
      "booth", "(x + 2 y - 7)^2 + (2 x + y - 5)^2: a quadratic of condition number 9 across the axes",
      notes("(0, 0)", "strongly convex, mu = 2, L = 18; minimum 0 at (1, 3)", "[-10, 10]^2",
            "Jamil & Yang 2013, no. 17"),
      booth));
  registry.add(entry<DifferentiatedFunction<GoldsteinPrice>, GoldsteinPrice>(
      "goldstein_price", "a polynomial whose values range over five decades, with four minima",
      notes("(0, 0)",
            "nonconvex; minimum 3 at (0, -1); local minima of 30, 84 and 840; a maximum of 1155 at "
            "(0.8, 0.2)",
            "[-2, 2]^2", "Goldstein & Price 1971; Dixon & Szegő 1978"),
      goldstein_price));
  registry.add(entry<DifferentiatedFunction<SixHumpCamel>, SixHumpCamel>(
      "six_hump_camel", "(4 - 2.1 x^2 + x^4/3) x^2 + x y + (4 y^2 - 4) y^2: six minima, two of them global",
      notes("(2, 1)",
            "nonconvex; minimum -1.0316 at two points; all fifteen stationary points are six minima, seven "
            "saddles and two maxima, of 2.4963 at +-(1.2302, 0.1623)",
            "[-3, 3] x [-2, 2]", "Branin 1972; Dixon & Szegő 1978; Jamil & Yang 2013, no. 30"),
      six_hump_camel));
}

}  // namespace optbed::landscapes
