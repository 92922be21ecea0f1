// Is an index that an earlier program made refused with what to do, and rebuilt with all that its owner decided?
// tests/data/indexes holds one of each format, as it was made by the program of its time.
#include "tests/support.h"

#include "schema/index_format.h"

#include <memory>
#include <set>
#include <string>

#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

void unpack(const fs::path& packed, const fs::path& into) {
  const std::unique_ptr<archive, int (*)(archive*)> a(archive_read_new(), archive_read_free);
  archive_read_support_filter_zstd(a.get());
  archive_read_support_format_tar(a.get());
  REQUIRE(archive_read_open_filename(a.get(), packed.c_str(), 1U << 16U) == ARCHIVE_OK);
  for (archive_entry* entry = nullptr; archive_read_next_header(a.get(), &entry) == ARCHIVE_OK;) {
    const fs::path path = into / archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    std::string bytes(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
    REQUIRE(archive_read_data(a.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size()));
    write_file(path, bytes);
  }
}

struct Old {
  TempFolder folder;
  fs::path db = folder / "db";

  explicit Old(const fs::path& packed) { unpack(packed, folder.path()); }
  Outcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--db", db.string()});
    return spalte(arguments);
  }
  /// What must be there afterwards, whatever the format was.
  void check_all() const {
    CHECK(run({"check"}).status == 0);
    CHECK(run({"count", "*"}).out == "4\n");
    CHECK(run({"count", "statsminister"}).out == "1\n");
    CHECK(run({"count", "aktør:\"Midtens rike\""}).out == "2\n");
    CHECK(run({"count", "query:reise"}).out == "2\n");
    CHECK(run({"count", "fuglen"}).out == "0\n");  // was forgotten
  }
};

}  // namespace

TEST_CASE("an index of an earlier format is refused with `rebuild`, which keeps what was decided; today's answers") {
  std::set<std::string> formats;
  for (const auto& entry : fs::directory_iterator(tests_folder() / "data/indexes")) {
    const std::string name = entry.path().filename().string(), format = name.substr(0, name.find('.'));
    INFO(name);
    formats.insert(format);
    const Old old(entry.path());
    const Outcome found = old.run({"search", "statsminister"});
    INFO(found.err);
    if (found.status == 0) {
      // Only today's format, made with today's words.
      CHECK(format == std::string(kIndexFormat));
      old.check_all();
    } else {
      CHECK(found.status == 4);
      CHECK_THAT(found.err, Catch::Contains(format == kIndexFormat ? "analyser" : "format " + format) &&
                                Catch::Contains("spalte rebuild"));
      const Outcome indexed = old.run({"index", tests_folder() / "data/archive"});
      CHECK(indexed.status == 4);
      CHECK_THAT(indexed.err, Catch::Contains("spalte rebuild"));
    }
    const Outcome rebuilt = old.run({"rebuild"});
    INFO(rebuilt.err);
    REQUIRE(rebuilt.status == 0);
    old.check_all();
  }
  CHECK(formats.contains(std::string(kIndexFormat)));
}

}  // namespace spalte::test
