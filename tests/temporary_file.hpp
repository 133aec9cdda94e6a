// A file that a test writes and that is gone when the test is over.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

namespace optbed::testing {

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content, const std::string& ending = ".txt") {
    static std::atomic<int> count = 0;  // tests run in processes of their own, side by side
    path_ =
        ::testing::TempDir() + "optbed_" + std::to_string(getpid()) + "_" + std::to_string(count++) + ending;
    std::ofstream(path_, std::ios::binary) << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace optbed::testing
