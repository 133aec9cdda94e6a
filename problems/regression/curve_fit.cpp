#include "problems/regression/curve_fit.hpp"

#include <algorithm>
#include <cmath>

#include "problems/data/built_in_data.hpp"
#include "problems/data/csv.hpp"
#include "problems/data/text_file.hpp"
#include "problems/decompositions.hpp"
#include "problems/nearest_name.hpp"
#include "problems/regression/expression.hpp"

namespace optbed {
namespace {

const char* const owner = "curve_fit";

// What is fitted where there is no file.
const char* const example = "adsorption.csv";
const std::vector<double> start_of_example = {500, 1e-4};

std::vector<std::string> split_at_semicolons(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(';', from), text.size());
    parts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

// The columns by the names that a model has for them.
std::vector<std::string> column_names(const CsvReader& csv) {
  if (!csv.header().empty()) return csv.header();
  std::vector<std::string> names;
  names.reserve(csv.column_count());
  for (std::size_t j = 0; j < csv.column_count(); ++j) names.push_back(fmt::format("c{}", j + 1));
  return names;
}

// The column that an option of this name asks for; without it, the one that is called as the option.
std::optional<std::size_t> column_for(const CsvReader& csv, const std::string& option,
                                      const std::string& asked) {
  const auto found = csv.find_column(asked.empty() ? option : asked);
  if (found || asked.empty()) return found;
  throw_broken_rule(owner, fmt::format("{} = '{}' is not a column of the data{}; they are {}", option, asked,
                                       did_you_mean(asked, csv.header()), fmt::join(column_names(csv), ", ")));
}

// Where the options and the header leave it open: y the last column that is not x, x the first that is not y.
// In a file of one column both are that one.
struct Columns {
  std::size_t x;
  std::size_t y;
};
Columns columns_of(const CsvReader& csv, const CurveFitOptions& options) {
  const std::size_t last = csv.column_count() - 1;
  const auto x = column_for(csv, "x", options.x);
  const auto y = column_for(csv, "y", options.y);
  const std::size_t response = y ? *y : x == last && last > 0 ? last - 1 : last;
  return {x ? *x : response == 0 && last > 0 ? 1 : 0, response};
}

// What is typed may be a mistaken name, where it is no more than one. The sentence comes before the picture
// that an error of an expression ends with.
std::string with_suggestion(std::string message, const std::string& model) {
  if (!is_name(model)) return message;
  std::vector<std::string> names;
  names.reserve(named_curves().size());
  for (const NamedCurve& curve : named_curves()) names.push_back(curve.name);
  return message.insert(std::min(message.find('\n'), message.size()), did_you_mean(model, names));
}

Expression model_of(const CurveFitOptions& options, const std::vector<std::string>& columns) {
  const auto& named = named_curves();
  const auto found =
      std::find_if(named.begin(), named.end(), [&](const auto& c) { return c.name == options.model; });
  std::optional<std::vector<std::string>> parameters;
  if (!options.parameters.empty()) parameters = split_at_semicolons(options.parameters);
  const bool is_named = found != named.end();
  try {
    // A curve's parameters are its own, whatever the columns are called.
    return is_named ? parse_expression(found->formula, {"x"}, parameters)
                    : parse_expression(options.model, columns, parameters);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("{}: model: {}", owner,
                                 is_named ? error.what() : with_suggestion(error.what(), options.model)));
  }
}

}  // namespace

const std::vector<NamedCurve>& named_curves() {
  static const std::vector<NamedCurve> curves = {
      {"line", "b1+b2*x"},
      {"parabola", "b1+b2*x+b3*x^2"},
      {"power", "b1*x^b2"},
      {"exponential", "b1*exp(-b2*x)"},
      {"two_exponentials", "b1+b2*exp(-b4*x)+b3*exp(-b5*x)"},
      {"saturation", "b1*(1-exp(-b2*x))"},
      {"michaelis_menten", "b1*x/(b2+x)"},
      {"logistic", "b1/(1+exp(b2-b3*x))"},
      {"richards", "b1/(1+exp(b2-b3*x))^(1/b4)"},
      {"gaussian", "b1*exp(-((x-b2)/b3)^2/2)"},
      {"lorentzian", "b1/(1+((x-b2)/b3)^2)"},
      {"vapour_pressure", "b1*exp(b2/(x+b3))"},
      {"rational", "(b1+b2*x+b3*x^2)/(1+b4*x+b5*x^2)"},
  };
  return curves;
}

struct CurveFit::Task {
  Expression model;
  Observations data;
  Vector start;
  std::string source;  // of the data
};

CurveFit::Task CurveFit::task_of(const Options& options) {
  const bool is_example = options.data.empty();
  const std::string text = is_example ? std::string(built_in_data(example)) : read_text_file(options.data);
  CsvReader csv(is_example ? example : options.data, text);
  const std::vector<std::string> columns = column_names(csv);
  const auto [x, y] = columns_of(csv, options);

  std::vector<std::string> variables = {"x"};
  for (const std::string& column : columns) {
    if (!column.empty() && column != "x") variables.push_back(column);
  }
  Expression model = model_of(options, variables);

  std::vector<std::size_t> predictors;
  for (const std::string& name : model.variables) {
    const auto column = std::find(columns.begin(), columns.end(), name);
    predictors.push_back(name == "x" ? x : static_cast<std::size_t>(column - columns.begin()));
    if (name == "x" && x == y) {
      throw_broken_rule(
          owner, fmt::format("x and y are both the column '{}'; name another one with 'x' or 'y'", columns[x]));
    }
  }
  std::vector<double> inputs, responses;
  while (csv.next()) {
    for (const std::size_t j : predictors) inputs.push_back(csv.number(j));
    responses.push_back(csv.number(y));
  }
  const auto m = static_cast<Index>(responses.size());
  const auto p = static_cast<Index>(predictors.size());
  const std::size_t n = model.parameters.size();
  if (responses.size() < n) {
    throw_broken_rule(owner, fmt::format("rows of data ({}) are fewer than parameters ({}: {})", m, n,
                                         fmt::join(model.parameters, ", ")));
  }

  const std::vector<double> start = !options.start.empty() ? options.start
                                    : is_example           ? start_of_example
                                                           : std::vector<double>(n, 1);
  if (start.size() != n) {
    throw_broken_rule(owner, fmt::format("start has {} numbers, and the model has {} parameters: {}",
                                         start.size(), n, fmt::join(model.parameters, ", ")));
  }
  return {std::move(model),
          {Eigen::Map<const Matrix>(inputs.data(), p, m), Eigen::Map<const Vector>(responses.data(), m)},
          Eigen::Map<const Vector>(start.data(), static_cast<Index>(n)),
          is_example ? example : options.data};
}

CurveFit::CurveFit(const Options& options) : CurveFit(task_of(options)) {}

CurveFit::CurveFit(Task task)
    : CurveRegression(task.model.model, std::move(task.data), {.start = std::move(task.start)}) {
  facts_.bounded_below = {true, "a sum of squares"};
  if (task.model.has_kinks) {
    facts_.function_class = {FunctionClass::nonsmooth, "the model has an absolute value of its parameters"};
  } else if (!task.model.is_linear) {
    facts_.function_class = {FunctionClass::locally_smooth, "smooth where the model is; it is not linear"};
  } else {
    const Vector zero = Vector::Zero(dimension());
    Vector r(residual_count());
    Matrix J(residual_count(), dimension());
    residuals(zero, r);
    jacobian(zero, J);
    for (Index i = 0; i < r.size(); ++i) {
      if (std::isfinite(r[i]) && J.row(i).allFinite()) continue;
      throw_broken_rule(owner, fmt::format("the model is not finite at row {} of the data in {}, whatever its "
                                           "parameters; leave the row out, or choose another model",
                                           i + 1, task.source));
    }
    state_curvature_of_linear_model();
    if (!facts_.strong_convexity) return;
    const Vector minimiser = -least_squares_solution(J, r);
    facts_.minimum = {value(minimiser), "computed: QR factorisation of J"};
    facts_.minimisers.push_back({minimiser, "computed: QR factorisation of J"});
  }
}

OptionTable<CurveFitOptions> CurveFit::option_table() {
  std::string names;
  for (const NamedCurve& curve : named_curves()) names += curve.name + " | ";
  return OptionTable<Options>()
      .text("data", &Options::data, "a CSV file",
            "one observation a row, with or without a header; without a file, an example of 14 rows")
      .text("model", &Options::model, names + "an expression",
            "of x and other columns, and of b1, b2, … or the names in 'parameters'; with commas inside it "
            "stands in double quotes or parentheses")
      .text("x", &Options::x, "a column by name or number",
            "what x stands for; else the column x, else the first that is not y")
      .text("y", &Options::y, "a column by name or number",
            "the response; else the column y, else the last that is not x")
      .text("parameters", &Options::parameters, "names separated by ;", "of the parameters, in their order")
      .reals("start", &Options::start, any_real(), "of the parameters, in their order; else 1 for each")
      .rule([](const Options& options, const std::set<std::string>& given) -> std::string {
        if (!options.data.empty() && !given.count("model"))
          return "'data' needs 'model', a name or an expression";
        if (!options.data.empty()) return {};
        // The example has a start, which may be another one.
        const auto first = std::ranges::find_if(given, [](const auto& option) { return option != "start"; });
        return first == given.end() ? "" : fmt::format("'{}' needs 'data', a CSV file", *first);
      });
}

ProblemEntry curve_fit_entry() {
  std::string formulas;
  for (const NamedCurve& curve : named_curves()) {
    formulas += fmt::format("{}{} = {}", formulas.empty() ? "" : "; ", curve.name, curve.formula);
  }
  return registry_entry<Problem, CurveFit>(
      "curve_fit", "f = sum over the rows of a CSV file of (model - y)^2, with a named or a typed model",
      {{"models", formulas},
       {"functions",
        "+ - * / ^ ( ) pi exp expm1 log log1p log10 sqrt cbrt sin cos tan asin acos atan sinh cosh tanh erf "
        "abs pow"},
       {"start", "the option; else 1 for each parameter; (500, 1e-4) for the example"},
       {"facts", "where the model is linear in its parameters: mu, L and the minimiser"},
       {"source",
        "nonlinear least squares, e.g. Nocedal & Wright 2006, chapter 10; the example: NIST StRD, Misra1a"}});
}

}  // namespace optbed
