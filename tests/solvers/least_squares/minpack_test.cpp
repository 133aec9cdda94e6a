// The schedule minpack beside the counts that MINPACK's own test driver prints for lmder1, as in the reference
// output that cminpack keeps (examples/ref/lmddrv.ref: number of function and Jacobian evaluations and final
// norm).
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>

#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/solvers/least_squares/classic_residuals.hpp"

namespace optbed::minpack_test {
namespace {

using testing_problems::Residuals;

struct Published {
  const char* name;
  Residuals (*problem)();
  double start_scale;
  int functions;
  int jacobians;
  double final_norm;
};

void PrintTo(const Published& row, std::ostream* out) { *out << row.name << " x " << row.start_scale; }

struct Counts {
  int functions = 1;
  int jacobians = 1;
  double final_norm = 0;
};

// Where lmder1 would have ended this trace: with ftol = xtol = eps^(1/2) and gtol = 0 (User guide for
// MINPACK-1, 1980, on INFO = 1, 2, 4).
Counts counts_of_lmder1(const Residuals& problem, const Trace& trace) {
  const double tolerance = std::sqrt(std::numeric_limits<double>::epsilon());
  const std::vector<double>& value = trace.column("value");
  Matrix J(problem.residual_count(), problem.dimension());
  problem.jacobian(trace.iterate(0), J);
  Vector D = J.colwise().norm();
  Counts counts;
  Vector r(problem.residual_count());
  for (std::size_t k = 1; k < trace.rows(); ++k) {
    const Vector x = trace.iterate(k);
    const bool accepted = trace.column("accepted")[k] == 1;
    ++counts.functions;
    counts.final_norm = std::sqrt(value[k]);
    // The trial's step from its lambda, as a rejected one is not in the trace.
    const Vector before = trace.iterate(k - 1);
    problem.residuals(before, r);
    const Matrix damping = (trace.column("damping")[k] * D.cwiseAbs2()).asDiagonal();
    const Vector p = -(J.transpose() * J + damping).ldlt().solve(J.transpose() * r);
    const double actual = 1 - problem.value(before + p) / value[k - 1];
    const double predicted = ((J * p).squaredNorm() + 2 * p.dot(damping * p)) / value[k - 1];
    const bool falls_no_more =
        std::abs(actual) <= tolerance && predicted <= tolerance && actual <= 2 * predicted;
    if (falls_no_more || trace.column("radius")[k] <= tolerance * D.cwiseProduct(x).norm()) break;
    if (!accepted) continue;
    problem.jacobian(x, J);
    ++counts.jacobians;
    if (value[k] == 0) break;
    D = D.cwiseMax(J.colwise().norm().transpose());
  }
  return counts;
}

class MinpackCounts : public ::testing::TestWithParam<Published> {};

TEST_P(MinpackCounts, AreThoseOfItsTestDriver) {
  const Published& row = GetParam();
  const Residuals problem = row.problem();
  const auto solver = all_solvers().make("levenberg_marquardt:schedule=minpack");
  const Result result = minimize(problem, *solver,
                                 {.limits = {.max_iterations = 60, .gradient_tolerance = 0},
                                  .trace = {.iterates = true},
                                  .start = row.start_scale * problem.start()});
  const Counts counts = counts_of_lmder1(problem, result.trace);
  EXPECT_EQ(counts.functions, row.functions);
  EXPECT_EQ(counts.jacobians, row.jacobians);
  // Seven digits are printed; norms of rounding errors only by their size.
  EXPECT_NEAR(counts.final_norm, row.final_norm, 1e-7 * row.final_norm + 1e-12);
}

Residuals rosenbrock() { return testing_problems::rosenbrock_valley(10); }

INSTANTIATE_TEST_SUITE_P(
    Lmder1, MinpackCounts,
    ::testing::Values(Published{"rosenbrock", rosenbrock, 1, 21, 16, 0},
                      Published{"rosenbrock", rosenbrock, 10, 8, 5, 0},
                      Published{"rosenbrock", rosenbrock, 100, 6, 4, 0},
                      Published{"helical_valley", testing_problems::helical_valley, 1, 11, 8, 0},
                      Published{"helical_valley", testing_problems::helical_valley, 10, 20, 15, 0},
                      Published{"helical_valley", testing_problems::helical_valley, 100, 19, 16, 0},
                      Published{"freudenstein_roth", testing_problems::freudenstein_roth, 1, 14, 8, 6.998875},
                      Published{"freudenstein_roth", testing_problems::freudenstein_roth, 10, 19, 12, 6.998875},
                      Published{"freudenstein_roth", testing_problems::freudenstein_roth, 100, 24, 17,
                                6.998875},
                      Published{"bard", testing_problems::bard, 1, 6, 5, 0.09063596},
                      Published{"jennrich_sampson", testing_problems::jennrich_sampson, 1, 21, 12, 11.15178}));

}  // namespace
}  // namespace optbed::minpack_test
