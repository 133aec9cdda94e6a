// CMA-ES, the evolution strategy with covariance matrix adaptation (Hansen & Ostermeier 2001; as in Hansen
// 2016, "The CMA evolution strategy: a tutorial", appendix A, with all of its constants). A generation is drawn
// from N(m, sigma^2 C); its ranking moves the mean m, two evolution paths lengthen or shorten sigma and turn C,
// and C learns from the whole ranking, in the active form from its worse half too. An iteration is a
// generation; the iterate is the best point so far, not the mean, and an iteration that finds none better
// counts as rejected. A member whose value is infinite or NaN is worse than every other. The run stops as
// stalled where sigma C^(1/2) is lost in the rounding of m, and as linear_solve_failed where rounding has made
// C indefinite.
// Needs: values, of which it uses the order only: the path is the same for every increasing function of f, and
// the same in distribution for every rotation of space.
// Cost: population values an iteration and O(population n^2) flops; the eigendecomposition, O(n^3), is put off
// so that it takes O(n^2) an iteration.
// Rate: linear in practice, on the sphere with a factor 1 - O(1/n) an evaluation; nothing is proven of C's
// adaptation.
#pragma once

#include <vector>

#include "solvers/global/population.hpp"
#include "solvers/global/principal_axes.hpp"
#include "solvers/registry.hpp"

namespace optbed {

struct CmaEsOptions {
  double sigma0 = 0.5;
  std::optional<long> population = {};
  bool active = true;
};

// What depends on n and the population only (Hansen 2016, table 1 and (49)-(58)).
struct CmaEsConstants {
  CmaEsConstants() = default;
  CmaEsConstants(Index n, Index population, bool active);

  Index parents = 0;       // mu
  Vector weights;          // w_1 >= … >= w_lambda: those of the parents sum to 1, the others are <= 0
  double parent_mass = 0;  // mu_eff, the variance effective selection mass
  double c_sigma = 0;      // 1/c_sigma generations is how far back the path of sigma reaches
  double d_sigma = 0;      // damping of sigma
  double c_c = 0;          // 1/c_c generations is how far back the path of C reaches
  double c_1 = 0;          // learning rate of C from its path
  double c_mu = 0;         // learning rate of C from the ranking
  double norm = 0;         // E|N(0, I)|, to 0.0165/n^2 relative
};

class CmaEs final : public Solver {
 public:
  using Options = CmaEsOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit CmaEs(const Options& options) : options_(options), random_(0) {}

  bool needs_gradient() const override { return false; }
  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::value; }

  // sigma, and axis_ratio: of the longest to the shortest principal axis of C when it was last decomposed.
  std::vector<std::string> property_names() const override { return {"sigma", "axis_ratio"}; }
  void properties(std::span<double> values) const override;

  double step_size() const { return sigma_; }
  const Vector& mean() const { return mean_; }
  const Matrix& covariance() const { return C_; }  // C (n x n), of which the lower triangle is meaningful

 private:
  void sample();
  void adapt();
  void multiply_by_inverse_root(const Vector& y, Vector& product);

  Options options_;
  CmaEsConstants constants_;
  Random random_;
  Point current_;
  Population trials_;
  std::vector<Index> order_;
  Matrix Y_;  // n x lambda: x_i = m + sigma y_i
  Vector mean_;
  double sigma_ = 0;
  Matrix C_;
  PrincipalAxes axes_;  // of C when it was last decomposed
  Vector path_sigma_;
  Vector path_c_;
  long generation_ = 0;
  long decomposed_at_ = 0;
  long decomposition_interval_ = 1;
  Vector y_w_;  // scratch, as are the next two
  Vector z_;
  Vector whitened_;
};

}  // namespace optbed
