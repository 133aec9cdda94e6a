#include "problems/learning/separable.hpp"

#include <cmath>

#include "problems/convex/regularisation.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

constexpr double target = 0.99;

Matrix three_points(const std::optional<double>& spoiler) {
  // Columns y (a, 1) of (1, 0) and (0, 1), of (-1, 0) with the label -1, and of the spoiler (0, -t).
  Matrix points{{1, 0, 1}, {0, 1, 0}, {1, 1, -1}};
  if (spoiler) {
    points.conservativeResize(3, 4);
    points.col(3) = Vector{{0, -*spoiler, 1}};
  }
  return points;
}

Matrix drawn_points(const SeparableOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Index p = options.features;
  const Vector w = random.normal_matrix(p, 1).normalized();
  Matrix points(p + 1, *options.samples);
  for (Index i = 0; i < points.cols(); ++i) {
    Vector a(p);
    double projection = 0;
    do {
      a = random.normal_matrix(p, 1);
      projection = w.dot(a);
    } while (std::abs(projection) < options.margin);
    const double label = projection > 0 ? 1 : -1;
    points.col(i) << label * a, label;
  }
  return points;
}

std::string broken_rule(const SeparableOptions& options, const std::set<std::string>& given) {
  if (options.samples && options.spoiler) return "'samples' and 'spoiler' exclude each other";
  for (const char* name : {"features", "margin", "seed"}) {
    if (given.count(name) && !options.samples) return fmt::format("'{}' needs 'samples'", name);
  }
  return {};
}

}  // namespace

OptionTable<SeparableOptions> Separable::option_table() {
  using O = Options;
  return OptionTable<O>()
      .choice("loss", &O::loss,
              {{"squared_sigmoid", SeparableLoss::squared_sigmoid}, {"logistic", SeparableLoss::logistic}},
              "of a margin z: (s(z) - 0.99)^2 with the sigmoid s, or log(1 + exp(-z))")
      .real("spoiler", &O::spoiler, positive(), "none", "t: adds the point (0, -t), labelled 1, to the three")
      .integer("samples", &O::samples, at_least(1), "the three points", "N: draws so many points instead")
      .integer("features", &O::features, at_least(1), "p of the drawn points")
      .real("margin", &O::margin, {.lower = 0, .upper = 1, .lower_open = true, .upper_open = false},
            "least distance of a drawn point from the hyperplane that labels them")
      .integer("seed", &O::seed, at_least(0), "of the drawn points")
      .rule(broken_rule);
}

Loss SeparableLosses::operator()(Index /*i*/, double z) const {
  return loss == SeparableLoss::logistic ? logistic_loss(z) : squared_sigmoid_loss(z, target);
}

Separable::Separable(const Options& options)
    : LinearRisk(options.samples ? drawn_points(options) : three_points(options.spoiler), {options.loss}, 1,
                 0) {
  facts_.bounded_below = {true, "f >= 0"};
  facts_.function_class = {FunctionClass::smooth, "the loss has a bounded second derivative"};
  if (options.loss == SeparableLoss::logistic) {
    facts_.convexity = {Convexity::convex, "the second derivative of log(1 + exp(-z)) is positive"};
    facts_.lipschitz = {largest_gram_eigenvalue(inputs()) / 4,
                        "(largest eigenvalue of sum c_i c_i')/4, that of the Hessian at 0"};
    return;
  }
  facts_.convexity = {Convexity::nonconvex, "the loss is concave at a margin of -3"};
  if (options.samples || options.spoiler) return;
  const double u = std::log(target / (1 - target));
  const std::string source = "s(z_i) = 0.99 for the three points: w_1 + b = w_2 + b = w_1 - b = log 99";
  facts_.minimum = {0, source};
  facts_.minimisers.push_back({Vector{{u, u, 0}}, source});
  facts_.sample_variance = {0, "every term has its own minimum there"};
}

bool Separable::is_separated_by(const Vector& x) const {
  return ((inputs().transpose() * x).array() > 0).all();
}

void Separable::signed_point(Index i, Vector& c) const { c = inputs().col(i); }

ProblemEntry separable_entry() {
  return registry_entry<Problem, Separable>(
      "separable",
      "a single unit on points that a hyperplane separates, with one that spoils its squared error",
      {{"start", "0"},
       {"facts", "squared_sigmoid, three points: f* = 0 at w = (log 99, log 99), b = 0; logistic: convex, L"},
       {"source", "Brady, Raghavan & Slawny 1989; Minsky & Papert 1969 for the drawn points"}});
}

}  // namespace optbed
