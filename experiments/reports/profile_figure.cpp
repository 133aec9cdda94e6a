#include "experiments/reports/profile_figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "experiments/figures/gnuplot.hpp"
#include "experiments/figures/gnuplot_style.hpp"
#include "experiments/output_file.hpp"
#include "experiments/reports/rank_order.hpp"
#include "experiments/text_width.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

namespace fs = std::filesystem;

// The second encoding, for readers and printers without colour.
constexpr std::array<const char*, 5> dashes = {"1", "(12,4)", "(3,3)", "(12,4,3,4)", "(22,5)"};

// cm: a column of a paper, without the key.
constexpr double page_width = 8.6;
constexpr double plot_height = 5.6;
constexpr double key_row = 0.42;
constexpr double key_sample_width = 1.9;
constexpr double character_width = 0.19;
// The line below the key, in smaller letters.
constexpr double note_row = 0.32;
constexpr std::size_t note_characters = 60;

struct KeyLayout {
  std::size_t columns;
  std::size_t rows;
  std::size_t characters;  // of an entry
};

KeyLayout key_layout(const std::vector<std::string>& labels) {
  std::size_t longest = 1;
  for (const std::string& label : labels) longest = std::max(longest, character_count(label));
  const auto most = static_cast<std::size_t>((page_width - key_sample_width) / character_width);
  longest = std::min(longest, most);
  const double entry = key_sample_width + character_width * static_cast<double>(longest);
  const std::size_t columns = std::clamp<std::size_t>(static_cast<std::size_t>(page_width / entry), 1,
                                                      std::max<std::size_t>(1, labels.size()));
  return {columns, (labels.size() + columns - 1) / columns, longest};
}

// Its lines, broken between words.
std::vector<std::string> note_lines(const std::string& note) {
  std::vector<std::string> lines = {""};
  std::istringstream words(note);
  for (std::string word; words >> word;) {
    const bool is_full = character_count(lines.back()) + 1 + character_count(word) > note_characters;
    if (is_full) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

// As the ranking has them, where there is one.
std::vector<std::size_t> order_in_key(const ProfileReport& report) {
  if (report.ranking) return best_rank_first(report.ranking->ranking.ranks);
  return best_rank_first(std::vector<double>(report.profile.solvers.size()));
}

struct HorizontalRange {
  double low;
  double high;
};

HorizontalRange horizontal_range(const ProfileReport& report) {
  double low = report.end();
  for (const StepFunction& curve : report.profile.curves) {
    for (const Step& step : curve.steps) {
      if (step.at > 0) low = std::min(low, step.at);
    }
  }
  // The last rise stands clear of the frame.
  const double first = report.request.kind == ProfileKind::performance ? 1 : low;
  const double last = std::max(2 * first, report.end());
  return {first, last * std::pow(last / first, 0.06)};
}

// The corners of a curve within the range.
std::string points_of(const StepFunction& curve, HorizontalRange range) {
  std::string points = fmt::format("{} {}\n", range.low, curve(range.low));
  for (const Step& step : curve.steps) {
    if (step.at > range.low) points += fmt::format("{} {}\n", step.at, step.height);
  }
  return points + fmt::format("{} {}\n", range.high, curve.last_height());
}

std::string axes(const ProfileReport& report, HorizontalRange range) {
  const bool ratio = report.request.kind == ProfileKind::performance;
  std::string text = "set border 3 lw 0.6 lc rgb '#404040'\n";
  text += "set grid lc rgb '#e4e4e4' lw 0.5 dt 1\n";
  text += "set xtics out nomirror scale 0.6\nset ytics out nomirror scale 0.6 0,0.2\n";
  text += fmt::format("set xrange [{}:{}]\nset yrange [0:1.02]\n", range.low, range.high);
  text += fmt::format("set logscale x {}\n", ratio ? 2 : 10);
  if (!ratio && range.high / range.low >= 1e3) text += "set format x '10^{%T}'\n";
  text += fmt::format("set xlabel {} offset 0,0.4\n", gnuplot::literal(report.abscissa()));
  text += fmt::format("set ylabel {} offset 0.6,0\n",
                      gnuplot::literal(report.request.kind == ProfileKind::ecdf ? "share of targets reached"
                                                                                : "share of problems solved"));
  return text;
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = (fs::temp_directory_path() / "optbed_profile_XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw InputError(fmt::format("no folder can be made in {}", path));
    path_ = path;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

std::string picture_format(const std::string& picture) {
  const std::string ending = fs::path(picture).extension().string();
  for (const char* format : {"svg", "png", "pdf"}) {
    if (ending == std::string(".") + format) return format;
  }
  throw UsageError(fmt::format("-o {}: a figure's name ends in .svg, .png or .pdf", picture));
}

std::string profile_script(const ProfileReport& report, const std::string& format, const std::string& picture) {
  const auto& solvers = report.profile.solvers;
  const KeyLayout key = key_layout(solvers);
  const std::vector<std::string> note = note_lines(report.basis());
  const double note_height = note_row * static_cast<double>(note.size()) + 0.15;
  const double strip = key_row * static_cast<double>(key.rows) + 0.25 + note_height;
  const double height = plot_height + strip;
  const HorizontalRange range = horizontal_range(report);
  std::string text = "set encoding utf8\n";
  for (std::size_t s = 0; s < solvers.size(); ++s) {
    text += fmt::format("$curve{} << END\n{}END\n", s + 1, points_of(report.profile.curves[s], range));
  }
  text += fmt::format("format = '{}'\n", format) + gnuplot::terminals(page_width, height);
  text += fmt::format("set output {}\n", gnuplot::literal(picture));
  text += fmt::format("set lmargin at screen {:.4f}\nset rmargin at screen {:.4f}\n", 1.3 / page_width,
                      1 - 0.3 / page_width);
  text += fmt::format("set bmargin at screen {:.4f}\nset tmargin at screen {:.4f}\n", (strip + 1.0) / height,
                      1 - 0.25 / height);
  text += axes(report, range);
  text += fmt::format(
      "set key at screen 0.5,{:.4f} center center horizontal maxcols {} Left reverse noenhanced samplen 3\n",
      (strip + note_height) / 2 / height, key.columns);
  for (std::size_t i = 0; i < note.size(); ++i) {
    const double y = note_height - note_row * (static_cast<double>(i) + 0.5);
    text += fmt::format("set label {} at screen 0.5,{:.4f} center noenhanced font ',6.5' tc rgb '#404040'\n",
                        gnuplot::literal(note[i]), y / height);
  }
  const char* between = "plot ";
  for (const std::size_t s : order_in_key(report)) {
    text += fmt::format("{}$curve{} using 1:2 with steps lc rgb '{}' lw 1.4 dt {} title {}", between, s + 1,
                        gnuplot::palette[s % gnuplot::palette.size()], dashes[s % dashes.size()],
                        gnuplot::literal(shortened(solvers[s], key.characters)));
    between = ", \\\n  ";
  }
  return text + "\nunset output\n";
}

void draw_profile(const ProfileReport& report, const std::string& picture) {
  const std::string format = picture_format(picture);
  check_output_file(picture);
  const TemporaryFolder folder;
  const std::string drawn = "profile." + format;
  write_output_file((folder.path() / "profile.gp").string(), profile_script(report, format, drawn));
  const GnuplotOutcome outcome = run_gnuplot("gnuplot", folder.path(), "profile.gp");
  if (!outcome.found) {
    throw InputError(fmt::format("{}: not drawn: gnuplot cannot be run ({}); install it (Debian: gnuplot-nox)",
                                 picture, outcome.messages));
  }
  std::ifstream stream(folder.path() / drawn, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!outcome.succeeded() || content.empty()) {
    throw InputError(fmt::format("{}: not drawn: gnuplot says: {}", picture, outcome.messages));
  }
  write_output_file(picture, content);
}

}  // namespace optbed
