#include "experiments/batch/tuning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/batch/alternatives.hpp"
#include "experiments/batch/seed_list.hpp"
#include "problems/random.hpp"
#include "problems/specification.hpp"

namespace optbed {
namespace {

constexpr long most_settings = 1'000'000;

enum class Scale { linear, logarithmic, integer };

// The values that an option may take: these, or those of a range.
struct SearchedOption {
  std::string name;
  SourcePosition at;
  std::vector<std::string> values = {};
  double from = 0;
  double to = 0;
  Scale scale = Scale::linear;
  long points = 0;  // of a grid over the range

  bool is_range() const { return values.empty(); }
};

// As a person would write it, to so many digits, unless that leaves the range.
std::string written_within(const SearchedOption& range, double value, int digits) {
  const std::string text = fmt::format("{:.{}g}", value, digits);
  const double read = std::stod(text);
  return read < range.from || read > range.to ? fmt::format("{}", std::clamp(value, range.from, range.to))
                                              : text;
}

// The point of the range that lies at a share of it, to so many digits of what varies.
std::string value_in(const SearchedOption& range, double share, int digits) {
  switch (range.scale) {
    case Scale::linear: {
      const double largest = std::max(std::abs(range.from), std::abs(range.to));
      const auto common = static_cast<int>(std::log10(largest / (range.to - range.from)));
      return written_within(range, range.from + share * (range.to - range.from), digits + std::max(common, 0));
    }
    case Scale::logarithmic:
      return written_within(range, range.from * std::pow(range.to / range.from, share), digits);
    case Scale::integer:
      return fmt::format("{:.0f}",
                         std::min(range.to, std::floor(range.from + share * (range.to - range.from + 1))));
  }
  return {};
}

SearchedOption read_range(const std::string& name, const toml::table& node, const std::string& file) {
  const SpecTable table(node, file, "the range of " + name, {"from", "to", "scale", "points"});
  SearchedOption range{.name = name, .at = table.position()};
  const auto from = table.real("from");
  const auto to = table.real("to");
  if (!from || !to)
    throw_usage_error(table.position(), fmt::format("the range of {} needs 'from' and 'to'", name));
  range.from = from->value;
  range.to = to->value;
  range.scale = table.choice<Scale>(
      "scale", {{"linear", Scale::linear}, {"logarithmic", Scale::logarithmic}, {"integer", Scale::integer}},
      Scale::linear);
  if (!(range.from < range.to) || !std::isfinite(range.to - range.from)) {
    throw_usage_error(from->at, fmt::format("the range of {}: 'from' must be less than 'to'", name));
  }
  if (range.scale == Scale::integer &&
      (range.from != std::floor(range.from) || range.to != std::floor(range.to))) {
    throw_usage_error(from->at,
                      fmt::format("the range of {}: the scale 'integer' needs integers at its ends", name));
  }
  if (range.scale == Scale::logarithmic && range.from <= 0) {
    throw_usage_error(from->at, fmt::format("the range of {}: a logarithmic scale needs 'from' > 0", name));
  }
  if (const auto points = table.integer("points")) {
    range.points = at_least(*points, "points", 2);
    if (range.points > most_settings) throw_usage_error(points->at, "'points' are too many");
  }
  return range;
}

std::vector<SearchedOption> read_options(const SpecTable& table, const toml::table& node,
                                         const std::string& file) {
  std::vector<SearchedOption> options;
  for (const auto& [key, value] : node) {
    const std::string name(key.str());
    if (table.is_table(name)) {
      options.push_back(read_range(name, *table.table(name), file));
      continue;
    }
    SearchedOption option{.name = name, .at = table.position()};
    for (Placed<std::string>& one : table.values(name)) {
      option.at = one.at;
      if (std::find(option.values.begin(), option.values.end(), one.value) != option.values.end()) {
        throw_usage_error(one.at,
                          fmt::format("[tuning.options]: '{}' has the value {} twice", name, one.value));
      }
      option.values.push_back(std::move(one.value));
    }
    if (option.values.empty()) {
      throw_usage_error(table.position(), fmt::format("[tuning.options]: '{}' has no values to try", name));
    }
    options.push_back(std::move(option));
  }
  return options;
}

std::vector<std::string> values_on_grid(const SearchedOption& option) {
  if (!option.is_range()) return option.values;
  if (option.points == 0) {
    throw_usage_error(option.at, fmt::format("a grid over the range of {} needs 'points'", option.name));
  }
  constexpr int digits = 12;
  std::vector<std::string> values;
  for (long i = 0; i < option.points; ++i) {
    // An integer is that below the share's end; the last lies in the range.
    const double share = static_cast<double>(i) / static_cast<double>(option.points - 1);
    std::string value = value_in(option, share, digits);
    if (values.empty() || values.back() != value) values.push_back(std::move(value));
  }
  return values;
}

std::vector<std::string> settings_on_grid(const std::string& solver, const std::vector<SearchedOption>& options,
                                          long most, const SourcePosition& at) {
  std::vector<std::string> settings = {solver};
  for (const SearchedOption& option : options) {
    const std::vector<std::string> values = values_on_grid(option);
    const std::size_t count = settings.size() * values.size();
    if (count > static_cast<std::size_t>(most)) {
      throw_usage_error(at,
                        fmt::format("[[tuning]]: the grid has more settings than the budget of {}: give fewer "
                                    "values, or search = \"random\"",
                                    most));
    }
    std::vector<std::string> longer;
    longer.reserve(count);
    for (const std::string& before : settings) {
      for (const std::string& value : values) longer.push_back(with_option(before, option.name, value));
    }
    settings = std::move(longer);
  }
  return settings;
}

std::string random_setting(const std::string& solver, const std::vector<SearchedOption>& options,
                           Random& random) {
  constexpr int digits = 4;
  std::string setting = solver;
  for (const SearchedOption& option : options) {
    const double share = random.uniform();
    const auto count = static_cast<double>(option.values.size());
    setting = with_option(setting, option.name,
                          option.is_range() ? value_in(option, share, digits)
                                            : option.values[static_cast<std::size_t>(share * count)]);
  }
  return setting;
}

// Different ones.
std::vector<std::string> random_settings(const std::string& solver, const std::vector<SearchedOption>& options,
                                         long count, std::uint64_t seed, const SourcePosition& at) {
  constexpr long most_draws_each = 100;
  Random random(unrelated_seed(seed));
  std::set<std::string> drawn;
  std::vector<std::string> settings;
  for (long i = 0; i < most_draws_each * count && std::ssize(settings) < count; ++i) {
    std::string setting = random_setting(solver, options, random);
    if (drawn.insert(setting).second) settings.push_back(std::move(setting));
  }
  if (std::ssize(settings) == count) return settings;
  throw_usage_error(
      at, fmt::format("[[tuning]]: no {} different settings were found, only {}: take a smaller budget, or "
                      "search = \"grid\"",
                      count, settings.size()));
}

// Nothing that is tuned may be fixed, too.
void require_free(const std::vector<SearchedOption>& options, const Placed<std::string>& solver) {
  for (const auto& [key, value] : parse_specification(solver.value).options) {
    for (const SearchedOption& option : options) {
      if (option.name != key) continue;
      throw_usage_error(option.at,
                        fmt::format("[[tuning]]: '{}' is fixed to {} by '{}'", key, value, solver.value));
    }
  }
}

std::vector<std::string> option_names(const SolverRegistry& solvers, const Placed<std::string>& solver) {
  std::vector<std::string> names;
  try {
    for (const OptionDescription& option : solvers.at(parse_specification(solver.value).name).options) {
      names.push_back(option.name);
    }
  } catch (const UsageError& error) {
    throw_usage_error(solver.at, error.what());
  }
  return names;
}

const std::vector<std::pair<std::string, TuningMeasure>>& measure_words() {
  static const std::vector<std::pair<std::string, TuningMeasure>> words = {
      {"value", TuningMeasure::value},
      {"evaluations", TuningMeasure::evaluations},
      {"gradient_evaluations", TuningMeasure::gradient_evaluations},
      {"iterations", TuningMeasure::iterations}};
  return words;
}

}  // namespace

std::string to_string(TuningMeasure measure) {
  for (const auto& [word, meaning] : measure_words()) {
    if (meaning == measure) return word;
  }
  return {};
}

Tuning read_tuning(const toml::table& node, const std::string& file, const SolverRegistry& solvers) {
  const SpecTable table(node, file, "[[tuning]]",
                        {"solver", "label", "search", "budget", "seeds", "measure", "draw", "options"});
  Tuning tuning;
  tuning.solver = table.required_text("solver");
  const auto label = table.text("label");
  tuning.label = label ? label->value : tuning.solver.value + " (tuned)";
  if (tuning.label.empty())
    throw_usage_error(label->at, "[[tuning]]: 'label' is empty: leave it out, or give a name");
  const bool is_grid = table.choice<bool>("search", {{"grid", true}, {"random", false}}, true);
  tuning.search = is_grid ? "grid" : "random";
  tuning.measure = table.choice<TuningMeasure>("measure", measure_words(), TuningMeasure::value);
  const std::vector<std::string> names = option_names(solvers, tuning.solver);
  const toml::table* options_node = table.table("options");
  if (!options_node || options_node->empty()) {
    throw_usage_error(table.position(), "[[tuning]] needs [tuning.options]: which options, and their values");
  }
  const SpecTable options_table(*options_node, file, "[tuning.options] of " + tuning.solver.value, names);
  const std::vector<SearchedOption> options = read_options(options_table, *options_node, file);
  require_free(options, tuning.solver);

  auto seeds = read_seeds(table, "seeds");
  if (!seeds) throw_usage_error(table.position(), "[[tuning]] needs 'seeds' for its trials");
  tuning.seeds = std::move(*seeds);
  long budget = most_settings;
  if (const auto given = table.integer("budget")) {
    budget = at_least(*given, "budget", 2);
    if (budget > most_settings) {
      throw_usage_error(given->at,
                        fmt::format("[[tuning]]: 'budget' = {} is more than {}", budget, most_settings));
    }
  }
  if (is_grid) {
    tuning.settings = settings_on_grid(tuning.solver.value, options, budget, table.position());
    return tuning;
  }
  if (!table.integer("budget")) {
    throw_usage_error(table.position(), "[[tuning]]: a random search needs a 'budget', the number of settings");
  }
  const auto draw = table.integer("draw");
  const auto seed = static_cast<std::uint64_t>(draw ? at_least(*draw, "draw", 0) : 0);
  tuning.settings = random_settings(tuning.solver.value, options, budget, seed, table.position());
  return tuning;
}

}  // namespace optbed
