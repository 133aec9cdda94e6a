#include "experiments/spec_limits.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <tuple>

namespace optbed {
namespace {

double not_nan(const Placed<double>& number, const std::string& key) {
  if (!std::isnan(number.value)) return number.value;
  throw_usage_error(number.at, "'" + key + "' = nan must be a number; leave it out where there is none");
}

struct IntegerLimit {
  const char* key;
  long Limits::*member;

  void set(Limits& limits, const Placed<long>& number) const { limits.*member = at_least(number, key, 0); }
};

struct RealLimit {
  const char* key;
  void (*assign)(Limits&, double);
  double (*checked)(const Placed<double>&, const std::string&);

  void set(Limits& limits, const Placed<double>& number) const { assign(limits, checked(number, key)); }
};

constexpr IntegerLimit integer_limits[] = {{"max_iterations", &Limits::max_iterations},
                                           {"max_evaluations", &Limits::max_evaluations}};
constexpr RealLimit real_limits[] = {
    {"max_seconds", [](Limits& limits, double t) { limits.max_seconds = t; }, nonnegative},
    {"gradient_tolerance", [](Limits& limits, double e) { limits.gradient_tolerance = e; }, nonnegative},
    {"value_target", [](Limits& limits, double f) { limits.value_target = f; }, not_nan},
    {"gap_tolerance", [](Limits& limits, double e) { limits.gap_tolerance = e; }, nonnegative}};

// Every one of `all` with every one of the values; as it is where there are none.
template <class Limit, class T>
void multiply(std::vector<Limits>& all, const Limit& limit, const std::vector<Placed<T>>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (values[i].value != values[j].value) continue;
      throw_usage_error(values[i].at, fmt::format("'{}' has {} twice: two runs would have the same name",
                                                  limit.key, values[i].value));
    }
  }
  if (values.empty()) return;
  std::vector<Limits> multiplied;
  for (const Limits& limits : all) {
    for (const Placed<T>& value : values) {
      Limits changed = limits;
      limit.set(changed, value);
      multiplied.push_back(changed);
    }
  }
  all = different(multiplied);  // they may have had several values of this limit
}

}  // namespace

const std::vector<std::string>& limit_keys() {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> all;
    for (const IntegerLimit& limit : integer_limits) all.emplace_back(limit.key);
    for (const RealLimit& limit : real_limits) all.emplace_back(limit.key);
    return all;
  }();
  return keys;
}

Limits read_limits(const SpecTable& table, Limits limits) {
  for (const IntegerLimit& limit : integer_limits) {
    if (const auto number = table.integer(limit.key)) limit.set(limits, *number);
  }
  for (const RealLimit& limit : real_limits) {
    if (const auto number = table.real(limit.key)) limit.set(limits, *number);
  }
  return limits;
}

std::vector<Limits> read_limit_lists(const SpecTable& table, std::vector<Limits> limits) {
  for (const IntegerLimit& limit : integer_limits) {
    multiply(limits, limit, table.integer_or_list(limit.key));
  }
  for (const RealLimit& limit : real_limits) multiply(limits, limit, table.real_or_list(limit.key));
  return limits;
}

std::vector<Limits> different(const std::vector<Limits>& all) {
  const auto precedes = [](const Limits& a, const Limits& b) {
    const auto key = [](const Limits& one) {
      return std::tie(one.max_iterations, one.max_evaluations, one.max_seconds, one.gradient_tolerance,
                      one.value_target, one.gap_tolerance);
    };
    return key(a) < key(b);
  };
  std::set<Limits, decltype(precedes)> seen(precedes);
  std::vector<Limits> found;
  for (const Limits& limits : all) {
    if (seen.insert(limits).second) found.push_back(limits);
  }
  return found;
}

}  // namespace optbed
