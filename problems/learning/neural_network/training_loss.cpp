#include "problems/learning/neural_network/training_loss.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "problems/errors.hpp"
#include "problems/learning/neural_network/network_pass.hpp"
#include "problems/symmetric_part.hpp"

namespace optbed {
namespace {

Eigen::Map<Vector> as_vector(double* numbers, Index n) { return {numbers, n}; }
Eigen::Map<const Vector> as_vector(const double* numbers, Index n) { return {numbers, n}; }

ConstBlock as_const(const Block& block) { return {block.data(), block.rows(), block.cols()}; }

void check_sizes(const Network& network, const TrainingData& data, const Vector& start) {
  if (data.inputs.cols() == 0 || data.inputs.cols() != data.targets.cols()) {
    throw UsageError(fmt::format("a network needs at least one sample and a target for each, not {} and {}",
                                 data.inputs.cols(), data.targets.cols()));
  }
  if (data.inputs.rows() != network.input_count() || data.targets.rows() != network.output_count()) {
    throw UsageError(fmt::format("a network of {} inputs and {} outputs does not take samples of {} and {}",
                                 network.input_count(), network.output_count(), data.inputs.rows(),
                                 data.targets.rows()));
  }
  if (start.size() != network.parameter_count()) {
    throw UsageError(fmt::format("a network of {} parameters does not start at {} numbers",
                                 network.parameter_count(), start.size()));
  }
}

void check_distributions(const Matrix& targets) {
  if (targets.rows() < 2) throw UsageError("the cross-entropy needs a network of two outputs or more");
  for (Index i = 0; i < targets.cols(); ++i) {
    if (!(targets.col(i).minCoeff() >= 0)) {
      throw UsageError(fmt::format("the cross-entropy needs targets that are not negative; sample {} has {}",
                                   i + 1, targets.col(i).minCoeff()));
    }
    if (!(std::abs(targets.col(i).sum() - 1) <= 1e-12)) {
      throw UsageError(
          fmt::format("the cross-entropy needs targets that sum to 1; those of sample {} sum to {}", i + 1,
                      targets.col(i).sum()));
    }
  }
}

const std::string slope_jumps_in_a_hidden_bias =
    "the slope of f in a hidden bias jumps by W_ji l' at its kink, of either sign";

std::string curvature_in_a_hidden_bias(OutputLoss loss) {
  return fmt::format(
      "as the bias of output j grows, l' there {}: f'' in the bias of hidden unit i takes the sign of "
      "W_ji sigma''(z) and, with W_ji, any size",
      loss == OutputLoss::squared ? "grows without bound, while l'' stays 2"
                                  : "tends to 1 for the samples of other classes, while l'' tends to 0");
}

Facts with_what_holds_for_all(Facts facts, const Network& network, OutputLoss loss) {
  const Activation sigma = network.activation();
  facts.bounded_below = {true, "f >= 0"};
  if (network.layers().size() == 1) {
    facts.convexity = {Convexity::convex, "the outputs are linear in x and the loss is convex in them"};
    facts.function_class = {loss == OutputLoss::squared ? FunctionClass::quadratic : FunctionClass::smooth,
                            "the outputs are linear in x and the loss has a bounded Hessian in them"};
    return facts;
  }
  if (sigma == Activation::relu) {
    facts.function_class = {FunctionClass::nonsmooth, "max(z, 0) has a kink where the input of a unit is 0"};
  } else {
    facts.function_class = {FunctionClass::locally_smooth,
                            "smooth; its curvature in one layer grows with the weights of the next"};
  }
  // In the bias of unit i of the last hidden layer, with W_ki = 0 for all outputs k but j, f'' is l2 and the
  // mean over the samples of l' W_ji sigma''(z) + l'' (W_ji sigma'(z))^2, with the derivatives of the loss in
  // output j. Where all weights below are 0 every sample has the same z, and is at the kink of a relu together
  // with all.
  if (network.has_biases() && sigma != Activation::identity) {
    facts.convexity = {Convexity::nonconvex, sigma == Activation::relu ? slope_jumps_in_a_hidden_bias
                                                                       : curvature_in_a_hidden_bias(loss)};
  }
  return facts;
}

TrainingSettings with_squared_loss(TrainingSettings settings) {
  settings.loss = OutputLoss::squared;
  return settings;
}

}  // namespace

TrainingLoss::TrainingLoss(Network network, TrainingData data, TrainingSettings settings)
    : network_(std::move(network)),
      data_(std::move(data)),
      loss_(settings.loss),
      l2_(settings.l2),
      start_(std::move(settings.start)),
      test_(std::move(settings.test)),
      data_description_(std::move(settings.data_description)) {
  check_sizes(network_, data_, start_);
  if (!(l2_ >= 0))
    throw UsageError(fmt::format("the weight l2 of a regularisation is at least 0, not {}", l2_));
  if (loss_ == OutputLoss::cross_entropy) check_distributions(data_.targets);
  facts_ = with_what_holds_for_all(std::move(settings.facts), network_, loss_);
}

// What a pass keeps, the samples of a batch, and a direction.
double* TrainingLoss::workspace() const {
  return thread_workspace(NetworkPass::workspace_size(network_) +
                          block_size * (network_.input_count() + network_.output_count()) + dimension());
}

double TrainingLoss::mean_loss(const TrainingData& data, const Vector& x) const {
  double sum = 0;
  in_blocks(data.inputs.cols(), [&](Index first, Index count) {
    NetworkPass pass(network_, x.data(), columns(data.inputs, first, count), workspace());
    pass.forward(0);
    sum += loss_of(loss_, as_const(pass.outputs()), columns(data.targets, first, count));
  });
  return sum / static_cast<double>(data.inputs.cols());
}

double TrainingLoss::value(const Vector& x) const { return mean_loss(data_, x) + l2_ / 2 * x.squaredNorm(); }

// The sum over the samples of a pass.
double TrainingLoss::add_gradient(NetworkPass& pass, const ConstBlock& targets, double* g) const {
  pass.forward(1);
  const double sum = loss_of(loss_, as_const(pass.outputs()), targets, pass.output_adjoints());
  pass.backward();
  pass.add_gradient(g);
  return sum;
}

double TrainingLoss::mean_with_l2(double sum, std::size_t samples, const Vector& x, Vector& g) const {
  const auto count = static_cast<double>(samples);
  g = g / count + l2_ * x;
  return sum / count + l2_ / 2 * x.squaredNorm();
}

double TrainingLoss::gradient(const Vector& x, Vector& g) const {
  double sum = 0;
  g.setZero();
  in_blocks(sample_count(), [&](Index first, Index count) {
    NetworkPass pass(network_, x.data(), columns(data_.inputs, first, count), workspace());
    sum += add_gradient(pass, columns(data_.targets, first, count), g.data());
  });
  return mean_with_l2(sum, static_cast<std::size_t>(sample_count()), x, g);
}

double TrainingLoss::sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const {
  double* const of_the_pass = workspace();
  double* const of_inputs = of_the_pass + NetworkPass::workspace_size(network_);
  double* const of_targets = of_inputs + block_size * network_.input_count();
  double sum = 0;
  g.setZero();
  in_blocks(static_cast<Index>(samples.size()), [&](Index first, Index count) {
    Block inputs(of_inputs, network_.input_count(), count);
    Block targets(of_targets, network_.output_count(), count);
    for (Index i = 0; i < count; ++i) {
      const Index sample = samples[static_cast<std::size_t>(first + i)];
      inputs.col(i) = data_.inputs.col(sample);
      targets.col(i) = data_.targets.col(sample);
    }
    NetworkPass pass(network_, x.data(), as_const(inputs), of_the_pass);
    sum += add_gradient(pass, as_const(targets), g.data());
  });
  return mean_with_l2(sum, samples.size(), x, g);
}

void TrainingLoss::multiply(Curvature curvature, const double* x, const double* v, double* Cv) const {
  as_vector(Cv, dimension()).setZero();
  in_blocks(sample_count(), [&](Index first, Index count) {
    NetworkPass pass(network_, x, columns(data_.inputs, first, count), workspace());
    if (curvature == Curvature::hessian) {
      pass.forward(2);
      pass.forward_tangent(v);
      loss_of(loss_, as_const(pass.outputs()), columns(data_.targets, first, count), pass.output_adjoints());
      multiply_loss_hessian(loss_, as_const(pass.outputs()), pass.output_tangents(),
                            pass.output_adjoint_tangents());
      pass.backward_tangent(v);
      pass.add_gradient_tangent(Cv);
    } else {
      pass.forward(1);
      pass.forward_tangent(v);
      multiply_loss_hessian(loss_, as_const(pass.outputs()), pass.output_tangents(), pass.output_adjoints());
      pass.backward();
      pass.add_gradient(Cv);
    }
  });
  as_vector(Cv, dimension()) =
      as_vector(Cv, dimension()) / static_cast<double>(sample_count()) + l2_ * as_vector(v, dimension());
}

void TrainingLoss::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  multiply(Curvature::hessian, x.data(), v.data(), Hv.data());
}

void TrainingLoss::gauss_newton_vector(const Vector& x, const Vector& v, Vector& Gv) const {
  multiply(Curvature::gauss_newton, x.data(), v.data(), Gv.data());
}

void TrainingLoss::hessian(const Vector& x, Matrix& H) const {
  const Index n = dimension();
  double* const after_a_batch = workspace() + NetworkPass::workspace_size(network_) +
                                block_size * (network_.input_count() + network_.output_count());
  Eigen::Map<Vector> unit(after_a_batch, n);
  unit.setZero();
  for (Index j = 0; j < n; ++j) {
    unit[j] = 1;
    multiply(Curvature::hessian, x.data(), unit.data(), H.col(j).data());
    unit[j] = 0;
  }
  take_symmetric_part(H);
}

double TrainingLoss::zero_one_loss(const TrainingData& data, const Vector& x) const {
  Index wrong = 0;
  in_blocks(data.inputs.cols(), [&](Index first, Index count) {
    NetworkPass pass(network_, x.data(), columns(data.inputs, first, count), workspace());
    pass.forward(0);
    const Block y = pass.outputs();
    for (Index s = 0; s < count; ++s) {
      Index largest_output = 0, largest_target = 0;
      y.col(s).maxCoeff(&largest_output);
      data.targets.col(first + s).maxCoeff(&largest_target);
      if (largest_output != largest_target || !y.col(s).allFinite()) ++wrong;
    }
  });
  return static_cast<double>(wrong) / static_cast<double>(data.inputs.cols());
}

std::string TrainingLoss::data_description() const {
  return data_description_.empty()
             ? fmt::format("{} generated samples of {} inputs", sample_count(), data_.inputs.rows())
             : data_description_;
}

Score TrainingLoss::score(const TrainingData& data, const Vector& x) const {
  const auto targets = data.targets.array();
  const bool are_classes = targets.rows() > 1 && ((targets == 0) || (targets == 1)).all() &&
                           (data.targets.colwise().sum().array() == 1).all();
  return {mean_loss(data, x), are_classes ? std::optional(zero_one_loss(data, x)) : std::nullopt};
}

std::optional<Score> TrainingLoss::test_score(const Vector& x) const {
  return test_.inputs.cols() == 0 ? std::nullopt : std::optional(score(test_, x));
}

SquaredTrainingLoss::SquaredTrainingLoss(Network network, TrainingData data, TrainingSettings settings)
    : TrainingLoss(std::move(network), std::move(data), with_squared_loss(std::move(settings))) {}

Index SquaredTrainingLoss::residual_count() const {
  return sample_count() * network().output_count() + (l2() > 0 ? dimension() : 0);
}

double SquaredTrainingLoss::weight_of_x() const {
  return std::sqrt(static_cast<double>(sample_count()) * l2() / 2);
}

void SquaredTrainingLoss::residuals(const Vector& x, Vector& r) const {
  const Index outputs = network().output_count();
  in_blocks(sample_count(), [&](Index first, Index count) {
    NetworkPass pass(network(), x.data(), columns(data().inputs, first, count), workspace());
    pass.forward(0);
    Block(r.data() + first * outputs, outputs, count) = pass.outputs() - columns(data().targets, first, count);
  });
  if (l2() > 0) r.tail(dimension()) = weight_of_x() * x;
}

void SquaredTrainingLoss::jacobian(const Vector& x, Matrix& J) const {
  const Index outputs = network().output_count();
  in_blocks(sample_count(), [&](Index first, Index count) {
    NetworkPass pass(network(), x.data(), columns(data().inputs, first, count), workspace());
    pass.forward(1);
    for (Index j = 0; j < outputs; ++j) {
      pass.output_adjoints().setZero();
      pass.output_adjoints().row(j).setOnes();
      pass.backward();
      pass.write_jacobian_rows(J, first * outputs + j, outputs);
    }
  });
  if (l2() == 0) return;
  J.bottomRows(dimension()).setZero();
  J.bottomRows(dimension()).diagonal().setConstant(weight_of_x());
}

}  // namespace optbed
