// Cells and arrays of numbers as SQLite's values.
#pragma once

#include <SQLiteCpp/Statement.h>

#include <span>
#include <string>
#include <vector>

#include "experiments/store/finished_run.hpp"

namespace optbed {

// The placeholders of so many values, at least one.
std::string question_marks(std::size_t count);

// Parameters of a statement are counted from 1, columns of a row from 0.
void bind_cell(SQLite::Statement& statement, int at, const Cell& cell);
Cell cell_at(SQLite::Statement& row, int at);

// As a blob, without a copy: the numbers must outlive the statement's step.
void bind_numbers(SQLite::Statement& statement, int at, std::span<const double> numbers);
std::vector<double> numbers_at(SQLite::Statement& row, int at);

}  // namespace optbed
