#include "problems/classic/more_garbow_hillstrom/any_number_of_variables.hpp"

#include "problems/classic/large_scale/broyden_tridiagonal.hpp"
#include "problems/classic/large_scale/chained.hpp"
#include "problems/classic/more_garbow_hillstrom/entries.hpp"

namespace optbed::more_garbow_hillstrom {
namespace {

// Nos. 22 and 30 are for millions of variables too.
using VectorisedPowell = ElementSumProblem<PowellElement<4>, DifferentiatedResiduals<ExtendedPowell>>;
using VectorisedBroyden =
    ElementSumProblem<BroydenTridiagonalElement, DifferentiatedResiduals<BroydenTridiagonal>>;

Vector constant(Index n, double value) { return Vector::Constant(n, value); }

// i/denominator, i = 1, …, n.
Vector fractions(Index n, Index denominator) {
  return Vector::LinSpaced(n, 1, static_cast<double>(n)) / static_cast<double>(denominator);
}

// grad f = 0 makes every component the same a, with 2n a^3 - (1/2 - 10^-5) a = 10^-5; f is least at its
// positive root. Newton's method falls to it from above, where the cubic is convex.
FunctionSettings penalty1(Size size) {
  const auto n = static_cast<double>(size.n);
  double a = 1;
  for (double before = 2; a < before;) {
    before = a;
    a -= (2 * n * a * a * a - (0.5 - 1e-5) * a - 1e-5) / (6 * n * a * a - (0.5 - 1e-5));
  }
  const double outside = n * a * a - 0.25;
  return {Vector::LinSpaced(size.n, 1, n),
          minimum_at(1e-5 * n * (a - 1) * (a - 1) + outside * outside, {constant(size.n, a)},
                     source(23, "every component is the positive root of 2n a^3 - (1/2 - 10^-5) a = 10^-5"))};
}

FunctionSettings penalty2(Size size) {
  FunctionSettings settings{constant(size.n, 0.5), sum_of_squares_facts()};
  if (size.n == 4) {
    settings.facts = minimum_at(
        9.3762930073554423e-06,
        {Vector{{0.1999993333503804, 0.19131670099277245, 0.48010148533262316, 0.51884540439020059}}},
        source(24, polished));
  }
  if (size.n == 10) {
    settings.facts =
        minimum_at(0.00029366053745674596,
                   {Vector{{0.19998360519782362, 0.010350648471292297, 0.0196049344804384, 0.032089067220685649,
                            0.049932677399641295, 0.076513995153993605, 0.11862407286950418,
                            0.19214487233557667, 0.34732058694184362, 0.36916437415935082}}},
                   source(24, polished));
  }
  return settings;
}

FunctionSettings trigonometric(Size size) {
  FunctionSettings settings{constant(size.n, 1 / static_cast<double>(size.n)),
                            zero_at({Vector::Zero(size.n)}, 26)};
  if (size.n != 10) return settings;
  Facts& facts = settings.facts;
  facts.minimisers.push_back(
      {Vector{{0.047911947303727149, 0.049184518166637436, 0.050608702894570721, 0.052223049389788419,
               0.054083092294858733, 0.056273303466300525, 0.058932138535340543, 0.18639700138447556,
               0.15434196040113907, 0.12462537696307193}},
       fmt::format("another zero of the residuals; {}", polished)});
  facts.add_local_minimum(
      Vector{{0.055150903980691293, 0.056840616794738563, 0.058764001762695084, 0.060990608656760805,
              0.06362621369585451, 0.066843179452758789, 0.20816151856988116, 0.16436309588564774,
              0.085006895688507445, 0.091431450714707944}},
      2.7950561218794563e-05, source(26, "where the standard start leads"));
  facts.add_local_minimum(
      Vector{{0.051538859428460966, 0.053021362014706772, 0.054696856858414282, 0.056619588754793822,
              0.058870647965249079, 0.061579660295690688, 0.21837669133714214, 0.069522597038456487,
              0.14372807598235339, 0.092531226470067151}},
      4.4735658128062946e-07, polished);
  facts.add_local_minimum(
      Vector{{0.053912925374252854, 0.055496591379669535, 0.057285880932085435, 0.059336645443647436,
              0.061730127154342665, 0.25788600359635963, 0.068114182119554359, 0.072622931094130321,
              0.078461599252090594, 0.083753864086696013}},
      4.2186338879237259e-05, polished);
  facts.add_local_minimum(
      Vector{{0.062491845180528584, 0.064472882809216983, 0.066705941320033502, 0.069244555698564478,
              0.27539756419528311, 0.075445667796675132, 0.079030159756534424, 0.082273263223198617,
              0.083639278893991113, 0.082088848270078942}},
      0.00087882252182189827, polished);
  return settings;
}

// A root in (lower, upper) of n a^n - (n + 1) a^{n-1} + 1, whose signs differ there, by bisection.
double brown_almost_linear_root(Index n, double lower, double upper) {
  const auto p = [n = static_cast<int>(n)](double a) { return (n * a - (n + 1)) * std::pow(a, n - 1) + 1; };
  const bool ascends = p(lower) < 0;
  for (double middle = (lower + upper) / 2; lower < middle && middle < upper; middle = (lower + upper) / 2) {
    ((p(middle) < 0) == ascends ? lower : upper) = middle;
  }
  return lower;
}

// The linear residuals vanish where x = (a, …, a, n + 1 - n a), and the last one where a is a root of the
// polynomial above: 1, one between 0 and 1, and, for odd n, one between -1 and 0.
FunctionSettings brown_almost_linear(Size size) {
  const Index n = size.n;
  const auto on_the_line = [n](double a) {
    Vector x = constant(n, a);
    x[n - 1] = static_cast<double>(n + 1) - static_cast<double>(n) * a;
    return x;
  };
  Facts facts = zero_at({constant(n, 1)}, 27);
  const std::string why = source(27, "(a, …, a, n + 1 - n a) with n a^n - (n + 1) a^{n-1} + 1 = 0");
  if (n > 1) {
    const double least = 1 - 1 / static_cast<double>(n * n);
    facts.minimisers.push_back({on_the_line(brown_almost_linear_root(n, 0, least)), why});
  }
  if (n > 1 && n % 2 == 1) {
    facts.minimisers.push_back({on_the_line(brown_almost_linear_root(n, -1, 0)), why});
  }
  if (n > 2) {
    facts.add_saddle(
        on_the_line(0), 1,
        source(27,
               "printed there as a minimum; f = (t^{n-1} (n + 1 - n t) - 1)^2 at (t, …, t, n + 1 - n t), "
               "which falls as t > 0 grows; the Hessian is singular there unless n = 3"));
  }
  return {constant(n, 0.5), facts};
}

// The zero that discrete_bv and discrete_ie share: the residuals of the former are a second difference of those
// of the latter.
Facts discrete_equation_facts(Index n, int number) {
  if (n != 10) return zero_at({}, number);
  return minimum_at(
      0,
      {Vector{{-0.043164982518764871, -0.081577156535386882, -0.11448571438052929, -0.14097357686259668,
               -0.15990869618198312, -0.16987720231277492, -0.16908998378120835, -0.15524953522183182,
               -0.12535589167893499, -0.075416533685892084}}},
      source(number, polished));
}

Vector discrete_equation_start(Index n) {
  const Vector t = fractions(n, n + 1);
  return t.cwiseProduct(t - constant(n, 1));
}

FunctionSettings broyden_tridiagonal(Size size) {
  FunctionSettings settings{constant(size.n, -1), zero_at({}, 30)};
  if (size.n != 10) return settings;
  settings.facts = minimum_at(
      0,
      {Vector{{-0.57072213201122479, -0.68180694998427509, -0.70221007601766003, -0.70551062989508039,
               -0.70490615572874367, -0.70149660702985113, -0.69188932235479825, -0.66579651440585375,
               -0.59603510902636571, -0.41641225752869335}}},
      source(30, polished));
  settings.facts.add_local_minimum(
      Vector{{1.5729355958487084, 0.37536909702064775, 0.16829816951516095, 0.60512751805353793,
              1.0519605860025733, 0.58619629144149078, 0.42021180532202591, 0.76713494482065613,
              1.1715339749906014, 0.26636104724972304}},
      1.02865203567795, fmt::format("the most frequent one of many; {}", polished));
  return settings;
}

FunctionSettings broyden_banded(Size size) {
  FunctionSettings settings{constant(size.n, -1), zero_at({}, 31)};
  if (size.n != 10) return settings;
  settings.facts =
      minimum_at(0,
                 {Vector{{-0.42830286358725027, -0.47659642435629024, -0.51965246364686173, -0.5580993248321809,
                          -0.59250615682945735, -0.62450368219946792, -0.62323947144059109, -0.6213938417965735,
                          -0.62045359665908736, -0.58646927072043507}}},
                 source(31, polished));
  settings.facts.add_local_minimum(
      Vector{{0.21717223905874304, 0.30646715003774912, 0.35678609727424746, 0.4483948941361217,
              0.57763795099818651, 0.71310350976149143, 0.823956480273762, 0.92190933716884526,
              0.99699277859614988, 0.9634622703374871}},
      2.6802199207261356, polished);
  settings.facts.add_local_minimum(
      Vector{{0.21071385809586541, 0.26097668597427013, 0.22794767243645641, 0.19702558873939554,
              0.20322969403764578, 0.22191597803090826, 0.16281223658962147, 0.048302528220170457,
              -0.079356584240451777, -0.15312518668267334}},
      3.0572784324258188, polished);
  return settings;
}

// The minimiser for n <= 9, of which the lower half is mirrored at 1/2; where f* = 0 it holds the abscissas of
// Chebyshev's quadrature.
std::vector<Vector> chebyquad_minimiser(Index n) {
  const auto mirrored = [n](std::initializer_list<double> below) {
    Vector x = constant(n, 0.5);
    Index i = 0;
    for (const double component : below) {
      x[i] = component;
      x[n - 1 - i++] = 1 - component;
    }
    return std::vector<Vector>{x};
  };
  switch (n) {
    case 1:
      return mirrored({});
    case 2:
      return mirrored({0.21132486540518712});
    case 3:
      return mirrored({0.14644660940672624});
    case 4:
      return mirrored({0.10267276385411694, 0.40620376295746005});
    case 5:
      return mirrored({0.083751256499509062, 0.31272929522320947});
    case 6:
      return mirrored({0.066876590946089704, 0.28874067311944424, 0.36668229924164764});
    case 7:
      return mirrored({0.058069149620975482, 0.23517161235742159, 0.33804409474004618});
    case 8:
      return mirrored({0.043152760151016631, 0.19309084038418612, 0.26632870689027293, 0.5});
    case 9:
      return mirrored({0.044205346135782763, 0.19949067230988096, 0.23561910847106, 0.41604690789259803});
    default:
      return {};
  }
}

FunctionSettings chebyquad(Size size) {
  const Index n = size.n;
  FunctionSettings settings{fractions(n, n + 1), sum_of_squares_facts()};
  if (size.m != n) return settings;
  const std::string in_any_order = "the components in any order; ";
  if (n <= 7 || n == 9) {
    settings.facts = minimum_at(0, chebyquad_minimiser(n),
                                source(35, in_any_order + "the abscissas of Chebyshev's quadrature"));
  }
  if (n == 8) {
    settings.facts =
        minimum_at(0.0035168737256779317, chebyquad_minimiser(n), source(35, in_any_order + polished));
  }
  if (n == 10) {
    settings.facts = minimum_at(
        0.004772713696375349,
        {Vector{{0.032993373018074462, 0.15514535775907336, 0.20018919846138622, 0.38326166496125498,
                 0.38326166496125498, 0.52924947713340654, 0.6403535493710659, 0.71356584741599997,
                 0.82848182305190733, 0.92525183378539752}}},
        in_any_order + "less than the paper's; the least of 200 descents from random points, then " + polished);
    settings.facts.minimisers.push_back(
        {constant(n, 1) - settings.facts.minimisers.front().value, "the same mirrored about 1/2"});
    settings.facts.add_local_minimum(
        Vector{{0.059619900535812704, 0.16670828183586141, 0.23917065894260849, 0.39888429230604449,
                0.39888429230604449, 0.60111570769395551, 0.60111570769395551, 0.76082934105739151,
                0.83329171816413859, 0.9403800994641873}},
        0.0065039548008823061,
        source(35, in_any_order + "printed there as the minimum, and where the standard start leads"));
  }
  return settings;
}

// Nos. 32 to 34: H = 2 J'J throughout.
Facts linear_facts(double minimum, const Vector& minimiser, const std::string& source) {
  Facts facts = minimum_at(minimum, {minimiser}, source);
  facts.function_class = {FunctionClass::quadratic, "the residuals are linear"};
  return facts;
}

FunctionSettings linear_full_rank(Size size) {
  Facts facts = linear_facts(static_cast<double>(size.m - size.n), constant(size.n, -1),
                             source(32, "f* = m - n, at (-1, …, -1)"));
  const std::string why = "H = 2 J'J = 2 I";
  facts.convexity = {Convexity::strongly_convex, why};
  facts.strong_convexity = {2, why};
  facts.lipschitz = {2, why};
  facts.distinct_eigenvalues = {1, why};
  return {constant(size.n, 1), facts};
}

// J = u v', with residuals u_i v'x - 1 over the nonzero u_i: f is least where v'x = sum u_i / |u|^2, of which
// the point on v is the one of least norm.
Facts rank_one_facts(const Vector& u, const Vector& v, double minimum, const std::string& source) {
  Facts facts = linear_facts(minimum, v * (u.sum() / (u.squaredNorm() * v.squaredNorm())),
                             source + "; every point of a hyperplane, of which this is the nearest to 0");
  const std::string why = "H = 2 |u|^2 v v' for a Jacobian u v'";
  facts.convexity = {Convexity::convex, why};
  facts.lipschitz = {2 * u.squaredNorm() * v.squaredNorm(), why};
  facts.distinct_eigenvalues = {2, why};
  return facts;
}

FunctionSettings linear_rank1(Size size) {
  const auto m = static_cast<double>(size.m);
  return {constant(size.n, 1),
          rank_one_facts(fractions(size.m, 1), fractions(size.n, 1), m * (m - 1) / (2 * (2 * m + 1)),
                         source(33, "f* = m (m - 1)/(2 (2m + 1))"))};
}

FunctionSettings linear_rank1_zero(Size size) {
  const auto m = static_cast<double>(size.m);
  Vector u = fractions(size.m, 1) - constant(size.m, 1);
  Vector v = fractions(size.n, 1);
  u[size.m - 1] = v[0] = v[size.n - 1] = 0;
  return {constant(size.n, 1), rank_one_facts(u, v, (m * m + 3 * m - 6) / (2 * (2 * m - 3)),
                                              source(34, "f* = (m^2 + 3m - 6)/(2 (2m - 3))"))};
}

}  // namespace

void add_any_number_of_variables(ProblemRegistry& registry) {
  registry.add(entry<ExtendedPowell, VectorisedPowell>(
      {.name = "extended_powell",
       .number = 22,
       .summary = "n/4 copies of powell_singular",
       .start = "(3, -1, 0, 1, 3, -1, 0, 1, …)",
       .facts = "minimum 0 at 0, where the Hessian has rank n/2",
       .variables = Variables{.standard = 12, .fewest = 4, .multiple_of = 4},
       .derivatives = derivatives_by_hand},
      [](Size size) -> FunctionSettings {
        return {Vector{{3, -1, 0, 1}}.replicate(size.n / 4, 1), zero_at({constant(size.n, 0)}, 22)};
      }));
  registry.add(entry<Penalty1>({.name = "penalty1",
                                .number = 23,
                                .summary = "10^-5 sum (x_i - 1)^2 and the sphere |x|^2 = 1/4",
                                .start = "(1, 2, …, n)",
                                .facts = "minimum 2.24997e-5 (n = 4), 7.08765e-5 (n = 10)",
                                .variables = Variables{.standard = 4}},
                               penalty1));
  registry.add(entry<Penalty2>({.name = "penalty2",
                                .number = 24,
                                .summary = "exponentials of neighbours, weighted by 10^-5, and an ellipsoid",
                                .start = "(1/2, …, 1/2)",
                                .facts = "minimum 9.37629e-6 (n = 4), 2.93660e-4 (n = 10)",
                                .variables = Variables{.standard = 4}},
                               penalty2));
  registry.add(entry<VariablyDimensioned>(
      {.name = "variably_dimensioned",
       .number = 25,
       .summary = "x_i - 1, their sum weighted by i, and that squared",
       .start = "1 - i/n",
       .facts = "minimum 0 at (1, …, 1), where H = 2 I + 2 j j' with j = (1, …, n)",
       .variables = Variables{.standard = 10}},
      [](Size size) -> FunctionSettings {
        return {constant(size.n, 1) - fractions(size.n, size.n), zero_at({constant(size.n, 1)}, 25)};
      }));
  registry.add(entry<Trigonometric>(
      {.name = "trigonometric",
       .number = 26,
       .summary = "n - sum cos x_j + i (1 - cos x_i) - sin x_i",
       .start = "(1/n, …, 1/n)",
       .facts =
           "minimum 0 at 0 and elsewhere; the standard start leads to a local minimum of 2.79506e-5 (n = 10)",
       .variables = Variables{.standard = 10}},
      trigonometric));
  registry.add(entry<BrownAlmostLinear>(
      {.name = "brown_almost_linear",
       .number = 27,
       .summary = "n - 1 linear equations and prod x_i = 1",
       .start = "(1/2, …, 1/2)",
       .facts = "minimum 0 at two points, three for odd n; the paper's f = 1 at (0, …, 0, n + 1) is a saddle",
       .variables = Variables{.standard = 10}},
      brown_almost_linear));
  registry.add(entry<DiscreteBoundaryValue>(
      {.name = "discrete_bv",
       .number = 28,
       .summary = "u'' = (u + t + 1)^3/2 with u(0) = u(1) = 0, by differences",
       .start = "t_i (t_i - 1), t_i = i/(n + 1)",
       .facts = "minimum 0, at the point of discrete_ie",
       .variables = Variables{.standard = 10}},
      [](Size size) -> FunctionSettings {
        return {discrete_equation_start(size.n), discrete_equation_facts(size.n, 28)};
      }));
  registry.add(entry<DiscreteIntegralEquation>(
      {.name = "discrete_ie",
       .number = 29,
       .summary = "the equation of discrete_bv by Green's function",
       .start = "t_i (t_i - 1), t_i = i/(n + 1)",
       .facts = "minimum 0, at the point of discrete_bv",
       .variables = Variables{.standard = 10}},
      [](Size size) -> FunctionSettings {
        return {discrete_equation_start(size.n), discrete_equation_facts(size.n, 29)};
      }));
  registry.add(
      entry<BroydenTridiagonal, VectorisedBroyden>({.name = "broyden_tridiagonal",
                                                    .number = 30,
                                                    .summary = "(3 - 2 x_i) x_i - x_{i-1} - 2 x_{i+1} + 1",
                                                    .start = "(-1, …, -1)",
                                                    .facts = "minimum 0, and many local minima",
                                                    .variables = Variables{.standard = 10},
                                                    .derivatives = derivatives_by_hand},
                                                   broyden_tridiagonal));
  registry.add(
      entry<BroydenBanded>({.name = "broyden_banded",
                            .number = 31,
                            .summary = "x_i (2 + 5 x_i^2) + 1 less x_j (1 + x_j) over up to six neighbours",
                            .start = "(-1, …, -1)",
                            .facts = "minimum 0, and local minima",
                            .variables = Variables{.standard = 10}},
                           broyden_banded));
  registry.add(entry<LinearFullRank>({.name = "linear_full_rank",
                                      .number = 32,
                                      .summary = "linear residuals with J'J = I",
                                      .start = "(1, …, 1)",
                                      .facts = "minimum m - n at (-1, …, -1); H = 2 I",
                                      .variables = Variables{.standard = 5},
                                      .residuals = ResidualCount{.constant = 0, .per_variable = 2}},
                                     linear_full_rank));
  registry.add(entry<LinearRank1>({.name = "linear_rank1",
                                   .number = 33,
                                   .summary = "i sum j x_j - 1: a Jacobian of rank 1",
                                   .start = "(1, …, 1)",
                                   .facts = "minimum m (m - 1)/(2 (2m + 1)) on a hyperplane",
                                   .variables = Variables{.standard = 5, .fewest = 2},
                                   .residuals = ResidualCount{.constant = 0, .per_variable = 2, .fewest = 2}},
                                  linear_rank1));
  registry.add(
      entry<LinearRank1Zero>({.name = "linear_rank1_zero",
                              .number = 34,
                              .summary = "linear_rank1 with columns and rows that are zero",
                              .start = "(1, …, 1)",
                              .facts = "minimum (m^2 + 3m - 6)/(2 (2m - 3)) on a hyperplane",
                              .variables = Variables{.standard = 5, .fewest = 3},
                              .residuals = ResidualCount{.constant = 0, .per_variable = 2, .fewest = 3}},
                             linear_rank1_zero));
  registry.add(entry<Chebyquad>(
      {.name = "chebyquad",
       .number = 35,
       .summary = "means of Chebyshev's polynomials over the components, less their integrals",
       .start = "i/(n + 1)",
       .facts = "minimum 0 for m = n <= 7 and 9; 3.51687e-3 for 8; for 10 the paper's 6.50395e-3 is a local "
                "minimum, and 4.77271e-3 lies lower",
       .variables = Variables{.standard = 7},
       .residuals = ResidualCount{.constant = 0, .per_variable = 1}},
      chebyquad));
}

}  // namespace optbed::more_garbow_hillstrom
