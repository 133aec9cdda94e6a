// What Adam and the methods after it share: two averages of the gradient that start at 0.
#pragma once

#include <cmath>

#include "solvers/first_order/first_order_options.hpp"

namespace optbed {

struct MomentOptions : FirstOrderOptions {
  double learning_rate = 1e-3;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

// Adds learning_rate, beta1, beta2 and epsilon to a table of options that derive from MomentOptions.
template <class T>
OptionTable<T>& add_moment_options(OptionTable<T>& table) {
  return table
      .real("learning_rate", static_cast<double T::*>(&MomentOptions::learning_rate), positive(),
            "step size eta")
      .real("beta1", static_cast<double T::*>(&MomentOptions::beta1), right_open(0, 1),
            "what the average of the gradient keeps of itself")
      .real("beta2", static_cast<double T::*>(&MomentOptions::beta2), right_open(0, 1),
            "what the average of the gradient's size keeps of itself")
      .real("epsilon", static_cast<double T::*>(&MomentOptions::epsilon), at_least(0),
            "keeps the divisor from 0 (0: a quotient 0/0 is 0)");
}

// average <- beta average + (1 - beta) sample
inline void average_in(double& average, double beta, double sample) {
  average = beta * average + (1 - beta) * sample;
}

// 1 - beta^t: the weight of all samples together in an average that started at 0 and has taken t of them.
inline double weight_of_samples(double beta, long t) { return 1 - std::pow(beta, static_cast<double>(t)); }

}  // namespace optbed
