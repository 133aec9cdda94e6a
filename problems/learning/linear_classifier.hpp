// A linear classifier of two classes: the mean of losses of the margins b_i a_i'x (linear_risk.hpp) over
// training samples, with what it is worth on those and on test samples.
#pragma once

#include <utility>

#include "problems/learning/empirical_risk.hpp"
#include "problems/learning/learning_task.hpp"
#include "problems/learning/linear_risk.hpp"

namespace optbed {

// Losses as in linear_risk.hpp, the same for each sample.
template <class Losses>
class LinearClassifier : public LinearRisk<Losses>, public EmpiricalRisk {
 public:
  std::string data_description() const final { return description_; }
  Score training_score(const Vector& x) const final { return score(this->inputs(), x); }
  std::optional<Score> test_score(const Vector& x) const final {
    return test_.cols() == 0 ? std::nullopt : std::optional(score(test_, x));
  }

 protected:
  LinearClassifier(const LearningTask<LabelledData>& task, Losses losses, double lambda)
      : LinearRisk<Losses>(task.training.signed_inputs(), std::move(losses),
                           1 / static_cast<double>(task.training.inputs.cols()), lambda),
        test_(task.test.signed_inputs()),
        description_(task.description) {}

 private:
  // Of signed samples b_i a_i in columns. A margin has to be positive.
  Score score(const Matrix& samples, const Vector& x) const {
    double sum = 0;
    Index wrong = 0;
    for (Index i = 0; i < samples.cols(); ++i) {
      const double margin = samples.col(i).dot(x);
      sum += this->losses()(i, margin).value;
      if (!(margin > 0)) ++wrong;
    }
    const auto count = static_cast<double>(samples.cols());
    return {sum / count, static_cast<double>(wrong) / count};
  }

  Matrix test_;  // signed
  std::string description_;
};

}  // namespace optbed
