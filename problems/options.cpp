#include "problems/options.hpp"

#include <fmt/format.h>

#include <cmath>

#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "problems/number_in.hpp"

namespace optbed {
namespace {

[[noreturn]] void throw_outside(const std::string& owner, const std::string& option, const std::string& text,
                                const std::string& expected) {
  throw UsageError(fmt::format("{}: {} = '{}' is not {}", owner, option, text, expected));
}

}  // namespace

bool Interval::contains(double value) const {
  if (std::isnan(value)) return false;
  const bool above = lower_open ? value > lower : value >= lower;
  const bool below = upper_open ? value < upper : value <= upper;
  return above && below;
}

std::string Interval::text() const {
  return fmt::format("{}{}, {}{}", lower_open ? '(' : '[', lower, upper, upper_open ? ')' : ']');
}

double parse_real(const std::string& owner, const std::string& option, const std::string& text,
                  Interval domain) {
  const std::optional<double> value = number_in(text);
  if (!value || !domain.contains(*value)) {
    throw_outside(owner, option, text, "a real number in " + domain.text());
  }
  return *value;
}

long parse_integer(const std::string& owner, const std::string& option, const std::string& text,
                   Interval domain) {
  const std::string expected = "a whole number in " + domain.text();
  if (const auto value = number_in<long>(text)) {
    if (!domain.contains(static_cast<double>(*value))) throw_outside(owner, option, text, expected);
    return *value;
  }
  const std::optional<double> real = number_in(text);  // 1e6 is a whole number too
  const bool whole = real && std::abs(*real) < 9e15 && *real == std::floor(*real);
  if (!whole || !domain.contains(*real)) throw_outside(owner, option, text, expected);
  return static_cast<long>(*real);
}

bool parse_flag(const std::string& owner, const std::string& option, const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  throw_outside(owner, option, text, "true or false");
}

std::vector<double> parse_reals(const std::string& owner, const std::string& option, const std::string& text,
                                Interval domain, char separator) {
  std::vector<double> values;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(separator, from), text.size());
    values.push_back(parse_real(owner, option, text.substr(from, end - from), domain));
    from = end + 1;
  }
  return values;
}

std::size_t parse_choice(const std::string& owner, const std::string& option, const std::string& text,
                         const std::vector<std::string>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i] == text) return i;
  }
  throw UsageError(fmt::format("{}: {} = '{}' is not one of {}{}", owner, option, text,
                               fmt::join(choices, ", "), did_you_mean(text, choices)));
}

std::string format_real(double value) { return fmt::format("{}", value); }

std::string format_reals(const std::vector<double>& values, char separator) {
  return fmt::format("{}", fmt::join(values, std::string(1, separator)));
}

void throw_unknown_option(const std::string& owner, const std::string& option,
                          const std::vector<OptionDescription>& known) {
  std::vector<std::string> names;
  names.reserve(known.size());
  for (const OptionDescription& description : known) names.push_back(description.name);
  throw UsageError(fmt::format("{} has no option '{}'{}\n  its options: {}", owner, option,
                               did_you_mean(option, names),
                               names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
}

void throw_broken_rule(const std::string& owner, const std::string& what) {
  throw UsageError(fmt::format("{}: {}", owner, what));
}

void AnyOptionTable::add_real(const std::string& name, double otherwise, Interval domain,
                              const std::string& help, Access<double> member) {
  add({name, "real", format_real(otherwise), domain.text(), help},
      [=](void* options, const std::string& owner, const std::string& text) {
        member(options) = parse_real(owner, name, text, domain);
      });
}

void AnyOptionTable::add_real(const std::string& name, const std::string& otherwise, Interval domain,
                              const std::string& help, Access<std::optional<double>> member) {
  add({name, "real", otherwise, domain.text(), help},
      [=](void* options, const std::string& owner, const std::string& text) {
        member(options) = parse_real(owner, name, text, domain);
      });
}

void AnyOptionTable::add_integer(const std::string& name, long otherwise, Interval domain,
                                 const std::string& help, Access<long> member) {
  add({name, "integer", std::to_string(otherwise), domain.text(), help},
      [=](void* options, const std::string& owner, const std::string& text) {
        member(options) = parse_integer(owner, name, text, domain);
      });
}

void AnyOptionTable::add_integer(const std::string& name, const std::string& otherwise, Interval domain,
                                 const std::string& help, Access<std::optional<long>> member) {
  add({name, "integer", otherwise, domain.text(), help},
      [=](void* options, const std::string& owner, const std::string& text) {
        member(options) = parse_integer(owner, name, text, domain);
      });
}

void AnyOptionTable::add_flag(const std::string& name, bool otherwise, const std::string& help,
                              Access<bool> member) {
  add({name, "boolean", otherwise ? "true" : "false", "true | false", help},
      [=](void* options, const std::string& owner, const std::string& text) {
        member(options) = parse_flag(owner, name, text);
      });
}

void AnyOptionTable::add_reals(const std::string& name, const std::vector<double>& otherwise, Interval domain,
                               const std::string& help, Access<std::vector<double>> member) {
  add({name, "list of reals", format_reals(otherwise), "each in " + domain.text(), help},
      [=](void* options, const std::string& owner, const std::string& text) {
        member(options) = parse_reals(owner, name, text, domain);
      });
}

void AnyOptionTable::add_text(const std::string& name, const std::string& otherwise, const std::string& domain,
                              const std::string& help, Access<std::string> member) {
  add({name, "text", otherwise, domain, help},
      [=](void* options, const std::string& owner, const std::string& text) {
        if (text.empty()) throw_broken_rule(owner, name + " is empty; it takes " + domain);
        member(options) = text;
      });
}

void AnyOptionTable::add_choice(const std::string& name, std::size_t otherwise,
                                std::vector<std::string> choices, const std::string& help,
                                std::function<void(void* options, std::size_t choice)> set) {
  add({name, "choice", choices[otherwise], fmt::format("{}", fmt::join(choices, " | ")), help},
      [=](void* options, const std::string& owner, const std::string& text) {
        set(options, parse_choice(owner, name, text, choices));
      });
}

void AnyOptionTable::add_all(const AnyOptionTable& other, const std::function<void*(void*)>& part_of,
                             const std::function<const void*(const void*)>& constant_part_of) {
  for (std::size_t i = 0; i < other.setters_.size(); ++i) {
    add(other.descriptions_[i],
        [part_of, set = other.setters_[i]](void* options, const std::string& owner, const std::string& text) {
          set(part_of(options), owner, text);
        });
  }
  for (const BrokenRule& rule : other.rules_) {
    add_rule([constant_part_of, rule](const void* options, const std::set<std::string>& given) {
      return rule(constant_part_of(options), given);
    });
  }
}

void AnyOptionTable::add(OptionDescription description, Set set) {
  descriptions_.push_back(std::move(description));
  setters_.push_back(std::move(set));
}

void AnyOptionTable::read(const std::string& owner, const KeyValues& values, void* options) const {
  std::set<std::string> given;
  for (const auto& [name, text] : values) {
    std::size_t i = 0;
    while (i < descriptions_.size() && descriptions_[i].name != name) ++i;
    if (i == descriptions_.size()) throw_unknown_option(owner, name, descriptions_);
    setters_[i](options, owner, text);
    given.insert(name);
  }
  for (const BrokenRule& rule : rules_) {
    const std::string wrong = rule(options, given);
    if (!wrong.empty()) throw_broken_rule(owner, wrong);
  }
}

}  // namespace optbed
