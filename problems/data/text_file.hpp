// The whole of a file as text.
#pragma once

#include <string>

namespace optbed {

// Throws InputError naming the file where it cannot be read, or where its text and the numbers that are made of
// it would not fit into the machine's memory: that is found out before anything is read.
std::string read_text_file(const std::string& path);

// Throws InputError where what `purpose` names takes more bytes than the machine has of memory. A double holds
// any number of bytes that a file may ask for.
void check_memory(const std::string& path, const std::string& purpose, double bytes);

}  // namespace optbed
