// What a stored run costs: 600 runs of gradient descent on the sphere in ten variables, 100 evaluations each,
// made by the batch runner with one worker and written to a new store, with every iteration's trace and without
// any; and the storing by itself. Runs a second are of the processor's time, so of one core, though the worker
// and the writer are two threads.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/batch/perform.hpp"
#include "experiments/batch/runner.hpp"
#include "experiments/version.hpp"
#include "problems/all_problems.hpp"

namespace optbed {
namespace {

constexpr long runs = 600;

// A folder for one store, gone with the object.
class StoreFolder {
 public:
  StoreFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "optbed_benchmark_XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder can be made at " + path);
    path_ = path;
  }
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;
  ~StoreFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string store() const { return (path_ / "runs.sqlite").string(); }

 private:
  std::filesystem::path path_;
};

BatchSpec sphere_runs(const ProblemRegistry& problems, const SolverRegistry& solvers,
                      const TracePolicy& trace) {
  BatchSpec spec = parse_batch_spec(R"(
      name = "sphere"
      problems = ["quadratic:n=10,kappa=1"]
      solvers = ["gradient_descent:learning_rate=0.01"]
      [limits]
      max_evaluations = 100
      gradient_tolerance = 0
  )",
                                    "sphere.toml", problems, solvers);
  spec.seeds.value.resize(runs);
  std::iota(spec.seeds.value.begin(), spec.seeds.value.end(), std::uint64_t{1});
  spec.trace = trace;
  return spec;
}

void batch(benchmark::State& state, const TracePolicy& trace) {
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  const Plan plan(sphere_runs(problems, solvers, trace), problems, solvers);
  std::vector<std::size_t> numbers(plan.size());
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  for (auto _ : state) {
    const StoreFolder folder;
    Store store(folder.store(), Store::Access::write);
    make_runs(plan, numbers, problems, solvers, store, {});
  }
  state.SetItemsProcessed(state.iterations() * runs);
}

void batch_without_trace(benchmark::State& state) { batch(state, TracePolicy::none()); }
void batch_with_trace(benchmark::State& state) { batch(state, {}); }
BENCHMARK(batch_without_trace)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond)->MinTime(0.3);
BENCHMARK(batch_with_trace)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond)->MinTime(0.3);

// A run written to the store, in a transaction of a thousand.
constexpr long inserted = 1000;

void store_insert(benchmark::State& state, const TracePolicy& trace) {
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  const Plan plan(sphere_runs(problems, solvers, trace), problems, solvers);
  const RunDescription description = plan.run(0);
  const auto problem = [&] { return std::shared_ptr<const Problem>(problems.make(description.problem)); };
  FinishedRun run = perform(RunName(), description, problem, solvers, [] { return false; });
  std::vector<RunName> names;
  for (RunDescription other = description; names.size() < inserted; ++other.seed) {
    names.push_back(run_name(other, version()));
  }
  const StoreFolder folder;
  Store store(folder.store(), Store::Access::write);
  store.begin();
  auto name = names.begin();
  for (auto _ : state) {
    run.name = *name++;
    store.insert(run, this_environment());
  }
  store.commit();
  state.counters["rows"] = static_cast<double>(run.trace.rows);
}
BENCHMARK_CAPTURE(store_insert, without_trace, TracePolicy::none())
    ->Iterations(inserted)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(store_insert, with_trace, TracePolicy{})->Iterations(inserted)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace optbed
