// The squared loss of a linear prediction over training samples (linear_risk.hpp), with its error on those and
// on test samples.
#pragma once

#include <string>
#include <utility>

#include "problems/learning/empirical_risk.hpp"
#include "problems/learning/learning_task.hpp"
#include "problems/learning/linear_risk.hpp"
#include "problems/regression/squared_losses.hpp"

namespace optbed {

class LinearLeastSquares : public LinearRisk<SquaredLosses>, public LeastSquaresProblem, public EmpiricalRisk {
 public:
  std::string data_description() const final { return description_; }
  Score training_score(const Vector& x) const final { return score(inputs(), losses().y, x); }
  std::optional<Score> test_score(const Vector& x) const final {
    return test_.targets.size() == 0 ? std::nullopt : std::optional(score(test_.inputs, test_.targets, x));
  }

 protected:
  LinearLeastSquares(LearningTask<TargetData>&& task, double weight, double lambda)
      : LinearRisk(std::move(task.training.inputs), {std::move(task.training.targets)}, weight, lambda),
        test_(std::move(task.test)),
        description_(std::move(task.description)) {}

 private:
  static Score score(const Matrix& inputs, const Vector& y, const Vector& x) {
    return {(inputs.transpose() * x - y).squaredNorm() / static_cast<double>(y.size())};
  }

  TargetData test_;
  std::string description_;
};

}  // namespace optbed
