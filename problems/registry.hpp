// Names to factories: an ordinary value, made by an ordinary function that names every entry once.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "problems/options.hpp"

namespace optbed {

class Problem;

template <class Product>
struct RegistryEntry {
  std::string name;
  std::string summary;                                     // one line
  std::vector<std::pair<std::string, std::string>> notes;  // heading and text: source, needs, cost, rate, …
  std::vector<OptionDescription> options;
  std::function<std::unique_ptr<Product>(const KeyValues&)> make;
};

template <class Product>
class Registry {
 public:
  // `kind` is the word that an error uses: "problem" or "solver".
  explicit Registry(std::string kind) : kind_(std::move(kind)) {}

  void add(RegistryEntry<Product> entry) { entries_.push_back(std::move(entry)); }

  const std::vector<RegistryEntry<Product>>& entries() const& { return entries_; }
  // What these return lies in the registry, so they are not for one that is gone at the end of the line.
  void entries() && = delete;
  void find(std::string_view) && = delete;
  void at(std::string_view) && = delete;

  const RegistryEntry<Product>* find(std::string_view name) const& {
    for (const auto& entry : entries_) {
      if (entry.name == name) return &entry;
    }
    return nullptr;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    names.reserve(entries_.size());
    for (const auto& entry : entries_) names.push_back(entry.name);
    return names;
  }

  // Throws UsageError, with the nearest name, where there is no such entry.
  const RegistryEntry<Product>& at(std::string_view name) const& {
    if (const auto* entry = find(name)) return *entry;
    throw UsageError(fmt::format("there is no {} '{}'{}\n  'optbed list {}s' lists them", kind_, name,
                                 did_you_mean(name, names()), kind_));
  }

  // Makes what `name:key=value,…` stands for. Throws UsageError, or InputError where a file it names cannot be
  // read.
  std::unique_ptr<Product> make(std::string_view text) const {
    const Specification specification = parse_specification(text);
    return at(specification.name).make(specification.options);
  }

 private:
  std::string kind_;
  std::vector<RegistryEntry<Product>> entries_;
};

// The entry of a class P that is constructed from P::Options, described by P::option_table().
template <class Product, class P>
RegistryEntry<Product> registry_entry(std::string name, std::string summary,
                                      std::vector<std::pair<std::string, std::string>> notes) {
  const auto table = P::option_table();
  return {name, std::move(summary), std::move(notes), table.descriptions(),
          [name, table](const KeyValues& values) { return std::make_unique<P>(table.parse(name, values)); }};
}

using ProblemEntry = RegistryEntry<Problem>;
using ProblemRegistry = Registry<Problem>;

}  // namespace optbed
