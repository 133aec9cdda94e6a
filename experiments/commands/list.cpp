#include <fmt/format.h>

#include <algorithm>

#include "experiments/batch/batch_spec.hpp"
#include "experiments/built_in_specs.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/figures/find_figure_spec.hpp"
#include "experiments/json.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

struct Line {
  std::string kind;
  std::string name;
  std::string summary;
};

template <class Product>
void add_lines(std::vector<Line>& lines, const std::string& kind, const Registry<Product>& registry) {
  for (const auto& entry : registry.entries()) lines.push_back({kind, entry.name, entry.summary});
}

std::vector<Line> lines_of(const std::string& kind) {
  std::vector<Line> lines;
  const bool all = kind.empty();
  if (all || kind == "problems") add_lines(lines, "problem", all_problems());
  if (all || kind == "solvers") add_lines(lines, "solver", all_solvers());
  if (all || kind == "figures") {
    for (const BuiltInSpec& spec : built_in_figures()) {
      lines.push_back({"figure", spec.name, find_figure_spec(spec.name).title});
    }
  }
  if (all || kind == "studies") {
    for (const BuiltInSpec& spec : built_in_studies()) {
      lines.push_back({"study", spec.name, find_batch_spec(spec.name, all_problems(), all_solvers()).title});
    }
  }
  return lines;
}

int list(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  options.add_options()("kind", program_options::value<std::string>()->value_name("KIND"),
                        "problems, solvers, figures or studies (all)")(
      "json", "an array of objects with kind, name and summary");
  program_options::positional_options_description positional;
  positional.add("kind", 1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;

  const std::string kind = given(*arguments, "kind").value_or("");
  const std::vector<std::string> kinds = {"problems", "solvers", "figures", "studies"};
  if (!kind.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    throw UsageError(
        fmt::format("list: '{}' is not one of {}{}", kind, fmt::join(kinds, ", "), did_you_mean(kind, kinds)));
  }
  const std::vector<Line> lines = lines_of(kind);
  if (arguments->count("json")) {
    Json array = Json::array();
    for (const Line& line : lines) {
      array.push_back({{"name", line.name}, {"kind", line.kind}, {"summary", line.summary}});
    }
    fmt::print("{}\n", array.dump(2));
    return 0;
  }
  std::size_t width = 0;
  for (const Line& line : lines) width = std::max(width, line.name.size());
  std::string heading;
  for (const Line& line : lines) {
    if (line.kind != heading) {
      fmt::print("{}{}\n", heading.empty() ? "" : "\n", line.kind == "study" ? "studies" : line.kind + "s");
      heading = line.kind;
    }
    fmt::print("  {:<{}}  {}\n", line.name, width, line.summary);
  }
  return 0;
}

}  // namespace

Command list_command() {
  Command command{"list", "list [problems|solvers|figures|studies] [--json]", "Names what there is.", {}};
  command.run = [command](const auto& words) { return list(command, words); };
  return command;
}

}  // namespace optbed
