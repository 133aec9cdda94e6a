#include "problems/nearest_name.hpp"

#include <gtest/gtest.h>

namespace optbed {
namespace {

TEST(NearestName, FindsATypingError) {
  const std::vector<std::string> names = {"quadratic", "rosenbrock", "beale"};
  EXPECT_EQ(nearest_name("rosenbrok", names), "rosenbrock");
  EXPECT_EQ(nearest_name("baele", names), "beale");
}

TEST(NearestName, OffersNothingForAWordThatIsFarFromAll) {
  EXPECT_EQ(nearest_name("zzzzzzzz", {"quadratic", "rosenbrock"}), "");
}

}  // namespace
}  // namespace optbed
