#include "experiments/figures/figure.hpp"

#include <fmt/format.h>

#include <fstream>

#include "experiments/figures/figure_caption.hpp"
#include "experiments/figures/figure_data.hpp"
#include "experiments/figures/figure_run.hpp"
#include "experiments/figures/gnuplot.hpp"
#include "experiments/figures/gnuplot_script.hpp"

namespace optbed {
namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error && !fs::is_directory(folder)) error = std::make_error_code(std::errc::not_a_directory);
  if (error) throw InputError(fmt::format("cannot make the folder '{}': {}", folder.string(), error.message()));
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw InputError(fmt::format("cannot write '{}'", path.string()));
}

// An earlier picture must not pass for this one where gnuplot fails. Whether it could be removed is seen when
// it is drawn.
void remove_pictures(const std::vector<fs::path>& pictures) {
  for (const fs::path& picture : pictures) {
    std::error_code ignored;
    fs::remove(picture, ignored);
  }
}

bool is_drawn(const fs::path& picture) {
  std::error_code error;
  const auto size = fs::file_size(picture, error);
  return !error && size > 0;
}

std::string trimmed(const std::string& text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string::npos ? std::string{} : text.substr(0, last + 1);
}

// Why there are no pictures; empty where there are.
std::string failure_of(const GnuplotOutcome& outcome, const FigureSettings& settings, const std::string& script,
                       const std::vector<fs::path>& pictures) {
  if (!outcome.found) {
    return fmt::format(
        "'{}' cannot be run ({}), so nothing is drawn: install gnuplot (Debian: gnuplot-nox). The data "
        "and the script are written; 'gnuplot {}' in that folder draws them",
        settings.gnuplot, outcome.messages, script);
  }
  if (outcome.exit_status != 0) {
    return fmt::format("gnuplot failed on {} with status {}: {}", script, outcome.exit_status,
                       trimmed(outcome.messages));
  }
  for (const fs::path& picture : pictures) {
    if (!is_drawn(picture))
      return fmt::format("gnuplot made no '{}': {}", picture.string(), trimmed(outcome.messages));
  }
  return {};
}

void draw(const FigureSettings& settings, const std::vector<fs::path>& pictures, FigureReport& report) {
  const std::string script = report.name + ".gp";
  remove_pictures(pictures);
  const GnuplotOutcome outcome = run_gnuplot(settings.gnuplot, settings.directory, script);
  report.not_drawn = failure_of(outcome, settings, script, pictures);
  if (report.not_drawn.empty()) report.gnuplot_warnings = trimmed(outcome.messages);
  for (const fs::path& picture : pictures) {
    if (is_drawn(picture)) report.files.push_back(picture);
  }
}

}  // namespace

FigureFormat parse_figure_format(const std::string& word) {
  for (const FigureFormat format : {FigureFormat::svg, FigureFormat::png, FigureFormat::pdf}) {
    if (to_string(format) == word) return format;
  }
  throw UsageError(fmt::format("a figure's format is svg, png or pdf, not '{}'{}", word,
                               did_you_mean(word, {"svg", "png", "pdf"})));
}

std::string to_string(FigureFormat format) {
  switch (format) {
    case FigureFormat::svg:
      return "svg";
    case FigureFormat::png:
      return "png";
    case FigureFormat::pdf:
      return "pdf";
  }
  return {};
}

FigureReport make_figure(const FigureSpec& spec, const FigureSettings& settings,
                         const ProblemRegistry& problems, const SolverRegistry& solvers) {
  std::vector<FigureRun> runs = prepare_runs(spec, problems, solvers);
  make_folder(settings.directory);
  FigureReport report;
  report.name = spec.name;
  for (FigureRun& run : runs) {
    perform(run, settings.interrupted);
    report.interrupted = settings.interrupted();
    if (report.interrupted) return report;
  }
  for (const FigureRun& run : runs)
    report.curves.push_back({run.spec.label, run.result.stop, run.result.iterations, run.comparison});
  report.lines = verdict_lines(runs);

  std::vector<std::string> formats;
  std::vector<fs::path> pictures;
  for (const FigureFormat format : settings.formats) {
    formats.push_back(to_string(format));
    pictures.push_back(settings.directory / (spec.name + "." + formats.back()));
  }
  const auto put = [&](const std::string& ending, const std::string& text) {
    const fs::path path = settings.directory / (spec.name + ending);
    write(path, text);
    report.files.push_back(path);
  };
  const FigureData data(spec, runs);
  put(".csv", data.csv(runs));
  if (const std::string contours = contours_csv(spec, runs); !contours.empty()) put("_contours.csv", contours);
  put(".gp", gnuplot_script(spec, runs, data, formats));
  put(".md", figure_caption(spec, runs, pictures.empty() ? "" : pictures.front().filename().string()));
  if (!pictures.empty()) draw(settings, pictures, report);
  return report;
}

}  // namespace optbed
