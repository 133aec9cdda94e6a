// Training and test samples for an empirical risk, from a real data set: the options that the learning problems
// share, and how they prepare the data.
//
//   logistic_regression:data=breast_cancer,standardise=standard,test_fraction=0.25,seed=3
//   linear_regression:data=houses.csv,label=price,intercept=false
//   softmax_regression:data=letter.scale,format=libsvm
//
// 1. The test samples are drawn uniformly without replacement; both parts keep the order of the file.
// 2. standardise=standard shifts and scales each feature to the mean 0 and the variance 1 (the mean of
//    squares) on the training samples, and the test samples with it. A feature that is constant on the
//    training samples is 0.
// 3. intercept=true appends a feature that is 1. Its weight is a variable like the others, and regularised like
//    them (as in LIBLINEAR, Fan et al. 2008), so that mu and L are those of the problem's formula.
#pragma once

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "problems/data/data_set.hpp"
#include "problems/learning/generated_data.hpp"
#include "problems/options.hpp"

namespace optbed {

enum class Standardisation { none, standard };

struct RealDataOptions {
  std::string data = {};  // a data set of the library, or a path; empty: generated data
  DataFormat format = DataFormat::by_content;
  std::string label = {};
  double test_fraction = 0;
  Standardisation standardise = Standardisation::none;
  bool intercept = true;

  bool are_given() const { return !data.empty(); }
};

// All of them, or those that say how a file is read and prepared.
OptionTable<RealDataOptions> real_data_option_table();
OptionTable<RealDataOptions> preparation_option_table();

// What a person may write for `data`: the names of the data sets, or a file.
std::string real_data_domain();

// What is wrong with options among which are these: those about generated data are not for real ones.
std::string broken_real_data_rule(const RealDataOptions& options, const std::set<std::string>& given,
                                  const std::vector<std::string>& about_generated_data);

// Adds them, and 'seed', to the options of a problem that generates its data otherwise.
template <class T>
OptionTable<T>& add_real_data(OptionTable<T>& table, RealDataOptions T::*real, long T::*seed,
                              const std::vector<std::string>& about_generated_data) {
  return table.part(real, real_data_option_table())
      .integer("seed", seed, at_least(0), "of the generated data, or of the choice of test samples")
      .rule([=](const T& options, const std::set<std::string>& given) {
        return broken_real_data_rule(options.*real, given, about_generated_data);
      });
}

// The two parts of a data set.
struct SplitData {
  DataSet training;
  DataSet test;
};

// round(fraction N) samples to test on, 0 <= fraction < 1. Throws UsageError where that leaves one part empty,
// and fraction is not 0.
SplitData split(DataSet data, double fraction, long seed);

// Step 2 above. Returns the names of the features that are constant.
std::vector<std::string> standardise(SplitData& data);

// y (m) of the samples in columns (p x m).
struct TargetData {
  Matrix inputs;
  Vector targets;
};

// What a problem is made of. Without test samples their matrix has no column.
template <class Samples>
struct LearningTask {
  LearningTask(Samples training_samples, Samples test_samples, std::string text)
      : training(std::move(training_samples)), test(std::move(test_samples)), description(std::move(text)) {}

  Samples training;
  Samples test;
  std::string description;
};

// The options as above, `owner` the name of the problem, for errors. Of the two classes of labelled data the
// second is 1 and the first -1.
LearningTask<LabelledData> labelled_task(const std::string& owner, const RealDataOptions& options, long seed);
LearningTask<ClassData> class_task(const std::string& owner, const RealDataOptions& options, long seed,
                                   Index most_classes);
LearningTask<TargetData> target_task(const std::string& owner, const RealDataOptions& options, long seed);

// Samples of which none are held out; `origin` is the word that describes them.
template <class Samples>
LearningTask<Samples> whole_task(Samples samples, std::string_view origin) {
  std::string description =
      fmt::format("{} {} samples of {} features", samples.inputs.cols(), origin, samples.inputs.rows());
  return {std::move(samples), {}, std::move(description)};
}

}  // namespace optbed
