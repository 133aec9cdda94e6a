// A table of a TOML file that a person wrote: typed access to its keys, with errors that name file, line and
// column.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "experiments/source_position.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"

namespace optbed {

class SpecTable {
 public:
  // `what` is what an error calls the table ("[[run]]"), `keys` all that it may hold. Throws UsageError at the
  // first other key, with the nearest legal one.
  SpecTable(const toml::table& table, std::string file, std::string what, const std::vector<std::string>& keys);

  // Parses a whole file's text. Throws UsageError at the first error of syntax.
  static toml::table parse(const std::string& text, const std::string& file);

  const SourcePosition& position() const { return at_; }

  // The value of a key where it is given. Each throws UsageError where it has another type.
  std::optional<Placed<std::string>> text(const std::string& key) const;
  std::optional<Placed<double>> real(const std::string& key) const;
  std::optional<Placed<long>> integer(const std::string& key) const;
  std::optional<Placed<bool>> flag(const std::string& key) const;
  std::optional<Placed<std::vector<double>>> reals(const std::string& key) const;
  std::optional<Placed<std::vector<long>>> integers(const std::string& key,
                                                    const std::string& expected = "a list of integers") const;
  std::vector<Placed<std::string>> texts(const std::string& key) const;
  // One, or a list of at least one; none where the key is not given.
  std::vector<Placed<double>> real_or_list(const std::string& key) const;
  std::vector<Placed<long>> integer_or_list(const std::string& key) const;
  // A list of strings, numbers and booleans, each as a person would type it.
  std::vector<Placed<std::string>> values(const std::string& key) const;
  // A list of words and of lists of numbers, not an empty one.
  using WordOrPoint = std::variant<std::string, std::vector<double>>;
  std::vector<Placed<WordOrPoint>> words_and_points(const std::string& key) const;

  bool is_text(const std::string& key) const;
  bool is_table(const std::string& key) const;

  // As above; throws UsageError where the key is not given.
  Placed<std::string> required_text(const std::string& key) const;

  // The tables of [[key]], or the one of [key]; none where it is not given. Each lives as long as the parsed
  // file.
  std::vector<const toml::table*> tables(const std::string& key) const;
  const toml::table* table(const std::string& key) const;

  // The meaning of a word, or `otherwise` where the key is not given.
  template <class E>
  E choice(const std::string& key, const std::vector<std::pair<std::string, E>>& choices, E otherwise) const;

 private:
  SourcePosition at(const toml::node& node) const;
  std::vector<const toml::node*> one_or_list(const std::string& key) const;
  std::vector<double> numbers_in(const std::string& key, const toml::array& array) const;
  [[noreturn]] void throw_wrong_type(const std::string& key, const toml::node& node,
                                     const std::string& expected) const;
  [[noreturn]] void throw_no_choice(const std::string& key, const Placed<std::string>& word,
                                    const std::vector<std::string>& words) const;

  const toml::table& table_;
  std::string file_;
  std::string what_;
  SourcePosition at_;
};

// The number, if it is large enough. Throw UsageError.
long at_least(const Placed<long>& number, const std::string& key, long least);
double nonnegative(const Placed<double>& number, const std::string& key);

template <class E>
E SpecTable::choice(const std::string& key, const std::vector<std::pair<std::string, E>>& choices,
                    E otherwise) const {
  const auto word = text(key);
  if (!word) return otherwise;
  std::vector<std::string> words;
  for (const auto& [name, meaning] : choices) {
    if (name == word->value) return meaning;
    words.push_back(name);
  }
  throw_no_choice(key, *word, words);
}

}  // namespace optbed
