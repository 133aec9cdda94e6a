// A file that a command writes: checked before any work is done, and replaced only when the new one is
// complete.
#pragma once

#include <string>

namespace optbed {

// Throws InputError where the file's folder does not exist or cannot be written to. Writes nothing.
void check_output_file(const std::string& path);

// Throws InputError where the file cannot be written; what stood there before stays then.
void write_output_file(const std::string& path, const std::string& text);

}  // namespace optbed
