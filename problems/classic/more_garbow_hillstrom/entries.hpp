// How a set of residuals becomes an entry of the registry.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "problems/differentiation/differentiated_residuals.hpp"
#include "problems/registry.hpp"

namespace optbed::more_garbow_hillstrom {

// A number n of variables that the paper leaves free.
struct Variables {
  long standard;
  long fewest = 1;
  long most = 0;  // 0: any number
  long multiple_of = 1;
};

// A number m of residuals that the paper leaves free.
struct ResidualCount {
  long constant;  // the standard one is constant + per_variable n
  long per_variable = 0;
  long fewest = 1;
  long most = 0;
};

// Without `variables` the dimension is that of the start.
struct Definition {
  std::string name;
  int number;
  std::string summary;
  std::string start;  // in words
  std::string facts;  // in words
  std::optional<Variables> variables = {};
  std::optional<ResidualCount> residuals = {};
  std::string derivatives = "derivatives by automatic differentiation";  // in words
};

// Of a problem that is an ElementSumProblem besides.
inline constexpr const char* derivatives_by_hand =
    "value, gradient, Hessian and its products in one pass over x; the Jacobian by automatic differentiation";

// n and m are 0 where they are fixed.
struct Size {
  Index n;
  Index m;
};

struct Options {
  std::optional<long> n;
  std::optional<long> m;
  long start_scale = 1;
};

// Of n, m and start_scale those that the problem has.
OptionTable<Options> option_table(const Definition& definition);
Size size_of(const Definition& definition, const Options& options);
std::vector<std::pair<std::string, std::string>> notes(const Definition& definition);

// f = sum of r_i^2 is bounded below.
Facts sum_of_squares_facts();

std::string source(int number, const std::string& why);

// minimum_at takes the value to the digits that it has in double.
Facts minimum_at(double minimum, const std::vector<Vector>& minimisers, const std::string& source);

// Where r vanishes.
Facts zero_at(const std::vector<Vector>& minimisers, int number);

// What a value or a point that the paper does not print, or to fewer digits, comes from.
inline constexpr const char* polished = "Newton's method in 50 digits";

// P is what is made of R and the settings.
template <class R, class P = DifferentiatedResiduals<R>>
ProblemEntry entry(const Definition& definition, std::function<FunctionSettings(Size)> settings_of) {
  const auto table = option_table(definition);
  return {definition.name, definition.summary, notes(definition), table.descriptions(),
          [definition, table, settings_of = std::move(settings_of)](const KeyValues& values) {
            const Options options = table.parse(definition.name, values);
            const Size size = size_of(definition, options);
            FunctionSettings settings = settings_of(size);
            settings.start *= static_cast<double>(options.start_scale);
            R residuals{};
            if constexpr (requires { residuals.m; }) residuals.m = size.m;
            return std::make_unique<P>(residuals, std::move(settings));
          }};
}

// A problem whose size is fixed.
template <class R>
ProblemEntry entry(const Definition& definition, const FunctionSettings& settings) {
  return entry<R>(definition, [settings](Size /*size*/) { return settings; });
}

void add_two_to_four_variables(ProblemRegistry& registry);
void add_five_to_twelve_variables(ProblemRegistry& registry);
void add_any_number_of_variables(ProblemRegistry& registry);

}  // namespace optbed::more_garbow_hillstrom
