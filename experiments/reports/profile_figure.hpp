// A profile as a picture.
#pragma once

#include <string>

#include "experiments/reports/profile_report.hpp"

namespace optbed {

// The gnuplot script that draws it into `picture`, which ends in .svg, .png or .pdf: steps with a colour and a
// dash for each solver, the ratio (performance) or the evaluations (data, ecdf) on a logarithmic axis.
std::string profile_script(const ProfileReport& report, const std::string& format, const std::string& picture);

// The format that the end of a file's name stands for. Throws UsageError where it is none of the three.
std::string picture_format(const std::string& picture);

// Throws InputError where gnuplot cannot be run or fails, and where the file cannot be written. What stood
// there before is replaced only when the new one is complete.
void draw_profile(const ProfileReport& report, const std::string& picture);

}  // namespace optbed
