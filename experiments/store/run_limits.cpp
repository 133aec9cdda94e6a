#include "experiments/store/run_limits.hpp"

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

}  // namespace optbed
