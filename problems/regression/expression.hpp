// A formula that a person types, as a model that can be differentiated: "b1*(1-exp(-b2*x))".
//
// Numbers, names, + - * / ^ (or **, to the right: 2^3^2 = 2^9, -x^2 = -(x^2)), parentheses, the constant pi,
// and the functions exp expm1 log log1p log10 sqrt cbrt sin cos tan asin acos atan sinh cosh tanh erf abs, and
// pow(a, b).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "problems/regression/curve_model.hpp"

namespace optbed {

struct Expression {
  std::vector<std::string> parameters;  // b_1, …, b_n
  std::vector<std::string> variables;   // those of the known ones that it has: the predictors, in this order
  SharedCurveModel model;
  bool is_linear = false;  // in the parameters, but for a constant term
  bool has_kinks = false;  // abs of what depends on the parameters
};

// A letter or an underscore, and more of these or digits.
bool is_name(std::string_view text);

// `variables` are the names that stand for predictors. `parameters` are the other names, in their order;
// without, the parameters are called b1, b2, …. Throws UsageError naming a parameter that is no name, is there
// twice or is a predictor too; and with the column (from 1) at which the text cannot be understood, or a name
// is neither.
Expression parse_expression(std::string_view text, const std::vector<std::string>& variables,
                            const std::optional<std::vector<std::string>>& parameters = std::nullopt);

}  // namespace optbed
