// Where do SQLite's result codes become our errors?
#include "schema/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace spalte::sqlite {
namespace {

[[noreturn]] void raise(sqlite3* db, int code) {
  const std::string detail = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  Error e;
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      e = {ErrorCode::locked, "the catalogue is being written by another process", "try again when it has ended"};
      break;
    case SQLITE_FULL:
      e = {ErrorCode::no_space, "the catalogue cannot grow: the disk is full",
           "free some space and run the command again; nothing indexed is lost"};
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      e = {ErrorCode::index_damaged, fmt::format("the catalogue is damaged ({})", detail),
           "restore it from a dump, or index the folders again into a new place"};
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      e = {ErrorCode::not_permitted, fmt::format("the catalogue cannot be opened or written ({})", detail),
           "check the rights on the index folder"};
      break;
    case SQLITE_IOERR:
      e = {ErrorCode::failed, fmt::format("reading or writing the catalogue failed ({})", detail),
           "check the disk and its free space"};
      break;
    default:
      e = {ErrorCode::failed, fmt::format("the catalogue: {} (SQLite code {})", detail, code),
           "`spalte check` says whether the catalogue is sound"};
  }
  throw SqliteFailure{std::move(e)};
}

void check(sqlite3* db, int code) {
  if (code != SQLITE_OK) raise(db, code);
}

}  // namespace

Statement::Statement(sqlite3* db, std::string_view sql) {
  check(db, sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_,
                               nullptr));
}
Statement::~Statement() { sqlite3_finalize(statement_); }
Statement::Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* db = sqlite3_db_handle(statement_);
  const int extended = sqlite3_extended_errcode(db);
  sqlite3_reset(statement_);
  raise(db, extended != SQLITE_OK ? extended : code);
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() { sqlite3_reset(statement_); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

bool Statement::is_integer(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}
void Statement::clear() {
  reset();
  sqlite3_clear_bindings(statement_);
}

std::string_view Statement::blob(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Statement::text(int column) const { return blob(column); }

void Statement::bind_one(int index, std::int64_t value) {
  check(sqlite3_db_handle(statement_), sqlite3_bind_int64(statement_, index, value));
}
void Statement::bind_one(int index, double value) {
  check(sqlite3_db_handle(statement_), sqlite3_bind_double(statement_, index, value));
}
void Statement::bind_one(int index, std::string_view value) {
  // A null pointer would bind NULL; an empty string is meant.
  check(sqlite3_db_handle(statement_),
        sqlite3_bind_text64(statement_, index, value.data() != nullptr ? value.data() : "", value.size(), SQLITE_STATIC,
                            SQLITE_UTF8));
}
void Statement::bind_one(int index, Bytes value) {
  check(sqlite3_db_handle(statement_),
        sqlite3_bind_blob64(statement_, index, value.data.data() != nullptr ? value.data.data() : "", value.data.size(),
                            SQLITE_STATIC));
}

Database::Database(const std::string& path, Mode mode) {
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::read_only    ? SQLITE_OPEN_READONLY
                     : mode == Mode::read_write ? SQLITE_OPEN_READWRITE
                                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
  if (code != SQLITE_OK) {
    sqlite3* broken = std::exchange(db_, nullptr);
    Error error{ErrorCode::failed, "", ""};
    try {
      raise(broken, code);
    } catch (SqliteFailure& failure) {
      error = std::move(failure.error);
    }
    sqlite3_close(broken);
    throw SqliteFailure{std::move(error)};
  }
  try {
    sqlite3_busy_timeout(db_, 5000);
    // Texts are rows of one to three kilobytes: in pages of 4,096 bytes a quarter of the file is empty. Fixed when the
    // file is made.
    if (mode == Mode::create) execute("pragma page_size = 16384;");
    if (mode != Mode::read_only)
      execute("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;");
    execute("pragma cache_size = -16000; pragma temp_store = memory;");
  } catch (...) {
    sqlite3_close(db_);
    throw;
  }
}

Database::~Database() { sqlite3_close(db_); }

void Database::define(const char* name, std::string (*value)()) {
  const auto call = [](sqlite3_context* context, int, sqlite3_value**) {
    const std::string text = (*static_cast<std::string (**)()>(sqlite3_user_data(context)))();
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  };
  using Value = std::string (*)();
  check(db_, sqlite3_create_function_v2(db_, name, 0, SQLITE_UTF8, new Value(value), call, nullptr, nullptr,
                                        [](void* kept) { delete static_cast<Value*>(kept); }));
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(db_, sqlite3_extended_errcode(db_));
}

Transaction::Transaction(Database& db) : db_(db) { db_.execute("begin immediate"); }

Transaction::~Transaction() {
  if (open_)
    sqlite3_exec(db_.handle(), "rollback", nullptr, nullptr, nullptr);  // nothing can be done about a failure here
}

void Transaction::commit() {
  db_.execute("commit");
  open_ = false;
}

}  // namespace spalte::sqlite
