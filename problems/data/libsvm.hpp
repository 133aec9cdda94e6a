// Reader of the sparse text format of LIBSVM and SVMlight (Chang & Lin 2011; Joachims 1999).
//
//   LibsvmReader file("a1a", text);
//   while (file.next()) use(file.label(), file.entries());
//
// A line is a sample, `label index:value index:value …`: indices are whole numbers from 1 that ascend, and a
// feature that is not named is 0. Blank lines do not count, nor does what follows a '#'.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optbed {

class LibsvmReader {
 public:
  struct Entry {
    std::int32_t feature;  // from 0
    double value;
  };

  // Of a text that outlives the reader; `name` is what errors call it.
  LibsvmReader(std::string name, std::string_view text) : name_(std::move(name)), text_(text) {}

  // Goes on to the next sample; false after the last. Throws InputError where the line has not the form above.
  bool next();

  const std::string& label() const { return label_; }
  double label_number() const;  // throws InputError where the label is not a finite number
  const std::vector<Entry>& entries() const { return entries_; }

  // Throws InputError naming the text and the line of the sample.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  Entry entry_in(std::string_view field) const;

  std::string name_;
  std::string_view text_;
  std::size_t position_ = 0;
  long line_ = 0;
  std::string label_;
  std::vector<Entry> entries_;
};

}  // namespace optbed
