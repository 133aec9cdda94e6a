#include "experiments/store/run_description.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <iterator>
#include <stdexcept>

#include "problems/errors.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

// The name space of all runs' names: any fixed UUID, as RFC 4122 (4.3) asks for.
constexpr boost::uuids::uuid run_names = {
    {0x6f, 0x70, 0x74, 0x62, 0x65, 0x64, 0x40, 0x01, 0x80, 0x00, 0x72, 0x75, 0x6e, 0x00, 0x00, 0x01}};

// Everything that determines the run, one thing a line: no value holds a line's end that could pass for
// another.
std::string determining_text(const RunDescription& run, const std::string& version) {
  std::string text;
  auto out = std::back_inserter(text);
  const Limits& limits = run.limits;
  fmt::format_to(out, "version={}\nproblem={}\nsolver={}\nstart={}\nseed={}\n", version, run.problem,
                 run.solver, run.start, run.seed);
  fmt::format_to(out, "max_iterations={}\nmax_evaluations={}\nmax_seconds={}\ngradient_tolerance={}\n",
                 limits.max_iterations, limits.max_evaluations, limits.max_seconds, limits.gradient_tolerance);
  if (limits.value_target) fmt::format_to(out, "value_target={}\n", *limits.value_target);
  fmt::format_to(out, "gap_tolerance={}\n", limits.gap_tolerance);
  const TracePolicy& trace = run.trace;
  fmt::format_to(out, "trigger={} {} {}\n", static_cast<int>(trace.trigger.kind), trace.trigger.interval,
                 trace.trigger.points_per_decade);
  for (const auto& [word, member] : property_words()) {
    if (trace.*member) fmt::format_to(out, "{}\n", word);
  }
  if (trace.iterates) text += "iterates\n";
  if (!run.tuning.empty()) fmt::format_to(out, "tuning={} {}\n", run.is_trial ? "trial" : "report", run.tuning);
  return text;
}

int digit_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  throw std::invalid_argument("not a hexadecimal digit");
}

}  // namespace

Vector start_point(const std::string& start, const Problem& problem) {
  if (start == "standard") return problem.start();
  if (start.ends_with('x')) {
    return parse_real("start", "a multiple of the standard start", start.substr(0, start.size() - 1),
                      any_real()) *
           problem.start();
  }
  const std::vector<double> values = parse_reals("start", "the point", start, any_real());
  const auto n = static_cast<Index>(values.size());
  if (n != problem.dimension()) {
    throw UsageError(fmt::format("the start has {} {}, but the problem has dimension {}", n,
                                 n == 1 ? "number" : "numbers", problem.dimension()));
  }
  return Eigen::Map<const Vector>(values.data(), n);
}

const std::vector<std::pair<std::string, Trigger::Kind>>& trigger_words() {
  static const std::vector<std::pair<std::string, Trigger::Kind>> words = {
      {"every", Trigger::Kind::every},
      {"logarithmic", Trigger::Kind::logarithmic},
      {"on_improvement", Trigger::Kind::on_improvement},
      {"none", Trigger::Kind::never}};
  return words;
}

const std::vector<std::pair<std::string, bool TracePolicy::*>>& property_words() {
  static const std::vector<std::pair<std::string, bool TracePolicy::*>> words = {
      {"value", &TracePolicy::value},
      {"gradient_norm", &TracePolicy::gradient_norm},
      {"distance", &TracePolicy::distance},
      {"step_length", &TracePolicy::step_length},
      {"evaluations", &TracePolicy::evaluations},
      {"seconds", &TracePolicy::seconds},
      {"properties", &TracePolicy::properties}};
  return words;
}

std::string RunName::text() const {
  std::string digits;
  for (const std::uint8_t byte : bytes) {
    constexpr const char* hexadecimal = "0123456789abcdef";
    digits += hexadecimal[byte >> 4U];
    digits += hexadecimal[byte & 15U];
  }
  return digits;
}

std::uint64_t RunName::part(std::uint64_t count) const {
  // The first 48 bits: the next four are the same in every UUID of version 5.
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 6; ++i) number = (number << 8U) | bytes[i];
  return number % count;
}

RunName run_name(const RunDescription& run, const std::string& version) {
  const boost::uuids::uuid uuid = boost::uuids::name_generator_sha1(run_names)(determining_text(run, version));
  RunName name;
  std::copy(uuid.begin(), uuid.end(), name.bytes.begin());
  return name;
}

RunName shard_name(const RunDescription& run, const std::string& version) {
  if (run.tuning.empty()) return run_name(run, version);
  return run_name({.problem = run.problem, .solver = run.tuning}, version);
}

RunName parse_run_name(const std::string& digits) {
  RunName name;
  if (digits.size() != 2 * name.bytes.size()) throw std::invalid_argument("not a run's name");
  for (std::size_t i = 0; i < name.bytes.size(); ++i) {
    name.bytes[i] = static_cast<std::uint8_t>(16 * digit_value(digits[2 * i]) + digit_value(digits[2 * i + 1]));
  }
  return name;
}

}  // namespace optbed
