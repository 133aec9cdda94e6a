// The training of a network as a problem: over its parameters x (n, as network.hpp lays them out)
//   f(x) = (1/N) sum_i f_i(x),   f_i(x) = loss(y(x; input i), target i) + (l2/2)|x|^2.
//
// Every evaluation takes the samples in blocks, each a few products of matrices. With P parameters a value
// costs about 2 P flops a sample, a gradient 6 P, a Hessian-vector product 16 P, a Gauss–Newton product 10 P,
// and a Hessian n Hessian-vector products. A thread's first evaluation takes the memory that all later ones
// use.
//
// With relu f has kinks, where a unit's input changes sign. Gradient and Hessian are then those of the smooth
// piece that x is on; at a kink, those of the piece where the unit is off.
#pragma once

#include "problems/learning/empirical_risk.hpp"
#include "problems/learning/neural_network/network.hpp"
#include "problems/learning/neural_network/output_loss.hpp"
#include "problems/learning/neural_network/training_data.hpp"
#include "problems/problem.hpp"

namespace optbed {

class NetworkPass;

struct TrainingSettings {
  OutputLoss loss = OutputLoss::cross_entropy;
  double l2 = 0;
  Vector start = {};       // (n)
  Facts facts = {};        // what is known besides what holds for every network
  TrainingData test = {};  // held out, if any
  std::string data_description = {};
};

class TrainingLoss : public FiniteSumProblem, public EmpiricalRisk {
 public:
  // Throws UsageError where the sizes of network, data and start do not fit, there is no sample, l2 is
  // negative, or the loss is the cross-entropy and a target is not a distribution.
  TrainingLoss(Network network, TrainingData data, TrainingSettings settings);

  Index dimension() const override { return network_.parameter_count(); }
  Vector start() const override { return start_; }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;
  Index sample_count() const override { return data_.inputs.cols(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override;

  // Gv = (G + l2 I) v (n) with the Gauss–Newton matrix G = (1/N) sum_i J_i'H_i J_i, J_i the Jacobian of sample
  // i's outputs in x and H_i the Hessian of its loss in them: the Hessian without the network's own curvature,
  // positive semidefinite everywhere (Schraudolph 2002, section 3).
  void gauss_newton_vector(const Vector& x, const Vector& v, Vector& Gv) const;

  // The outputs y (k x N).
  Matrix outputs(const Vector& x) const { return network_outputs(network_, x, data_.inputs); }

  // The share of the samples whose largest output is not the one with the largest target: where targets are
  // classes, the 0-1 loss, of which a loss here is a surrogate. An output that is not a number is wrong.
  double zero_one_loss(const Vector& x) const { return zero_one_loss(data_, x); }

  // The 0-1 loss is among the scores where each target is 1 for one class and 0 for the others.
  std::string data_description() const override;
  Score training_score(const Vector& x) const override { return score(data_, x); }
  std::optional<Score> test_score(const Vector& x) const override;

  const Network& network() const { return network_; }
  const TrainingData& data() const { return data_; }

 protected:
  double l2() const { return l2_; }
  double* workspace() const;

 private:
  enum class Curvature { hessian, gauss_newton };

  double mean_loss(const TrainingData& data, const Vector& x) const;
  double zero_one_loss(const TrainingData& data, const Vector& x) const;
  Score score(const TrainingData& data, const Vector& x) const;
  double add_gradient(NetworkPass& pass, const ConstBlock& targets, double* g) const;
  double mean_with_l2(double sum, std::size_t samples, const Vector& x, Vector& g) const;
  void multiply(Curvature curvature, const double* x, const double* v, double* Cv) const;

  Network network_;
  TrainingData data_;
  OutputLoss loss_;
  double l2_;
  Vector start_;
  TrainingData test_;
  std::string data_description_;
};

// With the squared loss f = (1/N)|r|^2 with the residuals r (N k): y - target, sample after sample; where
// l2 > 0, n more: sqrt(N l2/2) x.
class SquaredTrainingLoss : public TrainingLoss, public LeastSquaresProblem {
 public:
  // The loss is the squared one, whatever the settings say.
  SquaredTrainingLoss(Network network, TrainingData data, TrainingSettings settings);

  Index residual_count() const override;
  double scale() const override { return 1 / static_cast<double>(sample_count()); }
  void residuals(const Vector& x, Vector& r) const override;
  void jacobian(const Vector& x, Matrix& J) const override;

 private:
  double weight_of_x() const;  // in the residuals
};

}  // namespace optbed
