#include "experiments/figures/gnuplot_style.hpp"

#include <fmt/format.h>

namespace optbed::gnuplot {

std::string literal(const std::string& text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'') literal += '\'';
    literal += c;
  }
  return literal + "'";
}

// gnuplot's svg has 72 pixels to an inch, its png 96.
std::string terminals(double width, double height) {
  constexpr double cm_per_inch = 2.54;
  constexpr double svg_pixels_per_cm = 50;
  constexpr double png_pixels_per_cm = 100;
  constexpr double svg_scale = svg_pixels_per_cm * cm_per_inch / 72;
  constexpr double png_scale = png_pixels_per_cm * cm_per_inch / 96;
  std::string text;
  // The svg terminal guesses the width of text from the size before it is scaled; for this font a fifth too
  // much. It has no pointscale of its own.
  text += "  if (format eq 'svg') {\n";
  text += fmt::format("    set terminal svg size {:.0f},{:.0f} dynamic enhanced font 'sans-serif,{:.1f}' \\\n",
                      width * svg_pixels_per_cm, height * svg_pixels_per_cm, 0.8 * 8 * svg_scale);
  text += fmt::format("      fontscale 1.25 linewidth {:.2f} background rgb '#ffffff'\n", 0.85 * svg_scale);
  text += fmt::format("    points = {:.2f}\n", 0.7 * svg_scale);
  text += "  }\n";
  text += "  if (format eq 'png') {\n";
  text += fmt::format("    set terminal pngcairo size {:.0f},{:.0f} enhanced font 'DejaVu Sans,8' \\\n",
                      width * png_pixels_per_cm, height * png_pixels_per_cm);
  text += fmt::format("      fontscale {0:.3f} linewidth {0:.3f} pointscale {0:.3f}\n", png_scale);
  text += "    points = 1\n";
  text += "  }\n";
  text += "  if (format eq 'pdf') {\n";
  text += fmt::format(
      "    set terminal pdfcairo size {:.2f}cm,{:.2f}cm enhanced font 'DejaVu Sans,8' fontscale 0.75 "
      "linewidth 1\n",
      width, height);
  text += "    points = 1\n";
  text += "  }\n";
  return text;
}

}  // namespace optbed::gnuplot
