// The families of claims, one file each. Every function checks the conditions of its claims and returns the
// statements that hold for the method as it is set, on the problem, from the start; none where no condition
// holds.
#pragma once

#include <vector>

#include "analysis/theory/theory.hpp"

namespace optbed {

class AugmentedLagrangian;
class Bfgs;
class Chebyshev;
class ConjugateGradient;
class CoordinateDescent;
class Dfp;
class Direct;
class Dogleg;
class GaussNewton;
class GradientDescent;
class Jacobi;
class Lagrange;
class Lbfgs;
class LevenbergMarquardt;
class Minres;
class Momentum;
class Nesterov;
class Newton;
class NewtonCg;
class NonlinearCg;
class OptimizedGradient;
class PreconditionedConjugateGradient;
class PreconditionedGradient;
class ProximalGradient;
class Richardson;
class Sor;
class Sr1LineSearch;
class TripleMomentum;

std::vector<Statement> augmented_lagrangian_theory(const AugmentedLagrangian& solver, const Setting& setting);
std::vector<Statement> bfgs_theory(const Bfgs& solver, const Setting& setting);
std::vector<Statement> cg_theory(const ConjugateGradient& solver, const Setting& setting);
std::vector<Statement> chebyshev_theory(const Chebyshev& solver, const Setting& setting);
std::vector<Statement> coordinate_descent_theory(const CoordinateDescent& solver, const Setting& setting);
std::vector<Statement> dfp_theory(const Dfp& solver, const Setting& setting);
std::vector<Statement> direct_theory(const Direct& solver, const Setting& setting);
std::vector<Statement> dogleg_theory(const Dogleg& solver, const Setting& setting);
std::vector<Statement> gauss_newton_theory(const GaussNewton& solver, const Setting& setting);
std::vector<Statement> gradient_descent_theory(const GradientDescent& solver, const Setting& setting);
std::vector<Statement> heavy_ball_theory(const Momentum& solver, const Setting& setting);
std::vector<Statement> jacobi_theory(const Jacobi& solver, const Setting& setting);
std::vector<Statement> lagrange_theory(const Lagrange& solver, const Setting& setting);
std::vector<Statement> lbfgs_theory(const Lbfgs& solver, const Setting& setting);
std::vector<Statement> levenberg_marquardt_theory(const LevenbergMarquardt& solver, const Setting& setting);
std::vector<Statement> minres_theory(const Minres& solver, const Setting& setting);
std::vector<Statement> nesterov_theory(const Nesterov& solver, const Setting& setting);
std::vector<Statement> newton_cg_theory(const NewtonCg& solver, const Setting& setting);
std::vector<Statement> newton_theory(const Newton& solver, const Setting& setting);
std::vector<Statement> nonlinear_cg_theory(const NonlinearCg& solver, const Setting& setting);
std::vector<Statement> optimized_gradient_theory(const OptimizedGradient& solver, const Setting& setting);
std::vector<Statement> pcg_theory(const PreconditionedConjugateGradient& solver, const Setting& setting);
std::vector<Statement> preconditioned_gradient_theory(const PreconditionedGradient& solver,
                                                      const Setting& setting);
std::vector<Statement> proximal_gradient_theory(const ProximalGradient& solver, const Setting& setting);
std::vector<Statement> richardson_theory(const Richardson& solver, const Setting& setting);
std::vector<Statement> sor_theory(const Sor& solver, const Setting& setting);
std::vector<Statement> sr1_theory(const Sr1LineSearch& solver, const Setting& setting);
std::vector<Statement> triple_momentum_theory(const TripleMomentum& solver, const Setting& setting);

}  // namespace optbed
