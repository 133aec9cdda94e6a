#include "problems/classic/more_garbow_hillstrom/five_to_twelve_variables.hpp"

#include <algorithm>

#include "problems/classic/more_garbow_hillstrom/entries.hpp"

namespace optbed::more_garbow_hillstrom {
namespace {

FunctionSettings osborne1() {
  const Vector x{{0.37541005210695195, 1.9358469127123558, -1.4646871366134115, 0.012867534640057266,
                  0.02212269966167266}};
  Facts facts = minimum_at(5.4648946974829118e-05, {x}, source(17, polished));
  facts.minimisers.push_back(
      {Vector{{x[0], x[2], x[1], x[4], x[3]}}, "the same with the exponentials exchanged"});
  facts.limits_at_infinity.push_back(
      {1.10603621875,
       "sum over i > 1 of (y_i - their mean)^2, which is left as x_4 and x_5 grow with x_1 + x_2 + x_3 = y_1"});
  return {Vector{{0.5, 1.5, -1, 0.01, 0.02}}, facts};
}

// Three terms c exp(-a t), of which the second is taken off, in any order.
std::vector<Vector> biggs_exp6_zeros() {
  std::vector<std::pair<double, double>> terms = {{1, 1}, {4, 3}, {10, -5}};  // (a, c), ascending
  std::vector<Vector> zeros;
  do {
    zeros.push_back(Vector{
        {terms[0].first, terms[1].first, terms[0].second, -terms[1].second, terms[2].first, terms[2].second}});
  } while (std::ranges::next_permutation(terms).found);
  return zeros;
}

FunctionSettings biggs_exp6(Size size) {
  FunctionSettings settings{Vector{{1, 2, 1, 1, 1, 1}}, zero_at(biggs_exp6_zeros(), 18)};
  if (size.m != 13) return settings;
  const double a = 1.7114159947195876;
  const double c = 1.1631436609188925;
  settings.facts.add_saddle(
      Vector{{a, 17.683198180949067, c, 5.1865615519934518, a, c}}, 0.005655649925499931,
      source(18,
             "printed there as a minimum, and where the standard start leads a method that keeps x_1 = x_5 and "
             "x_3 = x_6; an eigenvalue of -9.803e-3 along x_1 - x_5"));
  settings.facts.limits_at_infinity.push_back(
      {0.30636677262478978,
       "min over a, c of the sum of squares with c exp(-a t) as the only term; one of the "
       "terms vanishes as its a grows, and the other two are alike"});
  return settings;
}

// An exponential and three bell curves, of which the order is free.
FunctionSettings osborne2() {
  const Vector x{{1.3099771546273006, 0.43155379460298899, 0.63366169896072403, 0.59943053478591631,
                  0.75418322632801145, 0.90428857985963338, 1.3658118352370286, 4.8236988172271553,
                  2.3986848661317545, 4.5688745976676719, 5.6753414705806413}};
  Facts facts = minimum_at(0.040137736293547744, {}, source(19, polished));
  std::vector<Index> order = {0, 1, 2};
  do {
    Vector permuted = x;
    for (Index i = 0; i < 3; ++i) {
      const Index from = order[static_cast<std::size_t>(i)];
      for (const Index first : {1, 5, 8}) permuted[first + i] = x[first + from];
    }
    facts.minimisers.push_back({permuted, source(19, "the bell curves in some order")});
  } while (std::ranges::next_permutation(order).found);
  return {Vector{{1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5}}, facts};
}

FunctionSettings watson(Size size) {
  const Vector start = Vector::Zero(size.n);
  switch (size.n) {
    case 6:
      return {start, minimum_at(0.0022876700535524362,
                                {Vector{{-0.015725086401458457, 1.0124348693691099, -0.23299162595673768,
                                         1.2604300877996083, -1.5137289227222797, 0.99299643243113452}}},
                                source(20, polished))};
    case 9:
      return {start, minimum_at(1.3997601380990199e-06,
                                {Vector{{-1.5307036521394342e-05, 0.99978970393194838, 0.014763963693556959,
                                         0.14634232829936223, 1.0008211030047092, -2.6177311405190151,
                                         4.1044031644788564, -3.1436122785564422, 1.0526264080101669}}},
                                source(20, polished))};
    case 12:
      return {start, minimum_at(4.7223811058917574e-10,
                                {Vector{{-6.638060464520687e-09, 1.000001644117862, -0.00056393221034230585,
                                         0.34782054050404241, -0.15673150409616512, 1.0528151772071778,
                                         -3.2472711534596677, 7.288434897938061, -10.271848241321724,
                                         9.0741136470753157, -4.541375466692512, 1.0120118885528104}}},
                                source(20, polished))};
    default:
      return {start, sum_of_squares_facts()};
  }
}

}  // namespace

void add_five_to_twelve_variables(ProblemRegistry& registry) {
  registry.add(entry<Osborne1>({.name = "osborne1",
                                .number = 17,
                                .summary = "33 data, a constant and two exponentials, n = 5",
                                .start = "(0.5, 1.5, -1, 0.01, 0.02)",
                                .facts = "minimum 5.46489e-5, twice; a limit of 1.106 at infinity"},
                               osborne1()));
  registry.add(entry<BiggsExp6>(
      {.name = "biggs_exp6",
       .number = 18,
       .summary = "three exponentials, n = 6; the paper's minimum of 5.65565e-3 is a saddle",
       .start = "(1, 2, 1, 1, 1, 1), on the face x_1 = x_5, x_3 = x_6, which the gradient does not leave",
       .facts = "minimum 0 at (1, 10, 1, 5, 4, 3) and its permutations; a saddle of 5.65565e-3 with an "
                "eigenvalue of -9.8e-3, and a limit of 0.3064 at infinity (m = 13)",
       .residuals = ResidualCount{.constant = 13, .fewest = 6}},
      biggs_exp6));
  registry.add(entry<Osborne2>({.name = "osborne2",
                                .number = 19,
                                .summary = "65 data, an exponential and three bell curves, n = 11",
                                .start = "(1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5)",
                                .facts = "minimum 4.01377e-2, with the bell curves in any order"},
                               osborne2()));
  registry.add(entry<Watson>(
      {.name = "watson",
       .number = 20,
       .summary = "a polynomial of degree n - 1 for a differential equation at 29 points",
       .start = "0, whatever start_scale",
       .facts = "minimum 2.28767e-3 (n = 6), 1.39976e-6 (n = 9), 4.72238e-10 (n = 12); condition numbers of "
                "8.5e4, 1.7e9 and 6.9e13",
       .variables = Variables{.standard = 6, .fewest = 2, .most = 31}},
      watson));
}

}  // namespace optbed::more_garbow_hillstrom
