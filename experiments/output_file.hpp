// A file that a command writes: checked before any work is done, and replaced only when the new one is
// complete.
#pragma once

#include <string>

namespace optbed {

// Throws InputError where the file's folder does not exist or cannot be written to, or a folder stands there.
// Writes nothing.
void check_place(const std::string& path);

// As check_place. Throws UsageError, too, where a store of runs stands there, which nothing may take the place
// of.
void check_output_file(const std::string& path);

// Throws InputError where the file cannot be written; what stood there before stays then.
void write_output_file(const std::string& path, const std::string& text);

}  // namespace optbed
