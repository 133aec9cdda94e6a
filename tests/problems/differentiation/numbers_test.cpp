#include "problems/differentiation/numbers.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace optbed::numbers_test {
namespace {

TEST(Numbers, AreMadeFromTheirIndices) {
  const Numbers<double> squares(5, [](std::size_t i) { return static_cast<double>(i * i); });
  EXPECT_EQ(squares.span().size(), 5);
  EXPECT_EQ(squares[4], 16);
}

TEST(Numbers, TakeTheMemoryOfThoseBefore) {
  const double* first = nullptr;
  {
    Numbers<double> numbers(100);
    first = numbers.span().data();
  }
  const Numbers<double> again(60);
  EXPECT_EQ(again.span().data(), first);
}

TEST(Numbers, DoNotShareItWithThoseOfAScopeAround) {
  Numbers<double> outer(3, [](std::size_t) { return 1.0; });
  {
    Numbers<double> inner(200, [](std::size_t) { return 2.0; });
    EXPECT_NE(inner.span().data(), outer.span().data());
  }
  EXPECT_EQ(outer[0], 1);
  EXPECT_EQ(outer[2], 1);
}

TEST(Numbers, GiveItBackWhereMakingThemFails) {
  const double* first = nullptr;
  {
    const Numbers<double> numbers(10);
    first = numbers.span().data();
  }
  EXPECT_THROW(Numbers<double>(10, [](std::size_t) -> double { throw std::runtime_error("no"); }),
               std::runtime_error);
  const Numbers<double> again(10);
  EXPECT_EQ(again.span().data(), first);
}

}  // namespace
}  // namespace optbed::numbers_test
