#include "experiments/batch/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>

#include "experiments/json.hpp"
#include "experiments/text_width.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

// A line that is wider than the terminal could not be written over.
std::size_t terminal_width() {
  constexpr std::size_t where_unknown = 100;
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1U : where_unknown;
}

Json json_of(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return *integer;
  if (const auto* real = std::get_if<double>(&cell)) return to_json(*real);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return nullptr;
}

// Where stderr cannot be written there is nobody to tell.
void tell(const std::string& text) { std::fputs(text.c_str(), stderr); }

std::string result_text(const FinishedRun& run, const std::vector<NamedLimit>& shown_limits) {
  const RunDescription& made = run.description;
  const std::string start = made.start == "standard" ? "" : fmt::format(" start {}", made.start);
  std::string text = fmt::format("{} on {}{}{} seed {}: {}", made.solver, made.problem, start,
                                 limits_text(shown_limits, made.limits), made.seed, run.stop);
  if (run.stop == stop_at_exception || run.stop == stop_at_crash) return text + ": " + run.result.message;
  return text + fmt::format(", {} iterations, value {:.6g}", run.result.iterations, run.result.value);
}

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 1) return fmt::format("{:.2g} s", seconds);
  const auto whole = std::llround(seconds);
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min", whole / 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

Progress::Progress(const ProgressSettings& settings)
    : settings_(settings), style_(Style::none), begin_(std::chrono::steady_clock::now()) {
  if (!settings_.quiet) style_ = isatty(STDERR_FILENO) == 1 ? Style::one_changing_line : Style::a_line_each;
  if (settings_.json_log.empty()) return;
  log_.reset(std::fopen(settings_.json_log.c_str(), "a"));
  if (!log_) {
    throw InputError(fmt::format("{}: cannot be written: {}", settings_.json_log, std::strerror(errno)));
  }
  log(Json{{"event", "start"}, {"runs", settings_.runs}}.dump());
}

Progress::~Progress() { clear_line(); }

void Progress::clear_line() const {
  if (style_ == Style::one_changing_line) std::fputs("\r\x1b[K", stderr);
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

// Each line reaches the file at once, so that it can be followed. A disk that is full must not end the runs.
void Progress::log(const std::string& line) {
  const bool written = std::fputs((line + "\n").c_str(), log_.get()) >= 0 && std::fflush(log_.get()) == 0;
  if (written) return;
  tell(fmt::format("optbed: {}: cannot be written any more: {}\n", settings_.json_log, std::strerror(errno)));
  log_.reset();
  log_is_complete_ = false;
}

void Progress::note_best(const FinishedRun& run) {
  const double value = run.result.value;
  if (std::isnan(value)) return;
  const auto [best, is_first] = best_.try_emplace(run.description.problem, Best{value, run.description.solver});
  if (!is_first && value < best->second.value) best->second = {value, run.description.solver};
  best_shown_ = fmt::format("best on {}: {:.6g} by {}", best->first, best->second.value, best->second.solver);
}

void Progress::stored(const FinishedRun& run) {
  ++done_;
  if (has_failed(run)) ++failed_;
  if (style_ == Style::one_changing_line) note_best(run);
  if (style_ == Style::a_line_each) {
    tell(fmt::format("{}/{} {} {}\n", done_, settings_.runs, run.name.text(),
                     result_text(run, settings_.shown_limits)));
  }
  if (!log_) return;
  Json object = {{"event", "run"}, {"run", run.name.text()}};
  for (const ResultColumn& column : result_columns()) object[column.name] = json_of(column.get(run));
  for (const NamedLimit& limit : named_limits()) object[limit.name] = to_json(limit.of(run.description.limits));
  log(object.dump());
}

void Progress::refresh() {
  if (style_ != Style::one_changing_line) return;
  const double rate = static_cast<double>(done_) / std::max(seconds(), 1e-9);
  const auto left = static_cast<double>(settings_.runs - done_);
  const std::string line = fmt::format("{}/{} runs, {:.3g} a second{}{}  {}", done_, settings_.runs, rate,
                                       done_ > 0 ? ", " + duration_text(left / rate) + " left" : "",
                                       failed_ > 0 ? fmt::format(", {} failed", failed_) : "", best_shown_);
  tell(fmt::format("\r{}\x1b[K", shortened(line, terminal_width())));
  std::fflush(stderr);
}

void Progress::end(const std::string& how) {
  clear_line();
  if (log_) {
    log(Json{{"event", how}, {"runs", done_}, {"failed", failed_}, {"seconds", seconds()}}.dump());
  }
}

}  // namespace optbed
