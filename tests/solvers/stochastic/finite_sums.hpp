// What the tests of stochastic methods share: a finite sum twice, the batches that a method draws, and its
// path.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "problems/learning/logistic_regression.hpp"
#include "problems/random.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "solvers/stochastic/sampler.hpp"
#include "tests/solvers/reference/finite_sum.hpp"

namespace optbed::testing {

inline const LogisticRegressionOptions small_logistic{.samples = 20, .features = 4, .lambda = 0.1};

// The same function for the reference implementations.
inline reference::FiniteSum small_logistic_reference() {
  const LabelledData data = generated_data(small_logistic);
  reference::Mat<double> A;
  for (Index i = 0; i < data.inputs.cols(); ++i)
    A.emplace_back(data.inputs.col(i).begin(), data.inputs.col(i).end());
  return reference::logistic(A, {data.labels.begin(), data.labels.end()}, small_logistic.lambda);
}

inline std::vector<reference::Batch> batches(Sampling sampling, Index sample_count, Index batch_size,
                                             std::uint64_t seed, std::size_t count) {
  Sampler sampler(sampling);
  sampler.start(sample_count, batch_size, unrelated_seed(seed));  // as the oracle passes it on
  std::vector<reference::Batch> drawn(count);
  for (reference::Batch& batch : drawn) {
    sampler.draw();
    batch.assign(sampler.batch().begin(), sampler.batch().end());
  }
  return drawn;
}

inline Result run_with_seed(const Problem& problem, const std::string& solver, long iterations,
                            std::uint64_t seed = 0) {
  return minimize(problem, *all_solvers().make(solver),
                  {.limits = {.max_iterations = iterations, .gradient_tolerance = 0},
                   .trace = {.iterates = true},
                   .seed = seed});
}

// The points of a run, those of a reference, and how far they may be apart, relative to the largest element.
inline void expect_the_same_path(const Trace& trace, const reference::Points& path, double tolerance = 1e-12) {
  ASSERT_EQ(trace.rows(), path.size());
  for (std::size_t k = 0; k < path.size(); ++k) {
    const Vector x = trace.iterate(k);
    const Vector expected = Eigen::Map<const Vector>(path[k].data(), x.size());
    const double scale = std::max(1.0, expected.cwiseAbs().maxCoeff());
    ASSERT_LE((x - expected).cwiseAbs().maxCoeff(), tolerance * scale) << "iteration " << k;
  }
}

}  // namespace optbed::testing
