// The methods that treat each variable by itself once more, as one loop over scalars and a rule for each of
// them, from the formulas of their papers.
#pragma once

#include <array>

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

// What a method remembers of one variable, all 0 at first.
template <class Real>
using Memory = std::array<Real, 3>;

// The change of one variable x in step t = 1, 2, … with step size eta and derivative g.
template <class Real>
using Rule = std::function<Real(int t, Real eta, Real x, Real g, Memory<Real>& memory)>;

template <class Real>
class ElementWise {
 public:
  ElementWise(const Objective<Real>& f, Real eta, const ScheduleChoice& schedule, Rule<Real> rule)
      : f_(f), eta_(eta), factors_(schedule), rule_(std::move(rule)), memory_(f.start.size()) {}

  std::optional<Vec<Real>> next(Vec<Real> x) {
    ++t_;
    const Real eta = eta_ * factors_.next(f_.value(x));
    const Vec<Real> g = f_.gradient(x);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += rule_(t_, eta, x[i], g[i], memory_[i]);
    return x;
  }

 private:
  Objective<Real> f_;
  Real eta_;
  StepFactors<Real> factors_;
  Rule<Real> rule_;
  std::vector<Memory<Real>> memory_;
  int t_ = 0;
};

// G += g^2; -eta g/(sqrt(G) + e) or -eta g/sqrt(G + e)
template <class Real>
Rule<Real> adagrad(Real e, bool inside) {
  return [=](int, Real eta, Real, Real g, Memory<Real>& memory) {
    Real& G = memory[0];
    G += g * g;
    return inside ? -eta * g / std::sqrt(G + e) : -eta * g / (std::sqrt(G) + e);
  };
}

template <class Real>
Rule<Real> rmsprop(Real rho, Real e, bool inside) {
  return [=](int, Real eta, Real, Real g, Memory<Real>& memory) {
    Real& s = memory[0];
    s = rho * s + (1 - rho) * g * g;
    return inside ? -eta * g / std::sqrt(s + e) : -eta * g / (std::sqrt(s) + e);
  };
}

template <class Real>
Rule<Real> adadelta(Real rho, Real e, bool of_weights) {
  return [=](int, Real eta, Real x, Real g, Memory<Real>& memory) {
    auto& [G, D, unused] = memory;
    G = rho * G + (1 - rho) * g * g;
    if (of_weights) {
      D = rho * D + (1 - rho) * x * x;
      return -eta * std::sqrt(D + e) / std::sqrt(G + e) * g;
    }
    const Real d = -std::sqrt(D + e) / std::sqrt(G + e) * g;
    D = rho * D + (1 - rho) * d * d;
    return eta * d;
  };
}

enum class AdamForm { plain, hat, uncorrected };

template <class Real>
Rule<Real> adam(Real b1, Real b2, Real e, AdamForm form) {
  return [=](int t, Real eta, Real, Real g, Memory<Real>& memory) {
    auto& [m, v, unused] = memory;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g * g;
    const Real c1 = 1 - std::pow(b1, t);
    const Real c2 = 1 - std::pow(b2, t);
    if (form == AdamForm::hat) return -eta * std::sqrt(c2) / c1 * m / (std::sqrt(v) + e);
    if (form == AdamForm::uncorrected) return -eta * m / (std::sqrt(v) + e);
    return -eta * (m / c1) / (std::sqrt(v / c2) + e);
  };
}

template <class Real>
Rule<Real> adamax(Real b1, Real b2, Real e) {
  return [=](int t, Real eta, Real, Real g, Memory<Real>& memory) {
    auto& [m, u, unused] = memory;
    m = b1 * m + (1 - b1) * g;
    u = std::fmax(b2 * u, std::fabs(g));
    return -eta / (1 - std::pow(b1, t)) * m / (u + e);
  };
}

// psi = 0: Ruder's form. Otherwise Dozat's, with mu_t = b1 (1 - 0.96^(t psi)/2).
template <class Real>
Rule<Real> nadam(Real b1, Real b2, Real e, Real psi) {
  const auto mu = [=](int t) { return b1 * (1 - std::pow(Real(0.96), t * psi) / 2); };
  return [=](int t, Real eta, Real, Real g, Memory<Real>& memory) {
    auto& [m, v, unused] = memory;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g * g;
    const Real divisor = std::sqrt(v / (1 - std::pow(b2, t))) + e;
    if (psi == 0) {
      const Real c1 = 1 - std::pow(b1, t);
      return -eta / divisor * (b1 * (m / c1) + (1 - b1) * g / c1);
    }
    Real product = 1;
    for (int s = 1; s <= t; ++s) product *= mu(s);
    const Real ahead = mu(t + 1) * m / (1 - product * mu(t + 1)) + (1 - mu(t)) * g / (1 - product);
    return -eta * ahead / divisor;
  };
}

template <class Real>
Rule<Real> amsgrad(Real b1, Real b2, Real e, bool corrected) {
  return [=](int t, Real eta, Real, Real g, Memory<Real>& memory) {
    auto& [m, v, w] = memory;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g * g;
    w = std::fmax(w, v);
    if (!corrected) return -eta * m / (std::sqrt(w) + e);
    return -eta * (m / (1 - std::pow(b1, t))) / (std::sqrt(w / (1 - std::pow(b2, t))) + e);
  };
}

struct RpropSteps {
  double increase = 1.2;
  double decrease = 0.5;
  double initial = 0.1;
  double most = 50;
  double least = 1e-6;
};

// Step sizes D, from which iRprop- and Rprop+ differ where the derivative changes its sign: there the first
// forgets g and stays, and the second forgets it and returns.
template <class Real>
Rule<Real> rprop(RpropSteps steps, bool returns) {
  return [=](int t, Real, Real, Real g, Memory<Real>& memory) {
    auto& [D, g_before, dx_before] = memory;
    if (t == 1) D = Real(steps.initial);
    const Real s = g * g_before;
    if (s > 0) D = std::fmin(Real(steps.increase) * D, Real(steps.most));
    if (s < 0) D = std::fmax(Real(steps.decrease) * D, Real(steps.least));
    Real dx = g > 0 ? -D : g < 0 ? D : Real(0);
    g_before = g;
    if (s < 0) {
      dx = returns ? -dx_before : Real(0);
      g_before = 0;
    }
    dx_before = s < 0 ? Real(0) : dx;
    return dx;
  };
}

// d = d g/(g_before - g)
template <class Real>
Rule<Real> quickprop_secant(bool reversed) {
  return [=](int t, Real eta, Real, Real g, Memory<Real>& memory) {
    auto& [d, g_before, unused] = memory;
    if (t == 1) {
      d = -eta * g;
    } else if (g == g_before) {
      d = 0;
    } else {
      d = d * g / (reversed ? g - g_before : g_before - g);
    }
    g_before = g;
    return d;
  };
}

// (Fahlman 1988): the slopes and signs of his program, where mu is the growth limit and P the slope before.
template <class Real>
Rule<Real> quickprop_fahlman(Real mu) {
  return [=](int, Real eta, Real, Real g, Memory<Real>& memory) {
    auto& [d, P, unused] = memory;
    const Real shrink = mu / (1 + mu);
    const Real before = d;
    const auto secant = [&] { return before * g == 0 ? Real(0) : before * g / (P - g); };
    d = 0;
    if (before < 0) {
      if (g > 0) d += -eta * g;
      d += g > shrink * P ? mu * before : secant();
    } else if (before > 0) {
      if (g < 0) d += -eta * g;
      d += g < shrink * P ? mu * before : secant();
    } else {
      d = -eta * g;
    }
    P = g;
    return d;
  };
}

// The simplified Rprop with retreats: every variable has a signed step D and keeps the derivative of the last
// point that it went to.
template <class Real>
class RpropWithRetreats {
 public:
  RpropWithRetreats(const Objective<Real>& f, RpropSteps steps, bool signed_caps)
      : f_(f), steps_(steps), signed_caps_(signed_caps) {}

  std::optional<Vec<Real>> next(Vec<Real> x) {
    if (kept_.empty()) {
      kept_ = f_.gradient(x);
      for (const Real g : kept_) D_.push_back(sign(g) * Real(steps_.initial));
    }
    const Vec<Real> trial = difference(x, D_);
    const Vec<Real> d = f_.gradient(trial);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (sign(d[i]) == sign(kept_[i])) {
        x[i] = trial[i];
        kept_[i] = d[i];
        const Real grown = Real(steps_.increase) * D_[i];
        D_[i] = signed_caps_ ? std::fmin(grown, Real(steps_.most))
                             : sign(D_[i]) * std::fmin(std::fabs(grown), Real(steps_.most));
      } else {
        const Real shrunk = Real(steps_.decrease) * D_[i];
        D_[i] = signed_caps_ ? std::fmax(shrunk, Real(steps_.least))
                             : sign(D_[i]) * std::fmax(std::fabs(shrunk), Real(steps_.least));
      }
    }
    return x;
  }

 private:
  static Real sign(Real a) { return a > 0 ? Real(1) : a < 0 ? Real(-1) : Real(0); }

  Objective<Real> f_;
  RpropSteps steps_;
  bool signed_caps_;
  Vec<Real> D_;
  Vec<Real> kept_;
};

}  // namespace optbed::reference
