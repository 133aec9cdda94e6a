#include "solvers/line_search/line_search.hpp"

#include "solvers/line_search/armijo.hpp"

namespace optbed {

std::unique_ptr<LineSearch> make_line_search(LineSearchKind kind) {
  switch (kind) {
    case LineSearchKind::armijo:
      return std::make_unique<Armijo>();
    default:
      return nullptr;
  }
}

StepInfo line_search_step(Oracle& f, LineSearch& line_search, const Vector& d, double initial_step,
                          Point& current, Point& trial) {
  const LineSearchResult result = line_search.search(f, current, d, initial_step, trial);
  if (result.failure) return stopped(*result.failure);
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
