// One description per option (name, default, legal domain, help) feeds defaults, validation, `describe` and the
// documents.
//
//   struct GradientDescentOptions { double learning_rate = 1e-3; };
//   OptionTable<GradientDescentOptions> table;
//   table.real("learning_rate", &GradientDescentOptions::learning_rate, positive(), "step length eta");
//   GradientDescentOptions options = table.parse("gradient_descent", {{"learning_rate", "0.1"}});
//
// The default of an option is the member's initialiser, so that a C++ user and the command line share it.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "problems/specification.hpp"

namespace optbed {

// A real interval; an infinite end is always open.
struct Interval {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
  bool lower_open = true;
  bool upper_open = true;

  bool contains(double value) const;
  std::string text() const;  // "[0, 1)"
};

inline Interval any_real() { return {}; }
inline Interval positive() { return {.lower = 0}; }
inline Interval at_least(double lower) { return {.lower = lower, .lower_open = false}; }
inline Interval greater_than(double lower) { return {.lower = lower}; }
inline Interval between(double lower, double upper) {  // [lower, upper]
  return {.lower = lower, .upper = upper, .lower_open = false, .upper_open = false};
}
inline Interval right_open(double lower, double upper) {  // [lower, upper)
  return {.lower = lower, .upper = upper, .lower_open = false, .upper_open = true};
}
inline Interval open(double lower, double upper) { return {.lower = lower, .upper = upper}; }

// What a person sees of an option.
struct OptionDescription {
  std::string name;
  std::string type;           // real, integer, boolean, choice, list of reals, text
  std::string default_value;  // as it would be typed; empty: none
  std::string domain;         // an interval, or the choices separated by " | "
  std::string help;
};

// Each of these returns the value that `text` stands for, or throws UsageError naming owner, option, value and
// domain.
double parse_real(const std::string& owner, const std::string& option, const std::string& text,
                  Interval domain);
long parse_integer(const std::string& owner, const std::string& option, const std::string& text,
                   Interval domain);
bool parse_flag(const std::string& owner, const std::string& option, const std::string& text);
std::vector<double> parse_reals(const std::string& owner, const std::string& option, const std::string& text,
                                Interval domain, char separator = ';');
std::size_t parse_choice(const std::string& owner, const std::string& option, const std::string& text,
                         const std::vector<std::string>& choices);

// The shortest text that reads back as the same double.
std::string format_real(double value);
std::string format_reals(const std::vector<double>& values, char separator = ';');

[[noreturn]] void throw_unknown_option(const std::string& owner, const std::string& option,
                                       const std::vector<OptionDescription>& known);

[[noreturn]] void throw_broken_rule(const std::string& owner, const std::string& what);

template <class T>
class OptionTable {
 public:
  OptionTable& real(const std::string& name, double T::*member, Interval domain, const std::string& help) {
    return add({name, "real", format_real(T{}.*member), domain.text(), help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 options.*member = parse_real(owner, name, text, domain);
               });
  }
  // An option without a default of its own; `otherwise` says in words what holds when it is not given.
  OptionTable& real(const std::string& name, std::optional<double> T::*member, Interval domain,
                    const std::string& otherwise, const std::string& help) {
    return add({name, "real", otherwise, domain.text(), help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 options.*member = parse_real(owner, name, text, domain);
               });
  }
  OptionTable& integer(const std::string& name, long T::*member, Interval domain, const std::string& help) {
    return add({name, "integer", std::to_string(T{}.*member), domain.text(), help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 options.*member = parse_integer(owner, name, text, domain);
               });
  }
  OptionTable& integer(const std::string& name, std::optional<long> T::*member, Interval domain,
                       const std::string& otherwise, const std::string& help) {
    return add({name, "integer", otherwise, domain.text(), help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 options.*member = parse_integer(owner, name, text, domain);
               });
  }
  OptionTable& flag(const std::string& name, bool T::*member, const std::string& help) {
    return add({name, "boolean", T{}.*member ? "true" : "false", "true | false", help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 options.*member = parse_flag(owner, name, text);
               });
  }
  OptionTable& reals(const std::string& name, std::vector<double> T::*member, Interval domain,
                     const std::string& help) {
    return add({name, "list of reals", format_reals(T{}.*member), "each in " + domain.text(), help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 options.*member = parse_reals(owner, name, text, domain);
               });
  }
  OptionTable& text(const std::string& name, std::string T::*member, const std::string& domain,
                    const std::string& help) {
    return add({name, "text", T{}.*member, domain, help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 if (text.empty()) throw_broken_rule(owner, name + " is empty; it takes " + domain);
                 options.*member = text;
               });
  }
  template <class E>
  OptionTable& choice(const std::string& name, E T::*member,
                      const std::vector<std::pair<std::string, E>>& choices, const std::string& help) {
    std::vector<std::string> names;
    std::string domain;
    std::string default_value;
    for (const auto& [choice_name, value] : choices) {
      domain += (names.empty() ? "" : " | ") + choice_name;
      names.push_back(choice_name);
      if (value == T{}.*member) default_value = choice_name;
    }
    return add({name, "choice", default_value, domain, help},
               [=](T& options, const std::string& owner, const std::string& text) {
                 options.*member = choices[parse_choice(owner, name, text, names)].second;
               });
  }

  // A rule over several options: returns what is wrong (naming every option concerned), or an empty text.
  // `given` holds the names that the person wrote.
  using Rule = std::function<std::string(const T& options, const std::set<std::string>& given)>;
  OptionTable& rule(Rule rule) {
    rules_.push_back(std::move(rule));
    return *this;
  }

  // Throws UsageError on an unknown option, a value outside of its domain, or a broken rule.
  T parse(const std::string& owner, const KeyValues& values) const;

  const std::vector<OptionDescription>& descriptions() const { return descriptions_; }

 private:
  using Setter = std::function<void(T&, const std::string& owner, const std::string& text)>;

  OptionTable& add(OptionDescription description, Setter setter) {
    descriptions_.push_back(std::move(description));
    setters_.push_back(std::move(setter));
    return *this;
  }

  std::vector<OptionDescription> descriptions_;
  std::vector<Setter> setters_;
  std::vector<Rule> rules_;
};

template <class T>
T OptionTable<T>::parse(const std::string& owner, const KeyValues& values) const {
  T options;
  std::set<std::string> given;
  for (const auto& [name, text] : values) {
    std::size_t i = 0;
    while (i < descriptions_.size() && descriptions_[i].name != name) ++i;
    if (i == descriptions_.size()) throw_unknown_option(owner, name, descriptions_);
    setters_[i](options, owner, text);
    given.insert(name);
  }
  for (const Rule& rule : rules_) {
    const std::string wrong = rule(options, given);
    if (!wrong.empty()) throw_broken_rule(owner, wrong);
  }
  return options;
}

}  // namespace optbed
