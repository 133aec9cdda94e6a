// The whole of a file as text.
#pragma once

#include <string>

namespace optbed {

// Throws InputError naming the file where it cannot be read, or where its text and the numbers that are made of
// it would not fit into the machine's memory: that is found out before anything is read.
std::string read_text_file(const std::string& path);

}  // namespace optbed
