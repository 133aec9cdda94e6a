#include "problems/nearest_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace optbed {
namespace {

std::size_t alignment_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, row);
  }
  return previous[b.size()];
}

// Small letters, without hyphens and underscores: L-BFGS is lbfgs.
std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '-' && c != '_') letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return letters;
}

// The distance of plain names. The beginning or the end of a long one ("rosen", "tolerance") is as near as a
// single slip.
std::size_t distance(const std::string& typed, const std::string& name) {
  const bool begins = typed.size() >= 3 && name.starts_with(typed);
  const bool ends = typed.size() >= 5 && name.ends_with(typed);
  return begins || ends ? std::min<std::size_t>(1, name.size() - typed.size())
                        : alignment_distance(typed, name);
}

}  // namespace

std::string nearest_name(std::string_view typed, const std::vector<std::string>& names) {
  const std::string letters = plain(typed);
  std::string best;
  std::size_t least = 0;
  for (const std::string& name : names) {
    const std::size_t d = distance(letters, plain(name));
    if (best.empty() || d < least) {
      best = name;
      least = d;
    }
  }
  return least <= std::max<std::size_t>(1, letters.size() / 3) ? best : std::string();
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& names) {
  const std::string nearest = nearest_name(typed, names);
  return nearest.empty() ? std::string() : fmt::format("; did you mean '{}'?", nearest);
}

}  // namespace optbed
