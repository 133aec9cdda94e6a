#include "problems/classic/more_garbow_hillstrom/two_to_four_variables.hpp"

#include "problems/classic/more_garbow_hillstrom/any_number_of_variables.hpp"
#include "problems/classic/more_garbow_hillstrom/entries.hpp"

namespace optbed::more_garbow_hillstrom {
namespace {

// The tests hold each point and limit to the functions; where they come from stands beside them.

FunctionSettings freudenstein_roth() {
  Facts facts = zero_at({Vector{{5, 4}}}, 2);
  const double root = std::sqrt(22.0);
  facts.add_local_minimum(
      Vector{{(53 - 4 * root) / 3, (2 - root) / 3}}, 48.984253679240013,
      source(2, "where 3 x_2^2 - 4 x_2 - 6 = 0, which J'r = 0 leads to; the standard start leads here"));
  return {Vector{{0.5, -2}}, facts};
}

FunctionSettings powell_badly_scaled() {
  const double small = 1.0981593296998054e-05;
  const double large = 9.1061467398666243;
  Facts facts = zero_at({Vector{{small, large}}}, 3);
  facts.minimisers.push_back({Vector{{large, small}}, "the same with x_1 and x_2 exchanged"});
  return {Vector{{0, 1}}, facts};
}

FunctionSettings jennrich_sampson(Size size) {
  FunctionSettings settings{Vector{{0.3, 0.4}}, sum_of_squares_facts()};
  if (size.m != 10) return settings;
  settings.facts =
      minimum_at(124.36218235561485, {Vector::Constant(2, 0.25782521367036408)}, source(6, polished));
  settings.facts.limits_at_infinity.push_back(
      {259.58019013425328, "min over x_2 of sum (2 + 2i - exp(i x_2))^2, which is left as x_1 -> -inf"});
  return settings;
}

FunctionSettings bard() {
  Facts facts =
      minimum_at(0.0082148773065789798,
                 {Vector{{0.082410559749788983, 1.1330360920297225, 2.3436951786425364}}}, source(8, polished));
  facts.limits_at_infinity.push_back(
      {17.428693333333333,
       source(8, "sum (y_i - mean y)^2, which is left as x_2 and x_3 grow; x_1 is the mean, 0.84067")});
  facts.limits_at_infinity.push_back(
      {0.11479845561593766,
       "as x_2 = c - x_3 grows, which leaves u_i/(v_i c) for i >= 8 and nothing for i < 8; a linear "
       "least-squares problem in x_1 = 0.18889 and 1/c = 0.27551"});
  return {Vector::Ones(3), facts};
}

FunctionSettings gaussian() {
  Facts facts = minimum_at(1.1279327696190113e-08, {Vector{{0.39895613783875668, 1.0000190844878057, 0}}},
                           source(9, polished));
  double squares = 0;
  for (const double y : Gaussian::y) squares += y * y;
  facts.limits_at_infinity.push_back(
      {squares, "sum y_i^2, which is left as the bell moves away from the data"});
  return {Vector{{0.4, 1, 0}}, facts};
}

FunctionSettings meyer() {
  return {
      Vector{{0.02, 4000, 250}},
      minimum_at(87.945855170851121, {Vector{{0.0056096364710280525, 6181.3463462863723, 345.2236346241365}}},
                 source(10, std::string("NIST StRD MGH10, which is the same data; ") + polished))};
}

FunctionSettings gulf(Size size) {
  Facts facts = zero_at({Vector{{50, 25, 1.5}}}, 11);
  double squares = 0;
  for (Index i = 1; i <= size.m; ++i) squares += static_cast<double>(i * i) / 1e4;
  facts.limits_at_infinity.push_back({squares, "sum (i/100)^2, which is left as every exponential vanishes"});
  return {Vector{{5, 2.5, 0.15}}, facts};
}

FunctionSettings box3d(Size size) {
  Facts facts = zero_at({Vector{{1, 10, 1}}, Vector{{10, 1, -1}}}, 12);
  if (size.m == 10) {
    facts.limits_at_infinity.push_back(
        {0.075588740754997403, "as x_2 -> inf, which leaves a problem in x_1 = 0.61360 and x_3 = 1.31996"});
  }
  return {Vector{{0, 10, 20}}, facts};
}

FunctionSettings wood() {
  Facts facts = zero_at({Vector::Ones(4)}, 14);
  facts.add_saddle(
      Vector{{-0.96797402493759307, 0.94713914081784182, -0.96951631033159115, 0.95124766579232528}},
      7.8769671651768675, fmt::format("an eigenvalue of -0.12, on the way from the start; {}", polished));
  return {Vector{{-3, -1, -3, -1}}, facts};
}

FunctionSettings kowalik_osborne() {
  Facts facts =
      minimum_at(0.00030750560384923778,
                 {Vector{{0.19280693457903788, 0.19128232873436678, 0.12305650692632074, 0.13606233068379475}}},
                 source(15, polished));
  const std::string between_poles = fmt::format("between poles of the model; {}", polished);
  facts.add_local_minimum(
      Vector{{0.2253564377988867, -0.41475380600553833, -0.024452696215131611, -0.1779696598012656}},
      0.00042367462646983419, between_poles);
  facts.add_local_minimum(
      Vector{{0.23392373086896859, -1.2922833873371971, -0.83583319553708523, -0.55067742251553814}},
      0.0015943520260219621, between_poles);
  facts.add_local_minimum(
      Vector{{0.22993603600755374, -0.18898420493870543, 0.19801019857670767, -0.075526641519180656}},
      0.0016229555150643939, between_poles);
  facts.limits_at_infinity.push_back(
      {0.001027343048695458,
       source(15,
              "as x_1, x_3 and x_4 grow with x_1 = -0.022096 x_3, x_4 = 0.62380 x_3 and x_2 = -14.0759, which "
              "leaves x_1 (u_i^2 + u_i x_2)/(u_i x_3 + x_4)")});
  return {Vector{{0.25, 0.39, 0.415, 0.39}}, facts};
}

FunctionSettings brown_dennis(Size size) {
  FunctionSettings settings{Vector{{25, 5, -5, -1}}, sum_of_squares_facts()};
  if (size.m != 20) return settings;
  settings.facts =
      minimum_at(85822.201626356345,
                 {Vector{{-11.594439904762165, 13.203630051207204, -0.40343948817685952, 0.2367787744557363}}},
                 source(16, polished));
  return settings;
}

}  // namespace

void add_two_to_four_variables(ProblemRegistry& registry) {
  registry.add(entry<FreudensteinRoth>(
      {.name = "freudenstein_roth",
       .number = 2,
       .summary = "two cubics in x_2, n = 2: a zero, and a local minimum that the standard start leads to",
       .start = "(0.5, -2)",
       .facts = "minimum 0 at (5, 4); local minimum 48.98 at (11.41, -0.8968)"},
      freudenstein_roth()));
  registry.add(entry<PowellBadlyScaled>(
      {.name = "powell_badly_scaled",
       .number = 3,
       .summary = "10^4 x_1 x_2 = 1 and exp(-x_1) + exp(-x_2) = 1.0001, n = 2",
       .start = "(0, 1)",
       .facts = "minimum 0 at (1.098e-5, 9.106) and with the two exchanged; condition number 7e17 there"},
      powell_badly_scaled()));
  registry.add(entry<BrownBadlyScaled>({.name = "brown_badly_scaled",
                                        .number = 4,
                                        .summary = "x_1 = 10^6, x_2 = 2 10^-6, x_1 x_2 = 2",
                                        .start = "(1, 1)",
                                        .facts = "minimum 0 at (10^6, 2 10^-6); condition number 10^12 there"},
                                       {Vector{{1, 1}}, zero_at({Vector{{1e6, 2e-6}}}, 4)}));
  registry.add(entry<JennrichSampson>(
      {.name = "jennrich_sampson",
       .number = 6,
       .summary = "2 + 2i - (exp(i x_1) + exp(i x_2)), i = 1, …, m, n = 2",
       .start = "(0.3, 0.4)",
       .facts = "minimum 124.362 at x_1 = x_2 = 0.2578 (m = 10); falls to 259.58 as x_1 -> -inf",
       .residuals = ResidualCount{.constant = 10, .fewest = 2}},
      jennrich_sampson));
  registry.add(entry<HelicalValley>({.name = "helical_valley",
                                     .number = 7,
                                     .summary = "a valley along a helix, n = 3",
                                     .start = "(-1, 0, 0)",
                                     .facts = "minimum 0 at (1, 0, 0); jumps where x_1 = 0"},
                                    {Vector{{-1, 0, 0}}, zero_at({Vector{{1, 0, 0}}}, 7)}));
  registry.add(entry<Bard>({.name = "bard",
                            .number = 8,
                            .summary = "fifteen data and a rational model in three parameters",
                            .start = "(1, 1, 1)",
                            .facts = "minimum 8.21487e-3; limits of 17.4287 and 0.1148 at infinity"},
                           bard()));
  registry.add(entry<Gaussian>({.name = "gaussian",
                                .number = 9,
                                .summary = "a bell curve through fifteen data, n = 3",
                                .start = "(0.4, 1, 0)",
                                .facts = "minimum 1.12793e-8; flat far away, where f = sum y_i^2"},
                               gaussian()));
  registry.add(entry<Meyer>({.name = "meyer",
                             .number = 10,
                             .summary = "sixteen data and x_1 exp(x_2/(t + x_3))",
                             .start = "(0.02, 4000, 250)",
                             .facts = "minimum 87.9458; condition number 10^16 there"},
                            meyer()));
  registry.add(entry<Gulf>(
      {.name = "gulf",
       .number = 11,
       .summary = "a Weibull model, n = 3, m = 99",
       .start = "(5, 2.5, 0.15)",
       .facts = "minimum 0 at (50, 25, 1.5); no second derivative where x_2 is a datum, which with m = 100 the "
                "minimiser is",
       .residuals = ResidualCount{.constant = 99, .fewest = 3, .most = 100}},
      gulf));
  registry.add(
      entry<Box3d>({.name = "box3d",
                    .number = 12,
                    .summary = "differences of two exponentials, n = 3",
                    .start = "(0, 10, 20)",
                    .facts = "minimum 0 at (1, 10, 1), at (10, 1, -1) and wherever x_1 = x_2 and x_3 = 0; a "
                             "limit of 0.0756 as x_2 grows",
                    .residuals = ResidualCount{.constant = 10, .fewest = 3}},
                   box3d));
  registry.add(entry<ExtendedPowell>(
      {.name = "powell_singular",
       .number = 13,
       .summary = "four quadratic and linear residuals, of which the Jacobian is singular at the minimiser",
       .start = "(3, -1, 0, 1)",
       .facts = "minimum 0 at 0, where the Hessian has rank 2: Newton is linear there, with a factor of 2/3"},
      {Vector{{3, -1, 0, 1}}, zero_at({Vector::Zero(4)}, 13)}));
  registry.add(entry<Wood>({.name = "wood",
                            .number = 14,
                            .summary = "two coupled valleys in four variables",
                            .start = "(-3, -1, -3, -1)",
                            .facts = "minimum 0 at (1, 1, 1, 1), a saddle of 7.877 near (-1, 1, -1, 1)"},
                           wood()));
  registry.add(entry<KowalikOsborne>(
      {.name = "kowalik_osborne",
       .number = 15,
       .summary = "eleven data and a rational model in four parameters",
       .start = "(0.25, 0.39, 0.415, 0.39)",
       .facts = "minimum 3.07505e-4; a limit of 1.02734e-3 at infinity and minima between poles"},
      kowalik_osborne()));
  registry.add(entry<BrownDennis>({.name = "brown_dennis",
                                   .number = 16,
                                   .summary = "sums of two squares, squared again, n = 4",
                                   .start = "(25, 5, -5, -1)",
                                   .facts = "minimum 85822.2 (m = 20), with a large residual",
                                   .residuals = ResidualCount{.constant = 20, .fewest = 4}},
                                  brown_dennis));
}

}  // namespace optbed::more_garbow_hillstrom
