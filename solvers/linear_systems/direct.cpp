#include "solvers/linear_systems/direct.hpp"

namespace optbed {
namespace {

SolverEntry direct_entry(Factorisation factorisation, const std::string& name, const std::string& summary,
                         const std::string& needs, const std::string& work, const std::string& section) {
  return {name,
          summary,
          {{"needs", needs},
           {"cost", "1 iteration; 1 Hessian (the entries of A) and 2 products (residuals); " + work +
                        ", if sparse as many as the fill-in makes: the column flops of the trace tells"},
           {"rate", "the solution after one iteration"},
           {"source", "Golub & Van Loan 2013, " + section}},
          {},
          [factorisation, name](const KeyValues& values) {
            OptionTable<DirectOptions>().parse(name, values);  // for its errors
            return std::make_unique<Direct>(factorisation);
          }};
}

}  // namespace

SolverEntry Direct::lu_entry() {
  return direct_entry(Factorisation::lu, "lu", "LU factorisation with row exchanges",
                      "a linear system with a nonsingular A", "2n^3/3 + 2n^2 flops", "section 3.4");
}

SolverEntry Direct::qr_entry() {
  return direct_entry(Factorisation::qr, "qr", "QR factorisation by Householder reflections",
                      "a linear system with a nonsingular A", "4n^3/3 + 3n^2 flops", "section 5.2");
}

SolverEntry Direct::cholesky_entry() {
  return direct_entry(Factorisation::cholesky, "cholesky", "Cholesky factorisation",
                      "a linear system with a symmetric positive definite A", "n^3/3 + 2n^2 flops",
                      "section 4.2");
}

std::string Direct::lacking(const LinearSystem& system, const Facts& /*facts*/) const {
  return factorisation_ == Factorisation::cholesky ? lacking_symmetry(system) : "";
}

std::optional<StopReason> Direct::prepare(Oracle& f) {
  const SystemMatrix& A = f.matrix();
  solved_ = false;
  flops_ = 0;
  if (!has_finite_entries(A)) return StopReason::non_finite;
  std::optional<DirectSolution> solution = solve_directly(factorisation_, A, f.right_hand_side());
  if (!solution) return StopReason::linear_solve_failed;
  solution_ = std::move(solution->x);
  flops_ = solution->flops;
  return std::nullopt;
}

StepInfo Direct::step(Oracle& f) {
  if (solved_) return moved(0);
  trial_ = solution_;
  const StepInfo info = move_to_trial(f);
  solved_ = !info.stop;
  return info;
}

std::vector<std::string> Direct::property_names() const {
  std::vector<std::string> names = LinearSystemSolver::property_names();
  names.emplace_back("flops");
  return names;
}

void Direct::properties(std::span<double> values) const {
  LinearSystemSolver::properties(values);
  values[2] = flops_;
}

}  // namespace optbed
