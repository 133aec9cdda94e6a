// A deep linear network: over the matrices W_1 (h_1 x d), W_2 (h_2 x h_1), …, W_L (k x h_{L-1}), which are the
// variables one after another, each column by column,
//   f(W_1, …, W_L) = (1/N) |W_L … W_1 X - Y|_F^2,   X (d x N), Y (k x N).
// It is a function of the product alone, of rank r = min(d, h_1, …, h_{L-1}, k) or less, but not convex in its
// factors:
//   minimum  With X = U S V' of full row rank M* = [Y V]_r S^-1 U' is the best product, [.]_r the nearest
//            matrix of rank r, and f* = (1/N)(|Y|^2 - the r greatest squared singular values of Y V):
//            reduced-rank regression (Izenman 1975; Baldi & Hornik 1989). M* = A D B' gives the balanced
//            minimiser with W_1 = D^(1/L) B', W_L = A D^(1/L) and D^(1/L) between them, and zeros where a layer
//            is wider than r. Every local minimum is global and every other stationary point a saddle (Baldi &
//            Hornik 1989 for L = 2; Kawaguchi 2016, theorem 2.3).
//   flat     W_{l+1} G^-1 and G W_l have the same product for every invertible G: no minimum is isolated. At a
//            minimiser the Hessian's rank is r (d + k - r), the dimension of the set of matrices of rank r,
//            where M* is unique and of rank r; all other eigenvalues are 0. For L = 2 and h <= d, k these are
//            exactly h^2.
//   saddle   0 is stationary. For L = 2 the eigenvalues of its Hessian are plus and minus twice the singular
//            values of Y X'/N, each h times, and 0; for L >= 3 it is 0, and the saddle not among the facts.
//
// Data: X ~ N(0, I), Y = M X + noise, M with elements from N(0, 1/d), noise from N(0, noise^2).
// Start: initial_parameters.hpp.
#pragma once

#include "problems/learning/neural_network/initial_parameters.hpp"
#include "problems/learning/neural_network/training_loss.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct DeepLinearOptions {
  std::vector<double> hidden = {2};
  long inputs = 4;
  long outputs = 3;
  long samples = 20;
  double noise = 0.1;
  long seed = 1;
  Initialisation initialisation = Initialisation::xavier;
  double initial_scale = 1;
  long initial_seed = 1;
};

class DeepLinear final : public SquaredTrainingLoss {
 public:
  using Options = DeepLinearOptions;
  static OptionTable<Options> option_table();

  explicit DeepLinear(const Options& options = {});

  // widths: d, h_1, …, h_{L-1}, k with L >= 2. The minimum is computed where the decompositions for
  // it take 1e9 flops at most, and the variance of the samples at it where their N gradients do.
  DeepLinear(std::vector<Index> widths, TrainingData data, const Start& start = {});

  // W_L … W_1 (k x d).
  Matrix product(const Vector& x) const;

  // How many eigenvalues of the Hessian are 0 at every minimiser. Empty where X has not full row rank, M* has
  // not rank r or is not unique, or the minimum was not computed.
  std::optional<Index> flat_directions() const { return flat_directions_; }

 private:
  DeepLinear(const Network& network, TrainingData data, const Start& start);
  void compute_minimum();
  Vector balanced_factors(const Matrix& M, Index rank) const;

  std::optional<Index> flat_directions_;
};

ProblemEntry deep_linear_entry();

}  // namespace optbed
