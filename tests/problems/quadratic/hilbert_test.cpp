#include "problems/quadratic/hilbert.hpp"

#include <gtest/gtest.h>

#include "problems/all_problems.hpp"

namespace optbed::hilbert_test {
namespace {

TEST(Hilbert, HasTheEntriesOfTheDefinition) {
  const Matrix expected{{1, 1 / 2.0, 1 / 3.0}, {1 / 2.0, 1 / 3.0, 1 / 4.0}, {1 / 3.0, 1 / 4.0, 1 / 5.0}};
  EXPECT_EQ(hilbert_matrix(3), expected);
}

// Higham 2002, section 28.1 has H^-1 for n = 3 and 5.
TEST(Hilbert, HasAnInverseOfWholeNumbers) {
  EXPECT_EQ(inverse_hilbert_matrix(3), (Matrix{{9, -36, 30}, {-36, 192, -180}, {30, -180, 180}}));
  const Matrix fifth{{25, -300, 1050, -1400, 630},
                     {-300, 4800, -18900, 26880, -12600},
                     {1050, -18900, 79380, -117600, 56700},
                     {-1400, 26880, -117600, 179200, -88200},
                     {630, -12600, 56700, -88200, 44100}};
  EXPECT_EQ(inverse_hilbert_matrix(5), fifth);
}

// H^-1 H = I: each element is a sum of whole numbers over i+j-1 with terms up to |H^-1|, rounded.
TEST(Hilbert, IsInvertedByThatInverseAtEverySize) {
  for (Index n = 1; n <= 12; ++n) {
    const Matrix inverse = inverse_hilbert_matrix(n);
    const Matrix product = inverse * hilbert_matrix(n);
    EXPECT_LE((product - Matrix::Identity(n, n)).cwiseAbs().maxCoeff(),
              static_cast<double>(n) * 2.3e-16 * inverse.cwiseAbs().maxCoeff());
    EXPECT_EQ(inverse, inverse.array().round().matrix());
  }
}

// Higham 2002, table 28.1.
TEST(Hilbert, HasTheTabulatedConditionNumbers) {
  const std::vector<std::pair<int, double>> table = {{2, 1.93e1},  {3, 5.24e2},  {4, 1.55e4},
                                                     {5, 4.77e5},  {6, 1.50e7},  {7, 4.75e8},
                                                     {8, 1.53e10}, {9, 4.93e11}, {10, 1.60e13}};
  for (const auto& [n, kappa] : table) {
    const auto f = all_problems().make(fmt::format("hilbert:n={}", n));
    EXPECT_NEAR(*f->facts().condition_number() / kappa, 1, 0.005) << n;
  }
}

TEST(Hilbert, IsBoundedToSizesThatStayDefinite) {
  EXPECT_THROW(all_problems().make("hilbert:n=13"), UsageError);
}

}  // namespace
}  // namespace optbed::hilbert_test
