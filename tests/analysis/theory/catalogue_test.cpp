#include "analysis/theory/catalogue.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "solvers/registry.hpp"

namespace optbed::catalogue_test {
namespace {

TEST(Catalogue, NamesSolversOfTheRegistry) {
  const SolverRegistry solvers = all_solvers();
  int names = 0;
  for (const KnownRate& rate : known_rates()) {
    std::istringstream words{std::string(rate.solvers)};
    for (std::string name; words >> name; ++names) {
      EXPECT_TRUE(solvers.find(name)) << name << ": " << rate.method;
      EXPECT_TRUE(rate.is_about(name)) << name << ": " << rate.method;
    }
  }
  EXPECT_GE(names, static_cast<int>(known_rates().size()));
}

TEST(Catalogue, SaysOfEveryRateWhatItIsAndWhereItComesFrom) {
  for (const KnownRate& rate : known_rates()) {
    EXPECT_FALSE(rate.method.empty()) << rate.rate;
    EXPECT_FALSE(rate.problems.empty()) << rate.method;
    EXPECT_FALSE(rate.rate.empty()) << rate.method;
    EXPECT_FALSE(rate.source.empty()) << rate.method;
  }
}

TEST(KnownRate, IsAboutWholeNamesOnly) {
  const KnownRate rate{"lbfgs bfgs", "", "", "", RateKind::bound, "", ""};
  EXPECT_TRUE(rate.is_about("bfgs"));
  EXPECT_TRUE(rate.is_about("lbfgs"));
  EXPECT_FALSE(rate.is_about("fgs"));
  EXPECT_FALSE(rate.is_about("lbf"));
  EXPECT_FALSE(rate.is_about("lbfgs bfgs"));
}

}  // namespace
}  // namespace optbed::catalogue_test
