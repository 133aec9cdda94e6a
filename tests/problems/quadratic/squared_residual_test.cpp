#include "problems/quadratic/squared_residual.hpp"

#include <gtest/gtest.h>

#include "problems/all_problems.hpp"
#include "problems/decompositions.hpp"
#include "problems/oracle.hpp"
#include "tests/problems/verified.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::squared_residual_test {
namespace {

using testing::TemporaryFile;

constexpr const char* general_sparse =
    "%%MatrixMarket matrix coordinate real general\n3 3 5\n1 1 2\n1 3 1\n2 2 -1\n3 1 4\n3 3 3\n";
constexpr const char* general_dense =
    "%%MatrixMarket matrix array real general\n3 3\n2\n0\n4\n0\n-1\n0\n1\n0\n3\n";
constexpr const char* ones = "%%MatrixMarket matrix array real general\n3 1\n1\n1\n1\n";

std::unique_ptr<Problem> from_files(const std::string& matrix, const std::string& rhs) {
  const TemporaryFile A(matrix, ".mtx");
  const TemporaryFile b(rhs, ".mtx");
  return all_problems().make("linear_system:matrix=" + A.path() + ",rhs=" + b.path());
}

// A = (2 0 1; 0 -1 0; 4 0 3), b = (1, 1, 1), by hand at x = (1, 2, 3): A x - b = (4, -3, 12).
TEST(SquaredResidual, IsHalfOfTheSquaredResidualOfAnySystem) {
  for (const char* file : {general_sparse, general_dense}) {
    const auto f = from_files(file, ones);
    const Vector x{{1, 2, 3}};
    Vector g(3);
    EXPECT_EQ(f->gradient(x, g), 0.5 * (16 + 9 + 144));
    EXPECT_EQ(f->value(x), 84.5);
    EXPECT_EQ(g, (Vector{{2 * 4 + 4 * 12, 3, 4 + 3 * 12}}));
    Matrix H(3, 3);
    f->hessian(x, H);
    EXPECT_EQ(H, (Matrix{{20, 0, 14}, {0, 1, 0}, {14, 0, 10}}));
    // The solution by hand: x_2 = -1, and 2a + c = 1, 4a + 3c = 1 give (1, -1).
    EXPECT_LE((f->facts().minimisers.at(0).value - Vector{{1, -1, -1}}).norm(), 1e-14);
    EXPECT_EQ(f->facts().minimum->value, 0);
    testing::expect_consistent_derivatives(*f);
    testing::expect_declared_facts_to_hold(*f);
  }
}

TEST(SquaredResidual, AnswersAsALinearSystemThroughTheOracle) {
  const auto f = from_files(general_sparse, ones);
  Oracle oracle(*f);
  Vector Av(3);
  oracle.multiply(Vector{{1, 2, 3}}, Av);
  EXPECT_EQ(Av, (Vector{{5, -2, 13}}));
  EXPECT_EQ(oracle.right_hand_side(), Vector::Ones(3));
  EXPECT_FALSE(oracle.system_is_gradient());
  EXPECT_EQ(dense_copy(oracle.rows()), dense_copy(oracle.matrix()));
  EXPECT_EQ(oracle.counts(), (EvaluationCounts{.hessian = 1, .hessian_vector = 2}));
  oracle.set_max_evaluations(3);
  EXPECT_THROW(oracle.multiply(Vector::Ones(3), Av), BudgetExhausted);
  EXPECT_THROW(oracle.rows(), BudgetExhausted);
  EXPECT_THROW(oracle.matrix(), BudgetExhausted);
  const auto beale = all_problems().make("beale");
  Oracle no_system(*beale);
  EXPECT_THROW(no_system.multiply(Vector::Ones(2), Av), std::logic_error);
  EXPECT_EQ(no_system.counts(), EvaluationCounts{});
}

TEST(SquaredResidual, KnowsASymmetricMatrixWhenItSeesOne) {
  const auto symmetric = [](const std::string& specification) {
    return dynamic_cast<const LinearSystem&>(*all_problems().make(specification)).is_symmetric();
  };
  EXPECT_TRUE(symmetric("linear_system:symmetric=true"));
  EXPECT_FALSE(symmetric("linear_system"));
  const auto system = all_problems().make("linear_system:n=6,symmetric=true,kappa=32");
  const Matrix A = dense_copy(dynamic_cast<const LinearSystem&>(*system).matrix());
  const Vector lambda = symmetric_eigenvalues(A).value();
  EXPECT_LE((lambda - Vector{{-32, -8, -2, 1, 4, 16}}).norm(), 1e-12);
}

TEST(SquaredResidual, ClaimsNoSolutionOfASingularSystem) {
  const SquaredResidual f(DenseRows(Matrix{{1, 2}, {2, 4}}), Vector{{1, 0}});
  EXPECT_FALSE(f.facts().minimum);
  EXPECT_TRUE(f.facts().minimisers.empty());
  EXPECT_EQ(f.facts().convexity->value, Convexity::convex);
  EXPECT_NEAR(f.facts().lipschitz->value, 25, 1e-13);
}

TEST(SquaredResidual, RefusesFilesAndOptionsThatMakeNoSystem) {
  constexpr const char* wide = "%%MatrixMarket matrix array real general\n1 2\n1\n2\n";
  EXPECT_THROW(from_files(wide, ones), InputError);
  EXPECT_THROW(from_files(general_dense, wide), InputError);
  EXPECT_THROW(from_files("%%MatrixMarket matrix coordinate real general\n3 3 2\n1 1 2\n", ones), InputError);
  EXPECT_THROW(all_problems().make("linear_system:rhs=b.mtx"), UsageError);
  EXPECT_THROW(all_problems().make("linear_system:matrix=A.mtx,n=3"), UsageError);
}

}  // namespace
}  // namespace optbed::squared_residual_test
