#include "problems/data/matrix_market.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string_view>
#include <vector>

#include "problems/errors.hpp"
#include "problems/number_in.hpp"

namespace optbed {
namespace {

enum class Symmetry { general, symmetric, skew_symmetric };

struct Banner {
  bool coordinate = false;
  bool pattern = false;
  bool integer = false;
  Symmetry symmetry = Symmetry::general;
};

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path), in_(path) {
    if (!in_ || std::filesystem::is_directory(path)) {
      throw InputError(fmt::format("{}: cannot be read (does the file exist?)", path));
    }
  }

  MatrixMarketFile read() {
    const Banner banner = read_banner();
    return banner.coordinate ? read_coordinate(banner) : read_array(banner);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw InputError(fmt::format("{}:{}: {}", path_, line_number_, what));
  }

  // The fields of the next line that is neither blank nor a comment; false at the end of the file.
  bool next_line() {
    while (std::getline(in_, line_)) {
      ++line_number_;
      const auto first = line_.find_first_not_of(" \t\r");
      if (first == std::string::npos || line_[first] == '%') continue;
      split();
      return true;
    }
    return false;
  }

  void split() {
    fields_.clear();
    const std::string_view line = line_;
    for (std::size_t from = line.find_first_not_of(" \t\r"); from != std::string_view::npos;) {
      const std::size_t end = std::min(line.find_first_of(" \t\r", from), line.size());
      fields_.push_back(line.substr(from, end - from));
      from = line.find_first_not_of(" \t\r", end);
    }
  }

  template <class Number>
  Number number(std::string_view field, std::string_view what) const {
    const std::optional<Number> value = number_in<Number>(field);
    if (!value) fail(fmt::format("'{}' is not {}", field, what));
    return *value;
  }

  double entry(const Banner& banner, std::string_view field) const {
    if (banner.integer) return static_cast<double>(number<long long>(field, "a whole number"));
    const auto value = number<double>(field, "a real number");
    if (!std::isfinite(value)) fail(fmt::format("the entry '{}' is not finite", field));
    return value;
  }

  Index size(std::string_view field, std::string_view what) const {
    const auto value = number<long long>(field, what);
    if (value < 0) fail(fmt::format("{} is not {}", field, what));
    return static_cast<Index>(value);
  }

  Banner read_banner() {
    const std::string expected =
        "expected '%%MatrixMarket matrix array|coordinate real|integer|pattern "
        "general|symmetric|skew-symmetric'";
    if (!std::getline(in_, line_)) fail("the file is empty; " + expected);
    line_number_ = 1;
    std::transform(line_.begin(), line_.end(), line_.begin(), [](unsigned char c) { return std::tolower(c); });
    split();
    if (fields_.size() != 5 || fields_[0] != "%%matrixmarket" || fields_[1] != "matrix") fail(expected);
    Banner banner;
    if (fields_[2] != "array" && fields_[2] != "coordinate")
      fail(fmt::format("format '{}'; {}", fields_[2], expected));
    banner.coordinate = fields_[2] == "coordinate";
    if (fields_[3] != "real" && fields_[3] != "integer" && fields_[3] != "pattern") {
      fail(fmt::format("field '{}'; {}", fields_[3], expected));
    }
    banner.pattern = fields_[3] == "pattern";
    banner.integer = fields_[3] == "integer";
    if (banner.pattern && !banner.coordinate) fail("a pattern has no values, so it cannot be an array");
    if (fields_[4] == "symmetric") {
      banner.symmetry = Symmetry::symmetric;
    } else if (fields_[4] == "skew-symmetric") {
      banner.symmetry = Symmetry::skew_symmetric;
    } else if (fields_[4] != "general") {
      fail(fmt::format("symmetry '{}'; {}", fields_[4], expected));
    }
    return banner;
  }

  void read_sizes(std::size_t count, const std::string& expected) {
    if (!next_line()) fail("the file ends before the size line; expected " + expected);
    if (fields_.size() != count)
      fail(fmt::format("the size line has {} fields; expected {}", fields_.size(), expected));
  }

  void check_shape(Index rows, Index columns, Symmetry symmetry) const {
    if (rows == 0 || columns == 0) fail(fmt::format("a matrix of {} x {} holds nothing", rows, columns));
    if (symmetry != Symmetry::general && rows != columns) {
      fail(fmt::format("a symmetric matrix is square, this one is {} x {}", rows, columns));
    }
  }

  void check_end(std::string_view entries) {
    if (next_line()) fail(fmt::format("found more than the {} that the size line promises", entries));
  }

  // What is left of the file bounds the number of entries, two bytes each, whatever the size line says.
  Index entry_bound() {
    const auto position = in_.tellg();
    in_.seekg(0, std::ios::end);
    const auto end = in_.tellg();
    in_.seekg(position);
    return static_cast<Index>(end - position) / 2 + 1;
  }

  MatrixMarketFile read_array(const Banner& banner) {
    read_sizes(2, "'rows columns'");
    const Index rows = size(fields_[0], "a number of rows");
    const Index columns = size(fields_[1], "a number of columns");
    check_shape(rows, columns, banner.symmetry);
    const bool triangle = banner.symmetry != Symmetry::general;
    const double diagonal = banner.symmetry == Symmetry::symmetric ? 1 : -1;
    const auto n = static_cast<double>(rows);
    const double entries = triangle ? n * (n + diagonal) / 2 : n * static_cast<double>(columns);
    if (entries > static_cast<double>(entry_bound())) {
      fail(fmt::format("the size line promises {} x {} entries, more than the file can hold", rows, columns));
    }
    Matrix A = Matrix::Zero(rows, columns);
    for (Index j = 0; j < columns; ++j) {
      const Index first = !triangle ? 0 : banner.symmetry == Symmetry::symmetric ? j : j + 1;
      for (Index i = first; i < rows; ++i) {
        if (!next_line()) fail(fmt::format("the file ends before entry ({}, {})", i + 1, j + 1));
        if (fields_.size() != 1) fail(fmt::format("expected one number, found {}", fields_.size()));
        A(i, j) = entry(banner, fields_[0]);
        if (triangle && i != j) A(j, i) = banner.symmetry == Symmetry::symmetric ? A(i, j) : -A(i, j);
      }
    }
    check_end("entries");
    return MatrixMarketFile(std::move(A));
  }

  MatrixMarketFile read_coordinate(const Banner& banner) {
    read_sizes(3, "'rows columns entries'");
    const Index rows = size(fields_[0], "a number of rows");
    const Index columns = size(fields_[1], "a number of columns");
    const Index entries = size(fields_[2], "a number of entries");
    check_shape(rows, columns, banner.symmetry);
    constexpr Index largest = std::numeric_limits<MatrixMarketFile::Sparse::StorageIndex>::max();
    if (rows > largest || columns > largest) {
      fail(fmt::format("a sparse matrix has at most {} rows and columns", largest));
    }
    if (entries > entry_bound()) {
      fail(fmt::format("the size line promises {} entries, more than the file can hold", entries));
    }
    // Rows without entries cost memory too, and no line of the file.
    constexpr Index mostly_empty = 10'000'000;
    if (std::max(rows, columns) > std::max(mostly_empty, entries)) {
      fail(fmt::format(
          "the size line promises {} x {} with only {} entries; more than {} rows or columns must have one "
          "entry each",
          rows, columns, entries, mostly_empty));
    }
    std::vector<Eigen::Triplet<double>> triplets;
    triplets.reserve(static_cast<std::size_t>(entries) * (banner.symmetry == Symmetry::general ? 1 : 2));
    for (Index k = 0; k < entries; ++k) {
      if (!next_line()) fail(fmt::format("the file ends after {} of {} entries", k, entries));
      const std::size_t count = banner.pattern ? 2 : 3;
      if (fields_.size() != count) {
        fail(fmt::format("expected '{}', found {} fields", banner.pattern ? "row column" : "row column value",
                         fields_.size()));
      }
      const Index i = size(fields_[0], "a row") - 1;
      const Index j = size(fields_[1], "a column") - 1;
      if (i < 0 || i >= rows) fail(fmt::format("row {} is outside 1..{}", i + 1, rows));
      if (j < 0 || j >= columns) fail(fmt::format("column {} is outside 1..{}", j + 1, columns));
      const double value = banner.pattern ? 1 : entry(banner, fields_[2]);
      triplets.emplace_back(i, j, value);
      if (i < j && banner.symmetry != Symmetry::general) {
        fail(fmt::format(
            "entry ({}, {}) lies above the diagonal; a symmetric file holds the lower triangle only", i + 1,
            j + 1));
      }
      if (i == j && banner.symmetry == Symmetry::skew_symmetric)
        fail("a skew-symmetric matrix has no diagonal");
      if (i == j || banner.symmetry == Symmetry::general) continue;
      triplets.emplace_back(j, i, banner.symmetry == Symmetry::symmetric ? value : -value);
    }
    check_end("entries");
    MatrixMarketFile::Sparse A(rows, columns);
    A.setFromTriplets(triplets.begin(), triplets.end());
    return MatrixMarketFile(A);
  }

  std::string path_;
  std::ifstream in_;
  std::string line_;
  std::vector<std::string_view> fields_;
  long line_number_ = 0;
};

}  // namespace

bool MatrixMarketFile::is_symmetric() const {
  if (rows() != columns()) return false;
  if (!is_sparse_) return dense_ == dense_.transpose();
  const Sparse transposed = sparse_.transpose();
  return (sparse_ - transposed).norm() == 0;
}

MatrixMarketFile read_matrix_market(const std::string& path) { return Reader(path).read(); }

}  // namespace optbed
