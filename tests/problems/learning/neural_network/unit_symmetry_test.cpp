#include "problems/learning/neural_network/unit_symmetry.hpp"

#include <gtest/gtest.h>

#include "problems/random.hpp"

namespace optbed::unit_symmetry_test {
namespace {

// Inputs 2, hidden 3 and 2, outputs 2: tanh(-z) = -tanh(z), so that all of its units may change places and
// signs.
TEST(UnitSymmetry, LeavesTheOutputsOfTwoHiddenLayersOfTanhUnits) {
  const Network network({.widths = {2, 3, 2, 2}, .activation = Activation::tanh});
  Random random(3);
  const Vector x = random.normal_matrix(network.parameter_count(), 1);
  const Vector y = with_units(network, x, {{{2, 0, 1}, {1, -1, 1}}, {{1, 0}, {-1, -1}}});
  const Matrix inputs = random.normal_matrix(2, 5);
  EXPECT_LE((network_outputs(network, y, inputs) - network_outputs(network, x, inputs)).norm(), 1e-14);
  EXPECT_GT((y - x).norm(), 1);
}

// One input, two hidden units, one output: W_1 = (1, 2), b_1 = (3, 4), W_2 = (5 6), b_2 = 7.
TEST(UnitSymmetry, MovesTheRowsAndColumnsOfAUnitTogether) {
  const Network network({.widths = {1, 2, 1}});
  const Vector x{{1, 2, 3, 4, 5, 6, 7}};
  EXPECT_EQ(with_units(network, x, {{{1, 0}, {1, -1}}}), (Vector{{2, -1, 4, -3, 6, -5, 7}}));
  EXPECT_EQ(with_units(network, x, {{{0, 1}, {1, 1}}}), x);
}

TEST(UnitSymmetry, TakesANetworkWithoutBiases) {
  const Network network({.widths = {1, 2, 1}, .bias = false});
  EXPECT_EQ(with_units(network, Vector{{1, 2, 5, 6}}, {{{1, 0}, {1, 1}}}), (Vector{{2, 1, 6, 5}}));
}

}  // namespace
}  // namespace optbed::unit_symmetry_test
