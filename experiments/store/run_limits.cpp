#include "experiments/store/run_limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace optbed {
namespace {

template <auto Limits::*member>
std::optional<double> limit_of(const Limits& limits) {
  const auto& value = limits.*member;
  if constexpr (requires { value.has_value(); }) {
    return value;
  } else {
    return static_cast<double>(value);
  }
}

}  // namespace

const std::vector<NamedLimit>& named_limits() {
  static const std::vector<NamedLimit> limits = {{"max_iterations", limit_of<&Limits::max_iterations>},
                                                 {"max_evaluations", limit_of<&Limits::max_evaluations>},
                                                 {"max_seconds", limit_of<&Limits::max_seconds>},
                                                 {"gradient_tolerance", limit_of<&Limits::gradient_tolerance>},
                                                 {"value_target", limit_of<&Limits::value_target>},
                                                 {"gap_tolerance", limit_of<&Limits::gap_tolerance>}};
  return limits;
}

std::vector<NamedLimit> differing_limits(const std::vector<Limits>& all) {
  std::vector<NamedLimit> differing;
  for (const NamedLimit& limit : named_limits()) {
    const auto differs = [&](const Limits& one) { return limit.of(one) != limit.of(all.front()); };
    if (std::any_of(all.begin(), all.end(), differs)) differing.push_back(limit);
  }
  return differing;
}

std::string limits_text(const std::vector<NamedLimit>& which, const Limits& limits) {
  std::string text;
  for (const NamedLimit& limit : which) {
    const std::optional<double> value = limit.of(limits);
    text += fmt::format(" {} {}", limit.name, value ? fmt::format("{}", *value) : "none");
  }
  return text;
}

}  // namespace optbed
