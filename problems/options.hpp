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

// What an OptionTable is made of whatever its options are: this is compiled once.
class AnyOptionTable {
 public:
  const std::vector<OptionDescription>& descriptions() const { return descriptions_; }

 protected:
  // The member of some options that an option sets, found from their address.
  template <class Member>
  using Access = std::function<Member&(void* options)>;
  using Set = std::function<void(void* options, const std::string& owner, const std::string& text)>;
  using BrokenRule = std::function<std::string(const void* options, const std::set<std::string>& given)>;

  void add_real(const std::string& name, double otherwise, Interval domain, const std::string& help,
                Access<double> member);
  void add_real(const std::string& name, const std::string& otherwise, Interval domain, const std::string& help,
                Access<std::optional<double>> member);
  void add_integer(const std::string& name, long otherwise, Interval domain, const std::string& help,
                   Access<long> member);
  void add_integer(const std::string& name, const std::string& otherwise, Interval domain,
                   const std::string& help, Access<std::optional<long>> member);
  void add_flag(const std::string& name, bool otherwise, const std::string& help, Access<bool> member);
  void add_reals(const std::string& name, const std::vector<double>& otherwise, Interval domain,
                 const std::string& help, Access<std::vector<double>> member);
  void add_text(const std::string& name, const std::string& otherwise, const std::string& domain,
                const std::string& help, Access<std::string> member);
  void add_choice(const std::string& name, std::size_t otherwise, std::vector<std::string> choices,
                  const std::string& help, std::function<void(void* options, std::size_t choice)> set);
  void add_rule(BrokenRule rule) { rules_.push_back(std::move(rule)); }
  // Adds what `other` is made of, whose options are a part of these.
  void add_all(const AnyOptionTable& other, const std::function<void*(void*)>& part_of,
               const std::function<const void*(const void*)>& constant_part_of);

  // Sets what `values` names, in options of the type that the members are of.
  void read(const std::string& owner, const KeyValues& values, void* options) const;

 private:
  void add(OptionDescription description, Set set);

  std::vector<OptionDescription> descriptions_;
  std::vector<Set> setters_;
  std::vector<BrokenRule> rules_;
};

template <class T>
class OptionTable : public AnyOptionTable {
 public:
  OptionTable& real(const std::string& name, double T::*member, Interval domain, const std::string& help) {
    add_real(name, T{}.*member, domain, help, access(member));
    return *this;
  }
  // An option without a default of its own; `otherwise` says in words what holds when it is not given.
  OptionTable& real(const std::string& name, std::optional<double> T::*member, Interval domain,
                    const std::string& otherwise, const std::string& help) {
    add_real(name, otherwise, domain, help, access(member));
    return *this;
  }
  OptionTable& integer(const std::string& name, long T::*member, Interval domain, const std::string& help) {
    add_integer(name, T{}.*member, domain, help, access(member));
    return *this;
  }
  OptionTable& integer(const std::string& name, std::optional<long> T::*member, Interval domain,
                       const std::string& otherwise, const std::string& help) {
    add_integer(name, otherwise, domain, help, access(member));
    return *this;
  }
  OptionTable& flag(const std::string& name, bool T::*member, const std::string& help) {
    add_flag(name, T{}.*member, help, access(member));
    return *this;
  }
  OptionTable& reals(const std::string& name, std::vector<double> T::*member, Interval domain,
                     const std::string& help) {
    add_reals(name, T{}.*member, domain, help, access(member));
    return *this;
  }
  OptionTable& text(const std::string& name, std::string T::*member, const std::string& domain,
                    const std::string& help) {
    add_text(name, T{}.*member, domain, help, access(member));
    return *this;
  }
  template <class E>
  OptionTable& choice(const std::string& name, E T::*member,
                      const std::vector<std::pair<std::string, E>>& choices, const std::string& help) {
    std::vector<std::string> names;
    std::vector<E> values;
    std::size_t otherwise = 0;
    for (const auto& [choice_name, value] : choices) {
      if (value == T{}.*member) otherwise = values.size();
      names.push_back(choice_name);
      values.push_back(value);
    }
    add_choice(name, otherwise, std::move(names), help, [member, values](void* options, std::size_t choice) {
      static_cast<T*>(options)->*member = values[choice];
    });
    return *this;
  }

  // Options that several owners share: those of a member, with a table of their own.
  template <class Part>
  OptionTable& part(Part T::*member, const OptionTable<Part>& table) {
    add_all(
        table, [member](void* options) -> void* { return &(static_cast<T*>(options)->*member); },
        [member](const void* options) -> const void* { return &(static_cast<const T*>(options)->*member); });
    return *this;
  }

  // A rule over several options: returns what is wrong (naming every option concerned), or an empty text.
  // `given` holds the names that the person wrote.
  using Rule = std::string(const T& options, const std::set<std::string>& given);
  OptionTable& rule(Rule* broken) { return add_typed_rule(broken); }
  template <class F>
  requires(!std::convertible_to<F, Rule*>) OptionTable& rule(F broken) {
    return add_typed_rule(std::move(broken));
  }

  // Throws UsageError on an unknown option, a value outside of its domain, or a broken rule.
  T parse(const std::string& owner, const KeyValues& values) const {
    T options;
    read(owner, values, &options);
    return options;
  }

 private:
  template <class F>
  OptionTable& add_typed_rule(F broken) {
    add_rule([broken = std::move(broken)](const void* options, const std::set<std::string>& given) {
      return std::string(broken(*static_cast<const T*>(options), given));
    });
    return *this;
  }

  template <class Member>
  static Access<Member> access(Member T::*member) {
    return [member](void* options) -> Member& { return static_cast<T*>(options)->*member; };
  }
};

}  // namespace optbed
