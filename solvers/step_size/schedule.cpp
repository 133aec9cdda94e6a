#include "solvers/step_size/schedule.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace optbed {
namespace {

double default_decay(ScheduleKind kind) {
  switch (kind) {
    case ScheduleKind::exponential:
      return 0.01;
    case ScheduleKind::step:
    case ScheduleKind::cyclic:
      return 0.1;
    default:
      return 1;
  }
}

}  // namespace

Schedule::Schedule(const ScheduleOptions& options)
    : options_(options), decay_(options.decay.value_or(default_decay(options.schedule))) {}

void Schedule::start(double value) {
  k_ = 0;
  stagnation_factor_ = 1;
  best_value_ = value;
  since_best_ = 0;
}

bool Schedule::is_constant() const {
  return options_.schedule == ScheduleKind::constant && options_.warmup == 0;
}

double Schedule::decayed(double k) const {
  const auto period = static_cast<double>(options_.period);
  switch (options_.schedule) {
    case ScheduleKind::constant:
      return 1;
    case ScheduleKind::linear:
      return 1 / (k + 1);
    case ScheduleKind::quadratic:
      return 1 / ((k + 1) * (k + 1));
    case ScheduleKind::exponential:
      return std::exp(-decay_ * k);
    case ScheduleKind::step:
      return stagnation_factor_;
    case ScheduleKind::cosine:
      return k >= period ? 0 : (1 + std::cos(std::numbers::pi * k / period)) / 2;
    case ScheduleKind::cyclic: {
      const double phase = std::fmod(k, period) / period;  // 0 … 1: down in the first half, up in the second
      return decay_ + (1 - decay_) * std::abs(1 - 2 * phase);
    }
    case ScheduleKind::robbins_monro:
      return std::pow(k + 1, -decay_);
  }
  return 1;
}

double Schedule::factor() const {
  const auto k = static_cast<double>(k_);
  const auto warmup = static_cast<double>(options_.warmup);
  return decayed(k) * (k < warmup ? (k + 1) / warmup : 1);
}

void Schedule::advance(double value) {
  ++k_;
  if (value < best_value_) {
    best_value_ = value;
    since_best_ = 0;
  } else if (++since_best_ >= options_.patience) {
    stagnation_factor_ *= decay_;
    since_best_ = 0;
  }
}

std::string Schedule::broken_rule(const ScheduleOptions& options, const std::set<std::string>& given) {
  const auto is = [&options](ScheduleKind kind) { return options.schedule == kind; };
  const bool uses_decay = is(ScheduleKind::exponential) || is(ScheduleKind::step) || is(ScheduleKind::cyclic) ||
                          is(ScheduleKind::robbins_monro);
  if (given.count("decay") && !uses_decay) {
    return "'decay' needs schedule=exponential, step, cyclic or robbins_monro";
  }
  if (options.decay && is(ScheduleKind::robbins_monro) && (*options.decay <= 0.5 || *options.decay > 1)) {
    return fmt::format(
        "'decay' = {} is not in (0.5, 1], that of schedule=robbins_monro: sum eta_k must be infinite and sum "
        "eta_k^2 finite",
        *options.decay);
  }
  if (options.decay && (is(ScheduleKind::step) || is(ScheduleKind::cyclic)) && *options.decay >= 1) {
    return fmt::format("'decay' = {} is not in (0, 1), that of schedule=step and cyclic", *options.decay);
  }
  if (given.count("period") && !is(ScheduleKind::cosine) && !is(ScheduleKind::cyclic)) {
    return "'period' needs schedule=cosine or cyclic";
  }
  if (given.count("patience") && !is(ScheduleKind::step)) return "'patience' needs schedule=step";
  return {};
}

}  // namespace optbed
