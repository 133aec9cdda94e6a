#include "problems/learning/smoothed_hinge.hpp"

#include "problems/convex/newton_minimiser.hpp"

namespace optbed {
namespace {

double hinge_curvature_bound(const Matrix& inputs, double gamma) {
  return largest_gram_eigenvalue(inputs) / (gamma * static_cast<double>(inputs.cols()));
}

}  // namespace

SmoothedHinge::SmoothedHinge(const Options& options)
    : SmoothedHinge(
          options.real.are_given()
              ? labelled_task("smoothed_hinge", options.real, options.seed)
              : whole_task(generated_labels(options.samples, options.features, options.seed), "generated"),
          options) {}

SmoothedHinge::SmoothedHinge(const LearningTask<LabelledData>& task, const Options& options)
    : SmoothedHinge(task, options.gamma, regularisation_of(options.lambda, options.kappa, [&] {
                      return hinge_curvature_bound(task.training.inputs, options.gamma);
                    })) {}

SmoothedHinge::SmoothedHinge(const LabelledData& data, double gamma, double lambda)
    : SmoothedHinge(whole_task(data, "given"), gamma, Regularisation{lambda}) {}

SmoothedHinge::SmoothedHinge(const LearningTask<LabelledData>& task, double gamma,
                             Regularisation regularisation)
    : LinearClassifier(task, {gamma}, regularisation.lambda) {
  const bool computed = is_worth_computing(dimension(), sample_count());
  facts_ = regularised_risk_facts(
      with_bound(regularisation, computed, [&] { return hinge_curvature_bound(inputs(), gamma); }),
      "(largest eigenvalue of A'A)/(gamma m), as the loss has a second derivative of at most 1/gamma");
  if (computed) add_newton_minimum(facts_, *this, start());
}

OptionTable<SmoothedHingeOptions> SmoothedHinge::option_table() {
  OptionTable<Options> table;
  table.integer("samples", &Options::samples, at_least(1), "m, the number of samples")
      .integer("features", &Options::features, at_least(1), "p, the dimension")
      .real("gamma", &Options::gamma, positive(), "width of the rounded kink");
  add_regularisation(table, &Options::lambda, &Options::kappa, positive());
  return add_real_data(table, &Options::real, &Options::seed, {"samples", "features"});
}

ProblemEntry smoothed_hinge_entry() {
  return registry_entry<Problem, SmoothedHinge>(
      "smoothed_hinge",
      "a support vector machine with a smoothed hinge on generated or real data, strongly convex",
      {{"start", "0"},
       {"facts",
        "mu = lambda, L = lambda + (largest eigenvalue of A'A)/(gamma m); x* computed by Newton's method"},
       {"source", "Rennie & Srebro 2005; Shalev-Shwartz & Zhang 2013, section 2"}});
}

}  // namespace optbed
