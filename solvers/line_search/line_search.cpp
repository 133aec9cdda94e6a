#include "solvers/line_search/line_search.hpp"

#include <stdexcept>

#include "solvers/line_search/armijo.hpp"
#include "solvers/line_search/exact.hpp"
#include "solvers/line_search/hager_zhang.hpp"
#include "solvers/line_search/more_thuente.hpp"
#include "solvers/line_search/strong_wolfe.hpp"

namespace optbed {

std::unique_ptr<LineSearch> make_line_search(LineSearchKind kind, double curvature) {
  switch (kind) {
    case LineSearchKind::strong_wolfe:
      return std::make_unique<StrongWolfe>(WolfeConstants{.curvature = curvature});
    case LineSearchKind::hager_zhang:
      return std::make_unique<HagerZhang>(HagerZhangConstants{.sigma = curvature});
    case LineSearchKind::more_thuente:
      return std::make_unique<MoreThuente>(WolfeConstants{.curvature = curvature});
    case LineSearchKind::armijo:
      return std::make_unique<Armijo>();
    case LineSearchKind::exact:
      return std::make_unique<Exact>();
  }
  throw std::logic_error("no such line search");
}

StepInfo line_search_step(Oracle& f, LineSearch& line_search, const Vector& d, double initial_step,
                          Point& current, Point& trial) {
  if (d.dot(current.gradient) == 0 && current.gradient_norm < 1e-150)
    return moved(0);  // the slope has underflowed
  const LineSearchResult result = line_search.search(f, current, d, initial_step, trial);
  if (result.failure) return stopped(*result.failure);
  if (trial.x == current.x) return moved(0);  // alpha d is below the rounding of x
  swap(current, trial);
  return moved(result.step * d.norm());
}

const std::vector<std::pair<std::string, LineSearchKind>>& line_search_choices() {
  static const std::vector<std::pair<std::string, LineSearchKind>> choices = {
      {"strong_wolfe", LineSearchKind::strong_wolfe},
      {"hager_zhang", LineSearchKind::hager_zhang},
      {"more_thuente", LineSearchKind::more_thuente},
      {"armijo", LineSearchKind::armijo},
      {"exact", LineSearchKind::exact}};
  return choices;
}

}  // namespace optbed
