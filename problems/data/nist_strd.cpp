#include "problems/data/nist_strd.hpp"

#include <fmt/format.h>

#include <cctype>
#include <optional>
#include <sstream>
#include <string>

#include "problems/errors.hpp"
#include "problems/number_in.hpp"

namespace optbed {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// The numbers that a line ends with.
std::vector<double> last_numbers(const std::vector<std::string>& words) {
  std::vector<double> numbers;
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    const std::optional<double> number = number_in(*word);
    if (!number) break;
    numbers.insert(numbers.begin(), *number);
  }
  return numbers;
}

bool is_parameter(const std::string& word) {
  return word.size() >= 2 && std::tolower(static_cast<unsigned char>(word[0])) == 'b' &&
         number_in(word.substr(1)).has_value();
}

Vector column_of(const std::vector<std::vector<double>>& rows, std::size_t j) {
  Vector column(static_cast<Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) column[static_cast<Index>(i)] = rows[i][j];
  return column;
}

}  // namespace

// Of each line the first word says what it holds. What stands before the last line "Data:" is the description
// and the certified values, what follows are the observations, y before x.
StrdData read_strd(std::string_view name, std::string_view text) {
  const auto fail = [&](const char* what) { throw InputError(fmt::format("{}: {}", name, what)); };
  StrdData data;
  std::vector<std::vector<double>> parameters;
  std::vector<std::vector<double>> observations;
  std::optional<double> sum_of_squares, standard_deviation;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> words = words_of(line);
    if (words.empty()) continue;
    const std::vector<double> numbers = last_numbers(words);
    if (words[0] == "Data:") {
      observations.clear();
    } else if (numbers.size() == words.size()) {
      observations.push_back(numbers);
    } else if (is_parameter(words[0]) && numbers.size() >= 2) {
      parameters.push_back(numbers);
    } else if (line.starts_with("Residual Sum of Squares:") && numbers.size() == 1) {
      sum_of_squares = numbers[0];
    } else if (words[0] == "Residual" && words.size() == 4 && numbers.size() == 3) {
      sum_of_squares = numbers[1];  // degrees of freedom, sum, mean
    } else if (line.find("Standard Deviation") != std::string::npos && numbers.size() == 1) {
      standard_deviation = numbers[0];
    }
  }
  if (observations.empty()) fail("there are no observations");
  if (parameters.empty()) fail("there are no parameters");
  if (!sum_of_squares || !standard_deviation) fail("there is no residual sum of squares or standard deviation");
  for (const auto& row : observations) {
    if (row.size() < 2 || row.size() != observations[0].size()) fail("an observation is not complete");
  }
  for (const auto& row : parameters) {
    if (row.size() != parameters[0].size()) fail("a parameter is not complete");
  }

  data.y = column_of(observations, 0);
  data.x.resize(static_cast<Index>(observations[0].size()) - 1, data.y.size());
  for (Index j = 0; j < data.x.rows(); ++j) data.x.row(j) = column_of(observations, j + 1).transpose();
  const std::size_t certified = parameters[0].size() - 2;
  for (std::size_t k = 0; k < certified; ++k) data.starts.push_back(column_of(parameters, k));
  data.parameters = column_of(parameters, certified);
  data.standard_deviations = column_of(parameters, certified + 1);
  data.residual_sum_of_squares = *sum_of_squares;
  data.residual_standard_deviation = *standard_deviation;
  return data;
}

}  // namespace optbed
