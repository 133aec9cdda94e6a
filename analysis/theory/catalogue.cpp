#include "analysis/theory/catalogue.hpp"

namespace optbed {
namespace {

using enum RateKind;

constexpr std::string_view along_gradients =
    "gradient_descent momentum nesterov optimized_gradient triple_momentum cg nonlinear_cg chebyshev "
    "richardson";

constexpr KnownRate rates[] = {
    {"gradient_descent", "gradient descent, constant step", "quadratics",
     "|e_k| contracts by max(|1 - eta mu|, |1 - eta L|); 1 - 1/kappa at eta = 1/L", asymptotic, "0 < eta < 2/L",
     "Polyak 1987, section 1.4"},
    {"gradient_descent", "gradient descent, best constant step", "quadratics",
     "|e_k| contracts by (kappa - 1)/(kappa + 1)", asymptotic, "eta = 2/(L + mu)", "Polyak 1987, section 1.4"},
    {"gradient_descent", "gradient descent, constant step", "mu-strongly convex, L-smooth",
     "|e_k| <= rho^k R and f_k - f* <= rho^(2k) (f_0 - f*), rho = max(|1 - eta mu|, |1 - eta L|)", tight,
     "0 < eta < 2/L", "Taylor, Hendrickx & Glineur 2018"},
    {"gradient_descent", "gradient descent, constant step", "convex, L-smooth",
     "f_k - f* <= L R^2/(4 k eta L + 2), which is L R^2/(4k + 2) at eta = 1/L", tight,
     "0 < eta <= 1/L; met by a Huber function made for that k", "Drori & Teboulle 2014, section 3"},
    {"gradient_descent", "gradient descent, constant step", "L-smooth, bounded below",
     "min_{j<=k} |g_j|^2 <= (4/3)(L/k)(f_0 - f_k)", bound, "eta = 1/L",
     "Abbaszadehpeivasti, de Klerk & Zamani 2022, theorem 2"},
    {"gradient_descent", "subgradient method, constant step", "convex, M-Lipschitz",
     "min_{j<=k} f_j - f* <= R^2/(2 (k+1) eta) + eta M^2/2; M R/sqrt(k+1) at the best eta", bound,
     "eta = R/(M sqrt(k+1)) for the second", "Shor 1985; Nesterov 2004, section 3.2.3"},
    {"gradient_descent", "online gradient descent", "convex losses, M-Lipschitz, on a set of diameter D",
     "regret after n rounds <= M D sqrt(n)", bound, "eta = D/(M sqrt(n))", "Zinkevich 2003"},
    {"gradient_descent", "steepest descent, exact line search", "mu-strongly convex, L-smooth",
     "f_k - f* <= ((kappa - 1)/(kappa + 1))^(2k) (f_0 - f*)", tight, "met on diag(1, kappa) from (kappa, 1)",
     "Kantorovich 1948; de Klerk, Glineur & Taylor 2017, theorem 1.2"},
    {"gradient_descent", "gradient descent, silver steps", "convex, L-smooth",
     "f_n - f* <= L R^2/(1 + sqrt(4 (1 + sqrt(2))^(2m) - 3)) at n = 2^m - 1", bound,
     "steps of (1 + rho^(nu(j) - 1))/L", "Altschuler & Parrilo 2023, \"Acceleration by stepsize hedging II\""},
    {"gradient_descent", "gradient descent, Polyak's step", "convex, L-smooth",
     "|e_k| never grows; min_{j<=k} f_j - f* <= 2 L R^2/(k+1)", bound, "eta = (f_k - f*)/|g_k|^2, f* known",
     "Polyak 1969; Hazan & Kakade 2019"},
    {"gradient_descent", "gradient descent, twice Polyak's step", "mu-strongly convex, L-smooth",
     "|e|^2 contracts by (eta L - 1)(1 - eta mu)/(eta (L + mu) - 1)", tight, "eta = 2 (f_k - f*)/|g_k|^2",
     "Barré, Taylor & d'Aspremont 2020"},
    {"gradient_descent", "gradient descent, Barzilai-Borwein step", "quadratics",
     "R-linear, not monotone, without a number; R-superlinear for n = 2", bound, "",
     "Dai & Liao 2002; Barzilai & Borwein 1988"},
    {"momentum", "heavy ball, best tuning", "quadratics", "|e_k| contracts by q", asymptotic,
     "alpha = 4/(sqrt(L) + sqrt(mu))^2, beta = q^2", "Polyak 1964, theorem 9"},
    {"momentum", "heavy ball", "quadratics",
     "contracts by sqrt(beta) where (1 - sqrt(beta))^2 < alpha lambda < (1 + sqrt(beta))^2, else by the larger "
     "root of z^2 - (1 + beta - alpha lambda) z + beta",
     asymptotic, "0 <= beta < 1, 0 < alpha L < 2 (1 + beta)", "Lessard, Recht & Packard 2016, section 3"},
    {"momentum", "heavy ball, best tuning, from rest", "quadratics",
     "|e_k| = (1 + (1 + q) k) q^k at lambda = L and (1 + (1 - q) k) q^k at mu: rises to some sqrt(kappa)/e "
     "first",
     tight, "", "from the double root; in proportion to sqrt(kappa): Mohammadi, Samuelson & Jovanović 2021"},
    {"momentum", "heavy ball, safe tuning", "mu-strongly convex, L-smooth",
     "f_k - f* <= (1 - alpha mu)^k (f_0 - f*)", bound, "alpha <= 1/L, beta = sqrt((1 - alpha mu)(1 - alpha L))",
     "Ghadimi, Feyzmahdavian & Johansson 2015"},
    {"momentum", "heavy ball, best tuning for quadratics", "mu-strongly convex, L-smooth",
     "may cycle for ever: f' = 25 x, x + 24, 25 x - 24 in three pieces has a cycle of three", tight,
     "alpha = 1/9, beta = 4/9 at mu = 1, L = 25",
     "Lessard, Recht & Packard 2016, section 4.6; Goujaud, Taylor & Dieuleveut 2023"},
    {"nesterov", "Nesterov, constant momentum", "quadratics",
     "contracts by sqrt(beta (1 - h)), h = eta lambda, where ((1 - beta)/(1 + beta))^2 < h < 1, else by the "
     "larger root of z^2 - (1 + beta)(1 - h) z + beta (1 - h)",
     asymptotic, "eta < 2 (1 + beta)/((1 + 2 beta) L)", "Lessard, Recht & Packard 2016, section 3"},
    {"nesterov", "Nesterov, strongly convex tuning", "quadratics", "|e_k| contracts by 1 - 1/sqrt(kappa)",
     asymptotic, "eta = 1/L, beta = q; a double root at lambda = mu",
     "Lessard, Recht & Packard 2016, section 3"},
    {"nesterov", "Nesterov, best tuning for quadratics", "quadratics",
     "|e_k| contracts by 1 - 2/sqrt(3 kappa + 1)", asymptotic,
     "eta = 4/(3L + mu), beta = (sqrt(3 kappa + 1) - 2)/(sqrt(3 kappa + 1) + 2)",
     "Lessard, Recht & Packard 2016, proposition 1"},
    {"nesterov", "Nesterov, strongly convex tuning", "mu-strongly convex, L-smooth",
     "f_k - f* <= (1 - 1/sqrt(kappa))^k (f_0 - f* + mu R^2/2)", bound, "eta = 1/L, beta = q",
     "Nesterov 2004, section 2.2.1"},
    {"nesterov", "Nesterov 1983, FISTA", "convex, L-smooth", "f_k - f* <= 2 L R^2/(k+1)^2", bound,
     "eta = 1/L, sequence=fista", "Nesterov 1983; Beck & Teboulle 2009, theorem 4.4"},
    {"optimized_gradient", "optimized gradient method", "convex, L-smooth",
     "f_n - f* <= L R^2/(2 theta_n^2) <= L R^2/(n+1)^2", tight,
     "n chosen in advance; met by L |x|^2/2 and a Huber function", "Kim & Fessler 2016, theorem 2"},
    {"triple_momentum", "triple momentum", "mu-strongly convex, L-smooth",
     "f_k - f* <= (1 - 1/sqrt(kappa))^(2k) (L kappa/2) R^2", bound, "",
     "Van Scoy, Freeman & Lynch 2018, theorem 1"},
    {"proximal_gradient", "proximal gradient", "convex smooth plus convex",
     "F_k - F* <= L R^2/(2k); 2 L R^2/(k+1)^2 accelerated", bound, "step 1/L",
     "Beck & Teboulle 2009, theorems 3.1 and 4.4"},
    {along_gradients, "any method that steps along its gradients", "convex, L-smooth",
     "f_k - f* >= 3 L R^2/(32 (k+1)^2)", lower_bound, "k <= (n - 1)/2, on Nesterov's chain of length 2k + 1",
     "Nesterov 2004, theorem 2.1.7"},
    {along_gradients, "any method that steps along its gradients", "mu-strongly convex, L-smooth",
     "|e_k| >= q^k R", lower_bound, "on the infinite chain, x*_i = q^i", "Nesterov 2004, theorem 2.1.13"},
    {"cg nonlinear_cg lbfgs bfgs dfp", "conjugate gradients", "quadratics",
     "f_k - f* <= (f_0 - f*)/T_k((kappa+1)/(kappa-1))^2 <= 4 q^(2k) (f_0 - f*)", bound,
     "the other methods: exact line search", "Saad 2003, theorem 6.29; Nocedal & Wright 2006, theorem 6.4"},
    {"cg nonlinear_cg lbfgs bfgs dfp", "conjugate gradients", "quadratics",
     "x_k = x* after as many iterations as there are distinct eigenvalues", tight, "exact arithmetic",
     "Nocedal & Wright 2006, theorem 5.4"},
    {"", "conjugate gradients, ideal (best in the span of all gradients)", "convex, L-smooth",
     "f_n - f* <= L R^2/(2 theta_n^2)", tight, "",
     "Drori & Taylor 2020, \"Efficient first-order methods for convex minimization\""},
    {"pcg", "preconditioned conjugate gradients", "quadratics", "as conjugate gradients with kappa of M^-1 A",
     bound, "", "Saad 2003, section 9.2"},
    {"minres", "MINRES", "symmetric systems", "|r_k| <= |r_0|/T_k((kappa+1)/(kappa-1)), A definite", bound, "",
     "Saad 2003, section 6.11"},
    {"chebyshev", "Chebyshev semi-iteration", "symmetric positive definite systems",
     "|e_k| <= |e_0|/T_k((kappa+1)/(kappa-1)), met at lambda = mu; contracts by q", tight, "mu and L known",
     "Golub & Varga 1961; Saad 2003, section 12.3.1"},
    {"richardson", "Richardson", "symmetric positive definite systems",
     "contracts by max(|1 - eta mu|, |1 - eta L|)", asymptotic, "0 < eta < 2/L", "Saad 2003, example 4.1"},
    {"jacobi", "Jacobi", "linear systems", "contracts by rho(I - D^-1 A); cos(pi/(n+1)) on tridiag(-1, 2, -1)",
     asymptotic, "rho < 1, which holds for diagonally dominant A, not for every positive definite one",
     "Saad 2003, theorem 4.1"},
    {"gauss_seidel", "Gauss-Seidel", "linear systems",
     "contracts by rho((D + L)^-1 U); the square of Jacobi's where A is consistently ordered", asymptotic,
     "A positive definite, or diagonally dominant", "Young 1971, theorem 6.2.3"},
    {"sor", "successive over-relaxation", "consistently ordered linear systems",
     "contracts by omega - 1 at the best omega = 2/(1 + sqrt(1 - rho(Jacobi)^2)), a defective eigenvalue",
     asymptotic, "0 < omega < 2", "Young 1971, theorem 6.2.3"},
    {"lu qr cholesky", "direct solvers", "linear systems", "x_1 = x*", tight, "exact arithmetic",
     "Golub & Van Loan 2013, chapters 3 to 5"},
    {"coordinate_descent", "coordinate descent, cyclic and exact", "quadratics",
     "Gauss-Seidel's sweep, a coordinate at a time", asymptotic, "A positive definite",
     "Luenberger & Ye 2008, section 8.6"},
    {"newton", "Newton", "mu-strongly convex, Hessian M-Lipschitz",
     "|e_{k+1}| <= (M/(2 mu)) |e_k|^2; in one variable e_{k+1}/e_k^2 -> f'''/(2 f'')", bound, "close to x*",
     "Nocedal & Wright 2006, theorem 3.5; Boyd & Vandenberghe 2004, (9.33)"},
    {"newton", "damped Newton", "quadratics", "|e_k| contracts by |1 - eta|", tight, "0 < eta < 2",
     "x_{k+1} - x* = (1 - eta)(x_k - x*)"},
    {"newton_cg", "Newton-CG", "Hessian Lipschitz, definite at x*",
     "superlinear or quadratic, by its forcing terms", bound, "close to x*",
     "Nocedal & Wright 2006, theorems 7.1 and 7.2"},
    {"bfgs", "BFGS", "Hessian Lipschitz, definite at x*", "superlinear: |e_{k+1}|/|e_k| -> 0", asymptotic,
     "Wolfe conditions", "Powell 1976; Nocedal & Wright 2006, theorem 6.6"},
    {"dfp", "DFP", "mu-strongly convex, L-smooth", "superlinear", asymptotic, "exact line search",
     "Powell 1971"},
    {"lbfgs", "L-BFGS", "mu-strongly convex, L-smooth", "R-linear, without a number", bound, "Wolfe conditions",
     "Liu & Nocedal 1989, theorem 6.1"},
    {"gauss_newton", "Gauss-Newton", "nonlinear least squares",
     "contracts by rho((J'J)^-1 sum r_i H(r_i)) at x*; quadratic where r(x*) = 0; x* repels where it is over 1",
     asymptotic, "J of full rank at x*", "Nocedal & Wright 2006, (10.30)"},
    {"levenberg levenberg_marquardt dogleg", "damped Gauss-Newton", "nonlinear least squares",
     "Gauss-Newton's factor as the damping goes to 0; gradient descent's with the step 1/lambda as it grows",
     asymptotic, "steps that lower f are accepted", "Nocedal & Wright 2006, section 10.3"},
    {"sgd gradient_descent", "stochastic gradients, constant step",
     "lambda x^2/2, gradient noise of variance s^2",
     "E x^2 -> eta s^2/(lambda (2 - eta lambda)), E f -> eta s^2/(2 (2 - eta lambda)); transient (1 - eta "
     "lambda)^(2k)",
     asymptotic, "eta lambda < 2", "an autoregression of order 1"},
    {"momentum", "stochastic heavy ball", "lambda x^2/2, gradient noise of variance s^2",
     "E x^2 -> eta s^2 (1 + beta)/(lambda (1 - beta)(2 (1 + beta) - eta lambda))", asymptotic,
     "eta lambda < 2 (1 + beta)", "an autoregression of order 2"},
    {"nesterov", "stochastic Nesterov", "lambda x^2/2, gradient noise of variance s^2",
     "E x^2 -> eta^2 s^2 (1 + c)/((1 - c)((1 + c)^2 - (1 + beta)^2 (1 - h)^2)), h = eta lambda, c = beta (1 - "
     "h)",
     asymptotic, "the recurrence is stable", "an autoregression of order 2"},
    {"sgd gradient_descent", "stochastic gradients, steps c/(lambda k)",
     "lambda x^2/2, gradient noise of variance s^2",
     "k E x^2 -> c^2 s^2/((2c - 1) lambda^2); k^(-2c) for c < 1/2; best at c = 1, the sample mean", asymptotic,
     "c > 1/2", "Nemirovski, Juditsky, Lan & Shapiro 2009"},
    {"sgd", "stochastic gradients, one step", "mu-strongly convex, L-smooth, variance v^2 at x*",
     "E |x_1 - x*|^2 <= (eta (L - mu) R/2 + sqrt((1 - eta (L + mu)/2)^2 R^2 + eta^2 v^2))^2", tight, "",
     "Taylor & Bach 2019"},
    {"adagrad", "Adagrad", "convex losses, on a set of diameter D in each component",
     "regret after n rounds <= sqrt(2) D sum_i |g_{1:n, i}|", bound, "eta = D/sqrt(2)",
     "Duchi, Hazan & Singer 2011"},
    {"adam", "Adam", "convex losses on [-1, 1]",
     "may tend to the worst point: the average regret tends to (2C - 4)/3", tight,
     "losses C x, -x, -x in turn, C = 3, beta_1 = 0, beta_2 = 1/(1 + C^2), steps alpha/sqrt(t)",
     "Reddi, Kale & Kumar 2018, theorem 1"},
    {"amsgrad", "AMSGrad", "convex losses on a bounded set", "regret O(sqrt(n)): the average tends to 0", bound,
     "steps alpha/sqrt(t)", "Reddi, Kale & Kumar 2018, theorem 4"},
    {"rprop", "Rprop", "separable, one minimum in each component",
     "R-linear in each component, and the same run whatever the condition number is; no number is known", bound,
     "", "its steps depend on signs only"},
    {"rmsprop", "RMSProp, constant step", "one variable, quadratic",
     "ends in an orbit of period 2 with |x| = eta/2, whatever the curvature", asymptotic,
     "epsilon -> 0, deterministic", "the step is eta sign(g) in the limit"},
    {"", "sign descent, constant step", "one variable", "ends in an orbit of an amplitude of at most eta",
     bound, "eta does not tend to 0", "every step has the length eta"},
    {"svrg saga", "variance-reduced gradients", "mean of N functions, mu-strongly convex, L-smooth each",
     "linear in expectation, within O((N + kappa) log(1/epsilon)) gradients of samples", bound, "step O(1/L)",
     "Johnson & Zhang 2013; Defazio, Bach & Lacoste-Julien 2014"},
    {"lagrange", "Newton on Lagrange's conditions", "equality constraints", "quadratic", bound,
     "close to a point with independent constraint gradients and second-order sufficiency",
     "Nocedal & Wright 2006, theorem 18.4"},
    {"augmented_lagrangian", "augmented Lagrangian", "equality constraints",
     "linear, by a factor in proportion to 1/penalty", bound, "close to such a point, penalty large enough",
     "Bertsekas 1982, proposition 2.4"},
};

}  // namespace

bool KnownRate::is_about(std::string_view solver) const {
  std::string_view rest = solvers;
  while (!rest.empty()) {
    const auto space = rest.find(' ');
    if (rest.substr(0, space) == solver) return true;
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  }
  return false;
}

std::span<const KnownRate> known_rates() { return rates; }

std::string_view to_string(RateKind kind) {
  switch (kind) {
    case asymptotic:
      return "asymptotic";
    case tight:
      return "tight";
    case bound:
      return "bound";
    case lower_bound:
      return "lower_bound";
  }
  return {};
}

}  // namespace optbed
