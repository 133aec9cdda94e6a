// Tests that type commands.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/experiments/program.hpp"

namespace optbed::testing {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

// A folder of its own for each test, gone afterwards.
class CommandLine : public ::testing::Test {
 protected:
  CommandLine() {
    std::string path = (std::filesystem::temp_directory_path() / "optbed_command_line_XXXXXX").string();
    folder_ = mkdtemp(path.data());
  }
  ~CommandLine() override { std::filesystem::remove_all(folder_); }

  ProgramOutput optbed(const Words& words) const { return run_program(words, folder_); }

  Json json_of(const Words& words) const {
    const ProgramOutput output = optbed(words);
    EXPECT_EQ(output.exit_code, 0) << output.err;
    return Json::parse(output.out);
  }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }

  // Of a file in the folder, or anywhere by its full path.
  std::string content_of(const std::filesystem::path& path) const {
    std::ifstream stream(folder_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  bool folder_is_empty() const { return std::filesystem::is_empty(folder_); }

  std::filesystem::path folder_;
};

}  // namespace optbed::testing
