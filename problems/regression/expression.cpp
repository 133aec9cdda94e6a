#include "problems/regression/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/spirit/home/x3.hpp>
#include <charconv>
#include <functional>
#include <numbers>
#include <utility>

#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "problems/regression/expression_program.hpp"

namespace optbed {
namespace {

namespace x3 = boost::spirit::x3;

using Position = std::string_view::const_iterator;
using Range = boost::iterator_range<Position>;

const std::vector<std::pair<std::string, Operation>> functions = {
    {"exp", Operation::exp},     {"expm1", Operation::expm1}, {"log", Operation::log},
    {"log1p", Operation::log1p}, {"log10", Operation::log10}, {"sqrt", Operation::sqrt},
    {"cbrt", Operation::cbrt},   {"sin", Operation::sin},     {"cos", Operation::cos},
    {"tan", Operation::tan},     {"asin", Operation::asin},   {"acos", Operation::acos},
    {"atan", Operation::atan},   {"sinh", Operation::sinh},   {"cosh", Operation::cosh},
    {"tanh", Operation::tanh},   {"erf", Operation::erf},     {"abs", Operation::abs},
    {"pow", Operation::power}};

// How a value depends on the parameters: not at all, linearly but for a constant term, or otherwise.
enum class Dependence { none, linear, nonlinear };

// The number k of a parameter called bk; 0 for another name.
std::size_t number_of_parameter(std::string_view name) {
  std::size_t k = 0;
  if (!name.starts_with('b') || name.size() < 2 || name[1] == '0') return 0;
  const auto [stopped_at, error] = std::from_chars(name.data() + 1, name.data() + name.size(), k);
  constexpr std::size_t most = 1000;
  return error == std::errc() && stopped_at == name.data() + name.size() && k <= most ? k : 0;
}

template <class Names>
std::size_t index_in(const Names& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

// Takes what the parser finds, in postfix order, and writes the program.
class Compiler {
 public:
  Compiler(std::string_view text, const std::vector<std::string>& variables,
           const std::optional<std::vector<std::string>>& parameters)
      : text_(text), known_variables_(variables), numbered_(!parameters) {
    if (parameters) expression_.parameters = *parameters;
    used_.resize(expression_.parameters.size());
  }

  void number(Range digits) {
    double value = 0;
    const auto [stopped_at, error] = std::from_chars(&*digits.begin(), &*digits.begin() + digits.size(), value);
    if (error != std::errc()) fail(digits.begin(), "the number is beyond the range of double");
    push({.operation = Operation::push_constant, .constant = value}, Dependence::none);
  }

  void name(Range range) {
    const std::string name(range.begin(), range.end());
    if (index_in(expression_.parameters, name) < expression_.parameters.size()) return parameter(name);
    if (index_in(known_variables_, name) < known_variables_.size()) return variable(name);
    if (name == "pi") {
      return push({.operation = Operation::push_constant, .constant = std::numbers::pi}, Dependence::none);
    }
    if (numbered_ && number_of_parameter(name) > 0) return numbered_parameter(number_of_parameter(name));
    fail(range.begin(),
         fmt::format("unknown name '{}'{}; the columns are {}, and {}", name, did_you_mean(name, known_names()),
                     fmt::join(known_variables_, ", "),
                     numbered_ ? "parameters that are not called b1, b2, … are listed in 'parameters'"
                               : fmt::format("the parameters {}", fmt::join(expression_.parameters, ", "))));
  }

  void begin_call(Range range) {
    const std::string name(range.begin(), range.end());
    const auto found =
        std::find_if(functions.begin(), functions.end(), [&](const auto& f) { return f.first == name; });
    if (found == functions.end()) {
      std::vector<std::string> names;
      names.reserve(functions.size());
      for (const auto& function : functions) names.push_back(function.first);
      fail(range.begin(), fmt::format("there is no function '{}'{}; there are {}", name,
                                      did_you_mean(name, names), fmt::join(names, ", ")));
    }
    calls_.push_back({found->second, range.begin(), 0});
  }
  void argument() { ++calls_.back().arguments; }
  void end_call() {
    const Call call = calls_.back();
    calls_.pop_back();
    const int expected = call.operation == Operation::power ? 2 : 1;
    if (call.arguments != expected) {
      fail(call.position, fmt::format("the function takes {} argument{}, not {}", expected,
                                      expected == 1 ? "" : "s", call.arguments));
    }
    if (expected == 2) return binary(call.operation);
    unary(call.operation);
  }

  void unary(Operation operation) {
    const Dependence operand = pop();
    if (operation == Operation::abs && operand != Dependence::none) expression_.has_kinks = true;
    const Dependence result =
        operation == Operation::negate || operand == Dependence::none ? operand : Dependence::nonlinear;
    push({.operation = operation, .right_varies = operand != Dependence::none}, result);
  }

  void binary(Operation operation) {
    const Dependence right = pop();
    const Dependence left = pop();
    Dependence result = std::max(left, right);
    const bool stays_linear = operation == Operation::add || operation == Operation::subtract ||
                              std::min(left, right) == Dependence::none;
    if (result == Dependence::linear) {
      const bool divides_by_it = operation == Operation::divide && right != Dependence::none;
      if (!stays_linear || divides_by_it || operation == Operation::power) result = Dependence::nonlinear;
    }
    push({.operation = operation,
          .left_varies = left != Dependence::none,
          .right_varies = right != Dependence::none},
         result);
  }

  // Every recursion of the grammar passes here.
  void enter(Position position) {
    constexpr int deepest = 200;
    if (++depth_ > deepest) fail(position, fmt::format("nested deeper than {} levels", deepest));
  }
  void leave() { --depth_; }

  [[noreturn]] void fail(Position position, const std::string& what) const {
    while (position != text_.end() && *position == ' ') ++position;
    const auto column = static_cast<std::size_t>(position - text_.begin());
    throw UsageError(
        fmt::format("the expression, column {}: {}\n  {}\n  {:>{}}", column + 1, what, text_, "^", column + 1));
  }

  Expression finish() {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i]) continue;
      fail(text_.end(), fmt::format("the parameter {} does not occur", expression_.parameters[i]));
    }
    if (used_.empty())
      fail(text_.begin(), "there is no parameter to fit; they are called b1, b2, …, or listed in 'parameters'");
    expression_.is_linear = dependence_.back() == Dependence::linear;
    expression_.model =
        curve_model([program = std::move(program_)]<class X>(std::span<const X> b, const double* x) -> X {
          return ExpressionMachine<X>(b, x).run(program);
        });
    return std::move(expression_);
  }

 private:
  struct Call {
    Operation operation;
    Position position;
    int arguments;
  };

  void push(const Instruction& instruction, Dependence dependence) {
    program_.push_back(instruction);
    dependence_.push_back(dependence);
  }
  Dependence pop() {
    const Dependence top = dependence_.back();
    dependence_.pop_back();
    return top;
  }

  void parameter(const std::string& name) {
    const std::size_t i = index_in(expression_.parameters, name);
    used_[i] = true;
    push({.operation = Operation::push_parameter, .index = i}, Dependence::linear);
  }

  // Those of lower numbers belong to the model too.
  void numbered_parameter(std::size_t k) {
    while (expression_.parameters.size() < k) {
      expression_.parameters.push_back(fmt::format("b{}", expression_.parameters.size() + 1));
    }
    used_.resize(expression_.parameters.size());
    parameter(expression_.parameters[k - 1]);
  }

  void variable(const std::string& name) {
    const std::size_t i = index_in(expression_.variables, name);
    if (i == expression_.variables.size()) expression_.variables.push_back(name);
    push({.operation = Operation::push_variable, .index = i}, Dependence::none);
  }

  std::vector<std::string> known_names() const {
    std::vector<std::string> names = known_variables_;
    names.insert(names.end(), expression_.parameters.begin(), expression_.parameters.end());
    for (const auto& function : functions) names.push_back(function.first);
    return names;
  }

  std::string_view text_;
  std::vector<std::string> known_variables_;
  bool numbered_;
  Expression expression_;
  std::vector<bool> used_;  // of the parameters
  std::vector<Instruction> program_;
  std::vector<Dependence> dependence_;  // of what would lie on the stacks
  std::vector<Call> calls_;
  int depth_ = 0;
};

namespace grammar {

struct CompilerTag;

Compiler& compiler(auto& context) { return x3::get<CompilerTag>(context).get(); }

// What a rule's end means to the compiler.
template <auto operation>
const auto unary = [](auto& context) { compiler(context).unary(operation); };
template <auto operation>
const auto binary = [](auto& context) { compiler(context).binary(operation); };
const auto number_found = [](auto& context) { compiler(context).number(x3::_attr(context)); };
const auto name_found = [](auto& context) { compiler(context).name(x3::_attr(context)); };
const auto call_begins = [](auto& context) { compiler(context).begin_call(x3::_attr(context)); };
const auto argument_ends = [](auto& context) { compiler(context).argument(); };
const auto call_ends = [](auto& context) { compiler(context).end_call(); };
const auto enters = [](auto& context) { compiler(context).enter(x3::_where(context).begin()); };
const auto leaves = [](auto& context) { compiler(context).leave(); };

const x3::rule<class SumId> sum = "an expression";
const x3::rule<class ProductId> product = "a product";
const x3::rule<class FactorId> factor = "a number, a name or '('";
const x3::rule<class PowerId> power = "a power";
const x3::rule<class PrimaryId> primary = "a number, a name or '('";

const auto digits = +x3::ascii::digit;
const auto number = x3::raw[x3::lexeme[((digits >> -('.' >> *x3::ascii::digit)) | ('.' >> digits)) >>
                                       -(x3::char_("eE") >> -x3::char_("+-") >> digits)]];
const auto name =
    x3::raw[x3::lexeme[(x3::ascii::alpha | x3::char_('_')) >> *(x3::ascii::alnum | x3::char_('_'))]];
const auto argument = sum[argument_ends];
const auto times = x3::lit('*') >> !x3::lit('*');

const auto sum_def = product >>
                     *(('+' > product)[binary<Operation::add>] | ('-' > product)[binary<Operation::subtract>]);
const auto product_def = factor >> *((times > factor)[binary<Operation::multiply>] |
                                     ('/' > factor)[binary<Operation::divide>]);
const auto factor_def = x3::eps[enters] >>
                        (('-' > factor)[unary<Operation::negate>] | ('+' > factor) | power) >> x3::eps[leaves];
const auto power_def = primary >> -(((x3::lit("**") | '^') > factor)[binary<Operation::power>]);
const auto primary_def =
    ((name >> &x3::lit('('))[call_begins] > '(' > argument % ',' > x3::lit(')')[call_ends]) | name[name_found] |
    number[number_found] | ('(' > sum > ')');

BOOST_SPIRIT_DEFINE(sum, product, factor, power, primary)

}  // namespace grammar

void check_parameters(const std::vector<std::string>& parameters, const std::vector<std::string>& variables) {
  for (auto parameter = parameters.begin(); parameter != parameters.end(); ++parameter) {
    if (!is_name(*parameter)) {
      throw UsageError(fmt::format(
          "the parameter '{}' is not a name: letters, digits and underscores, no digit first", *parameter));
    }
    if (std::find(parameters.begin(), parameter, *parameter) != parameter) {
      throw UsageError(fmt::format("the parameter '{}' is there twice", *parameter));
    }
    if (index_in(variables, *parameter) < variables.size()) {
      throw UsageError(
          fmt::format("the parameter '{}' is called as a column is; choose another name", *parameter));
    }
  }
}

}  // namespace

bool is_name(std::string_view text) {
  Position position = text.begin();
  return x3::parse(position, text.end(), grammar::name) && position == text.end();
}

Expression parse_expression(std::string_view text, const std::vector<std::string>& variables,
                            const std::optional<std::vector<std::string>>& parameters) {
  if (parameters) check_parameters(*parameters, variables);
  Compiler compiler(text, variables, parameters);
  const auto whole = x3::with<grammar::CompilerTag>(std::ref(compiler))[x3::eps > grammar::sum];
  Position position = text.begin();
  try {
    x3::phrase_parse(position, text.end(), whole, x3::ascii::space);
  } catch (const x3::expectation_failure<Position>& failure) {
    compiler.fail(failure.where(), fmt::format("expected {}", failure.which()));
  }
  if (position != text.end()) compiler.fail(position, "expected an operator or the end");
  return compiler.finish();
}

}  // namespace optbed
