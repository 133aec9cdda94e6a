// Stochastic methods once more, from their formulas, over batches that a test gives. A path holds x_0, x_1, …
#pragma once

#include <functional>

#include "tests/solvers/reference/dense.hpp"

namespace optbed::reference {

using Batch = std::vector<std::size_t>;

// f = mean of f_i, i = 0 … count - 1.
struct FiniteSum {
  Vec<double> start;
  std::size_t count;
  std::function<Vec<double>(std::size_t, const Vec<double>&)> gradient;  // of f_i

  Vec<double> gradient_of(const Batch& batch, const Vec<double>& x) const {
    Vec<double> sum(x.size(), 0);
    for (const std::size_t i : batch) sum = along(sum, 1.0, gradient(i, x));
    return scaled(1 / static_cast<double>(batch.size()), sum);
  }
};

// f_i = log(1 + exp(-b_i a_i'x)) + (lambda/2) |x|^2 with a_i the rows of A.
inline FiniteSum logistic(const Mat<double>& A, const Vec<double>& b, double lambda) {
  return {Vec<double>(A[0].size(), 0), A.size(), [=](std::size_t i, const Vec<double>& x) {
            const double probability_of_the_other = 1 / (1 + std::exp(b[i] * dot(A[i], x)));
            return along(scaled(lambda, x), -b[i] * probability_of_the_other, A[i]);
          }};
}

using Points = std::vector<Vec<double>>;

// x_{k+1} = x_k - eta(k) g_B
inline Points stochastic_descent(const FiniteSum& f, const std::vector<Batch>& batches,
                                 const std::function<double(std::size_t)>& eta) {
  Points path = {f.start};
  for (std::size_t k = 0; k < batches.size(); ++k) {
    path.push_back(along(path.back(), -eta(k), f.gradient_of(batches[k], path.back())));
  }
  return path;
}

// Johnson & Zhang 2013, figure 1, option I: two loops.
inline Points svrg(const FiniteSum& f, const std::vector<Batch>& batches, double eta, std::size_t inner) {
  Batch all;
  for (std::size_t i = 0; i < f.count; ++i) all.push_back(i);
  Points path = {f.start};
  std::size_t next = 0;
  while (next < batches.size()) {
    const Vec<double> snapshot = path.back();
    const Vec<double> mean = f.gradient_of(all, snapshot);
    for (std::size_t t = 0; t < inner && next < batches.size(); ++t, ++next) {
      const Vec<double>& w = path.back();
      const Vec<double> correction =
          difference(f.gradient_of(batches[next], w), f.gradient_of(batches[next], snapshot));
      path.push_back(along(w, -eta, along(mean, 1.0, correction)));
    }
  }
  return path;
}

// Defazio, Bach & Lacoste-Julien 2014, (1), with the table as the points phi_i, so that its gradients and their
// mean are taken afresh in every iteration.
inline Points saga(const FiniteSum& f, const std::vector<Batch>& batches, double eta) {
  Points phi(f.count, f.start);
  Points path = {f.start};
  for (const Batch& batch : batches) {
    const Vec<double> x = path.back();
    Vec<double> direction(x.size(), 0);
    for (std::size_t i = 0; i < f.count; ++i) {
      direction = along(direction, 1 / static_cast<double>(f.count), f.gradient(i, phi[i]));
    }
    for (const std::size_t j : batch) {
      const Vec<double> change = difference(f.gradient(j, x), f.gradient(j, phi[j]));
      direction = along(direction, 1 / static_cast<double>(batch.size()), change);
    }
    path.push_back(along(x, -eta, direction));
    for (const std::size_t j : batch) phi[j] = x;
  }
  return path;
}

// x_{k+1} = x_k - eta ((1 - alpha) g + alpha g'), g' the gradient at x_k + radius g/|g| (Zhao, Zhang & Hu 2022,
// algorithm 1; alpha = 1: Foret et al. 2021, algorithm 1). `gradient` is that of batch k.
inline Points penalised_descent(const Vec<double>& start, std::size_t steps, double eta, double alpha,
                                double radius,
                                const std::function<Vec<double>(std::size_t k, const Vec<double>&)>& gradient) {
  Points path = {start};
  for (std::size_t k = 0; k < steps; ++k) {
    const Vec<double> x = path.back();
    const Vec<double> g = gradient(k, x);
    const Vec<double> uphill = gradient(k, along(x, radius / norm(g), g));
    path.push_back(along(x, -eta, along(scaled(1 - alpha, g), alpha, uphill)));
  }
  return path;
}

}  // namespace optbed::reference
