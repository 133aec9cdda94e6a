#include "analysis/spectrum/sparse_factors.hpp"

#include <Eigen/SparseCholesky>

#include "problems/random.hpp"

namespace optbed {
namespace {

constexpr double most_relative_residual = 1e-8;

}  // namespace

struct SparseFactors::Factors {
  class CountedFactors : public Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> {
   public:
    double flops() const { return m_nonZerosPerCol.cast<double>().squaredNorm(); }
  };

  Eigen::SparseMatrix<double> H;
  double sigma = 0;
  CountedFactors ldlt;
};

SparseFactors::SparseFactors(const SparseRows& H) : factors_(std::make_unique<Factors>()) {
  factors_->H = H;
  factors_->ldlt.analyzePattern(factors_->H);
}

SparseFactors::~SparseFactors() = default;

double SparseFactors::flops() const { return factors_->ldlt.flops(); }

bool SparseFactors::factorise(double sigma) {
  factors_->sigma = sigma;
  factors_->ldlt.setShift(-sigma);
  factors_->ldlt.factorize(factors_->H);
  if (factors_->ldlt.info() != Eigen::Success || !factors_->ldlt.vectorD().allFinite()) return false;
  Random random(2);
  const Vector x = random.normal_matrix(factors_->H.rows(), 1);
  const Vector b = factors_->H * x - sigma * x;
  Vector solution(x.size());
  solve(b, solution);
  const Vector residual = factors_->H * solution - sigma * solution - b;
  return residual.norm() <= most_relative_residual * b.norm();
}

void SparseFactors::solve(const Vector& b, Vector& x) const { x = factors_->ldlt.solve(b); }

Index SparseFactors::count_below() const { return (factors_->ldlt.vectorD().array() < 0).count(); }

}  // namespace optbed
