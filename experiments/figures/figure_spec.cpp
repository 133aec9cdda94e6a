#include "experiments/figures/figure_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "experiments/spec_limits.hpp"
#include "experiments/spec_table.hpp"

namespace optbed {
namespace {

std::vector<std::string> joined(std::vector<std::string> keys, const std::vector<std::string>& more) {
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

// A title, a label or a word of a key: one line, because gnuplot's script and the tables have it on one.
void require_one_line(const Placed<std::string>& text, const std::string& key) {
  if (text.value.find_first_of("\n\r") == std::string::npos) return;
  throw_usage_error(text.at, fmt::format("'{}' must be one line", key));
}

std::string one_line(const SpecTable& table, const std::string& key) {
  const auto text = table.text(key);
  if (!text) return {};
  require_one_line(*text, key);
  return text->value;
}

double centimetres(const SpecTable& table, const std::string& key, double otherwise) {
  const auto length = table.real(key);
  if (!length) return otherwise;
  if (length->value >= 2 && length->value <= 50) return length->value;
  throw_usage_error(length->at, fmt::format("'{}' = {} cm is outside of [2, 50]", key, length->value));
}

std::optional<AxisRange> read_range(const SpecTable& table, const std::string& key, bool log) {
  const auto ends = table.reals(key);
  if (!ends) return std::nullopt;
  const auto wrong = [&](const std::string& what) {
    throw_usage_error(ends->at, fmt::format("'{}' {}", key, what));
  };
  if (ends->value.size() != 2) wrong(fmt::format("must be two numbers, found {}", ends->value.size()));
  const AxisRange range{ends->value[0], ends->value[1]};
  if (!std::isfinite(range.low) || !std::isfinite(range.high) || range.low >= range.high)
    wrong(fmt::format("= [{}, {}] must be finite and ascending", range.low, range.high));
  if (log && range.low <= 0) wrong(fmt::format("must be positive on a log axis, found {}", range.low));
  return range;
}

// What a run takes from the figure where it does not have its own.
struct RunDefaults {
  std::optional<Placed<std::string>> problem;
  std::optional<Placed<std::vector<double>>> x0;
  Limits limits;
};

RunSpec read_run(const toml::table& node, const std::string& file, const RunDefaults& defaults) {
  const SpecTable table(node, file, "[[run]]",
                        joined({"label", "solver", "problem", "x0", "seed", "theory"}, limit_keys()));
  RunSpec run;
  run.solver = table.required_text("solver");
  require_one_line(run.solver, "solver");
  const auto label = table.text("label");
  run.label = label ? label->value : run.solver.value;
  run.at = label ? label->at : run.solver.at;
  if (label) require_one_line(*label, "label");
  if (run.label.empty()) throw_usage_error(run.at, "'label' must not be empty");
  const auto problem = table.text("problem");
  if (!problem && !defaults.problem) {
    throw_usage_error(table.position(), "[[run]] needs 'problem', here or once for the whole figure");
  }
  run.problem = problem ? *problem : *defaults.problem;
  require_one_line(run.problem, "problem");
  run.x0 = table.reals("x0");
  if (!run.x0 && !problem) run.x0 = defaults.x0;  // a start belongs to a problem
  run.limits = read_limits(table, defaults.limits);
  if (const auto seed = table.integer("seed"))
    run.seed = static_cast<std::uint64_t>(at_least(*seed, "seed", 0));
  if (const auto theory = table.flag("theory")) run.theory = theory->value;
  return run;
}

std::vector<std::size_t> read_panel_runs(const SpecTable& table, const std::vector<RunSpec>& runs) {
  std::vector<std::string> labels;
  labels.reserve(runs.size());
  for (const RunSpec& run : runs) labels.push_back(run.label);
  std::vector<std::size_t> indices;
  for (const auto& label : table.texts("runs")) {
    const auto found = std::find(labels.begin(), labels.end(), label.value);
    if (found == labels.end()) {
      throw_usage_error(label.at, fmt::format("there is no run labelled '{}'{}", label.value,
                                              did_you_mean(label.value, labels)));
    }
    indices.push_back(static_cast<std::size_t>(found - labels.begin()));
  }
  if (indices.empty()) {
    for (std::size_t i = 0; i < runs.size(); ++i) indices.push_back(i);
  }
  return indices;
}

ReferenceCurve read_reference(const toml::table& node, const std::string& file) {
  const SpecTable table(node, file, "[[panel.reference]]", {"label", "factor", "power", "scale"});
  ReferenceCurve curve;
  curve.label = one_line(table, "label");
  const auto factor = table.real("factor");
  const auto power = table.real("power");
  if (factor.has_value() == power.has_value()) {
    throw_usage_error(table.position(), "[[panel.reference]] needs either 'factor' or 'power'");
  }
  if (factor) curve.factor = nonnegative(*factor, "factor");
  if (power) curve.power = power->value;
  if (const auto scale = table.real("scale")) curve.scale = scale->value;
  return curve;
}

// The list under `key`, which stands where it is wanted and nowhere else.
std::vector<long> read_numbers_from_one(const SpecTable& table, const char* key, bool is_wanted,
                                        const std::string& need) {
  const auto given = table.reals(key);
  if (given && !is_wanted) throw_usage_error(given->at, fmt::format("'{}' needs {}", key, need));
  if (is_wanted && (!given || given->value.empty())) {
    throw_usage_error(table.position(), fmt::format("[[panel]] of {0} needs '{0}', such as [1, 2]", key));
  }
  std::vector<long> numbers;
  if (!given) return numbers;
  for (const double i : given->value) {
    if (i < 1 || i > 1e6 || i != std::floor(i))
      throw_usage_error(given->at, fmt::format("'{}' count from 1, found {}", key, i));
    numbers.push_back(static_cast<long>(i));
  }
  return numbers;
}

void read_convergence(const SpecTable& table, const std::string& file, PanelSpec& panel) {
  using Q = PlottedQuantity;
  panel.quantity = table.choice<Q>("quantity",
                                   {{"gap", Q::gap},
                                    {"distance", Q::distance},
                                    {"value", Q::value},
                                    {"gradient_norm", Q::gradient_norm},
                                    {"coordinate", Q::coordinate},
                                    {"coordinate_error", Q::coordinate_error},
                                    {"mode", Q::mode}},
                                   Q::gap);
  panel.against = table.choice<Abscissa>(
      "against", {{"iterations", Abscissa::iterations}, {"evaluations", Abscissa::evaluations}},
      Abscissa::iterations);
  const bool by_coordinate = panel.quantity == Q::coordinate || panel.quantity == Q::coordinate_error;
  panel.log_x = table.choice<bool>("x_scale", {{"linear", false}, {"log", true}}, false);
  panel.log_y =
      table.choice<bool>("y_scale", {{"linear", false}, {"log", true}}, panel.quantity != Q::coordinate);
  if (panel.log_y && panel.quantity == Q::coordinate) {
    throw_usage_error(table.text("y_scale")->at, "a coordinate has a sign; show its size as coordinate_error");
  }
  panel.coordinates = read_numbers_from_one(table, "coordinates", by_coordinate,
                                            "quantity = \"coordinate\" or \"coordinate_error\"");
  panel.modes = read_numbers_from_one(table, "modes", panel.quantity == Q::mode, "quantity = \"mode\"");
  if (const auto theory = table.flag("theory")) panel.theory = theory->value;
  for (const toml::table* reference : table.tables("reference")) {
    panel.references.push_back(read_reference(*reference, file));
  }
}

void read_paths(const SpecTable& table, PanelSpec& panel) {
  panel.log_x = panel.log_y = false;
  if (const auto levels = table.reals("levels")) {
    panel.levels = levels->value;
    if (!std::is_sorted(panel.levels.begin(), panel.levels.end()))
      throw_usage_error(levels->at, "'levels' must ascend");
  }
  if (const auto count = table.integer("level_count")) {
    panel.level_count = at_least(*count, "level_count", 1);
    if (panel.level_count > 100) throw_usage_error(count->at, "'level_count' must be at most 100");
  }
  panel.level_spacing = table.choice<LevelSpacing>(
      "level_spacing", {{"even", LevelSpacing::even}, {"log", LevelSpacing::log}}, LevelSpacing::even);
}

PanelSpec read_panel(const toml::table& node, const std::string& file, const std::vector<RunSpec>& runs) {
  const std::vector<std::string> common = {"kind", "title", "runs", "width", "x_range", "y_range", "key"};
  const std::vector<std::string> convergence = {"quantity", "coordinates", "modes",  "against",
                                                "x_scale",  "y_scale",     "theory", "reference"};
  const std::vector<std::string> paths = {"levels", "level_count", "level_spacing"};
  const SpecTable any(node, file, "[[panel]]", joined(joined(common, convergence), paths));
  any.required_text("kind");
  PanelSpec panel;
  panel.kind = any.choice<PanelKind>(
      "kind", {{"convergence", PanelKind::convergence}, {"paths", PanelKind::paths}}, PanelKind::convergence);
  const bool is_paths = panel.kind == PanelKind::paths;
  const SpecTable table(node, file, is_paths ? "[[panel]] of paths" : "[[panel]] of convergence",
                        joined(common, is_paths ? paths : convergence));
  panel.at = table.position();
  panel.title = one_line(table, "title");
  panel.runs = read_panel_runs(table, runs);
  panel.width = centimetres(table, "width", panel.width);
  panel.key = table.choice<KeyCorner>("key",
                                      {{"none", KeyCorner::none},
                                       {"top_right", KeyCorner::top_right},
                                       {"top_left", KeyCorner::top_left},
                                       {"bottom_right", KeyCorner::bottom_right},
                                       {"bottom_left", KeyCorner::bottom_left}},
                                      KeyCorner::none);
  if (is_paths) {
    read_paths(table, panel);
  } else {
    read_convergence(table, file, panel);
  }
  panel.x_range = read_range(table, "x_range", panel.log_x);
  panel.y_range = read_range(table, "y_range", panel.log_y);
  return panel;
}

std::string read_name(const SpecTable& table, const std::string& file) {
  const auto given = table.text("name");
  const Placed<std::string> name =
      given ? *given : Placed<std::string>{std::filesystem::path(file).stem().string(), {file}};
  const bool legal = !name.value.empty() && std::all_of(name.value.begin(), name.value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  if (legal && name.value.front() != '-') return name.value;
  throw_usage_error(name.at, fmt::format("'name' = '{}' must be letters, digits, _ and -, because files are "
                                         "named by it",
                                         name.value));
}

}  // namespace

FigureSpec parse_figure_spec(const std::string& text, const std::string& file) {
  const toml::table root = SpecTable::parse(text, file);
  const SpecTable table(
      root, file, "a figure",
      {"name", "title", "caption", "problem", "x0", "columns", "height", "key", "limits", "run", "panel"});
  FigureSpec figure;
  figure.file = file;
  figure.name = read_name(table, file);
  figure.title = one_line(table, "title");
  if (figure.title.empty()) figure.title = figure.name;
  if (const auto caption = table.text("caption")) figure.caption = caption->value;
  figure.key = table.choice<FigureKey>("key", {{"below", FigureKey::below}, {"none", FigureKey::none}},
                                       FigureKey::below);
  if (const auto columns = table.integer("columns")) figure.columns = at_least(*columns, "columns", 1);
  figure.height = centimetres(table, "height", figure.height);

  RunDefaults defaults{table.text("problem"), table.reals("x0"), {}};
  if (const toml::table* limits = table.table("limits")) {
    defaults.limits = read_limits(SpecTable(*limits, file, "[limits]", limit_keys()), {});
  }
  for (const toml::table* run : table.tables("run")) {
    figure.runs.push_back(read_run(*run, file, defaults));
    const auto same = std::find_if(figure.runs.begin(), figure.runs.end() - 1, [&](const RunSpec& other) {
      return other.label == figure.runs.back().label;
    });
    if (same != figure.runs.end() - 1) {
      throw_usage_error(figure.runs.back().at, fmt::format("two runs are labelled '{}'", same->label));
    }
  }
  if (figure.runs.empty()) throw_usage_error({file}, "a figure needs at least one [[run]]");
  for (const toml::table* panel : table.tables("panel")) {
    figure.panels.push_back(read_panel(*panel, file, figure.runs));
  }
  if (figure.panels.empty()) throw_usage_error({file}, "a figure needs at least one [[panel]]");
  return figure;
}

FigureSpec read_figure_spec(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) throw InputError(fmt::format("there is no spec '{}'", path));
  if (std::filesystem::is_directory(path, ignored)) {
    throw InputError(fmt::format("'{}' is a folder, not the spec of a figure", path));
  }
  std::ifstream stream(path);
  const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.is_open() || stream.bad()) throw InputError(fmt::format("cannot read the spec '{}'", path));
  return parse_figure_spec(text, path);
}

}  // namespace optbed
