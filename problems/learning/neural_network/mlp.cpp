#include "problems/learning/neural_network/mlp.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

constexpr Index most_outputs = 10000;

struct ClassGenerator {
  std::string name;
  TrainingData (*draw)(const MlpOptions& options, Random& random);
};

const std::vector<ClassGenerator>& class_generators() {
  static const std::vector<ClassGenerator> all = {
      {"two_moons", [](const MlpOptions& o, Random& random) { return two_moons(o.samples, o.noise, random); }},
      {"two_spirals",
       [](const MlpOptions& o, Random& random) { return two_spirals(o.samples, o.noise, random); }},
      {"xor", [](const MlpOptions& o, Random& random) { return exclusive_or(o.samples, o.noise, random); }},
      {"blobs", [](const MlpOptions& o,
                   Random& random) { return blobs(o.samples, o.inputs, o.classes, o.noise, random); }},
  };
  return all;
}

std::vector<std::string> generated_names() {
  std::vector<std::string> names;
  for (const ClassGenerator& data : class_generators()) names.push_back(data.name);
  names.emplace_back("teacher");
  return names;
}

// Without a name of data where these are generated.
RealDataOptions real_data_of(const MlpOptions& options) {
  const std::vector<std::string> generated = generated_names();
  RealDataOptions real = options.real;
  real.data = std::count(generated.begin(), generated.end(), options.data) > 0 ? "" : options.data;
  real.intercept = false;  // the units have biases
  return real;
}

Network network_between(Index inputs, Index outputs, const MlpOptions& options) {
  return Network(
      {widths_between(inputs, options.hidden, outputs), options.activation, options.skip, options.bias});
}

// Weights and biases from N(0, 1/inputs of the layer), so that the inputs of its units have about the variance
// 1 and more.
Vector teacher_parameters(const Network& network, Random& random) {
  Vector x(network.parameter_count());
  for (const Layer& layer : network.layers()) {
    const double deviation = 1 / std::sqrt(static_cast<double>(layer.inputs));
    network.weights(layer, x.data()) = deviation * random.normal_matrix(layer.units, layer.inputs);
    if (network.has_biases())
      network.biases(layer, x.data()) = deviation * random.normal_matrix(layer.units, 1);
  }
  return x;
}

std::unique_ptr<TrainingLoss> training_loss(Network network, TrainingData data, const MlpOptions& options,
                                            TrainingSettings settings) {
  settings.loss = options.loss;
  settings.l2 = options.l2;
  settings.start = initial_parameters(network, start_of(options));
  if (options.loss == OutputLoss::squared) {
    return std::make_unique<SquaredTrainingLoss>(std::move(network), std::move(data), std::move(settings));
  }
  return std::make_unique<TrainingLoss>(std::move(network), std::move(data), std::move(settings));
}

std::unique_ptr<TrainingLoss> taught_by_another(const MlpOptions& options, Random& random) {
  Network network = network_between(options.inputs, options.outputs, options);
  TrainingData data{random.normal_matrix(options.inputs, options.samples), {}};
  Vector teacher = teacher_parameters(network, random);
  data.targets = network_outputs(network, teacher, data.inputs);
  Facts facts;
  if (options.noise > 0) {
    data.targets += options.noise * random.normal_matrix(options.outputs, options.samples);
  } else if (options.l2 == 0) {
    facts.minimum = {0, "the targets are the outputs of a network like this one"};
    facts.minimisers.push_back({std::move(teacher), "the parameters of that network"});
    facts.sample_variance = {0, "every term has its own minimum there"};
  }
  return training_loss(std::move(network), std::move(data), options, {.facts = std::move(facts)});
}

std::unique_ptr<TrainingLoss> on_real_data(const MlpOptions& options) {
  LearningTask<ClassData> task = class_task("mlp", real_data_of(options), options.seed, most_outputs);
  const Index classes = task.training.class_count;
  TrainingData training{std::move(task.training.inputs), one_hot(task.training.classes, classes)};
  TrainingData test{std::move(task.test.inputs), one_hot(task.test.classes, classes)};
  Network network = network_between(training.inputs.rows(), classes, options);
  return training_loss(std::move(network), std::move(training), options,
                       {.test = std::move(test), .data_description = std::move(task.description)});
}

// What is wrong with `data`, without reading it.
std::string broken_data_rule(const MlpOptions& options, const std::set<std::string>& given) {
  const RealDataOptions real = real_data_of(options);
  if (real.are_given() && !is_data_set_or_file(real.data)) {
    std::vector<std::string> names = generated_names();
    names.insert(names.end(), built_in_data_sets().begin(), built_in_data_sets().end());
    return fmt::format("data = '{}' is not one of {}, nor a file{}", real.data, fmt::join(names, ", "),
                       did_you_mean(real.data, names));
  }
  return broken_real_data_rule(real, given, {"samples", "inputs", "classes", "outputs", "noise"});
}

std::string broken_rule(const MlpOptions& options, const std::set<std::string>& given) {
  if (std::string wrong = broken_width_rule(options.hidden); !wrong.empty()) return wrong;
  if (std::string wrong = broken_data_rule(options, given); !wrong.empty()) return wrong;
  if (options.data == "teacher" && options.loss == OutputLoss::cross_entropy) {
    return "data=teacher has real targets, of which the cross-entropy is not defined: 'data' needs "
           "'loss=squared'";
  }
  if (given.count("inputs") && options.data != "blobs" && options.data != "teacher") {
    return "'inputs' needs data=blobs or data=teacher: the other data are points of the plane";
  }
  if (given.count("classes") && options.data != "blobs") return "'classes' needs data=blobs";
  if (given.count("outputs") && options.data != "teacher") return "'outputs' needs data=teacher";
  if (real_data_of(options).are_given()) return {};  // of which the inputs are counted when they are read
  const long inputs = given.count("inputs") ? options.inputs : 2;
  const bool has_equal_neighbours =
      std::adjacent_find(options.hidden.begin(), options.hidden.end()) != options.hidden.end() ||
      options.hidden.front() == static_cast<double>(inputs);
  if (options.skip && !has_equal_neighbours) {
    return "'skip' needs two neighbours of one width among the inputs and 'hidden'";
  }
  return {};
}

}  // namespace

OptionTable<MlpOptions> mlp_option_table() {
  using O = MlpOptions;
  OptionTable<O> table;
  table.reals("hidden", &O::hidden, between(1, 1e4), "widths of the hidden layers")
      .choice("activation", &O::activation,
              {{"tanh", Activation::tanh},
               {"sigmoid", Activation::sigmoid},
               {"softplus", Activation::softplus},
               {"relu", Activation::relu},
               {"identity", Activation::identity}},
              "of the hidden units")
      .choice("loss", &O::loss,
              {{"cross_entropy", OutputLoss::cross_entropy}, {"squared", OutputLoss::squared}},
              "of a sample: -log of its class's softmax probability, or |y - target|^2")
      .flag("skip", &O::skip, "a hidden layer as wide as the one before adds that one's output to its own")
      .flag("bias", &O::bias, "units have biases")
      .real("l2", &O::l2, at_least(0), "weight of the regularisation (l2/2) |x|^2, biases included")
      .text("data", &O::data, fmt::format("{} | {}", fmt::join(generated_names(), " | "), real_data_domain()),
            "points of the plane in two classes, of R^inputs in `classes`, or the outputs of a network; or "
            "real data in classes")
      .part(&O::real, preparation_option_table())
      .integer("samples", &O::samples, between(1, 1e7), "N, the number of samples")
      .integer("inputs", &O::inputs, between(1, 1e4), "dimension of a sample, of blobs and teacher")
      .integer("classes", &O::classes, between(2, most_outputs), "number of blobs")
      .integer("outputs", &O::outputs, between(1, 1e4), "of the teacher")
      .real("noise", &O::noise, at_least(0),
            "standard deviation of what is added to each input (teacher: target)")
      .integer("seed", &O::seed, at_least(0), "of the generated data, or of the choice of test samples");
  add_start_options(table);
  return table.rule(broken_rule);
}

std::unique_ptr<TrainingLoss> make_mlp(const MlpOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  if (options.data == "teacher") return taught_by_another(options, random);
  for (const ClassGenerator& generated : class_generators()) {
    if (generated.name != options.data) continue;
    TrainingData data = generated.draw(options, random);
    Network network = network_between(data.inputs.rows(), data.targets.rows(), options);
    return training_loss(std::move(network), std::move(data), options, {});
  }
  return on_real_data(options);
}

ProblemEntry mlp_entry() {
  const OptionTable<MlpOptions> table = mlp_option_table();
  return {"mlp",
          "a multi-layer perceptron trained on generated points or real data: a finite sum, not convex",
          {{"parameters", "layer by layer W column by column, then b"},
           {"start", "initialisation=xavier unless another is chosen; biases 0"},
           {"cost",
            "with P parameters 2 P flops a sample for a value, 6 P for a gradient, 16 P for a Hessian-vector "
            "product, n of those for a Hessian; samples go through as products of matrices"},
           {"facts",
            "f >= 0; teacher without noise and l2: f* = 0 at the teacher's parameters; relu: kinks, where the "
            "derivatives are those of the piece with the unit off; squared loss: residuals y - target, and "
            "sqrt(N l2/2) x"},
           {"source",
            "Rumelhart, Hinton & Williams 1986 (back-propagation); Pearlmutter 1994 (Hessian-vector products); "
            "Lang & Witbrock 1988 (two spirals)"}},
          table.descriptions(),
          [table](const KeyValues& values) -> std::unique_ptr<Problem> {
            return make_mlp(table.parse("mlp", values));
          }};
}

}  // namespace optbed
