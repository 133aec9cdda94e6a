#include "experiments/batch/batch_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "experiments/batch/alternatives.hpp"
#include "experiments/batch/named_sets.hpp"
#include "experiments/batch/seed_list.hpp"
#include "experiments/built_in_specs.hpp"
#include "experiments/spec_limits.hpp"
#include "experiments/store/run_description.hpp"
#include "experiments/store/store_file.hpp"
#include "problems/errors.hpp"
#include "problems/specification.hpp"

namespace optbed {
namespace {

namespace fs = std::filesystem;

std::string name_of(const std::string& text) { return text.substr(0, text.find(':')); }

std::string batch_name(const SpecTable& table) {
  Placed<std::string> name = table.required_text("name");
  const auto is_allowed = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
  };
  const bool good = !name.value.empty() && name.value.front() != '.' && name.value.front() != '-' &&
                    std::all_of(name.value.begin(), name.value.end(), is_allowed);
  if (good) return name.value;
  throw_usage_error(name.at,
                    fmt::format("'name' = '{}' must be of letters, digits, _, - and dots: the store is "
                                "called after it",
                                name.value));
}

// The problems or solvers of a batch. What stands in a set and is named besides, or in two sets, is one.
struct Gathered {
  std::vector<Placed<std::string>> entries;
  std::set<std::string> of_sets;

  void add(std::string text, const SourcePosition& at, bool is_of_set) {
    if (of_sets.contains(text)) return;
    const auto same = [&text](const Placed<std::string>& entry) { return entry.value == text; };
    const bool is_there = std::any_of(entries.begin(), entries.end(), same);
    if (is_of_set) of_sets.insert(text);
    if (!is_of_set || !is_there) entries.push_back({std::move(text), at});
  }
};

// What a kind of names stands for.
struct Vocabulary {
  std::string kind;  // problem, solver
  std::vector<std::string> names;
  std::vector<std::string> sets;
  std::function<std::vector<std::string>(const std::string&)> members_of;
};

// Adds what a list stands for: the sets' members with the options that the set was given, and every combination
// of the values between bars.
void gather(const std::vector<Placed<std::string>>& texts, const Vocabulary& known, Gathered& gathered) {
  for (const auto& [text, at] : texts) {
    const std::string name = name_of(text);
    std::vector<std::string> members = known.members_of(name);
    const bool is_set = !members.empty();
    if (!is_set && std::find(known.names.begin(), known.names.end(), name) == known.names.end()) {
      std::vector<std::string> legal = known.names;
      legal.insert(legal.end(), known.sets.begin(), known.sets.end());
      throw_usage_error(
          at, fmt::format("there is no {0} '{1}'{2}\n  'optbed list {0}s' lists them; sets of {0}s: {3}",
                          known.kind, name, did_you_mean(name, legal), fmt::join(known.sets, ", ")));
    }
    if (!is_set) members = {name};
    try {
      for (const std::string& member : members) {
        for (std::string& one : alternatives(member + text.substr(name.size()))) {
          gathered.add(std::move(one), at, is_set);
        }
      }
    } catch (const UsageError& error) {
      throw_usage_error(at, error.what());
    }
  }
}

// "standard", "10x", or a point.
std::vector<Placed<std::string>> read_starts(const SpecTable& table) {
  std::vector<Placed<std::string>> starts;
  for (const auto& [start, at] : table.words_and_points("starts")) {
    if (const auto* point = std::get_if<std::vector<double>>(&start)) {
      starts.push_back({format_reals(*point), at});
      continue;
    }
    std::string word = std::get<std::string>(start);
    bool good = word == "standard";
    if (!good && word.ends_with('x')) {
      try {
        const double multiple = parse_real("starts", "a multiple", word.substr(0, word.size() - 1), any_real());
        word = multiple == 1 ? "standard" : fmt::format("{}x", multiple);
        good = true;
      } catch (const UsageError&) {  // said below, with the place
      }
    }
    if (!good) {
      throw_usage_error(
          at, fmt::format("'starts': '{}' is not \"standard\", a multiple of it as \"10x\", or a point "
                          "as [1, 2]",
                          word));
    }
    starts.push_back({word, at});
  }
  return starts;
}

TracePolicy read_trace(const toml::table& node, const std::string& file, TracePolicy trace) {
  const SpecTable table(node, file, "[trace]",
                        {"trigger", "interval", "points_per_decade", "properties", "iterates"});
  // Another trigger does not keep what was said of the one that it takes the place of.
  if (node.contains("trigger")) trace.trigger = {};
  trace.trigger.kind = table.choice<Trigger::Kind>("trigger", trigger_words(), trace.trigger.kind);
  const auto require_trigger = [&](const char* key, Trigger::Kind kind, const char* word, const auto& at) {
    if (trace.trigger.kind == kind) return;
    throw_usage_error(at, fmt::format("[trace]: '{}' goes with trigger = \"{}\" only", key, word));
  };
  if (const auto k = table.integer("interval")) {
    require_trigger("interval", Trigger::Kind::every, "every", k->at);
    trace.trigger.interval = at_least(*k, "interval", 1);
  }
  if (const auto k = table.integer("points_per_decade")) {
    require_trigger("points_per_decade", Trigger::Kind::logarithmic, "logarithmic", k->at);
    trace.trigger.points_per_decade =
        static_cast<int>(std::min(at_least(*k, "points_per_decade", 1), 1000000L));
  }
  if (const auto iterates = table.flag("iterates")) trace.iterates = iterates->value;
  if (!node.contains("properties")) return trace;
  for (const auto& [word, member] : property_words()) trace.*member = false;
  for (const auto& [property, at] : table.texts("properties")) {
    std::vector<std::string> words;
    bool known = false;
    for (const auto& [word, member] : property_words()) {
      words.push_back(word);
      if (word != property) continue;
      trace.*member = true;
      known = true;
    }
    if (known) continue;
    throw_usage_error(at, fmt::format("[trace]: there is no property '{}'{}\n  they are: {}", property,
                                      did_you_mean(property, words), fmt::join(words, ", ")));
  }
  return trace;
}

std::vector<std::string> with_limit_keys(std::vector<std::string> keys) {
  keys.insert(keys.end(), limit_keys().begin(), limit_keys().end());
  return keys;
}

PairOverride read_override(const toml::table& node, const std::string& file) {
  const std::vector<std::string> keys = with_limit_keys({"problem", "solver", "skip"});
  const SpecTable table(node, file, "[[override]]", keys);
  PairOverride found;
  found.at = table.position();
  if (const auto problem = table.text("problem")) found.problem = problem->value;
  if (const auto solver = table.text("solver")) found.solver = solver->value;
  if (!found.problem && !found.solver) {
    throw_usage_error(table.position(), "[[override]] needs 'problem', 'solver' or both");
  }
  if (const auto skip = table.flag("skip")) found.skip = skip->value;
  read_limits(table, {});  // an error is told now
  found.limits = [kept = std::make_shared<toml::table>(node), file, keys](const Limits& limits) {
    return read_limits(SpecTable(*kept, file, "[[override]]", keys), limits);
  };
  return found;
}

std::string content_of(const std::string& path) {
  std::error_code none;
  if (!fs::exists(path, none)) throw InputError(fmt::format("there is no spec '{}'", path));
  if (fs::is_directory(path, none))
    throw InputError(fmt::format("'{}' is a folder, not the spec of a batch", path));
  if (is_sqlite_file(path)) {
    throw InputError(
        fmt::format("'{}' is a store of runs, not the spec of a batch, which is a text in TOML", path));
  }
  std::ifstream stream(path);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.is_open() || stream.bad()) throw InputError(fmt::format("cannot read the spec '{}'", path));
  return text;
}

// Reads files into one spec: what a file includes first, then the file itself.
class BatchSpecReader {
 public:
  BatchSpecReader(const ProblemRegistry& problems, const SolverRegistry& solvers)
      : problems_(problems), solvers_(solvers) {}

  BatchSpec read(const std::string& text, const std::string& file) {
    spec_.file = file;
    read_file(text, file);
    spec_.problems = std::move(gathered_problems_.entries);
    spec_.solvers = std::move(gathered_solvers_.entries);
    if (spec_.problems.empty()) throw_usage_error({file}, "a batch needs 'problems'");
    if (spec_.solvers.empty() && spec_.tunings.empty()) {
      throw_usage_error({file}, "a batch needs 'solvers', or a [[tuning]] of one");
    }
    if (spec_.starts.empty()) spec_.starts = {{"standard", {file}}};
    if (spec_.seeds.value.empty()) spec_.seeds = {{0}, {file}};
    for (const Tuning& tuning : spec_.tunings) {
      require_other_seeds(tuning);
      require_one_limit(tuning);
      spec_.tuned.push_back({.solver = tuning.solver, .tuning = tuning.label, .written = tuning.solver.value});
    }
    require_different_labels();
    return std::move(spec_);
  }

 private:
  void read_file(const std::string& text, const std::string& file);
  void include(const Placed<std::string>& path, const std::string& from);
  void require_other_seeds(const Tuning& tuning) const;
  void require_one_limit(const Tuning& tuning) const;
  void require_different_labels() const;

  const ProblemRegistry& problems_;
  const SolverRegistry& solvers_;
  BatchSpec spec_;
  Gathered gathered_problems_;
  Gathered gathered_solvers_;
  std::vector<std::string> open_;  // the files that are being read: none may include itself
};

// What is chosen for a seed must not be reported on it.
void BatchSpecReader::require_other_seeds(const Tuning& tuning) const {
  for (const std::uint64_t seed : tuning.seeds.value) {
    const auto& reported = spec_.seeds.value;
    if (std::find(reported.begin(), reported.end(), seed) == reported.end()) continue;
    throw_usage_error(
        tuning.seeds.at,
        fmt::format("[[tuning]]: the seed {} is among the batch's 'seeds' too: settings are chosen "
                    "on seeds of their own and reported on others",
                    seed));
  }
}

// What is best within one budget need not be within another.
void BatchSpecReader::require_one_limit(const Tuning& tuning) const {
  if (spec_.limits.size() == 1) return;
  throw_usage_error(tuning.solver.at,
                    fmt::format("[[tuning]]: [limits] has {} combinations of values, and settings are "
                                "chosen for one: write a spec for each",
                                spec_.limits.size()));
}

void BatchSpecReader::require_different_labels() const {
  for (const Tuning& tuning : spec_.tunings) {
    for (const Placed<std::string>& solver : spec_.solvers) {
      if (solver.value != tuning.label) continue;
      throw_usage_error(tuning.solver.at,
                        fmt::format("[[tuning]]: the label '{}' is a solver of the batch at {}", tuning.label,
                                    to_string(solver.at)));
    }
  }
  for (std::size_t i = 1; i < spec_.tunings.size(); ++i) {
    const auto end = spec_.tunings.begin() + static_cast<std::ptrdiff_t>(i);
    const auto twin = std::find_if(spec_.tunings.begin(), end,
                                   [&](const Tuning& other) { return other.label == spec_.tunings[i].label; });
    if (twin == end) continue;
    throw_usage_error(spec_.tunings[i].solver.at,
                      fmt::format("'{}' is tuned at {} as well: give each [[tuning]] a 'label'",
                                  spec_.tunings[i].solver.value, to_string(twin->solver.at)));
  }
}

void BatchSpecReader::include(const Placed<std::string>& path, const std::string& from) {
  const std::string file = (fs::path(from).parent_path() / path.value).lexically_normal().string();
  if (std::find(open_.begin(), open_.end(), file) != open_.end()) {
    throw_usage_error(path.at, fmt::format("'{}' includes itself", file));
  }
  try {
    read_file(content_of(file), file);
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", to_string(path.at), error.what()));
  }
}

void BatchSpecReader::read_file(const std::string& text, const std::string& file) {
  const toml::table root = SpecTable::parse(text, file);
  const SpecTable table(root, file, "a batch",
                        {"name", "title", "problems", "solvers", "seeds", "starts", "include", "unsupported",
                         "limits", "trace", "override", "tuning"});
  const bool is_first = open_.empty();
  open_.push_back(fs::path(file).lexically_normal().string());
  if (is_first) spec_.name = batch_name(table);
  if (const auto title = table.text("title"); is_first && title) spec_.title = title->value;
  spec_.texts.emplace_back(is_first ? spec_.name : file, text);
  for (const Placed<std::string>& path : table.texts("include")) include(path, file);

  gather(table.texts("problems"),
         {"problem", problems_.names(), problem_set_names(),
          [this](const std::string& set) { return problems_in_set(set, problems_); }},
         gathered_problems_);
  gather(table.texts("solvers"),
         {"solver",
          solvers_.names(),
          {"all"},
          [this](const std::string& set) { return solvers_in_set(set, solvers_); }},
         gathered_solvers_);
  if (auto seeds = read_seeds(table, "seeds")) spec_.seeds = std::move(*seeds);
  if (auto starts = read_starts(table); !starts.empty()) spec_.starts = std::move(starts);
  if (const toml::table* limits = table.table("limits")) {
    spec_.limits = read_limit_lists(SpecTable(*limits, file, "[limits]", limit_keys()), spec_.limits);
  }
  if (const toml::table* trace = table.table("trace")) spec_.trace = read_trace(*trace, file, spec_.trace);
  spec_.record_unsupported =
      table.choice<bool>("unsupported", {{"skip", false}, {"record", true}}, spec_.record_unsupported);
  for (const toml::table* one : table.tables("tuning")) {
    spec_.tunings.push_back(read_tuning(*one, file, solvers_));
  }
  for (const toml::table* one : table.tables("override")) spec_.overrides.push_back(read_override(*one, file));
  open_.pop_back();
}

}  // namespace

bool PairOverride::applies_to(const std::string& problem_text, const std::string& solver_text) const {
  const auto fits = [](const std::optional<std::string>& wanted, const std::string& text) {
    return !wanted || *wanted == text || *wanted == name_of(text);
  };
  return fits(problem, problem_text) && fits(solver, solver_text);
}

BatchSpec parse_batch_spec(const std::string& text, const std::string& file, const ProblemRegistry& problems,
                           const SolverRegistry& solvers) {
  return BatchSpecReader(problems, solvers).read(text, file);
}

bool names_a_file(const std::string& name_or_path) {
  std::error_code none;
  if (name_or_path.ends_with(".toml")) return true;
  return fs::exists(name_or_path, none) && !fs::is_directory(name_or_path, none);
}

BatchSpec find_batch_spec(const std::string& name_or_path, const ProblemRegistry& problems,
                          const SolverRegistry& solvers) {
  if (names_a_file(name_or_path))
    return parse_batch_spec(content_of(name_or_path), name_or_path, problems, solvers);
  std::vector<std::string> names;
  for (const BuiltInSpec& study : built_in_studies()) {
    if (study.name == name_or_path)
      return parse_batch_spec(study.text, study.name + ".toml", problems, solvers);
    names.push_back(study.name);
  }
  const std::string with_ending = name_or_path + ".toml";
  std::error_code none;
  const std::string guess = fs::exists(with_ending, none)
                                ? fmt::format(" (did you mean the file {}?)", with_ending)
                                : did_you_mean(name_or_path, names);
  throw UsageError(
      fmt::format("there is no study '{}'{}\n  'optbed list studies' lists them; a spec of your own ends in "
                  ".toml",
                  name_or_path, guess));
}

}  // namespace optbed
