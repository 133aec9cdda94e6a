#include "experiments/reports/run_filter.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>

#include "experiments/batch/named_sets.hpp"
#include "experiments/store/run_limits.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

using NumberOfRun = std::function<std::optional<double>(const FinishedRun&)>;

std::optional<double> number_in(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  return std::nullopt;
}

using FlagOfRun = bool (*)(const FinishedRun&);

// Null where there is none.
FlagOfRun flag_named(const std::string& key) {
  if (key == "solved") return [](const FinishedRun& run) { return run.result.solved; };
  if (key == "trial") return [](const FinishedRun& run) { return run.description.is_trial; };
  return nullptr;
}

const std::map<std::string, NumberOfRun>& numbers_of_runs() {
  static const std::map<std::string, NumberOfRun> numbers = [] {
    std::map<std::string, NumberOfRun> all;
    for (const ResultColumn& column : result_columns()) {
      const bool text = std::string(column.type).starts_with("TEXT");
      if (text || flag_named(column.name)) continue;
      all[column.name] = [get = column.get](const FinishedRun& run) { return number_in(get(run)); };
    }
    all["n"] = all.at("dimension");
    all["evaluations"] = [](const FinishedRun& run) {
      return static_cast<double>(run.result.evaluations.total());
    };
    for (const NamedLimit& limit : named_limits()) {
      all[limit.name] = [of = limit.of](const FinishedRun& run) { return of(run.description.limits); };
    }
    return all;
  }();
  return numbers;
}

std::string bare_name(const std::string& specification) {
  return specification.substr(0, specification.find(':'));
}

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> parts = {""};
  for (const char c : text) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// A part `key=value` goes on with the full string before it: `quadratic:n=10,kappa=1e4,rosenbrock` is two.
std::vector<std::string> split_specifications(const std::string& text) {
  std::vector<std::string> specifications;
  for (const std::string& part : split_at_commas(text)) {
    const bool is_option = part.find('=') < part.find(':');
    if (is_option && !specifications.empty()) {
      specifications.back() += "," + part;
    } else {
      specifications.push_back(part);
    }
  }
  return specifications;
}

struct FilterComparison {
  std::string key;
  std::string sign;
  std::string value;
};

// Empty key where there is no comparison in the word.
FilterComparison split_comparison(const std::string& word) {
  const auto is_key = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  const auto key_end =
      static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), is_key) - word.begin());
  for (const char* sign : {"!=", "<=", ">=", "=", "<", ">"}) {
    const std::string text = sign;
    if (key_end > 0 && word.compare(key_end, text.size(), text) == 0) {
      return {word.substr(0, key_end), text, word.substr(key_end + text.size())};
    }
  }
  return {};
}

bool compares(double a, const std::string& sign, double b) {
  if (sign == "<") return a < b;
  if (sign == "<=") return a <= b;
  if (sign == ">") return a > b;
  return a >= b;
}

std::function<bool(const FinishedRun&)> number_condition(const NumberOfRun& number,
                                                         const FilterComparison& comparison) {
  const auto parse = [&](const std::string& text) {
    return parse_real("filter", comparison.key, text, any_real());
  };
  if (comparison.sign == "=" || comparison.sign == "!=") {
    std::vector<double> values;
    for (const std::string& text : split_at_commas(comparison.value)) values.push_back(parse(text));
    const bool wanted = comparison.sign == "=";
    return [number, values, wanted](const FinishedRun& run) {
      const std::optional<double> x = number(run);
      return x && (std::find(values.begin(), values.end(), *x) != values.end()) == wanted;
    };
  }
  const double bound = parse(comparison.value);
  return [number, bound, sign = comparison.sign](const FinishedRun& run) {
    const std::optional<double> x = number(run);
    return x && compares(*x, sign, bound);
  };
}

[[noreturn]] void fail_sign(const std::string& word, const std::string& key) {
  throw UsageError(fmt::format("filter '{}': {} is not a number: compare it with = or !=", word, key));
}

}  // namespace

struct RunFilter::Word {
  const char* key;
  const std::string& (*of)(const FinishedRun&);
  bool is_specification;  // name:key=value,…
};

namespace {

const std::string& problem_of(const FinishedRun& run) { return run.description.problem; }
const std::string& solver_of(const FinishedRun& run) { return run.description.solver; }
const std::string& start_of(const FinishedRun& run) { return run.description.start; }
const std::string& stop_of(const FinishedRun& run) { return run.stop; }

std::vector<std::string> filter_keys() {
  std::vector<std::string> keys = {"problem", "solver", "start", "stop", "solved", "trial"};
  for (const auto& [key, number] : numbers_of_runs()) keys.push_back(key);
  return keys;
}

}  // namespace

bool is_filter_word(const std::string& word) { return !split_comparison(word).key.empty(); }

RunFilter::RunFilter(const std::vector<std::string>& words, const ProblemRegistry& problems,
                     const SolverRegistry& solvers)
    : text_(fmt::format("{}", fmt::join(words, " "))) {
  static const std::vector<Word> names = {{"problem", problem_of, true},
                                          {"solver", solver_of, true},
                                          {"start", start_of, false},
                                          {"stop", stop_of, false}};
  for (const std::string& word : words) {
    const FilterComparison comparison = split_comparison(word);
    const std::string& key = comparison.key;
    const bool equal = comparison.sign == "=";
    if (key.empty()) {
      throw UsageError(fmt::format("filter '{}': write KEY=VALUE, as problem=mgh, or n<100", word));
    }
    const auto name = std::find_if(names.begin(), names.end(), [&key](const Word& w) { return key == w.key; });
    const auto number = numbers_of_runs().find(key);
    if (name != names.end()) {
      if (!equal && comparison.sign != "!=") fail_sign(word, key);
      add_names(*name, word, equal, comparison.value, problems, solvers);
    } else if (const FlagOfRun flag = flag_named(key)) {
      if (!equal && comparison.sign != "!=") fail_sign(word, key);
      const bool yes = parse_choice("filter", key, comparison.value, {"yes", "no"}) == 0;
      conditions_.emplace_back(
          [flag, wanted = yes == equal](const FinishedRun& run) { return flag(run) == wanted; });
      asks_for_trials_ |= key == "trial";
    } else if (number != numbers_of_runs().end()) {
      conditions_.push_back(number_condition(number->second, comparison));
    } else {
      throw UsageError(fmt::format("filter '{}': there is no '{}'{}\n  the keys are {}", word, key,
                                   did_you_mean(key, filter_keys()), fmt::join(filter_keys(), ", ")));
    }
  }
}

void RunFilter::add_names(const Word& key, const std::string& word, bool equal, const std::string& values,
                          const ProblemRegistry& problems, const SolverRegistry& solvers) {
  std::set<std::string> wanted;
  for (const std::string& name :
       key.is_specification ? split_specifications(values) : split_at_commas(values)) {
    std::vector<std::string> members;
    if (key.of == problem_of) members = problems_in_set(name, problems);
    if (key.of == solver_of) members = solvers_in_set(name, solvers);
    wanted.insert(members.begin(), members.end());
    if (!members.empty()) continue;
    if (name.empty()) throw UsageError(fmt::format("filter '{}': a value is missing", word));
    wanted.insert(name);
    names_.push_back({key.key, name, word});
  }
  conditions_.emplace_back(
      [of = key.of, is_specification = key.is_specification, wanted, equal](const FinishedRun& run) {
        const std::string& text = of(run);
        const bool fits = wanted.contains(text) || (is_specification && wanted.contains(bare_name(text))) ||
                          (of == solver_of && wanted.contains(run.description.tuning));
        return fits == equal;
      });
}

bool RunFilter::accepts(const FinishedRun& run) const {
  return std::all_of(conditions_.begin(), conditions_.end(),
                     [&run](const auto& condition) { return condition(run); });
}

void RunFilter::Vocabulary::add(const FinishedRun& run) {
  problems_.insert(run.description.problem);
  problems_.insert(bare_name(run.description.problem));
  solvers_.insert(run.description.solver);
  solvers_.insert(bare_name(run.description.solver));
  if (!run.description.tuning.empty()) solvers_.insert(run.description.tuning);
  starts_.insert(run.description.start);
  stops_.insert(run.stop);
}

void RunFilter::require_names_in(const Vocabulary& runs) const {
  const std::map<std::string, const std::set<std::string>*> present = {{"problem", &runs.problems_},
                                                                       {"solver", &runs.solvers_},
                                                                       {"start", &runs.starts_},
                                                                       {"stop", &runs.stops_}};
  for (const Name& name : names_) {
    const std::set<std::string>& there = *present.at(name.key);
    if (there.contains(name.name)) continue;
    std::vector<std::string> legal(there.begin(), there.end());
    if (name.key == "problem") {
      for (const std::string& set : problem_set_names()) legal.push_back(set);
    }
    throw UsageError(fmt::format("filter '{}': no run has the {} '{}'{}", name.word, name.key, name.name,
                                 did_you_mean(name.name, legal)));
  }
}

}  // namespace optbed
