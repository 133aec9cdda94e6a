#include "experiments/json.hpp"

#include <cmath>

#include "experiments/version.hpp"

namespace optbed {

Json to_json(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

Json to_json(const std::optional<double>& value) { return value ? to_json(*value) : Json(nullptr); }

Json to_json(const Vector& values) {
  Json array = Json::array();
  for (const double value : values) array.push_back(to_json(value));
  return array;
}

Json to_json(const Matrix& rows) {
  Json array = Json::array();
  for (Index i = 0; i < rows.rows(); ++i) array.push_back(to_json(Vector(rows.row(i))));
  return array;
}

Json to_json(const EvaluationCounts& counts) {
  return {{"value", counts.value},
          {"gradient", counts.gradient},
          {"hessian", counts.hessian},
          {"hessian_vector", counts.hessian_vector},
          {"residual", counts.residual},
          {"jacobian", counts.jacobian},
          {"sample_gradient", counts.sample_gradient}};
}

Json to_json(const Facts& facts) {
  Json object = Json::object();
  const auto add = [&object](const char* name, const auto& fact, auto&& convert) {
    if (fact) object[name] = {{"value", convert(fact->value)}, {"source", fact->source}};
  };
  const auto real = [](const auto& value) { return to_json(value); };
  const auto name = [](auto value) { return to_string(value); };
  const auto itself = [](auto value) { return value; };
  add("minimum", facts.minimum, real);
  const auto add_each = [&object](const char* plural, const auto& several, auto&& convert) {
    for (const auto& fact : several) {
      Json one = convert(fact.value);
      one["source"] = fact.source;
      object[plural].push_back(one);
    }
  };
  const auto point = [](const Vector& x) { return Json{{"value", to_json(x)}}; };
  const auto limit = [](double value) { return Json{{"value", to_json(value)}}; };
  const auto stationary_point = [](const StationaryPoint& at) {
    return Json{{"value", to_json(at.value)}, {"x", to_json(at.x)}};
  };
  add_each("minimisers", facts.minimisers, point);
  add_each("local_minima", facts.local_minima, stationary_point);
  add_each("saddles", facts.saddles, stationary_point);
  add_each("limits_at_infinity", facts.limits_at_infinity, limit);
  add("strong_convexity", facts.strong_convexity, real);
  add("lipschitz", facts.lipschitz, real);
  add("value_lipschitz", facts.value_lipschitz, real);
  if (const auto kappa = facts.condition_number()) object["condition_number"] = {{"value", to_json(*kappa)}};
  add("convexity", facts.convexity, name);
  add("function_class", facts.function_class, name);
  add("distinct_eigenvalues", facts.distinct_eigenvalues, itself);
  add("bounded_below", facts.bounded_below, itself);
  add("sample_variance", facts.sample_variance, real);
  add("residual_standard_deviation", facts.residual_standard_deviation, real);
  add("parameter_standard_deviations", facts.parameter_standard_deviations, real);
  return object;
}

Json to_json(const std::vector<OptionDescription>& options) {
  Json array = Json::array();
  for (const OptionDescription& option : options) {
    array.push_back({{"name", option.name},
                     {"type", option.type},
                     {"default", option.default_value},
                     {"domain", option.domain},
                     {"help", option.help}});
  }
  return array;
}

Json to_json(const Score& score) {
  Json object = {{"loss", to_json(score.loss)}};
  if (score.zero_one_loss) object["zero_one_loss"] = to_json(*score.zero_one_loss);
  return object;
}

Json to_json(const RateFit& fit) {
  Json object = {{"kind", to_string(fit.kind)}};
  const auto add = [&object](const char* name, const std::optional<double>& value) {
    if (value) object[name] = to_json(*value);
  };
  add("factor", fit.factor);
  add("low", fit.low);
  add("high", fit.high);
  add("order", fit.order);
  add("power", fit.power);
  object["first"] = fit.first;
  object["last"] = fit.last;
  object["floor"] = to_json(fit.floor);
  object["floor_reached"] = fit.floor_reached ? Json(*fit.floor_reached) : Json(nullptr);
  if (!fit.reason.empty()) object["reason"] = fit.reason;
  return object;
}

Json to_json(const Statement& statement) {
  Json object = {{"method", statement.method},
                 {"statement", statement.text},
                 {"conditions", statement.conditions},
                 {"source", statement.source},
                 {"scope", to_string(statement.scope)},
                 {"quantity", to_string(statement.quantity)},
                 {"strength", to_string(statement.strength)}};
  if (statement.factor) object["factor"] = to_json(*statement.factor);
  if (statement.factor_of_any_start) object["factor_of_any_start"] = to_json(*statement.factor_of_any_start);
  if (statement.polynomial_slope != 0) object["polynomial_slope"] = to_json(statement.polynomial_slope);
  if (statement.order) object["order"] = to_json(*statement.order);
  if (statement.power) object["power"] = to_json(*statement.power);
  if (statement.terminates_within) object["terminates_within"] = *statement.terminates_within;
  return object;
}

Json to_json(const ModeAnalysis& analysis) {
  Json parts = Json::array();
  for (const ErrorPart& part : analysis.parts) {
    parts.push_back({{"eigenvalue", to_json(part.eigenvalue)},
                     {"start", to_json(part.size.front())},
                     {"end", to_json(part.size.back())},
                     {"measured", to_json(part.measured)},
                     {"predicted", to_json(part.predicted)}});
  }
  return parts;
}

Json to_json(const Trace& trace) {
  Json object = Json::object();
  for (const std::string& name : trace.names()) {
    Json column = Json::array();
    for (const double value : trace.column(name)) column.push_back(to_json(value));
    object[name] = std::move(column);
  }
  if (trace.has_iterates()) {
    Json points = Json::array();
    for (std::size_t row = 0; row < trace.rows(); ++row) points.push_back(to_json(trace.iterate(row)));
    object["x"] = std::move(points);
  }
  return object;
}

Json to_json(const RunReport& report) {
  const Result& result = report.result;
  Json object = {{"problem", report.problem},
                 {"solver", report.solver},
                 {"seed", report.seed},
                 {"dimension", result.x.size()},
                 {"stop", to_string(result.stop)},
                 {"solved", result.solved},
                 {"iterations", result.iterations},
                 {"evaluations", to_json(result.evaluations)},
                 {"x", to_json(result.x)},
                 {"value", to_json(result.value)},
                 {"gap", to_json(result.gap)},
                 {"gradient_norm", to_json(result.gradient_norm)},
                 {"distance", to_json(result.distance)},
                 {"seconds", result.seconds},
                 {"version", version()}};
  if (result.infeasibility) object["infeasibility"] = to_json(*result.infeasibility);
  if (report.training) object["training"] = to_json(*report.training);
  if (report.test) object["test"] = to_json(*report.test);
  if (result.epochs) object["epochs"] = to_json(*result.epochs);
  if (result.best)
    object["best"] = {{"value", to_json(result.best->value)}, {"iteration", result.best->iteration}};
  if (!result.message.empty()) object["message"] = result.message;
  return object;
}

}  // namespace optbed
