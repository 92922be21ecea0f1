// How do we talk to SQLite? Thin owners of its handles; the one place (with catalogue) that names it.
#pragma once

#include "schema/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace spalte::sqlite {

/// A prepared statement, reusable: bind, step, read columns, reset. Not for sharing between threads. Failures throw
/// SqliteFailure inside schema/ only; the catalogue turns them into Errors at its border.
class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  /// Binds 1, 2, … in order after a reset. Text and blobs must live until the next reset.
  template <typename... Values>
  Statement& bind(const Values&... values) {
    reset();
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }
  bool step();  ///< true: a row is there; false: done
  void run();   ///< steps to the end and resets
  void reset();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;  ///< valid until the next step; empty for NULL
  std::string_view blob(int column) const;
  bool is_null(int column) const;
  bool is_integer(int column) const;

 private:
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, int value) { bind_one(index, static_cast<std::int64_t>(value)); }
  void bind_one(int index, std::uint32_t value) { bind_one(index, static_cast<std::int64_t>(value)); }
  void bind_one(int index, bool value) { bind_one(index, static_cast<std::int64_t>(value)); }
  void bind_one(int index, double value);
  void bind_one(int index, std::string_view value);
  void bind_one(int index, const std::string& value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, const char* value) { bind_one(index, std::string_view(value)); }

 public:
  /// Marks bytes as a blob.
  struct Bytes {
    std::string_view data;
  };
  /// Binds one place, counted from 1; for statements that are put together at run time.
  template <typename Value>
  void bind_at(int index, const Value& value) {
    bind_one(index, value);
  }
  void clear();  ///< resets; every place is NULL again

 private:
  void bind_one(int index, Bytes value);

  sqlite3_stmt* statement_ = nullptr;
};

/// What SQLite reported; caught at the catalogue's border.
struct SqliteFailure {
  Error error;
};

/// One connection, one thread.
class Database {
 public:
  enum class Mode { read_only, read_write, create };
  /// WAL, synchronous FULL, foreign keys on, 5 s busy time-out. Throws SqliteFailure.
  Database(const std::string& path, Mode mode);
  ~Database();
  Database(Database&&) = delete;

  void execute(const char* sql);
  Statement prepare(std::string_view sql) { return Statement(db_, sql); }
  /// A function without arguments for SQL on this connection; it is called anew for each row that asks.
  void define(const char* name, std::string (*value)());
  sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

/// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& db);
  ~Transaction();
  Transaction(Transaction&&) = delete;
  void commit();

 private:
  Database& db_;
  bool open_ = true;
};

}  // namespace spalte::sqlite
