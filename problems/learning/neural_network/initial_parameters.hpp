// Where the training of a network starts. Biases are 0; each weight of a layer with m inputs and k units is
//   zero      0
//   constant  1
//   normal    drawn from N(0, 1)
//   xavier    drawn evenly from [-r, r], r = sqrt(6/(m + k)) (Glorot & Bengio 2010, (16))
//   he        drawn from N(0, 2/m) (He, Zhang, Ren & Sun 2015, (10))
// times a scale. The units of a layer that start alike stay alike: with zero and constant every gradient step
// treats them the same.
#pragma once

#include "problems/learning/neural_network/network.hpp"
#include "problems/options.hpp"
#include "problems/random.hpp"

namespace optbed {

enum class Initialisation { zero, constant, normal, xavier, he };

struct Start {
  Initialisation initialisation = Initialisation::xavier;
  double scale = 1;
  long seed = 1;
};

// x (n); weights are drawn in the order in which x holds them. The seed is not shared with data that were made
// with the same number, nor with a run.
Vector initial_parameters(const Network& network, const Start& start);

// A problem's Options have `initialisation`, `initial_scale` and `initial_seed`, with the defaults above.
template <class Options>
Start start_of(const Options& options) {
  return {options.initialisation, options.initial_scale, options.initial_seed};
}

template <class Options>
void add_start_options(OptionTable<Options>& table) {
  table
      .template choice<Initialisation>("initialisation", &Options::initialisation,
                                       {{"zero", Initialisation::zero},
                                        {"constant", Initialisation::constant},
                                        {"normal", Initialisation::normal},
                                        {"xavier", Initialisation::xavier},
                                        {"he", Initialisation::he}},
                                       "the weights at the start: 0; 1; N(0, 1); evenly from [-r, r] with r = "
                                       "sqrt(6/(inputs + units)); N(0, 2/inputs)")
      .real("initial_scale", &Options::initial_scale, positive(), "what these are multiplied with")
      .integer("initial_seed", &Options::initial_seed, at_least(0), "of the weights that are drawn");
}

}  // namespace optbed
