// The five greatest eigenvalues of tridiag(-1, 2 + i/n, -1) for n = 1e5 to 1e-8, from products alone, beside
// Spectra with the same subspace. ARPACK (dsaupd, subspace 20, its own start) takes 1262 products for them.
#include <benchmark/benchmark.h>

#include <Spectra/SymEigsSolver.h>

#include "analysis/spectrum/lanczos.hpp"

namespace optbed {
namespace {

constexpr Index n = 100000;
constexpr Index wanted = 5;
constexpr double tolerance = 1e-8;

void multiply(const double* v, double* Av) {
  for (Index i = 0; i < n; ++i) {
    const double neighbours = (i > 0 ? v[i - 1] : 0) + (i + 1 < n ? v[i + 1] : 0);
    Av[i] = (2 + static_cast<double>(i) / static_cast<double>(n)) * v[i] - neighbours;
  }
}

struct TridiagonalMatrix {
  using Scalar = double;
  mutable long products = 0;

  Index rows() const { return n; }
  Index cols() const { return n; }
  void perform_op(const double* v, double* Av) const {
    ++products;
    multiply(v, Av);
  }
};

void with_optbed(benchmark::State& state) {
  long products = 0;
  for (auto _ : state) {
    products = 0;
    const SymmetricProduct product = [&products](const Vector& v, Vector& Av) {
      ++products;
      multiply(v.data(), Av.data());
    };
    const EigenpairEstimates found = lanczos_eigenvalues(
        product, n,
        {.count = wanted, .tolerance = tolerance, .subspace = state.range(0), .looks_for_copies = false});
    if (!found.all_converged()) state.SkipWithError("not converged");
    benchmark::DoNotOptimize(found.values.data());
  }
  state.counters["products"] = static_cast<double>(products);
}

void with_spectra(benchmark::State& state) {
  long products = 0;
  for (auto _ : state) {
    TridiagonalMatrix matrix;
    Spectra::SymEigsSolver<TridiagonalMatrix> solver(matrix, wanted, state.range(0));
    solver.init();
    solver.compute(Spectra::SortRule::LargestAlge, 10000, tolerance);
    if (solver.info() != Spectra::CompInfo::Successful) state.SkipWithError("not converged");
    products = matrix.products;
  }
  state.counters["products"] = static_cast<double>(products);
}

BENCHMARK(with_optbed)->Name("greatest_eigenvalues/optbed")->Arg(20)->Arg(24)->Unit(benchmark::kMillisecond);
BENCHMARK(with_spectra)->Name("greatest_eigenvalues/spectra")->Arg(20)->Arg(24)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace optbed
