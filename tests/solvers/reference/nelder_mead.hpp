// Nelder and Mead's method once more, in plain loops from section 2 of Lagarias, Reeds, Wright & Wright 1998.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace optbed::reference {

using Coordinates = std::vector<double>;

struct Vertex {
  Coordinates x;
  double f;
};

// The best vertices after 0, 1, … iterations on a simplex with its vertices in the given order.
inline std::vector<Coordinates> nelder_mead(const std::function<double(const Coordinates&)>& f,
                                            const std::vector<Coordinates>& vertices, int iterations) {
  std::vector<Vertex> simplex;
  for (const Coordinates& x : vertices) simplex.push_back({x, f(x)});
  const auto order = [&simplex] {
    std::stable_sort(simplex.begin(), simplex.end(),
                     [](const Vertex& a, const Vertex& b) { return a.f < b.f; });
  };
  order();
  std::vector<Coordinates> best = {simplex[0].x};
  const std::size_t n = vertices[0].size();
  for (int k = 0; k < iterations; ++k) {
    Coordinates mean(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) mean[j] += simplex[i].x[j] / static_cast<double>(n);
    }
    const auto point = [&](double mu) {  // (1 + mu) mean - mu x_{n+1}
      Coordinates x(n);
      for (std::size_t j = 0; j < n; ++j) x[j] = (1 + mu) * mean[j] - mu * simplex[n].x[j];
      return Vertex{x, f(x)};
    };
    const Vertex r = point(1);
    bool shrink = false;
    if (simplex[0].f <= r.f && r.f < simplex[n - 1].f) {
      simplex[n] = r;
    } else if (r.f < simplex[0].f) {
      const Vertex e = point(2);
      simplex[n] = e.f < r.f ? e : r;
    } else {
      const bool outside = r.f < simplex[n].f;
      const Vertex c = point(outside ? 0.5 : -0.5);
      shrink = outside ? c.f > r.f : c.f >= simplex[n].f;
      if (!shrink) simplex[n] = c;
    }
    for (std::size_t i = 1; shrink && i <= n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        simplex[i].x[j] = simplex[0].x[j] + 0.5 * (simplex[i].x[j] - simplex[0].x[j]);
      }
      simplex[i].f = f(simplex[i].x);
    }
    order();
    best.push_back(simplex[0].x);
  }
  return best;
}

}  // namespace optbed::reference
