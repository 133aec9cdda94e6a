// The training of a multi-layer perceptron (training_loss.hpp) on data that are made for it, or on real ones:
//   data      two_spirals, two_moons, xor, blobs (training_data.hpp): k classes, targets 1 and 0; or
//             teacher: inputs from N(0, I), targets the outputs of a network like the trained one, with weights
//             and biases drawn from N(0, 1/inputs of the layer), plus N(0, noise^2);
//             or a real data set of k classes (learning_task.hpp), targets 1 and 0;
//   loss      cross_entropy or squared; then it is a least-squares problem, too;
//   start     initial_parameters.hpp.
//
// Symmetries, without skip connections: the n units of a layer can be permuted and tanh units each turned about
// by the sign of what comes in and goes out, so that n! 2^n points have the same value (Sussmann 1992;
// Hecht-Nielsen 1990); relu units take a positive factor in the sign's place. Units that start alike stay
// alike.
//
// Known: f >= 0. With data=teacher, noise=0 and l2=0 the teacher's parameters are a minimiser and f* = 0.
#pragma once

#include <memory>

#include "problems/learning/learning_task.hpp"
#include "problems/learning/neural_network/initial_parameters.hpp"
#include "problems/learning/neural_network/training_loss.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct MlpOptions {
  std::vector<double> hidden = {8, 8};
  Activation activation = Activation::tanh;
  OutputLoss loss = OutputLoss::cross_entropy;
  bool skip = false;
  bool bias = true;
  double l2 = 0;
  std::string data = "two_moons";  // two_spirals, xor, blobs, teacher; or a data set or file of classes
  long samples = 100;
  long inputs = 2;
  long classes = 3;
  long outputs = 1;
  double noise = 0.1;
  long seed = 1;
  Initialisation initialisation = Initialisation::xavier;
  double initial_scale = 1;
  long initial_seed = 1;
  RealDataOptions real = {};  // how real data are read and prepared; its data and intercept do not count
};

OptionTable<MlpOptions> mlp_option_table();

// A SquaredTrainingLoss where the loss is squared. The options must keep the rules of the table.
std::unique_ptr<TrainingLoss> make_mlp(const MlpOptions& options = {});

ProblemEntry mlp_entry();

}  // namespace optbed
