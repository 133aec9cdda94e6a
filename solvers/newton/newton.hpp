// Newton's method: x_{k+1} = x_k + alpha_k d_k with H(x_k) d_k = -g_k, safeguarded in one of five ways.
//   none               alpha = step_length; goes to any stationary point, or away
//   line_search        Armijo's backtracking from 1 (Nocedal & Wright 2006, section 3.3); stops where d is no
//                      descent direction
//   modified_cholesky  (H + tau I) d = -g, tau from algorithm 3.3 of that book with beta = 1e-3 max |H_ij|, and
//                      then the same backtracking
//   saddle_free        |H| d = -g, where |H| has the eigenvectors of H and the absolute values of its
//                      eigenvalues (Dauphin et al. 2014), and the same backtracking: repelled by saddles, but
//                      it stays where g = 0
//   trust_region       d minimises the quadratic model within a radius (algorithm 4.1 with eta = 0.1 and no
//                      largest radius); a radius that is cut becomes |d|/4. subproblem=exact (section 4.3)
//                      leaves a saddle or a maximum even where g = 0, the dogleg (section 4.1) does not
// Needs: gradient and Hessian. Cost: 1 Hessian, 1 gradient, a value for each trial of a search, and a
// factorisation (2 n^3/3 flops by LU, n^3/3 by Cholesky; several of those where tau > 0 or the radius binds,
// but along the dogleg; some 20 n^3 to 50 n^3 for the eigenvectors).
// Rate: quadratic near a minimiser with a positive definite, Lipschitz-continuous Hessian (theorem 3.5); one
// step on a quadratic. With safeguard=none and step_length = eta the error on a quadratic contracts by exactly
// |1 - eta|.
#pragma once

#include <Eigen/LU>
#include <memory>

#include "solvers/line_search/line_search.hpp"
#include "solvers/newton/dogleg_subproblem.hpp"
#include "solvers/newton/shifted_cholesky.hpp"
#include "solvers/newton/symmetric_eigenvectors.hpp"
#include "solvers/newton/trust_region_subproblem.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class NewtonSafeguard { none, line_search, modified_cholesky, saddle_free, trust_region };
enum class NewtonSubproblem { exact, dogleg };

struct NewtonOptions {
  NewtonSafeguard safeguard = NewtonSafeguard::none;
  double step_length = 1;
  NewtonSubproblem subproblem = NewtonSubproblem::exact;
  double initial_radius = 1;
};

class Newton final : public Solver {
 public:
  using Options = NewtonOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Newton(const Options& options = {});

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }

  // modified_cholesky: shift, the tau of the last step. trust_region: radius, the one of the next step.
  std::vector<std::string> property_names() const override;
  void properties(std::span<double> values) const override;

 private:
  StepInfo whole_step(Oracle& f);
  StepInfo searched_step(Oracle& f);
  StepInfo trust_region_step(Oracle& f);
  bool is_exact_trust_region() const;
  bool solve_for_direction();
  bool solve_indefinite();
  bool solve_shifted();
  bool solve_absolute();

  Options options_;
  std::unique_ptr<LineSearch> line_search_;
  Point current_;
  Point trial_;
  Vector d_;
  Matrix H_;
  Eigen::PartialPivLU<Matrix> lu_;  // none, line_search
  ShiftedCholesky shifted_;         // modified_cholesky
  SymmetricEigenvectors eigen_;     // saddle_free
  Vector coefficients_;             // saddle_free: of g in the eigenvectors
  TrustRegionSubproblem exact_;     // trust_region, as is the next
  DoglegSubproblem dogleg_;
  double radius_ = 0;
};

}  // namespace optbed
