#include "problems/classic/large_scale/chained.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>

#include "problems/classic/large_scale/broyden_tridiagonal.hpp"
#include "problems/classic/large_scale/dixon_price.hpp"
#include "problems/classic/rosenbrock.hpp"
#include "tests/problems/classic/large_scale/written_out.hpp"

namespace optbed::chained_test {
namespace {

using testing::expect_to_be_written_out_as;
using testing::expect_to_work_at_scale;

template <class X>
X square(const X& x) {
  return x * x;
}

struct WrittenOutRosenbrock {
  std::size_t stride;

  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (std::size_t i = 0; i + 1 < x.size(); i += stride) {
      sum += 100.0 * square(X(x[i + 1] - square(x[i]))) + square(X(1.0 - x[i]));
    }
    return sum;
  }
};

struct WrittenOutWood {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (std::size_t i = 0; i + 3 < x.size(); i += 2) {
      sum += 100.0 * square(X(square(x[i]) - x[i + 1])) + square(X(x[i] - 1.0)) +
             90.0 * square(X(square(x[i + 2]) - x[i + 3])) + square(X(x[i + 2] - 1.0)) +
             10.0 * square(X(x[i + 1] + x[i + 3] - 2.0)) + square(X(x[i + 1] - x[i + 3])) / 10.0;
    }
    return sum;
  }
};

struct WrittenOutPowell {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (std::size_t i = 0; i + 3 < x.size(); i += 2) {
      sum += square(X(x[i] + 10.0 * x[i + 1])) + 5.0 * square(X(x[i + 2] - x[i + 3])) +
             square(square(X(x[i + 1] - 2.0 * x[i + 2]))) + 10.0 * square(square(X(x[i] - x[i + 3])));
    }
    return sum;
  }
};

struct WrittenOutDixonPrice {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum = square(X(x[0] - 1.0));
    for (std::size_t i = 1; i < x.size(); ++i) {
      sum += static_cast<double>(i + 1) * square(X(2.0 * square(x[i]) - x[i - 1]));
    }
    return sum;
  }
};

struct WrittenOutExtendedPowell {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (std::size_t i = 0; i < x.size(); i += 4) sum += WrittenOutPowell()(x.subspan(i, 4));
    return sum;
  }
};

struct WrittenOutBroyden {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      X r = (3.0 - 2.0 * x[i]) * x[i] + 1.0;
      if (i > 0) r -= x[i - 1];
      if (i + 1 < x.size()) r -= 2.0 * x[i + 1];
      sum += square(r);
    }
    return sum;
  }
};

// The elements of Moré, Garbow & Hillstrom's nos. 22 and 30, from points of the size of 1.
template <class E>
class FromOnes final : public ElementSumProblem<E> {
 public:
  using ElementSumProblem<E>::ElementSumProblem;
  Vector start() const override { return Vector::Ones(this->dimension()); }
};

// Few and many elements, an even and an odd number of them.
TEST(ElementSums, AgreeWithTheirFormulasAndAutomaticDifferentiation) {
  for (const long n : {2, 4, 6, 10, 26}) {
    expect_to_be_written_out_as(WrittenOutRosenbrock{2}, Rosenbrock({.n = n}));
  }
  for (const long n : {2, 3, 4, 5, 6, 25}) {
    expect_to_be_written_out_as(WrittenOutRosenbrock{1}, Rosenbrock({.n = n, .form = RosenbrockForm::chained}));
    expect_to_be_written_out_as(WrittenOutDixonPrice(), DixonPrice({n}));
  }
  for (const long n : {4, 8, 12, 28}) {
    expect_to_be_written_out_as(WrittenOutExtendedPowell(), FromOnes<PowellElement<4>>(n));
  }
  for (const long n : {1, 2, 3, 4, 5, 24, 25}) {
    expect_to_be_written_out_as(WrittenOutBroyden(), FromOnes<BroydenTridiagonalElement>(n));
  }
  for (const long n : {4, 6, 8, 10, 24, 26}) {
    expect_to_be_written_out_as(WrittenOutWood(), ChainedWood({n}));
    expect_to_be_written_out_as(WrittenOutPowell(), ChainedPowell({n}));
  }
}

TEST(ElementSums, WorkInOverAHundredThousandDimensions) {
  const long n = 131074;
  expect_to_work_at_scale(WrittenOutRosenbrock{2}, Rosenbrock({.n = n}));
  expect_to_work_at_scale(WrittenOutRosenbrock{1}, Rosenbrock({.n = n, .form = RosenbrockForm::chained}));
  expect_to_work_at_scale(WrittenOutWood(), ChainedWood({n}));
  expect_to_work_at_scale(WrittenOutPowell(), ChainedPowell({n}));
  expect_to_work_at_scale(WrittenOutDixonPrice(), DixonPrice({n}));
  expect_to_work_at_scale(WrittenOutExtendedPowell(), FromOnes<PowellElement<4>>(n / 4 * 4));
  expect_to_work_at_scale(WrittenOutBroyden(), FromOnes<BroydenTridiagonalElement>(n));
}

// Moré, Garbow & Hillstrom 1981, nos. 14 and 13, at their starts.
TEST(ChainedFunctions, AreWoodsAndPowellsInFourVariables) {
  const ChainedWood wood({4});
  EXPECT_EQ(wood.start(), (Vector{{-3, -1, -3, -1}}));
  EXPECT_NEAR(wood.value(wood.start()), 19192, 1e-9);
  const ChainedPowell powell({4});
  EXPECT_EQ(powell.start(), (Vector{{3, -1, 0, 1}}));
  EXPECT_NEAR(powell.value(powell.start()), 215, 1e-12);
}

TEST(ChainedWood, HasTheStartOfLuksanAndVlcek) {
  EXPECT_EQ(ChainedWood({8}).start(), (Vector{{-3, -1, -3, -1, -2, 0, -2, 0}}));
}

TEST(ChainedPowell, HasAHessianOfRankNLessTwoAtItsMinimiser) {
  Matrix H(8, 8);
  ChainedPowell({8}).hessian(Vector::Zero(8), H);
  EXPECT_EQ(Eigen::FullPivLU<Matrix>(H).rank(), 6);
}

TEST(ChainedFunctions, RefuseAnOddDimension) {
  EXPECT_THROW(chained_wood_entry().make({{"n", "7"}}), UsageError);
  EXPECT_THROW(chained_powell_entry().make({{"n", "7"}}), UsageError);
}

// x_1 = 1 and x_2^2 = 1/2.
TEST(DixonPrice, HasTwoMinimisersThatDifferInTheirLastComponent) {
  const DixonPrice problem({2});
  ASSERT_EQ(problem.facts().minimisers.size(), 2U);
  for (const Fact<Vector>& minimiser : problem.facts().minimisers) {
    EXPECT_EQ(minimiser.value[0], 1);
    EXPECT_NEAR(minimiser.value[1] * minimiser.value[1], 0.5, 1e-15);
  }
  EXPECT_EQ(problem.value(Vector{{3, 2}}), 4 + 2 * 25);
}

}  // namespace
}  // namespace optbed::chained_test
