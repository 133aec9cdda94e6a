#include "experiments/figures/find_figure_spec.hpp"

#include <fmt/format.h>

#include "experiments/built_in_specs.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"

namespace optbed {

FigureSpec find_figure_spec(const std::string& name_or_path) {
  std::vector<std::string> names;
  for (const BuiltInSpec& spec : built_in_figures()) {
    if (spec.name == name_or_path) return parse_figure_spec(spec.text, spec.name + ".toml");
    names.push_back(spec.name);
  }
  if (name_or_path.ends_with(".toml")) return read_figure_spec(name_or_path);
  throw UsageError(
      fmt::format("there is no figure '{}'{}\n  'optbed list figures' lists them; a spec of your own "
                  "ends in .toml",
                  name_or_path, did_you_mean(name_or_path, names)));
}

}  // namespace optbed
