// What a person, or a program, is told while a batch runs: one line that changes on a terminal, with the best
// value so far on the problem of the last run; one line a run in a pipe, one JSON object a line in a log.
#pragma once

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "experiments/store/finished_run.hpp"
#include "experiments/store/run_limits.hpp"

namespace optbed {

struct ProgressSettings {
  std::size_t runs = 0;                       // to be made
  bool quiet = false;                         // nothing on stderr
  std::string json_log = {};                  // the file; empty: none. It is appended to
  std::vector<NamedLimit> shown_limits = {};  // in the line of a run: those in which the runs differ
};

class Progress {
 public:
  // Throws InputError where the log cannot be written.
  explicit Progress(const ProgressSettings& settings);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void stored(const FinishedRun& run);
  void refresh();
  void end(const std::string& how);  // end, interrupted

  std::size_t done() const { return done_; }
  std::size_t failed() const { return failed_; }
  double seconds() const;
  bool log_is_complete() const { return log_is_complete_; }  // false where it could not be written to the end

 private:
  enum class Style { none, one_changing_line, a_line_each };
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  // The least final value that a method has reached on a problem.
  struct Best {
    double value;
    std::string solver;
  };

  void note_best(const FinishedRun& run);
  void clear_line() const;
  void log(const std::string& line);

  ProgressSettings settings_;
  Style style_;
  std::unique_ptr<std::FILE, CloseFile> log_;
  std::chrono::steady_clock::time_point begin_;
  std::size_t done_ = 0;
  std::size_t failed_ = 0;
  bool log_is_complete_ = true;
  std::string best_shown_;            // on the problem of the last run
  std::map<std::string, Best> best_;  // by problem
};

// "3 h 12 min", "45 s"
std::string duration_text(double seconds);

}  // namespace optbed
