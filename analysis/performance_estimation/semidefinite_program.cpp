#include "analysis/performance_estimation/semidefinite_program.hpp"

#include <dsdp/dsdp5.h>

#include <Eigen/LU>
#include <Eigen/QR>
#include <algorithm>
#include <memory>
#include <new>
#include <numeric>
#include <type_traits>

namespace optbed {
namespace {

// Of the optimum, relative to 1 plus its size.
constexpr double gap_tolerance = 1e-12;

// The multipliers that balance are lambda = particular + basis y, y free: DSDP maximises -b'lambda over the y
// with lambda >= 0 and S positive semidefinite, and stays inside of both. y are the multipliers of all rows but
// some that balance the others. DSDP's equations lose the fewer digits, the further from 0 these end.
class DsdpProgram {
 public:
  DsdpProgram(const SemidefiniteProgram& program, const Vector& priority)
      : program_(program), d_(static_cast<int>(program.C.rows())) {
    find_balanced_multipliers(priority);
    create_solver();
    const Vector gain = -basis_.transpose() * right_hand_sides();
    for (int v = 0; v < variables(); ++v) check(DSDPSetDualObjective(dsdp(), v + 1, gain[v]));
    set_slack_matrix();
    set_multipliers();
  }

  std::optional<SemidefiniteSolution> solve() {
    check(DSDPSetGapTolerance(dsdp(), gap_tolerance));
    check(DSDPSetMaxIts(dsdp(), 300));
    check(DSDPSetup(dsdp()));
    DSDPTerminationReason reason = CONTINUE_ITERATING;
    DSDPSolutionType type = DSDP_PDUNKNOWN;
    const bool is_solved = DSDPSolve(dsdp()) == 0 && DSDPComputeX(dsdp()) == 0 &&
                           DSDPStopReason(dsdp(), &reason) == 0 && DSDPGetSolutionType(dsdp(), &type) == 0;
    if (!is_solved || type != DSDP_PDFEASIBLE) return std::nullopt;
    has_converged_ = reason == DSDP_CONVERGED;
    return solution();
  }

  // To the tolerance: DSDP also stops where rounding ends its progress.
  bool has_converged() const { return has_converged_; }

 private:
  // What fails before the iteration begins is an allocation.
  static void check(int error) {
    if (error != 0) throw std::bad_alloc();
  }

  void create_solver() {
    DSDP created = nullptr;
    const int error = DSDPCreate(variables(), &created);
    solver_.reset(created);
    check(error);
  }

  DSDP dsdp() const { return solver_.get(); }

  int variables() const { return static_cast<int>(basis_.cols()); }

  Vector right_hand_sides() const {
    Vector b(static_cast<Index>(program_.rows.size()));
    for (Index r = 0; r < b.size(); ++r) b[r] = program_.rows[static_cast<std::size_t>(r)].b;
    return b;
  }

  // One row for each row of the program.
  Matrix coefficients_of_f() const {
    Matrix a(static_cast<Index>(program_.rows.size()), program_.c.size());
    for (Index r = 0; r < a.rows(); ++r) a.row(r) = program_.rows[static_cast<std::size_t>(r)].a.transpose();
    return a;
  }

  // As many rows as f has elements, independent in f and preferably of high priority: their multipliers are
  // what balances those of the others.
  std::vector<Index> balancing_rows(const Matrix& a, const Vector& priority) const {
    std::vector<Index> order(program_.rows.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](Index r, Index s) { return priority[r] > priority[s]; });
    std::vector<Index> chosen;
    Matrix orthonormal(a.cols(), 0);
    for (const Index r : order) {
      Vector rest = a.row(r);
      for (int pass = 0; pass < 2; ++pass) rest -= orthonormal * (orthonormal.transpose() * rest);
      if (rest.norm() <= 1e-6 * a.row(r).norm()) continue;
      chosen.push_back(r);
      orthonormal.conservativeResize(Eigen::NoChange, orthonormal.cols() + 1);
      orthonormal.rightCols(1) = rest.normalized();
    }
    return chosen;
  }

  void find_balanced_multipliers(const Vector& priority) {
    const Matrix a = coefficients_of_f();
    const std::vector<Index> balancing = balancing_rows(a, priority);
    const Eigen::PartialPivLU<Matrix> balance(Matrix(a(balancing, Eigen::all)).transpose());
    particular_ = Vector::Zero(a.rows());
    particular_(balancing) = Vector(balance.solve(program_.c));
    basis_ = Matrix::Zero(a.rows(), a.rows() - a.cols());
    Index v = 0;
    for (Index r = 0; r < a.rows(); ++r) {
      if (std::find(balancing.begin(), balancing.end(), r) != balancing.end()) continue;
      basis_(r, v) = 1;
      basis_.col(v)(balancing) = -Vector(balance.solve(Vector(a.row(r))));
      ++v;
    }
  }

  // The lower triangle row by row, which is how DSDP packs a matrix.
  static std::vector<double> packed(const Matrix& A) {
    std::vector<double> triangle;
    for (Index i = 0; i < A.rows(); ++i) {
      for (Index j = 0; j <= i; ++j) triangle.push_back(A(i, j));
    }
    return triangle;
  }

  // S(particular) + sum_v y_v sum_r basis(r, v) A_r, of which DSDP subtracts the terms of a sum.
  void set_slack_matrix() {
    check(DSDPCreateSDPCone(dsdp(), 1, &slack_));
    check(SDPConeSetBlockSize(slack_, 0, d_));
    matrices_.push_back(packed(program_.slack_matrix(particular_)));
    for (int v = 0; v < variables(); ++v) {
      Matrix B = Matrix::Zero(d_, d_);
      for (Index r = 0; r < basis_.rows(); ++r)
        B -= basis_(r, v) * program_.rows[static_cast<std::size_t>(r)].A;
      matrices_.push_back(packed(B));
    }
    for (int v = 0; v <= variables(); ++v) {
      std::vector<double>& triangle = matrices_[static_cast<std::size_t>(v)];
      check(SDPConeSetADenseVecMat(slack_, 0, v, d_, 1, triangle.data(), static_cast<int>(triangle.size())));
    }
  }

  // particular - (-basis) y >= 0, column by column.
  void set_multipliers() {
    Matrix columns(basis_.rows(), basis_.cols() + 1);
    columns << particular_, -basis_;
    for (Index v = 0; v < columns.cols(); ++v) {
      for (Index r = 0; r < columns.rows(); ++r) {
        if (columns(r, v) == 0) continue;
        row_numbers_.push_back(static_cast<int>(r));
        elements_.push_back(columns(r, v));
      }
      column_begins_.push_back(static_cast<int>(elements_.size()));
    }
    check(DSDPCreateLPCone(dsdp(), &multipliers_));
    check(LPConeSetData(multipliers_, static_cast<int>(basis_.rows()), column_begins_.data(),
                        row_numbers_.data(), elements_.data()));
  }

  // DSDP's own multipliers are G and the slacks of the rows, from which f follows.
  std::optional<SemidefiniteSolution> solution() {
    Vector y(variables());
    double* triangle = nullptr;
    double* slacks = nullptr;
    int elements = 0;
    int count = 0;
    const bool is_there = DSDPGetY(dsdp(), y.data(), variables()) == 0 &&
                          SDPConeGetXArray(slack_, 0, &triangle, &elements) == 0 &&
                          LPConeGetXArray(multipliers_, &slacks, &count) == 0;
    if (!is_there) return std::nullopt;
    SemidefiniteSolution found{.G = Matrix(d_, d_), .f = {}, .lambda = (particular_ + basis_ * y).cwiseMax(0)};
    for (Index i = 0; i < d_; ++i) {
      for (Index j = 0; j <= i; ++j) found.G(i, j) = found.G(j, i) = *triangle++;
    }
    Vector of_f = -Eigen::Map<const Vector>(slacks, count);
    const Vector nothing = Vector::Zero(program_.c.size());
    for (Index r = 0; r < count; ++r)
      of_f[r] += program_.row_slack(static_cast<std::size_t>(r), found.G, nothing);
    found.f = coefficients_of_f().householderQr().solve(of_f);
    return found;
  }

  struct Destroy {
    void operator()(DSDP solver) const { DSDPDestroy(solver); }
  };

  const SemidefiniteProgram& program_;
  int d_;
  Vector particular_;  // (rows)
  Matrix basis_;       // (rows x variables)
  SDPCone slack_ = nullptr;
  LPCone multipliers_ = nullptr;
  bool has_converged_ = false;
  // DSDP keeps pointers to what it is given.
  std::vector<std::vector<double>> matrices_;
  std::vector<int> column_begins_ = {0};
  std::vector<int> row_numbers_;
  std::vector<double> elements_;
  std::unique_ptr<std::remove_pointer_t<DSDP>, Destroy> solver_;
};

// Larger for rows with fewer elements of f.
Vector sparseness(const SemidefiniteProgram& program) {
  Vector priority(static_cast<Index>(program.rows.size()));
  for (Index r = 0; r < priority.size(); ++r) {
    priority[r] = -static_cast<double>((program.rows[static_cast<std::size_t>(r)].a.array() != 0).count());
  }
  return priority;
}

}  // namespace

Matrix SemidefiniteProgram::slack_matrix(const Vector& lambda) const {
  Matrix S = -C;
  for (std::size_t r = 0; r < rows.size(); ++r) S += lambda[static_cast<Index>(r)] * rows[r].A;
  return S;
}

Vector SemidefiniteProgram::multiplier_balance(const Vector& lambda) const {
  Vector balance = -c;
  for (std::size_t r = 0; r < rows.size(); ++r) balance += lambda[static_cast<Index>(r)] * rows[r].a;
  return balance;
}

double SemidefiniteProgram::dual_objective(const Vector& lambda) const {
  double sum = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) sum += lambda[static_cast<Index>(r)] * rows[r].b;
  return sum;
}

// A first solution tells which rows to balance with: it is as good as that allows where DSDP converged.
std::optional<SemidefiniteSolution> solve(const SemidefiniteProgram& program) {
  DsdpProgram first(program, sparseness(program));
  auto solution = first.solve();
  if (!solution || first.has_converged()) return solution;
  auto refined = DsdpProgram(program, solution->lambda).solve();
  if (!refined) return solution;
  const bool is_better = program.dual_objective(refined->lambda) < program.dual_objective(solution->lambda);
  return is_better ? refined : solution;
}

}  // namespace optbed
