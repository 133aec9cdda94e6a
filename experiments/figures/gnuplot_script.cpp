#include "experiments/figures/gnuplot_script.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "experiments/figures/gnuplot_style.hpp"
#include "experiments/figures/panel_view.hpp"
#include "experiments/text_width.hpp"

namespace optbed {
namespace {

using gnuplot::literal;
using gnuplot::palette;

// The second encoding, for readers and printers without colour: gnuplot's point types.
constexpr std::array<int, 10> markers = {7, 5, 9, 13, 11, 6, 4, 8, 12, 10};

constexpr std::size_t theory_style = 100;  // of a run's theory: this plus its own style
constexpr int contour_style = 90;
constexpr int start_style = 91;
constexpr int minimiser_style = 92;
constexpr int reference_style = 93;
constexpr int any_theory_style = 94;
constexpr std::size_t most_marks_on_a_path = 60;
constexpr double key_line = 0.42;           // cm
constexpr double character = 0.155;         // cm: the mean width at 8 pt
constexpr double allowed_character = 0.19;  // cm: what gnuplot keeps free for one
constexpr double side_margins = 1.9;        // cm: of a panel
constexpr double key_sample = 1.6;          // cm: of an entry, beside its text

// The same hue, dark enough to be seen on top of the run's own line where the two coincide.
std::string darkened(const std::string& colour) {
  std::string text = "#";
  for (std::size_t i = 1; i < colour.size(); i += 2)
    fmt::format_to(std::back_inserter(text), "{:02x}", std::stoi(colour.substr(i, 2), nullptr, 16) * 55 / 100);
  return text;
}

// The least of 1, 2 and 5 times a power of ten at whose multiples numbers fit side by side into `room` cm.
double tick_step(AxisRange range, double room) {
  const double length = range.high - range.low;
  for (double decade = std::pow(10, std::floor(std::log10(length)) - 1);; decade *= 10) {
    for (const double multiple : {1.0, 2.0, 5.0}) {
      const double step = multiple * decade;
      std::size_t longest = 1;
      for (const double end : {range.low, range.high})
        longest = std::max(longest, fmt::format("{:g}", std::trunc(end / step) * step).size());
      const double number = character * static_cast<double>(longest + 2);
      if (step >= length || length / step * number <= room) return step;
    }
  }
}

std::string axis_label(const PanelSpec& panel) {
  switch (panel.quantity) {
    case PlottedQuantity::gap:
      return "{/:Italic f}({/:Italic x_k}) − {/:Italic f}*";
    case PlottedQuantity::distance:
      return "‖{/:Italic x_k} − {/:Italic x}*‖";
    case PlottedQuantity::value:
      return "{/:Italic f}({/:Italic x_k})";
    case PlottedQuantity::gradient_norm:
      return "‖{/:Italic g_k}‖_∞";
    case PlottedQuantity::coordinate:
      return "error of {/:Italic x}_i, signed";
    case PlottedQuantity::coordinate_error:
      return "error of {/:Italic x}_i";
    case PlottedQuantity::mode:
      return "error in eigenvectors";
  }
  return {};
}

class Script {
 public:
  Script(const FigureSpec& spec, const std::vector<FigureRun>& runs, const FigureData& data)
      : spec_(spec), runs_(runs), data_(data) {
    lay_out();
  }

  std::string text(const std::vector<std::string>& formats) {
    preamble(formats);
    line("do for [format in '{}'] {{", fmt::join(formats, " "));
    terminals();
    line("  set output {} . '.' . format", literal(spec_.name));
    line("  set multiplot");
    for (std::size_t i = 0; i < spec_.panels.size(); ++i) panel(i);
    if (key_rows_ > 0) key_below();
    line("  unset multiplot");
    line("  unset output");
    line("}}");
    return std::move(text_);
  }

 private:
  // A panel's cell on the page, in cm from its lower left corner.
  struct Cell {
    double left;
    double bottom;
    double width;
  };

  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
    text_ += '\n';
  }

  // The entries of the key below all panels: gnuplot's `keyentry` after that word.
  void collect_key_entries() {
    std::vector<bool> shown(runs_.size(), false);
    bool theory = false;
    bool paths = false;
    std::vector<std::string> references;
    for (const PanelSpec& panel : spec_.panels) {
      if (panel.kind == PanelKind::paths) {
        paths = true;
        for (const std::size_t i : panel.runs) shown[i] = true;
        continue;
      }
      const std::vector<Curve> curves = curves_of(panel, runs_);
      theory |= std::any_of(curves.begin(), curves.end(), [&](const Curve& curve) {
        return !theory_column(panel, curve, runs_, data_).empty();
      });
      if (panel.key != KeyCorner::none || shows_parts_of_runs(panel)) continue;
      for (const Curve& curve : curves) shown[curve.run] = true;
      for (const ReferenceCurve& reference : panel.references) references.push_back(reference.label);
    }
    const auto add = [this](const std::string& style, const std::string& label) {
      const std::string text =
          shortened(label, static_cast<std::size_t>((width_ - key_sample) / allowed_character));
      key_entries_.push_back(fmt::format("keyentry with {} title {}", style, literal(text)));
      longest_label_ = std::max(longest_label_, static_cast<double>(character_count(text)));
    };
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (shown[i]) add(fmt::format("linespoints ls {}", i + 1), runs_[i].spec.label);
    }
    if (theory) add(fmt::format("lines ls {}", any_theory_style), "theory");
    for (const std::string& label : references) {
      if (!label.empty()) add(fmt::format("lines ls {}", reference_style), label);
    }
    if (paths) add(fmt::format("points ls {}", start_style), "start");
    if (paths) add(fmt::format("points ls {}", minimiser_style), "minimiser");
  }

  void lay_out() {
    const auto columns = static_cast<std::size_t>(spec_.columns);
    const std::size_t rows = (spec_.panels.size() + columns - 1) / columns;
    for (std::size_t row = 0; row < rows; ++row) {
      double width = 0;
      for (std::size_t i = row * columns; i < std::min((row + 1) * columns, spec_.panels.size()); ++i)
        width += spec_.panels[i].width;
      width_ = std::max(width_, width);
    }
    if (spec_.key == FigureKey::below) collect_key_entries();
    const double entry = key_sample + character * longest_label_;
    const auto count = static_cast<long>(key_entries_.size());
    const long fitting = std::max(1L, static_cast<long>((width_ - 0.4) / entry));
    key_rows_ = (count + fitting - 1) / fitting;
    key_columns_ = key_rows_ > 0 ? (count + key_rows_ - 1) / key_rows_ : 0;
    const double strip = key_rows_ > 0 ? key_line * static_cast<double>(key_rows_) + 0.25 : 0;
    height_ = strip + spec_.height * static_cast<double>(rows);
    double left = 0;
    for (std::size_t i = 0; i < spec_.panels.size(); ++i) {
      const std::size_t row = i / columns;
      if (i % columns == 0) left = 0;
      cells_.push_back(
          {left, strip + spec_.height * static_cast<double>(rows - 1 - row), spec_.panels[i].width});
      left += spec_.panels[i].width;
    }
  }

  void preamble(const std::vector<std::string>& formats) {
    line("# {}", spec_.title);
    line("# To draw it again, run 'gnuplot {0}.gp' in the folder that holds {0}.csv. It makes {1}.", spec_.name,
         fmt::join(formats, ", "));
    line("set encoding utf8");
    line("set datafile separator comma");
    line("set datafile columnheaders");
    line("data = {}", literal(spec_.name + ".csv"));
    line("contours = {}", literal(spec_.name + "_contours.csv"));
    line("");
    line("every_nth(k, n, offset) = (int(k) + n - offset) % n == 0");
    // What a log axis cannot show, such as an exact 0, leaves through the bottom at its iteration.
    line("at_least(floor, y) = y < floor ? floor : y");
    line("several_a_decade(k) = k >= 1 && floor(4*log10(k)) > floor(4*log10(k > 1 ? k - 1 : 0.5))");
    line("");
    line("set grid lc rgb '#e4e4e4' lw 0.5 dt 1");
    line("set samples 500");
    line("");
  }

  void terminals() {
    text_ += gnuplot::terminals(width_, height_);
    styles();
  }

  void styles() {
    line("  # Styles: 1, 2, … a run's, coordinate's or mode's own; {} more, its theory", theory_style);
    std::size_t count = runs_.size();
    for (const PanelSpec& panel : spec_.panels) count = std::max(count, curves_of(panel, runs_).size());
    for (std::size_t i = 0; i < count; ++i) {
      const char* colour = palette[i % palette.size()];
      const int marker = markers[(i + i / palette.size()) % markers.size()];
      line("  set style line {} lc rgb '{}' lw 1.4 dt 1 pt {} ps 0.5*points", i + 1, colour, marker);
      line("  set style line {} lc rgb '{}' lw 1 dt (10,6)", theory_style + i + 1, darkened(colour));
    }
    line("  set style line {} lc rgb '#b4b4b4' lw 0.5 dt 1", contour_style);
    line("  set style line {} lc rgb '#000000' lw 1 dt 1 pt 6 ps 0.9*points", start_style);
    line("  set style line {} lc rgb '#000000' lw 1 dt 1 pt 3 ps 0.9*points", minimiser_style);
    line("  set style line {} lc rgb '#606060' lw 1 dt (2,4)", reference_style);
    line("  set style line {} lc rgb '#606060' lw 1 dt (10,6)", any_theory_style);
  }

  void panel(std::size_t i) {
    const PanelSpec& panel = spec_.panels[i];
    line("");
    line("  # Panel {}", i + 1);
    place(cells_[i], panel);
    axes();
    if (panel.kind == PanelKind::paths) {
      paths(panel, i + 1);
    } else {
      convergence(panel);
    }
  }

  void place(const Cell& cell, const PanelSpec& panel) {
    const bool paths = panel.kind == PanelKind::paths;
    const double top = panel.title.empty() ? 0.25 : 0.65;
    line("  set lmargin at screen {:.4f}", (cell.left + (paths ? 1.4 : 1.6)) / width_);
    line("  set rmargin at screen {:.4f}", (cell.left + cell.width - 0.3) / width_);
    line("  set bmargin at screen {:.4f}", (cell.bottom + 1.0) / height_);
    line("  set tmargin at screen {:.4f}", (cell.bottom + spec_.height - top) / height_);
    if (panel.title.empty()) {
      line("  unset title");
    } else {
      line("  set title {} noenhanced offset 0,-0.6", literal(panel.title));
    }
  }

  void axes() {
    line("  set border 3 lw 0.6 lc rgb '#404040'");
    line("  set xtics out nomirror scale 0.6");
    line("  set ytics out nomirror scale 0.6");
  }

  void axis(const char* name, AxisRange range, bool log, const std::string& label) {
    line("  unset logscale {}", name);  // before the range, which another panel's scale could not take
    line("  set {}range [{}:{}]", name, range.low, range.high);
    if (log) line("  set logscale {}", name);
    line("  set format {} '{}'", name, log ? "10^{%T}" : "%g");
    line("  set {}label {} offset {}", name, literal(label), *name == 'x' ? "0,0.4" : "0.6,0");
  }

  // gnuplot guesses their number from the page, which a narrow panel is only a part of.
  void horizontal_ticks(const PanelSpec& panel, AxisRange range, bool log) {
    if (log) {
      line("  set xtics autofreq");
    } else {
      line("  set xtics {}", tick_step(range, panel.width - side_margins));
    }
  }

  // The key in a corner of the panel, where it wants one.
  void corner_key(KeyCorner corner) {
    if (corner == KeyCorner::none) {
      line("  unset key");
      return;
    }
    const bool top = corner == KeyCorner::top_left || corner == KeyCorner::top_right;
    const bool left = corner == KeyCorner::top_left || corner == KeyCorner::bottom_left;
    line("  set key inside {} {} vertical Left reverse noenhanced samplen 2.5", top ? "top" : "bottom",
         left ? "left" : "right");
  }

  // `using` with the rows of one run.
  static std::string rows_of(std::size_t run, const std::string& x, const std::string& y,
                             const std::string& condition = {}) {
    return fmt::format("data using (column(\"run\") == {}{} ? column(\"{}\") : NaN):({})", run + 1,
                       condition.empty() ? "" : " && " + condition, x, y);
  }

  void plot(const std::vector<std::string>& parts) { line("  plot {}", fmt::join(parts, ", \\\n       ")); }

  void convergence(const PanelSpec& panel) {
    const std::vector<Curve> curves = curves_of(panel, runs_);
    const AxisRange x = x_range_of(panel, curves, data_);
    const AxisRange y = y_range_of(panel, x, curves, data_);
    line("  set size noratio");
    horizontal_ticks(panel, x, panel.log_x);
    axis("x", x, panel.log_x, panel.against == Abscissa::iterations ? "iteration {/:Italic k}" : "evaluations");
    axis("y", y, panel.log_y, axis_label(panel));
    corner_key(panel.key);

    std::vector<std::string> measured;
    std::vector<std::string> marks;
    std::vector<std::string> theory;
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < curves.size(); ++i) {
      const Curve& curve = curves[i];
      const std::string value = fmt::format("column(\"{}\")", curve.column);
      std::string shown = value;
      if (panel.quantity == PlottedQuantity::coordinate_error) shown = fmt::format("abs({})", shown);
      if (panel.log_y) shown = fmt::format("at_least({}, {})", y.low / 10, shown);
      const Marks every = marks_of(panel, x, curves, i, data_);
      const std::string marked =
          panel.log_x ? "several_a_decade(column(\"iteration\"))"
                      : fmt::format("every_nth(column(\"iteration\"), {}, {})", every.every, every.offset);
      measured.push_back(fmt::format("{} with lines ls {} notitle", rows_of(curve.run, abscissa(panel), shown),
                                     curve.style + 1));
      marks.push_back(fmt::format("{} with points ls {} notitle",
                                  rows_of(curve.run, abscissa(panel), shown, marked), curve.style + 1));
      if (const std::string column = theory_column(panel, curve, runs_, data_); !column.empty()) {
        theory.push_back(fmt::format("{} with lines ls {} notitle",
                                     rows_of(curve.run, abscissa(panel), fmt::format("column(\"{}\")", column)),
                                     theory_style + curve.style + 1));
      }
      if (panel.key != KeyCorner::none)
        entries.push_back(
            fmt::format("keyentry with linespoints ls {} title {}", curve.style + 1, literal(curve.label)));
    }
    std::vector<std::string> parts = std::move(measured);
    parts.insert(parts.end(), marks.begin(), marks.end());
    parts.insert(parts.end(), theory.begin(), theory.end());
    parts.insert(parts.end(), entries.begin(), entries.end());
    for (const ReferenceCurve& reference : panel.references) {
      const std::string curve = reference.factor
                                    ? fmt::format("{}*{}**x", reference.scale, *reference.factor)
                                    : fmt::format("{}*(x + 1)**(-{})", reference.scale, *reference.power);
      const bool titled = panel.key != KeyCorner::none && !reference.label.empty();
      parts.push_back(fmt::format("{} with lines ls {} {}", curve, reference_style,
                                  titled ? "title " + literal(reference.label) : "notitle"));
    }
    plot(parts);
  }

  void paths(const PanelSpec& panel, std::size_t number) {
    const PathsWindow window = paths_window(panel, runs_);
    line("  set size ratio -1");
    horizontal_ticks(panel, window.x, false);
    axis("x", window.x, false, "{/:Italic x}_1");
    axis("y", window.y, false, "{/:Italic x}_2");
    corner_key(panel.key);
    std::vector<std::string> parts = {fmt::format(
        "contours using (column(\"panel\") == {} ? column(\"x1\") : NaN):(column(\"x2\")) with lines "
        "ls {} notitle",
        number, contour_style)};
    for (const std::size_t i : panel.runs) {
      const std::size_t rows = runs_[i].result.trace.rows();
      parts.push_back(fmt::format("{} with lines ls {} notitle", rows_of(i, "x1", "column(\"x2\")"), i + 1));
      parts.push_back(fmt::format(
          "{} with points ls {} notitle",
          rows_of(i, "x1", "column(\"x2\")",
                  fmt::format("every_nth(column(\"iteration\"), {}, 0)", rows / most_marks_on_a_path + 1)),
          i + 1));
      if (panel.key != KeyCorner::none)
        parts.push_back(
            fmt::format("keyentry with linespoints ls {} title {}", i + 1, literal(runs_[i].spec.label)));
    }
    for (const std::size_t i : panel.runs) {
      parts.push_back(fmt::format("{} with points ls {} notitle",
                                  rows_of(i, "x1", "column(\"x2\")", "column(\"iteration\") == 0"),
                                  start_style));
    }
    for (const auto& minimiser : runs_[panel.runs.front()].problem->facts().minimisers) {
      parts.push_back(fmt::format("'+' using ({}):({}) every ::::0 with points ls {} notitle",
                                  minimiser.value[0], minimiser.value[1], minimiser_style));
    }
    plot(parts);
  }

  // One key for all panels, in a strip at the bottom of the page.
  void key_below() {
    line("");
    line("  # The key");
    line("  set lmargin at screen 0");
    line("  set rmargin at screen 1");
    line("  set bmargin at screen 0");
    line("  set tmargin at screen 1");
    line("  unset title");
    line("  unset border");
    line("  unset xtics");
    line("  unset ytics");
    line("  unset xlabel");
    line("  unset ylabel");
    line("  unset logscale");
    line("  set size noratio");
    line("  set xrange [0:1]");
    line("  set yrange [0:1]");
    line(
        "  set key at screen 0.5,{:.4f} center center horizontal maxcols {} Left reverse noenhanced samplen "
        "2.5",
        key_line * static_cast<double>(key_rows_) / 2 / height_, key_columns_);
    std::vector<std::string> parts = {"-1 notitle"};
    parts.insert(parts.end(), key_entries_.begin(), key_entries_.end());
    plot(parts);
  }

  const FigureSpec& spec_;
  const std::vector<FigureRun>& runs_;
  const FigureData& data_;
  std::string text_;
  std::vector<Cell> cells_;
  double width_ = 0;   // of the page, cm
  double height_ = 0;  // cm
  std::vector<std::string> key_entries_;
  double longest_label_ = 0;  // characters
  long key_rows_ = 0;
  long key_columns_ = 0;
};

}  // namespace

std::string gnuplot_script(const FigureSpec& spec, const std::vector<FigureRun>& runs, const FigureData& data,
                           const std::vector<std::string>& formats) {
  return Script(spec, runs, data).text(formats);
}

}  // namespace optbed
