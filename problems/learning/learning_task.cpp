#include "problems/learning/learning_task.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "problems/errors.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

// The samples of these numbers.
DataSet chosen(const DataSet& data, const std::vector<Index>& samples) {
  DataSet part{.name = data.name, .features = data.features, .class_names = data.class_names};
  const auto count = static_cast<Index>(samples.size());
  part.inputs.resize(data.inputs.rows(), count);
  if (data.targets.size() > 0) part.targets.resize(count);
  for (Index i = 0; i < count; ++i) {
    const Index from = samples[static_cast<std::size_t>(i)];
    part.inputs.col(i) = data.inputs.col(from);
    if (data.targets.size() > 0) part.targets[i] = data.targets[from];
    if (!data.classes.empty()) part.classes.push_back(data.classes[static_cast<std::size_t>(from)]);
  }
  return part;
}

void append_ones(Matrix& inputs) {
  inputs.conservativeResize(inputs.rows() + 1, Eigen::NoChange);
  inputs.bottomRows(1).setOnes();
}

// "2 classes (benign 357, malignant 212)"
std::string classes_text(const DataSet& data) {
  constexpr std::size_t most_named = 12;
  const std::size_t count = data.class_names.size();
  if (count > most_named) return fmt::format("{} classes", count);
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < count; ++k) {
    parts.push_back(fmt::format("{} {}", data.class_names[k],
                                std::count(data.classes.begin(), data.classes.end(), static_cast<Index>(k))));
  }
  return fmt::format("{} classes ({})", count, fmt::join(parts, ", "));
}

struct PreparedData {
  SplitData parts;
  std::string description;
};

PreparedData prepared(const std::string& owner, const RealDataOptions& options, long seed, DataSetRules rules) {
  rules.format = options.format;
  rules.label_column = options.label;
  try {
    DataSet data = read_data_set(options.data, rules);
    std::string text = fmt::format("{}: {} samples of {} feature{}", data.name, data.size(), data.inputs.rows(),
                                   data.inputs.rows() == 1 ? "" : "s");
    if (rules.kind == LabelKind::class_name) text += ", " + classes_text(data);
    SplitData parts = split(std::move(data), options.test_fraction, seed);
    if (options.test_fraction > 0)
      text += fmt::format("; {} to train on, {} to test on", parts.training.size(), parts.test.size());
    if (options.standardise == Standardisation::standard) {
      text += "; standardised";
      const std::vector<std::string> constant = standardise(parts);
      if (!constant.empty()) text += fmt::format(", constant and so 0: {}", fmt::join(constant, ", "));
    }
    if (options.intercept) {
      append_ones(parts.training.inputs);
      append_ones(parts.test.inputs);
      text += "; an intercept, the last weight of a prediction";
    }
    return {std::move(parts), std::move(text)};
  } catch (const UsageError& error) {
    throw_broken_rule(owner, error.what());
  }
}

LabelledData labelled(DataSet data) {
  LabelledData labelled{std::move(data.inputs), Vector(static_cast<Index>(data.classes.size()))};
  for (Index i = 0; i < labelled.labels.size(); ++i) {
    labelled.labels[i] = data.classes[static_cast<std::size_t>(i)] == 1 ? 1 : -1;
  }
  return labelled;
}

ClassData in_classes(DataSet data) {
  return {std::move(data.inputs), std::move(data.classes), static_cast<Index>(data.class_names.size())};
}

TargetData with_targets(DataSet data) { return {std::move(data.inputs), std::move(data.targets)}; }

void add_preparation(OptionTable<RealDataOptions>& table) {
  using O = RealDataOptions;
  table
      .choice(
          "format", &O::format,
          {{"by_content", DataFormat::by_content}, {"csv", DataFormat::csv}, {"libsvm", DataFormat::libsvm}},
          "of the file; by its content, it is LIBSVM's where the first sample's second field is index:value")
      .text("label", &O::label, "a column by name or number",
            "of a CSV file, which holds the class or the target; else the last one")
      .real("test_fraction", &O::test_fraction, right_open(0, 1),
            "share of the samples that is held out: f is the mean over the others")
      .choice("standardise", &O::standardise,
              {{"none", Standardisation::none}, {"standard", Standardisation::standard}},
              "standard: each feature has mean 0 and variance 1 on the training samples");
}

}  // namespace

std::string real_data_domain() {
  return fmt::format("{} | a CSV or LIBSVM file", fmt::join(built_in_data_sets(), " | "));
}

OptionTable<RealDataOptions> preparation_option_table() {
  OptionTable<RealDataOptions> table;
  add_preparation(table);
  return table;
}

OptionTable<RealDataOptions> real_data_option_table() {
  using O = RealDataOptions;
  OptionTable<O> table;
  table.text("data", &O::data, real_data_domain(), "real data, by name or path, in place of generated ones");
  add_preparation(table);
  return table.flag("intercept", &O::intercept,
                    "real data: a last feature that is 1, its weight regularised like the others");
}

std::string broken_real_data_rule(const RealDataOptions& options, const std::set<std::string>& given,
                                  const std::vector<std::string>& about_generated_data) {
  if (options.are_given()) {
    for (const std::string& name : about_generated_data) {
      if (given.count(name))
        return fmt::format("'{}' is about generated data, and 'data' names real ones", name);
    }
    if (given.count("seed") && options.test_fraction == 0)
      return "with 'data', 'seed' needs 'test_fraction': it chooses the test samples";
    return {};
  }
  for (const char* name : {"format", "label", "test_fraction", "standardise", "intercept"}) {
    if (given.count(name)) return fmt::format("'{}' needs 'data', a data set or a file", name);
  }
  return {};
}

SplitData split(DataSet data, double fraction, long seed) {
  const Index N = data.size();
  const auto held_out = static_cast<Index>(std::round(fraction * static_cast<double>(N)));
  if (fraction > 0 && (held_out == 0 || held_out == N)) {
    throw UsageError(fmt::format("test_fraction = {} of {} samples leaves none to {} on", fraction, N,
                                 held_out == 0 ? "test" : "train"));
  }
  std::vector<Index> order(static_cast<std::size_t>(N));
  std::iota(order.begin(), order.end(), 0);
  // The first of a random permutation (Fisher & Yates).
  Random random(unrelated_seed(static_cast<std::uint64_t>(seed)));
  for (Index i = 0; i < held_out; ++i) {
    std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(i + random.index(N - i))]);
  }
  const auto middle = order.begin() + held_out;
  std::sort(order.begin(), middle);
  std::sort(middle, order.end());
  DataSet test = chosen(data, {order.begin(), middle});
  if (held_out == 0) return {std::move(data), std::move(test)};
  return {chosen(data, {middle, order.end()}), std::move(test)};
}

std::vector<std::string> standardise(SplitData& data) {
  std::vector<std::string> constant;
  for (Index j = 0; j < data.training.inputs.rows(); ++j) {
    auto training = data.training.inputs.row(j);
    auto test = data.test.inputs.row(j);
    if (training.minCoeff() == training.maxCoeff()) {
      constant.push_back(data.training.features[static_cast<std::size_t>(j)]);
      training.setZero();
      test.setZero();
      continue;
    }
    const double mean = training.mean();
    const double deviation = std::sqrt((training.array() - mean).square().mean());
    training.array() = (training.array() - mean) / deviation;
    test.array() = (test.array() - mean) / deviation;
  }
  return constant;
}

LearningTask<LabelledData> labelled_task(const std::string& owner, const RealDataOptions& options, long seed) {
  PreparedData data = prepared(
      owner, options, seed,
      {.most_classes = 2,
       .many_classes_remedy = fmt::format("; {} separates two, softmax_regression takes more", owner)});
  return {labelled(std::move(data.parts.training)), labelled(std::move(data.parts.test)),
          std::move(data.description)};
}

LearningTask<ClassData> class_task(const std::string& owner, const RealDataOptions& options, long seed,
                                   Index most_classes) {
  PreparedData data =
      prepared(owner, options, seed,
               {.most_classes = most_classes, .many_classes_remedy = "; is the label's column the right one?"});
  return {in_classes(std::move(data.parts.training)), in_classes(std::move(data.parts.test)),
          std::move(data.description)};
}

LearningTask<TargetData> target_task(const std::string& owner, const RealDataOptions& options, long seed) {
  PreparedData data = prepared(owner, options, seed, {.kind = LabelKind::number});
  return {with_targets(std::move(data.parts.training)), with_targets(std::move(data.parts.test)),
          std::move(data.description)};
}

}  // namespace optbed
