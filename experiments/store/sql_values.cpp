#include "experiments/store/sql_values.hpp"

#include <SQLiteCpp/Column.h>

#include <bit>
#include <cstring>

namespace optbed {

static_assert(std::endian::native == std::endian::little, "the numbers are stored as they lie in memory");

std::string question_marks(std::size_t count) {
  std::string marks = "?";
  for (std::size_t i = 1; i < count; ++i) marks += ",?";
  return marks;
}

void bind_cell(SQLite::Statement& statement, int at, const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    statement.bind(at, *integer);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    statement.bind(at, *real);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    statement.bind(at, *text);
  } else {
    statement.bind(at);
  }
}

Cell cell_at(SQLite::Statement& row, int at) {
  const SQLite::Column column = row.getColumn(at);
  if (column.isNull()) return {};
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

void bind_numbers(SQLite::Statement& statement, int at, std::span<const double> numbers) {
  statement.bindNoCopy(at, numbers.data(), static_cast<int>(numbers.size_bytes()));
}

std::vector<double> numbers_at(SQLite::Statement& row, int at) {
  const SQLite::Column column = row.getColumn(at);
  std::vector<double> numbers(static_cast<std::size_t>(column.getBytes()) / sizeof(double));
  if (!numbers.empty()) std::memcpy(numbers.data(), column.getBlob(), numbers.size() * sizeof(double));
  return numbers;
}

}  // namespace optbed
