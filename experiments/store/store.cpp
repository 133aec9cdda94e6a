#include "experiments/store/store.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>

#include "experiments/output_file.hpp"
#include "experiments/store/lock_file.hpp"
#include "experiments/store/new_store.hpp"
#include "experiments/store/run_settings.hpp"
#include "experiments/store/sql_values.hpp"
#include "experiments/store/store_errors.hpp"
#include "experiments/store/store_file.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

constexpr std::chrono::seconds patience(5);
// How far the log grows before SQLite copies it into the file, and waits for the disk to have it: 16 MB. It
// does so beside the threads that make the runs, but alone with what is left at the end.
constexpr int pages_of_log = 512;
// What a transaction changes stays in memory until it is committed: 16 MB.
constexpr int cached_pages = 512;

std::string result_names() {
  std::string names = "run";
  for (const ResultColumn& column : result_columns()) names += fmt::format(",{}", column.name);
  return names;
}

const std::string& insertion_of_result() {
  static const std::string sql = fmt::format("INSERT INTO results({},settings,environment,x) VALUES({})",
                                             result_names(), question_marks(result_columns().size() + 4));
  return sql;
}

std::string layout_names(const StoredTrace& trace) {
  std::string names;
  for (const TraceColumn& column : trace.columns) {
    names += column.width == 1 ? column.name + ' ' : fmt::format("{}[{}] ", column.name, column.width);
  }
  return names;
}

}  // namespace

// Which file a path is: another one may have taken its name.
struct FileIdentity {
  dev_t device = 0;
  ino_t number = 0;
  nlink_t names = 0;

  static FileIdentity of(const std::string& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0) return {};
    return {status.st_dev, status.st_ino, status.st_nlink};
  }
  bool is(const FileIdentity& other) const { return device == other.device && number == other.number; }
};

struct Store::Connection {
  Connection(const std::string& path, Access access)
      : database(path, access == Access::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY,
                 static_cast<int>(std::chrono::milliseconds(patience).count())) {}

  SQLite::Statement& prepared(std::optional<SQLite::Statement>& statement, const std::string& sql) {
    if (!statement) statement.emplace(database, sql);
    statement->reset();
    return *statement;
  }

  void forget_statements() {
    insert_result.reset();
    insert_numbers.reset();
    find_result.reset();
    find_environment.reset();
  }

  // The number of the row of `table` that has these cells under `names`, made where it is not there.
  std::int64_t row_of(const std::string& table, const std::string& names, const std::vector<Cell>& cells);
  std::int64_t settings_of(const RunDescription& run);
  std::int64_t environment_of(const Environment& environment);
  std::int64_t layout_of(const StoredTrace& trace);
  void insert_trace(std::int64_t result, const StoredTrace& trace);
  std::vector<TraceColumn> columns_of_layout(std::int64_t layout) const;
  void read_numbers(std::int64_t result, FinishedRun& run) const;
  std::vector<RunName> names(const std::string& condition) const;
  void look_at(const std::string& path, const std::string& condition, Part part,
               const std::function<void(const FinishedRun&)>& look) const;

  std::unique_ptr<LockFile> lock;  // given back after the database is closed
  std::string file;
  FileIdentity identity;
  SQLite::Database database;
  std::optional<SQLite::Transaction> transaction;
  std::optional<SQLite::Statement> insert_result;
  std::optional<SQLite::Statement> insert_numbers;
  std::optional<SQLite::Statement> find_result;
  std::optional<SQLite::Statement> find_environment;
  // The rows that were found or made since the last time that a transaction was rolled back.
  std::map<std::vector<Cell>, std::int64_t> known_settings;
  std::map<Environment, std::int64_t> known_environments;
  std::map<std::string, std::int64_t> known_layouts;
};

std::int64_t Store::Connection::row_of(const std::string& table, const std::string& names,
                                       const std::vector<Cell>& cells) {
  const std::string marks = question_marks(cells.size());
  SQLite::Statement find(database, fmt::format("SELECT rowid FROM {} WHERE ({}) IS ({})", table, names, marks));
  for (std::size_t i = 0; i < cells.size(); ++i) bind_cell(find, static_cast<int>(i) + 1, cells[i]);
  if (find.executeStep()) return find.getColumn(0).getInt64();
  SQLite::Statement make(database, fmt::format("INSERT INTO {}({}) VALUES({})", table, names, marks));
  for (std::size_t i = 0; i < cells.size(); ++i) bind_cell(make, static_cast<int>(i) + 1, cells[i]);
  make.exec();
  return database.getLastInsertRowid();
}

std::int64_t Store::Connection::settings_of(const RunDescription& run) {
  std::vector<Cell> cells = settings_cells(run);
  const auto known = known_settings.find(cells);
  if (known != known_settings.end()) return known->second;
  const std::int64_t row = row_of("settings", settings_names, cells);
  known_settings.emplace(std::move(cells), row);
  return row;
}

std::int64_t Store::Connection::environment_of(const Environment& environment) {
  const auto known = known_environments.find(environment);
  if (known != known_environments.end()) return known->second;
  std::vector<std::string> names;
  std::vector<Cell> cells;
  for (const auto& [name, content] : environment) {
    names.push_back(name);
    cells.emplace_back(content);
  }
  return known_environments[environment] =
             row_of("environments", fmt::format("{}", fmt::join(names, ",")), cells);
}

std::int64_t Store::Connection::layout_of(const StoredTrace& trace) {
  const std::string names = layout_names(trace);
  const auto known = known_layouts.find(names);
  if (known != known_layouts.end()) return known->second;
  const std::int64_t layout = row_of("trace_layouts", "names", {names});
  SQLite::Statement insert(database, "INSERT OR IGNORE INTO trace_columns VALUES(?,?,?,?,?)");
  std::int64_t before = 0;
  for (std::size_t i = 0; i < trace.columns.size(); ++i) {
    const auto& [name, width] = trace.columns[i];
    insert.bind(1, layout);
    insert.bind(2, static_cast<std::int64_t>(i));
    insert.bind(3, name);
    insert.bind(4, static_cast<std::int64_t>(width));
    insert.bind(5, before);
    insert.exec();
    insert.reset();
    before += static_cast<std::int64_t>(width);
  }
  return known_layouts[names] = layout;
}

void Store::Connection::insert_trace(std::int64_t result, const StoredTrace& trace) {
  const std::int64_t layout = layout_of(trace);
  SQLite::Statement& insert = prepared(insert_numbers, "INSERT INTO trace_numbers VALUES(?,?,?,?)");
  insert.bind(1, result);
  insert.bind(2, layout);
  insert.bind(3, static_cast<std::int64_t>(trace.rows));
  bind_numbers(insert, 4, trace.values);
  insert.exec();
}

std::vector<TraceColumn> Store::Connection::columns_of_layout(std::int64_t layout) const {
  SQLite::Statement find(database, "SELECT name, width FROM trace_columns WHERE layout = ? ORDER BY position");
  find.bind(1, layout);
  std::vector<TraceColumn> columns;
  while (find.executeStep()) {
    columns.push_back({find.getColumn(0).getString(), static_cast<std::size_t>(find.getColumn(1).getInt64())});
  }
  return columns;
}

// The final point and the trace.
void Store::Connection::read_numbers(std::int64_t result, FinishedRun& run) const {
  SQLite::Statement point(database, "SELECT x FROM results WHERE result = ?");
  point.bind(1, result);
  if (point.executeStep()) {
    const std::vector<double> x = numbers_at(point, 0);
    run.result.x = Eigen::Map<const Vector>(x.data(), static_cast<Index>(x.size()));
  }
  SQLite::Statement trace(database, "SELECT layout, rows, numbers FROM trace_numbers WHERE result = ?");
  trace.bind(1, result);
  if (!trace.executeStep()) return;
  run.trace.columns = columns_of_layout(trace.getColumn(0).getInt64());
  run.trace.rows = static_cast<std::size_t>(trace.getColumn(1).getInt64());
  run.trace.values = numbers_at(trace, 2);
  std::size_t width = 0;
  for (const TraceColumn& column : run.trace.columns) width += column.width;
  if (run.trace.values.size() != width * run.trace.rows) {
    throw std::invalid_argument(fmt::format("the trace of the run {} has {} numbers, not {} rows of {}",
                                            run.name.text(), run.trace.values.size(), run.trace.rows, width));
  }
}

// The file itself, so that a store is the same by whatever name; absolute, as SQLite reads file:… otherwise.
std::string file_of(const std::string& path) {
  std::error_code none;
  if (std::filesystem::is_symlink(path, none) && !std::filesystem::exists(path, none)) {
    throw InputError(fmt::format("{}: is a link to a file that does not exist", path));
  }
  const std::filesystem::path file = std::filesystem::weakly_canonical(std::filesystem::absolute(path), none);
  return none ? path : file.string();
}

std::vector<RunName> Store::Connection::names(const std::string& condition) const {
  SQLite::Statement find(database, fmt::format("SELECT run FROM results {} ORDER BY run", condition));
  std::vector<RunName> found;
  while (find.executeStep()) found.push_back(parse_run_name(find.getColumn(0).getString()));
  return found;
}

// What `look` throws is not the store's.
void Store::Connection::look_at(const std::string& path, const std::string& condition, Part part,
                                const std::function<void(const FinishedRun&)>& look) const {
  const std::vector<ResultColumn>& columns = result_columns();
  const auto first_setting = static_cast<int>(columns.size()) + 2;
  std::optional<SQLite::Statement> rows;
  in_store(path, [&] {
    rows.emplace(database, fmt::format("SELECT {}, result, {} FROM results JOIN settings USING(settings) {}",
                                       result_names(), settings_names, condition));
  });
  while (in_store(path, [&rows] { return rows->executeStep(); })) {
    FinishedRun run;
    in_store(path, [&] {
      run.name = parse_run_name(rows->getColumn(0).getString());
      int at = 1;
      for (const ResultColumn& column : columns) column.set(run, cell_at(*rows, at++));
      read_settings(*rows, first_setting, run.description);
      if (part == Part::whole) read_numbers(rows->getColumn(at).getInt64(), run);
    });
    look(run);
  }
}

Store::Store(std::string path, Access access) : path_(std::move(path)) {
  const std::string file = file_of(path_);
  std::unique_ptr<LockFile> lock;
  std::error_code none;
  if (access == Access::write) {
    if (std::filesystem::exists(file, none)) require_store(file);
    check_place(file);
    lock = std::make_unique<LockFile>(file, patience);
    if (!std::filesystem::exists(file, none)) make_store(file);
  }
  require_store(file);
  in_store(path_, [&] {
    connection_ = std::make_unique<Connection>(file, access);
    if (access == Access::read) return;
    connection_->file = file;
    connection_->identity = FileIdentity::of(file);
    // Lock and log lie beside one of the names: who comes by the other would not find them.
    if (connection_->identity.names > 1) {
      throw InputError(fmt::format("{}: has another name, a hard link: remove that, or copy the store", path_));
    }
    // After a power cut the last transactions may be missing, but what is there is whole.
    connection_->database.exec(
        fmt::format("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = {}; "
                    "PRAGMA cache_size = {};",
                    pages_of_log, cached_pages));
  });
  connection_->lock = std::move(lock);
}

// A store that is closed is one file, which can be read where nothing can be written. Where another process
// reads it just now it keeps its log, and that is as good.
Store::~Store() {
  if (!connection_->lock) return;
  try {
    connection_->forget_statements();
    connection_->transaction.reset();
    connection_->database.setBusyTimeout(0);
    connection_->database.exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception&) {  // the log stays
  }
}

void Store::begin() {
  in_store(path_, [this] { connection_->transaction.emplace(connection_->database); });
}

void Store::commit() {
  in_store(path_, [this] { connection_->transaction->commit(); });
  connection_->transaction.reset();
  if (FileIdentity::of(connection_->file).is(connection_->identity)) return;
  throw InputError(
      fmt::format("{}: was removed or replaced while runs were written to it; they are lost with it", path_));
}

void Store::roll_back() {
  connection_->transaction.reset();
  connection_->known_settings.clear();
  connection_->known_environments.clear();
  connection_->known_layouts.clear();
}

bool Store::is_open_transaction() const { return connection_->transaction.has_value(); }

void Store::insert(const FinishedRun& run, const Environment& environment) {
  in_store(path_, [&] {
    const std::int64_t settings = connection_->settings_of(run.description);
    const std::int64_t environment_row = connection_->environment_of(environment);
    SQLite::Statement& insert = connection_->prepared(connection_->insert_result, insertion_of_result());
    const std::string name = run.name.text();
    insert.bindNoCopy(1, name);
    int at = 2;
    for (const ResultColumn& column : result_columns()) bind_cell(insert, at++, column.get(run));
    insert.bind(at++, settings);
    insert.bind(at++, environment_row);
    const Vector& x = run.result.x;
    bind_numbers(insert, at, {x.data(), static_cast<std::size_t>(x.size())});
    insert.exec();
    if (!run.trace.columns.empty()) {
      connection_->insert_trace(connection_->database.getLastInsertRowid(), run.trace);
    }
  });
}

void Store::erase(const RunName& run) {
  in_store(path_, [&] {
    for (const char* sql :
         {"DELETE FROM trace_numbers WHERE result = (SELECT result FROM results WHERE run = ?)",
          "DELETE FROM results WHERE run = ?"}) {
      SQLite::Statement erase(connection_->database, sql);
      erase.bind(1, run.text());
      erase.exec();
    }
  });
}

void Store::keep_spec(const std::string& name, const std::string& text) {
  in_store(path_, [&] {
    SQLite::Statement insert(connection_->database, "INSERT OR IGNORE INTO specs VALUES(?,?)");
    insert.bind(1, name);
    insert.bind(2, text);
    insert.exec();
  });
}

long Store::size() const {
  return in_store(path_, [this] {
    return static_cast<long>(connection_->database.execAndGet("SELECT count(*) FROM results").getInt64());
  });
}

std::vector<RunName> Store::names() const {
  return in_store(path_, [this] { return connection_->names(""); });
}

std::vector<RunName> Store::names_of_failed() const {
  return in_store(path_, [this] {
    return connection_->names(fmt::format("WHERE stop IN ('{}')", fmt::join(failed_stops(), "','")));
  });
}

std::vector<std::string> Store::names_beginning_with(const std::string& digits, long most) const {
  return in_store(path_, [&] {
    SQLite::Statement find(connection_->database,
                           "SELECT run FROM results WHERE substr(run, 1, ?) = ? ORDER BY run LIMIT ?");
    find.bind(1, static_cast<std::int64_t>(digits.size()));
    find.bind(2, digits);
    find.bind(3, std::int64_t{most});
    std::vector<std::string> found;
    while (find.executeStep()) found.push_back(find.getColumn(0).getString());
    return found;
  });
}

bool Store::contains(const RunName& run) const {
  return in_store(path_, [&] {
    SQLite::Statement& find =
        connection_->prepared(connection_->find_result, "SELECT 1 FROM results WHERE run = ?");
    find.bind(1, run.text());
    const bool found = find.executeStep();
    find.reset();  // a statement that is not at its end keeps the log from being emptied
    return found;
  });
}

FinishedRun Store::run(const RunName& run) const {
  std::optional<FinishedRun> found;
  connection_->look_at(path_, "WHERE run = '" + run.text() + "'", Part::whole,
                       [&found](const FinishedRun& one) { found = one; });
  if (!found) throw std::out_of_range("the store has no run " + run.text());
  return *found;
}

Environment Store::environment_of(const RunName& run) const {
  return in_store(path_, [&] {
    Environment environment = this_environment();
    std::vector<std::string> names;
    for (const auto& [name, content] : environment) names.push_back(name);
    SQLite::Statement& find = connection_->prepared(
        connection_->find_environment,
        fmt::format("SELECT {} FROM results JOIN environments USING(environment) WHERE run = ?",
                    fmt::join(names, ",")));
    find.bind(1, run.text());
    if (!find.executeStep()) throw std::out_of_range("the store has no run " + run.text());
    for (std::size_t i = 0; i < environment.size(); ++i) {
      environment[i].second = find.getColumn(static_cast<int>(i)).getString();
    }
    find.reset();
    return environment;
  });
}

void Store::for_each(Part part, const std::function<void(const FinishedRun&)>& look) const {
  connection_->look_at(path_, "ORDER BY result", part, look);
}

std::vector<TraceColumn> Store::trace_columns() const {
  return in_store(path_, [this] {
    SQLite::Statement find(
        connection_->database,
        "SELECT name, max(width) FROM trace_columns GROUP BY name ORDER BY min(position), name");
    std::vector<TraceColumn> columns;
    while (find.executeStep()) {
      columns.push_back(
          {find.getColumn(0).getString(), static_cast<std::size_t>(find.getColumn(1).getInt64())});
    }
    return columns;
  });
}

std::vector<std::pair<std::string, std::string>> Store::specs() const {
  return in_store(path_, [this] {
    SQLite::Statement find(connection_->database, "SELECT name, text FROM specs");
    std::vector<std::pair<std::string, std::string>> found;
    while (find.executeStep()) found.emplace_back(find.getColumn(0).getString(), find.getColumn(1).getString());
    return found;
  });
}

}  // namespace optbed
