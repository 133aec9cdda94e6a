// The benchmarks: runs them as Google Benchmark's options say, or prints tables of results.
//
//   optbed_benchmarks [--benchmark_filter=REGEX …]
//   optbed_benchmarks --table FILE.json
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "experiments/benchmarks/result_tables.hpp"
#include "experiments/benchmarks/time_to_tolerance.hpp"
#include "experiments/commands/command.hpp"
#include "experiments/freed_memory.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

int print_tables(const std::string& path) {
  try {
    std::ifstream file(path);
    if (!file) throw InputError("cannot be read");
    fmt::print("{}", result_tables({std::istreambuf_iterator<char>(file), {}}));
    return 0;
  } catch (const InputError& error) {
    fmt::print(stderr, "optbed_benchmarks: {}: {}\n", path, error.what());
    return exit_bad_file;
  }
}

int run_benchmarks(int count, char** words) {
  benchmark::Initialize(&count, words);
  if (benchmark::ReportUnrecognizedArguments(count, words)) return exit_bad_usage;
  register_time_to_tolerance();
  register_starts();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace
}  // namespace optbed

int main(int count, char** words) {
  optbed::keep_freed_memory();
  if (count == 3 && std::string_view(words[1]) == "--table") return optbed::print_tables(words[2]);
  return optbed::run_benchmarks(count, words);
}
