#include "problems/classic/more_garbow_hillstrom/entries.hpp"

#include "problems/classic/start_scale.hpp"

namespace optbed::more_garbow_hillstrom {
namespace {

Interval interval(long fewest, long most) {
  const auto lower = static_cast<double>(fewest);
  return most == 0 ? at_least(lower) : between(lower, static_cast<double>(most));
}

long standard_residuals(const ResidualCount& residuals, long n) {
  return residuals.constant + residuals.per_variable * n;
}

std::string standard_residuals_in_words(const ResidualCount& residuals) {
  if (residuals.per_variable == 0) return std::to_string(residuals.constant);
  return residuals.per_variable == 1 ? "n" : fmt::format("{}n", residuals.per_variable);
}

}  // namespace

OptionTable<Options> option_table(const Definition& definition) {
  OptionTable<Options> table;
  if (const auto& n = definition.variables) {
    table.integer(
        "n", &Options::n, interval(n->fewest, n->most), std::to_string(n->standard),
        n->multiple_of == 1 ? "variables" : fmt::format("variables, a multiple of {}", n->multiple_of));
    table.rule([n = *n](const Options& options, const std::set<std::string>&) -> std::string {
      const long given = options.n.value_or(n.standard);
      const long below = given - given % n.multiple_of;
      if (given == below) return {};
      const std::string smaller = below < n.fewest ? "" : fmt::format("n={} or ", below);
      return fmt::format("n = {} is not a multiple of {}; use {}n={}", given, n.multiple_of, smaller,
                         below + n.multiple_of);
    });
  }
  if (const auto& m = definition.residuals) {
    table.integer("m", &Options::m, interval(m->fewest, m->most), standard_residuals_in_words(*m),
                  definition.variables ? "residuals, m >= n" : "residuals");
  }
  if (definition.variables && definition.residuals) {
    table.rule([definition](const Options& options, const std::set<std::string>&) -> std::string {
      const Size size = size_of(definition, options);
      if (size.m >= size.n) return {};
      return fmt::format("m = {} is less than n = {}; use m={} or more", size.m, size.n, size.n);
    });
  }
  table.choice("start_scale", &Options::start_scale, start_scales(), start_scale_help);
  return table;
}

Size size_of(const Definition& definition, const Options& options) {
  Size size{0, 0};
  if (definition.variables) size.n = options.n.value_or(definition.variables->standard);
  if (definition.residuals) size.m = options.m.value_or(standard_residuals(*definition.residuals, size.n));
  return size;
}

std::vector<std::pair<std::string, std::string>> notes(const Definition& definition) {
  return {{"start", definition.start},
          {"facts", definition.facts},
          {"form", "a sum of squares, without a half; " + definition.derivatives},
          {"source", source(definition.number, "")}};
}

Facts sum_of_squares_facts() {
  Facts facts;
  facts.bounded_below = {true, "a sum of squares"};
  facts.function_class = {FunctionClass::locally_smooth, "no Lipschitz constant of the gradient is known"};
  return facts;
}

std::string source(int number, const std::string& why) {
  return fmt::format("Moré, Garbow & Hillstrom 1981, no. {}{}{}", number, why.empty() ? "" : "; ", why);
}

Facts minimum_at(double minimum, const std::vector<Vector>& minimisers, const std::string& source) {
  Facts facts = sum_of_squares_facts();
  facts.minimum = {minimum, source};
  for (const Vector& x : minimisers) facts.minimisers.push_back({x, source});
  return facts;
}

Facts zero_at(const std::vector<Vector>& minimisers, int number) {
  return minimum_at(0, minimisers, source(number, "every residual vanishes"));
}

}  // namespace optbed::more_garbow_hillstrom
