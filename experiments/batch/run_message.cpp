#include "experiments/batch/run_message.hpp"

#include <cstring>
#include <stdexcept>

#include "experiments/json.hpp"

namespace optbed {
namespace {

// The bits of the numbers, whatever they are.
Json binary(std::span<const double> numbers) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(numbers.data());
  return Json::binary({bytes, bytes + numbers.size_bytes()});
}

std::vector<double> numbers_of(const Json& binary) {
  const auto& bytes = binary.get_binary();
  std::vector<double> numbers(bytes.size() / sizeof(double));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(double));
  return numbers;
}

Json json_of_cell(const Cell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) return binary({real, 1});
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return *integer;
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return nullptr;
}

Cell cell_of_json(const Json& json) {
  if (json.is_binary()) return numbers_of(json).at(0);
  if (json.is_number()) return json.get<std::int64_t>();
  if (json.is_string()) return json.get<std::string>();
  return {};
}

}  // namespace

std::vector<std::uint8_t> message_of(const FinishedRun& run) {
  Json cells = Json::array();
  for (const ResultColumn& column : result_columns()) cells.push_back(json_of_cell(column.get(run)));
  Json columns = Json::array();
  for (const TraceColumn& column : run.trace.columns) columns.push_back({column.name, column.width});
  const Vector& x = run.result.x;
  return Json::to_cbor(Json{{"results", std::move(cells)},
                            {"x", binary({x.data(), static_cast<std::size_t>(x.size())})},
                            {"columns", std::move(columns)},
                            {"rows", run.trace.rows},
                            {"values", binary(run.trace.values)}});
}

FinishedRun run_of_message(std::span<const std::uint8_t> bytes) {
  try {
    const Json message = Json::from_cbor(bytes);
    const std::vector<ResultColumn>& results = result_columns();
    FinishedRun run;
    for (std::size_t i = 0; i < results.size(); ++i) {
      results[i].set(run, cell_of_json(message.at("results").at(i)));
    }
    const std::vector<double> x = numbers_of(message.at("x"));
    run.result.x = Eigen::Map<const Vector>(x.data(), static_cast<Index>(x.size()));
    for (const Json& column : message.at("columns")) {
      run.trace.columns.push_back({column.at(0).get<std::string>(), column.at(1).get<std::size_t>()});
    }
    run.trace.rows = message.at("rows").get<std::size_t>();
    run.trace.values = numbers_of(message.at("values"));
    return run;
  } catch (const std::exception& error) {
    throw std::runtime_error(error.what());
  }
}

}  // namespace optbed
