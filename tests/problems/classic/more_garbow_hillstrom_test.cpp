// The test set against the values that the paper and other implementations publish, against a second
// implementation, and against its own formulas in 50 digits.
#include "problems/classic/more_garbow_hillstrom/more_garbow_hillstrom.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <functional>
#include <set>

#include "problems/all_problems.hpp"
#include "problems/classic/more_garbow_hillstrom/any_number_of_variables.hpp"
#include "problems/classic/more_garbow_hillstrom/five_to_twelve_variables.hpp"
#include "problems/classic/more_garbow_hillstrom/two_to_four_variables.hpp"
#include "problems/differentiation/differentiated_residuals.hpp"
#include "problems/errors.hpp"
#include "tests/problems/classic/more_garbow_hillstrom_reference.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::more_garbow_hillstrom_test {
namespace {

// n, m and the six digits of f* are the paper's; f at the start is from implementations in other languages.
struct Published {
  std::string problem;
  Index n;
  Index m;
  double at_start;
  double minimum;
};

const std::vector<Published> published = {{"rosenbrock", 2, 2, 24.2, 0},
                                          {"freudenstein_roth", 2, 2, 400.5, 0},
                                          {"powell_badly_scaled", 2, 2, 1.135261717, 0},
                                          {"brown_badly_scaled", 2, 3, 9.99998000003e11, 0},
                                          {"beale", 2, 3, 14.203125, 0},
                                          {"jennrich_sampson", 2, 10, 4171.306162, 124.362},
                                          {"helical_valley", 3, 3, 2500, 0},
                                          {"bard", 3, 15, 41.68169586, 8.21487e-3},
                                          {"gaussian", 3, 15, 3.888106991e-06, 1.12793e-8},
                                          {"meyer", 3, 16, 1693607809, 87.9458},
                                          {"gulf", 3, 99, 12.11070583, 0},
                                          {"box3d", 3, 10, 1031.153811, 0},
                                          {"powell_singular", 4, 4, 215, 0},
                                          {"wood", 4, 6, 19192, 0},
                                          {"kowalik_osborne", 4, 11, 0.005313172272, 3.07505e-4},
                                          {"brown_dennis", 4, 20, 7926693.337, 85822.2},
                                          {"osborne1", 5, 33, 0.8790262935, 5.46489e-5},
                                          {"biggs_exp6", 6, 13, 0.7790700757, 0},
                                          {"osborne2", 11, 65, 2.093419514, 4.01377e-2},
                                          {"watson", 6, 31, 30, 2.28767e-3},
                                          {"watson:n=9", 9, 31, 30, 1.39976e-6},
                                          {"watson:n=12", 12, 31, 30, 4.72238e-10},
                                          {"extended_rosenbrock", 10, 10, 121, 0},
                                          {"extended_powell", 12, 12, 645, 0},
                                          {"penalty1", 4, 5, 885.06264, 2.24997e-5},
                                          {"penalty1:n=10", 10, 11, 148032.5653, 7.08765e-5},
                                          {"penalty2", 4, 8, 2.340008805, 9.37629e-6},
                                          {"penalty2:n=10", 10, 20, 162.6527766, 2.93660e-4},
                                          {"variably_dimensioned", 10, 12, 2198551.163, 0},
                                          {"trigonometric", 10, 10, 0.007075759466, 0},
                                          {"brown_almost_linear", 10, 10, 273.2480478, 0},
                                          {"discrete_bv", 10, 10, 0.0007885191013, 0},
                                          {"discrete_ie", 10, 10, 0.06341684158, 0},
                                          {"broyden_tridiagonal", 10, 10, 21, 0},
                                          {"broyden_banded", 10, 10, 360, 0},
                                          {"linear_full_rank", 5, 10, 25, 5},
                                          {"linear_rank1", 5, 10, 84985, 2.14286},
                                          {"linear_rank1_zero", 5, 10, 15886, 3.64706},
                                          {"chebyquad", 7, 7, 0.03377063846, 0},
                                          {"chebyquad:n=8", 8, 8, 0.03861769829, 3.51687e-3},
                                          {"chebyquad:n=9", 9, 9, 0.02888298029, 0},
                                          // The paper's minimum, 6.50395e-3, is a local one: a test below.
                                          {"chebyquad:n=10", 10, 10, 0.03376326546, 4.772713696e-3}};

TEST(MoreGarbowHillstrom, HasTheSizesStartsAndMinimaOfThePaper) {
  for (const Published& expected : published) {
    SCOPED_TRACE(expected.problem);
    const auto problem = all_problems().make(expected.problem);
    const auto& squares = dynamic_cast<const LeastSquaresProblem&>(*problem);
    EXPECT_EQ(problem->dimension(), expected.n);
    EXPECT_EQ(squares.residual_count(), expected.m);
    EXPECT_EQ(squares.scale(), 1);
    EXPECT_NEAR(problem->value(problem->start()), expected.at_start, 6e-10 * expected.at_start);
    EXPECT_NEAR(problem->facts().minimum->value, expected.minimum, 5e-6 * expected.minimum);
  }
}

TEST(MoreGarbowHillstrom, IsTheThirtyFiveProblemsInTheirOrder) {
  const ProblemRegistry registry = all_problems();
  const std::vector<std::string> names = more_garbow_hillstrom_names();
  ASSERT_EQ(names.size(), 35);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 35);
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string source;
    for (const auto& [heading, text] : registry.at(names[i]).notes) {
      if (heading == "source") source = text;
    }
    EXPECT_THAT(source, ::testing::HasSubstr("Moré, Garbow & Hillstrom 1981, no"));
    EXPECT_THAT(source, ::testing::ContainsRegex("[ .]" + std::to_string(i + 1) + "($|[ ;])")) << names[i];
  }
}

// The residuals and the Jacobian by the second implementation.
struct Reference {
  Vector r;
  Matrix J;
};

Reference reference_at(const testing::ReferenceResiduals& residuals, const Vector& x, Index m) {
  constexpr long double h = 1e-40L;
  const auto n = static_cast<int>(x.size());
  testing::FromOne z(n);
  testing::FromOne r(static_cast<int>(m));
  for (int j = 1; j <= n; ++j) z(j) = x[j - 1];
  Reference reference{Vector(m), Matrix(m, n)};
  for (int j = 1; j <= n; ++j) {
    z(j) += testing::Complex(0, h);
    residuals(z, r);
    z(j) = x[j - 1];
    for (int i = 1; i <= r.size(); ++i) {
      reference.r[i - 1] = static_cast<double>(r(i).real());
      reference.J(i - 1, j - 1) = static_cast<double>(r(i).imag() / h);
    }
  }
  return reference;
}

TEST(MoreGarbowHillstrom, AgreesWithASecondImplementation) {
  std::vector<std::string> problems;
  for (const Published& one : published) problems.push_back(one.problem);
  for (const char* more : {"jennrich_sampson:m=5",
                           "gulf:m=30",
                           "box3d:m=17",
                           "brown_dennis:m=7",
                           "biggs_exp6:m=9",
                           "watson:n=2",
                           "extended_rosenbrock:n=2",
                           "extended_powell:n=20",
                           "penalty1:n=1",
                           "penalty2:n=1",
                           "variably_dimensioned:n=3",
                           "trigonometric:n=1",
                           "brown_almost_linear:n=3",
                           "discrete_bv:n=1",
                           "discrete_ie:n=25",
                           "broyden_tridiagonal:n=1",
                           "broyden_banded:n=30",
                           "linear_full_rank:n=4,m=4",
                           "linear_rank1:n=3,m=7",
                           "linear_rank1_zero:n=3,m=3",
                           "chebyquad:n=3,m=6"}) {
    problems.emplace_back(more);
  }
  for (const std::string& name : problems) {
    SCOPED_TRACE(name);
    const auto problem = all_problems().make(name);
    const auto& squares = dynamic_cast<const LeastSquaresProblem&>(*problem);
    const auto& residuals = testing::more_garbow_hillstrom_reference().at(parse_specification(name).name);
    std::vector<Vector> points = {problem->start()};
    for (const testing::Probe& probe : testing::probes(*problem, 2)) points.push_back(probe.x);
    for (const Vector& x : points) {
      const Reference expected = reference_at(residuals, x, squares.residual_count());
      const double f = expected.r.squaredNorm();
      const Vector g = 2 * expected.J.transpose() * expected.r;
      EXPECT_NEAR(problem->value(x), f, 1e-10 * f);
      EXPECT_LE((testing::gradient_at(*problem, x) - g).norm(), 1e-10 * g.norm());
      EXPECT_LE((testing::residuals_at(squares, x) - expected.r).norm(), 1e-10 * expected.r.norm());
      EXPECT_LE((testing::jacobian_at(squares, x) - expected.J).norm(), 1e-10 * expected.J.norm());
    }
  }
}

TEST(BiggsExp6, HasTheSaddleThatThePaperCallsItsMinimum) {
  const auto problem = all_problems().make("biggs_exp6");
  ASSERT_EQ(problem->facts().saddles.size(), 1);
  const StationaryPoint& saddle = problem->facts().saddles.front().value;
  EXPECT_NEAR(saddle.value, 5.65565e-3, 5e-9);
  // The eigenvalue and the way out, both from an independent implementation.
  const Eigen::SelfAdjointEigenSolver<Matrix> spectrum(testing::hessian_at(*problem, saddle.x));
  EXPECT_NEAR(spectrum.eigenvalues()[0], -9.803e-3, 5e-7);
  EXPECT_LT(problem->value(saddle.x + 1e-3 * spectrum.eigenvectors().col(0)), saddle.value);
  // The gradient stays on the face that holds start and saddle.
  for (const testing::Probe& probe : testing::probes(*problem)) {
    Vector x = probe.x;
    x[4] = x[0];
    x[5] = x[2];
    const Vector g = testing::gradient_at(*problem, x);
    EXPECT_NEAR(g[4], g[0], 1e-14 * g.norm());
    EXPECT_NEAR(g[5], g[2], 1e-14 * g.norm());
  }
}

TEST(Chebyquad, HasThePapersMinimumOfTenVariablesAsALocalOne) {
  const auto problem = all_problems().make("chebyquad:n=10");
  ASSERT_EQ(problem->facts().local_minima.size(), 1);
  const double local = problem->facts().local_minima.front().value.value;
  EXPECT_NEAR(local, 6.50395e-3, 5e-9);
  EXPECT_LT(problem->value(problem->facts().minimisers.front().value), local);
}

TEST(Trigonometric, HasTheLocalMinimumThatTheStandardStartLeadsTo) {
  const auto problem = all_problems().make("trigonometric");
  EXPECT_NEAR(problem->facts().local_minima.at(0).value.value, 2.79506e-5, 5e-11);
}

// For n = 10 the second root is the one that MINPACK's test program prints, 0.9794303.
TEST(BrownAlmostLinear, VanishesAtEveryRootAndHasASaddleOnTheLineThroughThem) {
  for (const auto& [n, zeros] :
       std::vector<std::pair<Index, std::size_t>>{{1, 1}, {2, 2}, {3, 3}, {10, 2}, {11, 3}}) {
    const auto problem = all_problems().make("brown_almost_linear:n=" + std::to_string(n));
    EXPECT_EQ(problem->facts().minimisers.size(), zeros);
    EXPECT_EQ(problem->facts().saddles.size(), n > 2 ? 1 : 0);
    if (n != 10) continue;
    EXPECT_NEAR(problem->facts().minimisers.at(1).value[0], 0.9794303, 5e-8);
    EXPECT_EQ(problem->facts().saddles.front().value.value, 1);
  }
}

// x_1 < 0 with x_2 = -0.0 too: theta = 1/2 there, as at the start.
TEST(HelicalValley, TurnsByAHalfOnTheNegativeAxis) {
  const auto problem = all_problems().make("helical_valley");
  EXPECT_EQ(problem->value(Vector{{-1, 0.0, 0}}), 2500);
  EXPECT_EQ(problem->value(Vector{{-1, -0.0, 0}}), 2500);
}

// A path to infinity and the limit of f along it: the paper's digits, or what the derivation gives.
struct PathToInfinity {
  std::string problem;
  double limit;
  std::function<Vector(double far)> x;
};

TEST(MoreGarbowHillstrom, ComesNearToItsLimitsAtInfinity) {
  const double c = 1 / 0.27550860554344412;
  for (const PathToInfinity& path : std::vector<PathToInfinity>{
           {"beale", 0.45200892857,
            [](double far) {
              return Vector{{-far, 1 + 13.875 / 14 / far}};
            }},
           {"jennrich_sampson", 259.58019013,
            [](double far) {
              return Vector{{-far, 0.33148527792}};
            }},
           {"bard", 17.4286933333,
            [](double far) {
              return Vector{{0.84066666667, -far, -far}};
            }},
           {"bard", 0.1147984556,
            [c](double far) {
              return Vector{{0.188892022695, c - far, far}};
            }},
           {"gaussian", 0.56422340,
            [](double far) {
              return Vector{{0.1, 1, far}};
            }},
           {"gulf", 32.835,
            [](double far) {
              return Vector{{1, far, 1.5}};
            }},
           {"box3d", 0.0755887408,
            [](double far) {
              return Vector{{0.613600352526, far, 1.31995520920}};
            }},
           {"kowalik_osborne", 1.02734e-3,
            [](double far) {
              return Vector{{-0.022095935730168622 * far, -14.075883400603313, far, 0.6238013410486994 * far}};
            }},
           {"osborne1", 1.10603621875,
            [](double far) {
              return Vector{{0.62415625, 0.1, 0.844 - 0.72415625, far, far}};
            }},
           {"biggs_exp6", 0.30636677262, [](double far) {
              return Vector{{1.227555947524, 1.227555947524, 2, 2 - 1.66540612667, far, 1}};
            }}}) {
    SCOPED_TRACE(path.problem);
    const auto problem = all_problems().make(path.problem);
    const double tolerance = 5e-6 * path.limit;
    const auto distance = [&](double far) { return std::abs(problem->value(path.x(far)) - path.limit); };
    EXPECT_LE(distance(1e7), tolerance);
    EXPECT_LE(distance(1e7), distance(1e3) + 1e-9 * path.limit);
    const auto& limits = problem->facts().limits_at_infinity;
    EXPECT_TRUE(std::ranges::any_of(
        limits, [&](const Fact<double>& limit) { return std::abs(limit.value - path.limit) <= tolerance; }));
  }
}

TEST(MoreGarbowHillstrom, StartsAtMultiplesOfTheStandardStart) {
  for (const std::string& name : more_garbow_hillstrom_names()) {
    const Vector start = all_problems().make(name)->start();
    EXPECT_EQ(all_problems().make(name + ":start_scale=1")->start(), start) << name;
    EXPECT_EQ(all_problems().make(name + ":start_scale=10")->start(), 10 * start) << name;
    EXPECT_EQ(all_problems().make(name + ":start_scale=100")->start(), 100 * start) << name;
  }
}

TEST(MoreGarbowHillstrom, NamesWhatDoesNotFitAndWhatWould) {
  for (const auto& [specification, named] : std::vector<std::pair<std::string, std::string>>{
           {"extended_powell:n=6", "n = 6 is not a multiple of 4; use n=4 or n=8"},
           {"extended_powell:n=2", "[4, inf)"},
           {"extended_rosenbrock:n=7", "n = 7 is odd, and the components come in pairs; use n = 8"},
           {"rosenbrock:n=7", "use form=chained or n = 8"},
           {"linear_rank1:n=5,m=4", "m = 4 is less than n = 5; use m=5 or more"},
           {"chebyquad:n=9,m=8", "m = 8 is less than n = 9"},
           {"linear_rank1_zero:n=2", "[3, inf)"},
           {"gulf:m=101", "[3, 100]"},
           {"biggs_exp6:m=5", "[6, inf)"},
           {"watson:n=32", "[2, 31]"},
           {"wood:n=4", "wood"},
           {"wood:start_scale=3", "not one of 1, 10, 100"}}) {
    try {
      all_problems().make(specification);
      ADD_FAILURE() << specification;
    } catch (const UsageError& error) {
      EXPECT_THAT(error.what(), ::testing::HasSubstr(named));
    }
  }
}

using Digits50 = boost::multiprecision::cpp_bin_float_50;

// f and the infinity norm of its gradient in 50 digits.
struct InDigits50 {
  Digits50 value;
  Digits50 gradient;
};

template <class R>
InDigits50 in_digits50(const R& residuals, const Vector& x) {
  using Number = Dual<Digits50, 1>;
  const SumOfSquares<R> f{residuals};
  std::vector<Number> numbers;
  for (const double component : x) numbers.emplace_back(Digits50(component));
  InDigits50 found{};
  for (std::size_t j = 0; j < numbers.size(); ++j) {
    numbers[j].slope(0) = 1;
    const Number at = f(std::span<const Number>(numbers));
    numbers[j].slope(0) = 0;
    found.value = at.value();
    found.gradient = std::max<Digits50>(found.gradient, abs(at.slope(0)));
  }
  return found;
}

TEST(MoreGarbowHillstrom, VanishesIn50DigitsWhereItsConstantsDo) {
  using namespace more_garbow_hillstrom;
  EXPECT_LE(in_digits50(Gulf{}, Vector{{50, 25, 1.5}}).value, Digits50(1e-95));
  EXPECT_LE(in_digits50(Box3d{}, Vector{{10, 1, -1}}).value, Digits50(1e-95));
  EXPECT_LE(in_digits50(BiggsExp6{}, Vector{{1, 10, 1, 5, 4, 3}}).value, Digits50(1e-95));
  EXPECT_LE(in_digits50(HelicalValley{}, Vector{{1, 0, 0}}).value, Digits50(1e-95));
  EXPECT_EQ(in_digits50(HelicalValley{}, Vector{{-1, 0, 0}}).value, 2500);
}

// A value in double is off by a few hundred roundings of the sizes that it sums; a minimiser in double by half
// a unit in its last place, which the gradient feels |H| as much.
TEST(MoreGarbowHillstrom, HasTheSameValuesIn50Digits) {
  using namespace more_garbow_hillstrom;
  const auto expect_agreement = [](const auto& residuals, const std::string& name) {
    SCOPED_TRACE(name);
    const auto problem = all_problems().make(name);
    const Vector start = problem->start();
    const double value = problem->value(start);
    EXPECT_NEAR(static_cast<double>(in_digits50(residuals, start).value), value, 1e-13 * value);
    for (const Fact<Vector>& minimiser : problem->facts().minimisers) {
      const Vector& x = minimiser.value;
      const double rounding = testing::epsilon * testing::hessian_at(*problem, x).norm() * x.norm();
      const InDigits50 at = in_digits50(residuals, x);
      EXPECT_LE(static_cast<double>(at.gradient), rounding);
      EXPECT_NEAR(static_cast<double>(at.value), problem->facts().minimum->value, rounding * x.norm());
    }
  };
  expect_agreement(Osborne2{}, "osborne2");
  expect_agreement(Watson{}, "watson:n=12");
  expect_agreement(KowalikOsborne{}, "kowalik_osborne");
  expect_agreement(BrownDennis{}, "brown_dennis");
  expect_agreement(Meyer{}, "meyer");
  expect_agreement(Penalty2{}, "penalty2:n=10");
  expect_agreement(DiscreteIntegralEquation{}, "discrete_ie");
  expect_agreement(Chebyquad{8}, "chebyquad:n=8");
}

}  // namespace
}  // namespace optbed::more_garbow_hillstrom_test
