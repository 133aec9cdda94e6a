// What all figures have in common: colours, sizes and how a text is written in a script.
#pragma once

#include <array>
#include <string>

namespace optbed::gnuplot {

// Okabe & Ito 2008, "Color universal design", in an order that keeps neighbours apart; yellow is left out
// because it cannot be read on white.
inline constexpr std::array<const char*, 7> palette = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                       "#E69F00", "#56B4E9", "#000000"};

// In single quotes.
std::string literal(const std::string& text);

// Lines of a script that set the terminal for what the variable `format` holds, svg, png or pdf, to a page of
// this size in cm, alike on paper in every format; and the variable `points`, which the size of points is to be
// multiplied by.
std::string terminals(double width, double height);

}  // namespace optbed::gnuplot
