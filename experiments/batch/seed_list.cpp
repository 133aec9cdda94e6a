#include "experiments/batch/seed_list.hpp"

#include <fmt/format.h>

#include <numeric>

#include "problems/options.hpp"

namespace optbed {
namespace {

Placed<std::vector<std::uint64_t>> seeds_in_range(const Placed<std::string>& range, const std::string& key) {
  constexpr long most = 10'000'000;
  const auto wrong = [&range, &key](const std::string& why) {
    throw_usage_error(range.at, fmt::format("'{}' = '{}' {}", key, range.value, why));
  };
  const std::string expected = "must be a list of integers, or FIRST..LAST, as in 1..100";
  const auto dots = range.value.find("..");
  if (dots == std::string::npos) wrong(expected);
  long first = 0;
  long last = 0;
  try {
    first = parse_integer(key, "the first", range.value.substr(0, dots), between(0, 9e15));
    last = parse_integer(key, "the last", range.value.substr(dots + 2), between(0, 9e15));
  } catch (const UsageError&) {
    wrong(expected);
  }
  if (last < first) wrong("goes down: write the smaller number first");
  if (last - first >= most) wrong(fmt::format("has more than {} seeds", most));
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(last - first) + 1);
  std::iota(seeds.begin(), seeds.end(), static_cast<std::uint64_t>(first));
  return {std::move(seeds), range.at};
}

}  // namespace

std::optional<Placed<std::vector<std::uint64_t>>> read_seeds(const SpecTable& table, const std::string& key) {
  if (table.is_text(key)) return seeds_in_range(*table.text(key), key);
  const auto numbers = table.integers(key, "a list of integers, or a range as \"1..100\"");
  if (!numbers) return std::nullopt;
  if (numbers->value.empty()) {
    throw_usage_error(numbers->at, fmt::format("'{}' is empty, so there is nothing to run", key));
  }
  Placed<std::vector<std::uint64_t>> seeds{{}, numbers->at};
  for (const long seed : numbers->value) {
    seeds.value.push_back(static_cast<std::uint64_t>(at_least({seed, numbers->at}, key, 0)));
  }
  return seeds;
}

}  // namespace optbed
