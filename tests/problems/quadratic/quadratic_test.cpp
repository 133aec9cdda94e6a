#include "problems/quadratic/quadratic.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "problems/all_problems.hpp"
#include "tests/problems/verified.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::quadratic_test {
namespace {

using testing::epsilon;
using testing::TemporaryFile;

std::unique_ptr<Problem> quadratic(const std::string& options) {
  return all_problems().make("quadratic:" + options);
}

Vector spectrum(const Problem& problem) { return testing::eigenvalues_at(problem, problem.start()); }

// The message of the error that these options cause; empty where they cause none.
template <class Error>
std::string error(const std::string& options) {
  try {
    quadratic(options);
  } catch (const Error& wrong) {
    return wrong.what();
  }
  return {};
}

TEST(Quadratic, IsHalfOfTheSquaresTimesTheEigenvalues) {
  const auto f = quadratic("eigenvalues=1;3,shift=2;-1");
  const Vector x{{5, 1}};
  Vector g(2);
  EXPECT_EQ(f->gradient(x, g), 0.5 * (1 * 9 + 3 * 4));
  EXPECT_EQ(g, (Vector{{3, 6}}));
  EXPECT_EQ(f->start(), Vector::Ones(2));
}

TEST(Quadratic, KeepsItsEigenvaluesWhenRotated) {
  for (const std::string kind : {"log", "linear", "clustered", "two_point"}) {
    const std::string options = "n=8,kappa=1000,spectrum=" + kind;
    const auto rotated = quadratic(options + ",rotation=random");
    EXPECT_LE((spectrum(*rotated) - spectrum(*quadratic(options))).norm(), 100 * epsilon * 1000) << kind;
    Matrix H(8, 8);
    rotated->hessian(rotated->start(), H);
    EXPECT_GT((H - Matrix(H.diagonal().asDiagonal())).norm(), 1) << kind;
  }
}

TEST(Quadratic, RotatesByItsSeed) {
  const Vector x{{1, 2, 3}};
  const auto value = [&](const std::string& seed) {
    return quadratic("n=3,rotation=random,seed=" + seed)->value(x);
  };
  EXPECT_EQ(value("1"), value("1"));
  EXPECT_NE(value("1"), value("2"));
}

// The eigenvector of the first eigenvalue stands at 30 degrees: A = R diag(1, 3) R', by hand.
TEST(Quadratic, TurnsByAnAngleInDegrees) {
  Matrix H(2, 2);
  quadratic("eigenvalues=1;3,angle=30")->hessian(Vector::Zero(2), H);
  const double c = std::sqrt(3.0) / 2;
  const double s = 0.5;
  const Matrix expected{{c * c + 3 * s * s, -2 * c * s}, {-2 * c * s, s * s + 3 * c * c}};
  EXPECT_LE((H - expected).norm(), 10 * epsilon * expected.norm());
}

TEST(Quadratic, HasItsMinimiserAtTheShift) {
  EXPECT_EQ(quadratic("n=3,shift=2")->facts().minimisers.at(0).value, Vector::Constant(3, 2));
  EXPECT_EQ(quadratic("n=2,shift=1;-1,angle=10")->facts().minimisers.at(0).value, (Vector{{1, -1}}));
}

// Near x* the gap is 1e-20, of which A x - A x* would leave nothing.
TEST(Quadratic, KeepsItsGapNearAShiftedMinimiser) {
  const auto f = quadratic("n=6,kappa=1e4,rotation=random,shift=3");
  Vector x = Vector::Constant(6, 3);
  x[2] += std::ldexp(1.0, -40);
  Vector g(6), Hd(6);
  const Vector d = x - Vector::Constant(6, 3);
  f->hessian_vector(x, d, Hd);
  const double gap = 0.5 * d.dot(Hd);
  EXPECT_NEAR(f->value(x), gap, 1e-13 * gap);
  EXPECT_NEAR(f->gradient(x, g), gap, 1e-13 * gap);
  EXPECT_LE((g - Hd).norm(), 1e-13 * Hd.norm());
}

TEST(Quadratic, KnowsNoMinimumWhereItHasNone) {
  const auto f = quadratic("eigenvalues=-1;2");
  EXPECT_TRUE(f->facts().is_unbounded_below());
  EXPECT_FALSE(f->facts().minimum);
  EXPECT_FALSE(f->facts().strong_convexity);
  EXPECT_EQ(f->facts().lipschitz->value, 2);
}

TEST(Quadratic, IsConvexButNotStronglyWhereAnEigenvalueIsZero) {
  const Facts facts = quadratic("eigenvalues=0;2")->facts();
  EXPECT_EQ(facts.convexity->value, Convexity::convex);
  EXPECT_FALSE(facts.strong_convexity);
  EXPECT_TRUE(facts.minimum);
}

TEST(Quadratic, CountsItsDistinctEigenvalues) {
  EXPECT_EQ(quadratic("n=10,spectrum=two_point")->facts().distinct_eigenvalues->value, 2);
  EXPECT_EQ(quadratic("eigenvalues=5;1;3;3,rotation=random")->facts().distinct_eigenvalues->value, 3);
}

TEST(Quadratic, NamesEveryConflictOfItsOptions) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> conflicts = {
      {"kappa=2,eigenvalues=1;2", {"kappa", "eigenvalues"}},
      {"spectrum=log,eigenvalues=1;2", {"spectrum", "eigenvalues"}},
      {"n=3,eigenvalues=1;2", {"n = 3", "eigenvalues", "2"}},
      {"n=3,shift=1;2", {"shift", "2 numbers", "n = 3"}},
      {"angle=30,rotation=random", {"angle", "rotation"}},
      {"n=3,angle=30", {"angle", "n = 2", "n = 3"}},
      {"seed=3", {"seed", "rotation=random"}},
      {"angle=30,seed=3", {"seed", "rotation=random"}},
      {"n=6000,rotation=random", {"rotation=random", "6000", "rotation=none"}},
      {"rhs=b.mtx", {"rhs", "matrix"}},
      {"matrix=A.mtx,n=2", {"n", "matrix"}},
      {"matrix=A.mtx,kappa=2", {"kappa", "matrix"}},
      {"matrix=A.mtx,shift=2", {"shift", "matrix"}},
      {"matrix=A.mtx,seed=2", {"seed", "matrix"}},
  };
  for (const auto& [options, parts] : conflicts) {
    const std::string message = error<UsageError>(options);
    for (const std::string& part : parts)
      EXPECT_NE(message.find(part), std::string::npos) << options << ": " << message;
  }
}

TEST(Quadratic, RefusesOptionsOutsideOfTheirDomain) {
  for (const std::string options :
       {"n=0", "kappa=0.5", "kappa=inf", "spectrum=linaer", "eigenvalues=1;x", "seed=-1"}) {
    EXPECT_NE(error<UsageError>(options), "") << options;
  }
}

const std::string dense_3 = "%%MatrixMarket matrix array real symmetric\n3 3\n4\n1\n0\n3\n-1\n2\n";
const std::string sparse_3 =
    "%%MatrixMarket matrix coordinate real symmetric\n3 3 5\n1 1 4\n2 1 1\n2 2 3\n3 2 -1\n3 3 2\n";
const std::string rhs_3 = "%%MatrixMarket matrix array real general\n3 1\n1\n2\n3\n";

// A = [[4,1,0],[1,3,-1],[0,-1,2]], b = (1,2,3): x* = (-1, 13, 20)/9 by elimination, and
// f* = -b'x*/2 = -85/18.
TEST(Quadratic, ReadsDenseAndSparseMatricesFromFiles) {
  for (const std::string& content : {dense_3, sparse_3}) {
    const TemporaryFile matrix(content, ".mtx");
    const TemporaryFile rhs(rhs_3, ".mtx");
    const auto f = quadratic("matrix=" + matrix.path() + ",rhs=" + rhs.path());
    EXPECT_EQ(f->start(), Vector::Zero(3));
    EXPECT_EQ(f->value(Vector{{1, 1, 1}}), 4.5 - 6);
    EXPECT_LE((f->facts().minimisers.at(0).value - Vector{{-1, 13, 20}} / 9).norm(), 20 * epsilon);
    EXPECT_NEAR(f->facts().minimum->value, -85.0 / 18, 20 * epsilon * 85 / 18);
    testing::expect_consistent_derivatives(*f);
    testing::expect_declared_facts_to_hold(*f);
  }
}

TEST(Quadratic, TakesZeroForAMissingRightHandSide) {
  const TemporaryFile matrix(sparse_3, ".mtx");
  const auto f = quadratic("matrix=" + matrix.path());
  EXPECT_EQ(f->facts().minimum->value, 0);
  EXPECT_EQ(f->value(Vector{{1, 1, 1}}), 4.5);
}

TEST(Quadratic, KnowsAnIndefiniteMatrixFromAFileToBeUnbounded) {
  const TemporaryFile matrix("%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n1\n", ".mtx");
  const auto f = quadratic("matrix=" + matrix.path());
  EXPECT_TRUE(f->facts().is_unbounded_below());
  testing::expect_consistent_derivatives(*f);
  testing::expect_declared_facts_to_hold(*f);
}

TEST(Quadratic, ClaimsNothingOfASingularMatrixFromAFile) {
  const TemporaryFile matrix("%%MatrixMarket matrix array real general\n2 2\n1\n1\n1\n1\n", ".mtx");
  const TemporaryFile rhs("%%MatrixMarket matrix array real general\n2 1\n1\n0\n", ".mtx");
  const auto f = quadratic("matrix=" + matrix.path() + ",rhs=" + rhs.path());
  EXPECT_FALSE(f->facts().minimum);
  EXPECT_FALSE(f->facts().strong_convexity);
  EXPECT_FALSE(f->facts().convexity);
}

// tridiag(-1, 2, -1) of order 2000, too large for all of its eigenvalues: x* = A^-1 1 has x_i = i (n + 1 -
// i)/2, and A's condition number is below 2e6.
TEST(Quadratic, SolvesALargeSparseMatrixFromAFile) {
  const Index n = 2000;
  std::string A = "%%MatrixMarket matrix coordinate integer symmetric\n2000 2000 3999\n";
  std::string b = "%%MatrixMarket matrix array integer general\n2000 1\n";
  for (Index i = 1; i <= n; ++i) {
    A += fmt::format("{} {} 2\n", i, i) + (i < n ? fmt::format("{} {} -1\n", i + 1, i) : "");
    b += "1\n";
  }
  const TemporaryFile matrix(A, ".mtx");
  const TemporaryFile rhs(b, ".mtx");
  const auto f = quadratic("matrix=" + matrix.path() + ",rhs=" + rhs.path());
  EXPECT_FALSE(f->facts().lipschitz);
  const Vector& x = f->facts().minimisers.at(0).value;
  for (const Index i : {1, 700, 2000}) {
    const auto expected = 0.5 * static_cast<double>(i * (n + 1 - i));
    EXPECT_NEAR(x[i - 1], expected, 2e6 * epsilon * x.maxCoeff());
  }
}

TEST(Quadratic, RefusesFilesThatMakeNoQuadratic) {
  const TemporaryFile wide("%%MatrixMarket matrix array real general\n1 2\n1\n2\n", ".mtx");
  const TemporaryFile skewed("%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n", ".mtx");
  const TemporaryFile skewed_sparse("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 1\n", ".mtx");
  const TemporaryFile good(sparse_3, ".mtx");
  EXPECT_NE(error<InputError>("matrix=" + wide.path()).find("1 x 2"), std::string::npos);
  EXPECT_NE(error<InputError>("matrix=" + skewed.path()).find("symmetric"), std::string::npos);
  EXPECT_NE(error<InputError>("matrix=" + skewed_sparse.path()).find("symmetric"), std::string::npos);
  const std::string sizes = error<InputError>("matrix=" + good.path() + ",rhs=" + wide.path());
  EXPECT_NE(sizes.find("1 x 2"), std::string::npos) << sizes;
  EXPECT_NE(sizes.find("3 x 1"), std::string::npos) << sizes;
  EXPECT_NE(error<InputError>("matrix=/no/such.mtx").find("/no/such.mtx"), std::string::npos);
}

}  // namespace
}  // namespace optbed::quadratic_test
