// How much room UTF-8 text takes where every character is as wide as the next.
#pragma once

#include <string>

namespace optbed {

// The code points of the text; combining ones count as one each.
std::size_t character_count(const std::string& text);

// The text, or as much of its beginning as fits with an ellipsis into `most` >= 1 characters.
std::string shortened(const std::string& text, std::size_t most);

}  // namespace optbed
