// What holds for every problem, each with a few option strings.
#include "problems/all_problems.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "tests/problems/verified.hpp"

namespace optbed::all_problems_test {
namespace {

const std::vector<std::string> specifications = {
    "quadratic",
    "quadratic:n=1",
    "quadratic:n=10,kappa=1",
    "quadratic:n=10,kappa=100,spectrum=log",
    "quadratic:n=10,kappa=100,spectrum=linear",
    "quadratic:n=10,kappa=100,spectrum=clustered",
    "quadratic:n=11,kappa=1e4,spectrum=two_point",
    "quadratic:n=10,kappa=1e4,spectrum=log,rotation=random",
    "quadratic:n=10,kappa=100,spectrum=linear,rotation=random,seed=7,shift=2",
    "quadratic:n=12,kappa=100,spectrum=clustered,rotation=random",
    "quadratic:n=7,kappa=10,spectrum=two_point,rotation=random",
    "quadratic:kappa=50,angle=30",
    "quadratic:kappa=50,angle=-200,shift=1;-3",
    "quadratic:n=3,shift=1;2;3",
    "quadratic:n=5,shift=-4.5",
    "quadratic:eigenvalues=1;3",
    "quadratic:eigenvalues=5;1;3;3,rotation=random",
    "quadratic:eigenvalues=-1;2,angle=45",
    "quadratic:eigenvalues=0;2,shift=1",
    "quadratic:eigenvalues=-3;-1",
    "sample_mean",
    "sample_mean:samples=30,eigenvalues=1;10;10,deviation=0.2,seed=4",
    "sample_mean:samples=2,deviation=0",
    "poisson",
    "poisson:n=1",
    "poisson:n=7",
    "poisson:n=1,dimension=2",
    "poisson:n=6,dimension=2",
    "poisson:n=1,dimension=3",
    "poisson:n=3,dimension=3",
    "hilbert",
    "hilbert:n=1",
    "hilbert:n=9",
    "linear_system",
    "linear_system:n=1,kappa=3",
    "linear_system:n=12,kappa=1e3,seed=2",
    "linear_system:n=11,kappa=100,symmetric=true",
    "rosenbrock",
    "rosenbrock:n=4",
    "rosenbrock:n=10",
    "rosenbrock:n=2,form=chained",
    "rosenbrock:n=3,form=chained",
    "rosenbrock:n=7,form=chained",
    "rosenbrock:n=12,form=chained",
    "extended_rosenbrock",
    "chained_wood:n=4",
    "chained_wood:n=6",
    "chained_wood:n=14",
    "chained_powell:n=4",
    "chained_powell:n=10",
    "chained_powell:n=16",
    "dixon_price",
    "dixon_price:n=3",
    "dixon_price:n=10",
    "minimal_surface:n=1",
    "minimal_surface:n=2",
    "minimal_surface:n=5",
    "bratu:n=1",
    "bratu:n=2,lambda=1",
    "bratu:n=6",
    "beale",
    "freudenstein_roth",
    "powell_badly_scaled",
    "brown_badly_scaled",
    "jennrich_sampson",
    "helical_valley",
    "bard",
    "gaussian",
    "meyer",
    "gulf",
    "gulf:m=20",
    "box3d",
    "powell_singular",
    "wood",
    "kowalik_osborne",
    "brown_dennis",
    "osborne1",
    "biggs_exp6",
    "osborne2",
    "watson",
    "watson:n=9",
    "watson:n=12",
    "watson:n=3",
    "extended_powell",
    "extended_powell:n=4",
    "extended_powell:n=24",
    "penalty1",
    "penalty1:n=1",
    "penalty1:n=10",
    "penalty2",
    "penalty2:n=10",
    "variably_dimensioned",
    "trigonometric",
    "brown_almost_linear",
    "brown_almost_linear:n=3",
    "brown_almost_linear:n=11",
    "discrete_bv",
    "discrete_bv:n=20",
    "discrete_ie",
    "broyden_tridiagonal",
    "broyden_tridiagonal:n=1",
    "broyden_tridiagonal:n=13",
    "broyden_banded",
    "linear_full_rank",
    "linear_rank1:n=3,m=7",
    "linear_rank1",
    "linear_rank1_zero",
    "linear_rank1_zero:n=3,m=3",
    "chebyquad",
    "chebyquad:n=8",
    "chebyquad:n=9",
    "chebyquad:n=10",
    "chebyquad:n=4,m=6",
    "saddle",
    "saddle:delta=0",
    "saddle:delta=-0.5",
    "monkey_saddle",
    "monkey_saddle:delta=0.1",
    "himmelblau",
    "booth",
    "goldstein_price",
    "six_hump_camel",
    "rastrigin",
    "rastrigin:n=9",
    "ackley",
    "ackley:n=9",
    "griewank",
    "griewank:n=10",
    "styblinski_tang",
    "styblinski_tang:n=10",
    "zakharov",
    "zakharov:n=9",
    "levy",
    "levy:n=1",
    "levy:n=9",
    "michalewicz",
    "michalewicz:n=5,m=1",
    "michalewicz:n=9",
    "valleys_in_valleys",
    "valleys_in_valleys:n=1,depth=0",
    "valleys_in_valleys:n=9,depth=5,scale=2",
    "linear_regression",
    "linear_regression:samples=20",
    "linear_regression:samples=6,features=6,noise=0,kappa=1e4,seed=3",
    "linear_regression:samples=50,features=1,noise=2",
    "linear_regression:data=diabetes,standardise=standard,test_fraction=0.2",
    "curve_fit",
    "nist_misra1a",
    "nist_misra1b",
    "nist_misra1c",
    "nist_misra1d",
    "nist_chwirut1",
    "nist_chwirut2",
    "nist_lanczos1",
    "nist_lanczos2",
    "nist_lanczos3",
    "nist_gauss1",
    "nist_gauss2",
    "nist_gauss3",
    "nist_danwood",
    "nist_kirby2",
    "nist_hahn1",
    "nist_nelson",
    "nist_mgh09",
    "nist_mgh10",
    "nist_mgh17",
    "nist_roszman1",
    "nist_enso",
    "nist_thurber",
    "nist_boxbod",
    "nist_rat42",
    "nist_rat43",
    "nist_eckerle4",
    "nist_bennett5",
    "nist_norris",
    "nist_pontius",
    "nist_noint1",
    "nist_noint2",
    "nist_filip",
    "nist_longley",
    "nist_wampler1",
    "nist_wampler2",
    "nist_wampler3",
    "nist_wampler4",
    "nist_wampler5",
    "logistic_regression",
    "logistic_regression:samples=5,features=12,lambda=0.1,seed=3",
    "logistic_regression:samples=40,features=1,lambda=1e-3",
    "logistic_regression:samples=200,features=5,lambda=10,seed=0",
    "logistic_regression:samples=30,kappa=1e3",
    "logistic_regression:data=breast_cancer,standardise=standard,test_fraction=0.25,seed=2",
    "ridge_regression",
    "ridge_regression:samples=7,features=7,lambda=1,kappa=1e4,noise=0,seed=2",
    "ridge_regression:samples=30,features=1,kappa=1",
    "ridge_regression:data=diabetes,standardise=standard,lambda=3,intercept=false",
    "huber_regression",
    "huber_regression:samples=40,features=4,delta=0.2,outliers=0.5,kappa=50",
    "huber_regression:samples=5,features=8,lambda=0.1,seed=3",
    "softmax_regression",
    "softmax_regression:samples=30,features=3,classes=2,lambda=0.1,seed=2",
    "softmax_regression:samples=20,features=1,classes=5,kappa=100",
    "softmax_regression:data=iris,standardise=standard,kappa=1e3",
    "smoothed_hinge",
    "smoothed_hinge:samples=60,features=4,gamma=0.1,kappa=1e3,seed=2",
    "smoothed_hinge:samples=5,features=12,lambda=0.1",
    "smoothed_hinge:data=breast_cancer,standardise=standard,gamma=0.5",
    "log_sum_exp",
    "log_sum_exp:n=3,m=10,kappa=1e3,seed=2",
    "log_sum_exp:n=4,m=1,lambda=0.5",
    "log_sum_exp:n=1,m=2",
    "boyd_9_20",
    "boyd_9_21:n=10,m=50",
    "boyd_9_21:n=6,m=40,gamma=1e3,seed=2",
    "entropy",
    "entropy:n=1,kappa=1",
    "log_cosh",
    "log_cosh:n=3,kappa=1e4",
    "power_sum",
    "power_sum:n=2,p=2.5",
    "power_sum:n=1,p=6",
    "separable",
    "separable:loss=logistic",
    "separable:spoiler=10",
    "separable:samples=30,features=4,loss=logistic",
    "separable:samples=20,features=3,margin=0.5,seed=2",
    "mlp:hidden=3,samples=10",
    "mlp:hidden=4,loss=squared,data=teacher,inputs=3,outputs=2,samples=30,noise=0",
    "mlp:hidden=3;3,activation=sigmoid,skip=true,loss=squared,l2=0.01,data=xor,samples=8,noise=0.2",
    "mlp:hidden=5,activation=relu,data=blobs,inputs=4,classes=4,samples=20,initialisation=he",
    "mlp:hidden=3;3;2,activation=softplus,skip=true,bias=false,data=two_spirals,samples=20,initial_scale=0.3",
    "mlp:hidden=2,initialisation=zero",
    "mlp:data=iris,hidden=3,standardise=standard,test_fraction=0.2",
    "mlp:hidden=3,activation=identity,samples=15,initialisation=constant",
    "deep_linear",
    "deep_linear:hidden=3;2;4,inputs=3,outputs=2,samples=12,noise=0",
    "deep_linear:hidden=5,inputs=6,outputs=2,samples=4,initialisation=zero",
    "huber_worst_case",
    "huber_worst_case:n=4,horizon=3,lipschitz=5,radius=2",
    "huber_worst_case:n=2,horizon=10,method=optimized_gradient",
    "nesterov_chain",
    "nesterov_chain:n=1,lipschitz=3",
    "nesterov_chain:n=2",
    "nesterov_chain:n=60,lipschitz=100",
    "strongly_convex_chain",
    "strongly_convex_chain:n=1,kappa=3",
    "strongly_convex_chain:n=2,kappa=1e4,lipschitz=50",
    "strongly_convex_chain:n=30,kappa=1.5",
    "heavy_ball_cycle",
    "interpolated_function",
    "adam_counterexample",
    "adam_counterexample:c=5,wall=0.5",
    "l1_norm",
    "l1_norm:n=1,kappa=1,shift=3",
    "max_coordinate",
    "max_coordinate:n=1",
    "max_coordinate:n=4,lipschitz=3,radius=0.5,form=norm",
    "lasso",
    "lasso:m=7,n=5,sparsity=0,lambda=0.3,seed=4",
    "lasso:m=5,n=12,sparsity=5,lambda=2.5,splitting=data,seed=2",
    "basis_pursuit",
    "basis_pursuit:m=6,n=6,sparsity=3,seed=5",
    "basis_pursuit:m=5,n=14,sparsity=2,splitting=data",
    "total_variation",
    "total_variation:n=2,jumps=1,lambda=0.2,seed=3",
    "total_variation:n=9,jumps=8,lambda=3",
    "constrained_quadratic",
    "constrained_quadratic:n=5,p=5,kappa=1e3,seed=2",
    "constrained_quadratic:n=1,p=1",
    "circle",
    "maratos",
    "powell_exponential",
};

TEST(AllProblems, AreAllCoveredByTheSpecificationsOfThisFile) {
  std::set<std::string> covered;
  for (const std::string& specification : specifications)
    covered.insert(parse_specification(specification).name);
  for (const std::string& name : all_problems().names()) EXPECT_TRUE(covered.count(name)) << name;
}

TEST(AllProblems, HaveDifferentNames) {
  const std::vector<std::string> names = all_problems().names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

TEST(AllProblems, SayWhatTheyAreAndWhereTheyComeFrom) {
  const ProblemRegistry registry = all_problems();
  for (const ProblemEntry& entry : registry.entries()) {
    EXPECT_FALSE(entry.summary.empty()) << entry.name;
    std::set<std::string> headings;
    for (const auto& [heading, text] : entry.notes) {
      headings.insert(heading);
      EXPECT_FALSE(text.empty()) << entry.name << ": " << heading;
    }
    for (const char* heading : {"start", "facts", "source"}) EXPECT_TRUE(headings.count(heading)) << entry.name;
    for (const OptionDescription& option : entry.options) {
      EXPECT_FALSE(option.help.empty()) << entry.name << ": " << option.name;
      EXPECT_FALSE(option.domain.empty()) << entry.name << ": " << option.name;
    }
  }
}

TEST(AllProblems, OfferTheNearestNameForAMistypedOne) {
  try {
    all_problems().make("rosenbrok");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("'rosenbrock'"), std::string::npos) << error.what();
  }
}

class EveryProblem : public ::testing::TestWithParam<std::string> {
 protected:
  const std::unique_ptr<Problem> made_ = all_problems().make(GetParam());
  const Problem& problem_ = *made_;
};

TEST_P(EveryProblem, HasAFiniteStartOfItsDimension) {
  ASSERT_GE(problem_.dimension(), 1);
  const Vector start = problem_.start();
  ASSERT_EQ(start.size(), problem_.dimension());
  EXPECT_TRUE(start.allFinite());
  EXPECT_TRUE(std::isfinite(problem_.value(start)));
  Vector scratch(problem_.dimension());
  EXPECT_TRUE(std::isfinite(problem_.optimality(start, scratch).residual));
}

TEST_P(EveryProblem, HasConsistentDerivatives) { testing::expect_consistent_derivatives(problem_); }

TEST_P(EveryProblem, HasProximalMapsThatMinimise) {
  if (const auto* composite = dynamic_cast<const CompositeProblem*>(&problem_)) {
    testing::expect_consistent_composite_form(*composite);
  }
}

TEST_P(EveryProblem, HasFactsThatHold) { testing::expect_declared_facts_to_hold(problem_); }

TEST_P(EveryProblem, IsTheSameWhenMadeAgain) {
  const auto again = all_problems().make(GetParam());
  for (const testing::Probe& at : testing::probes(problem_, 1)) {
    EXPECT_EQ(problem_.value(at.x), again->value(at.x));
    Vector scratch(problem_.dimension());
    EXPECT_EQ(problem_.optimality(at.x, scratch).residual, again->optimality(at.x, scratch).residual);
  }
}

// Forbids Eigen to allocate while it lives; Eigen aborts where it does.
class NoAllocation {
 public:
  NoAllocation() { Eigen::internal::set_is_malloc_allowed(false); }
  NoAllocation(const NoAllocation&) = delete;
  NoAllocation& operator=(const NoAllocation&) = delete;
  ~NoAllocation() { Eigen::internal::set_is_malloc_allowed(true); }
};

TEST_P(EveryProblem, EvaluatesWithoutAllocating) {
  const auto* least_squares = dynamic_cast<const LeastSquaresProblem*>(&problem_);
  const auto* finite_sum = dynamic_cast<const FiniteSumProblem*>(&problem_);
  const std::array<Index, 2> samples = {0, 0};
  const Index n = problem_.dimension();
  const Index m = least_squares ? least_squares->residual_count() : 0;
  Vector g(n), Hv(n), r(m);
  Matrix H(n, n), J(m, n);
  SparseRows S;
  if (problem_.has_sparse_hessian()) S = problem_.sparse_hessian_pattern();
  for (const testing::Probe& at : testing::probes(problem_, 1)) {
    const NoAllocation from_here;
    problem_.value(at.x);
    if (problem_.has_gradient()) problem_.gradient(at.x, g);
    if (problem_.has_hessian()) problem_.hessian(at.x, H);
    if (problem_.has_sparse_hessian()) problem_.sparse_hessian(at.x, S);
    if (problem_.has_hessian_vector()) problem_.hessian_vector(at.x, at.d, Hv);
    if (finite_sum) finite_sum->sample_gradient(at.x, samples, g);
    if (!least_squares) continue;
    least_squares->residuals(at.x, r);
    least_squares->jacobian(at.x, J);
  }
}

TEST_P(EveryProblem, EvaluatesItsPartsAndConstraintsWithoutAllocating) {
  const auto* composite = dynamic_cast<const CompositeProblem*>(&problem_);
  const auto* constrained = dynamic_cast<const EqualityConstrainedProblem*>(&problem_);
  const Index n = problem_.dimension();
  const Index m = composite ? composite->map_rows() : constrained ? constrained->constraint_count() : 0;
  Vector g(n), z(m), p(m);
  Matrix A(m, n), H(n, n);
  const auto of_f = composite ? composite->proximal_map_of_f() : nullptr;
  const auto through_map = composite ? composite->implicit_step_through_map() : nullptr;
  for (const testing::Probe& at : testing::probes(problem_, 1)) {
    const NoAllocation from_here;
    if (composite) {
      problem_.infeasibility(at.x);
      problem_.optimality(at.x, g);
      if (composite->has_smooth_part()) composite->smooth_value(at.x);
      if (composite->has_smooth_part()) composite->smooth_gradient(at.x, g);
      composite->map(at.x, z);
      composite->g_value(z);
      composite->g_proximal_map(z, 0.5, p);
      composite->map_transposed(p, g);
      if (of_f) (*of_f)(at.x, 0.5, g);
      if (through_map) (*through_map)(z, 0.5, g);
    }
    if (constrained) {
      constrained->constraints(at.x, z);
      constrained->constraint_jacobian(at.x, A);
      constrained->lagrangian_hessian(at.x, z, H);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryProblem, ::testing::ValuesIn(specifications), [](const auto& problem) {
  std::string name = std::to_string(problem.index) + "_" + problem.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
});

}  // namespace
}  // namespace optbed::all_problems_test
