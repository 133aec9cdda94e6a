#include "problems/nearest_name.hpp"

#include <gtest/gtest.h>

namespace optbed::nearest_name_test {
namespace {

TEST(NearestName, FindsATypingError) {
  const std::vector<std::string> names = {"quadratic", "rosenbrock", "beale"};
  EXPECT_EQ(nearest_name("rosenbrok", names), "rosenbrock");
  EXPECT_EQ(nearest_name("baele", names), "beale");
}

TEST(NearestName, KnowsTheBeginningAndTheEndOfALongName) {
  EXPECT_EQ(nearest_name("rosen", {"beale", "rosenbrock"}), "rosenbrock");
  EXPECT_EQ(nearest_name("--tolerance", {"--trace", "--gradient-tolerance"}), "--gradient-tolerance");
}

TEST(NearestName, OverlooksCapitalsAndHyphens) {
  EXPECT_EQ(nearest_name("L-BFGS", {"bfgs", "lbfgs"}), "lbfgs");
  EXPECT_EQ(nearest_name("Newton CG", {"newton", "newton_cg"}), "newton_cg");
}

TEST(NearestName, OffersNothingForAWordThatIsFarFromAll) {
  EXPECT_EQ(nearest_name("zzzzzzzz", {"quadratic", "rosenbrock"}), "");
  EXPECT_EQ(nearest_name("jpg", {"svg", "png", "pdf"}), "");
}

}  // namespace
}  // namespace optbed::nearest_name_test
