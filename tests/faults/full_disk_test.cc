// Is anything lost when the disk fills up or dies, whatever the program was doing, and however far it had come?
#include "tests/support.h"

#include <functional>
#include <string>

#include <catch2/catch.hpp>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace spalte::test {
namespace {

namespace fs = std::filesystem;

Outcome run(const fs::path& db, std::vector<std::string> arguments, std::map<std::string, std::string> environment = {}) {
  arguments.insert(arguments.begin() + 1, {"--db", db.string()});
  return spalte(arguments, {.environment = std::move(environment)});
}

/// What matters most of an archive's answers: is it sound, who is there, is the user's own data.
std::string essence(const fs::path& db) {
  const std::string sound = run(db, {"check"}).out;
  return sound.substr(0, sound.find(", generation")) +
         run(db, {"search", "*", "-n", "0", "--format", "csv", "--fields", "id,date,source,title,lang"}).out +
         run(db, {"count", "aktør:\"Midtens rike\""}).out + run(db, {"count", "query:ferje"}).out + run(db, {"count", "query:klima"}).out;
}

/// Something that writes, what it starts from, and what it should come to.
struct Job {
  std::string name;
  std::vector<std::string> arguments;  ///< "DUMP" stands for a file beside the archive
  const fs::path* from;                ///< none: a new archive
  std::string clean = {};
};

struct Work {
  TempFolder folder;
  fs::path articles = folder / "artikler", before = folder / "før", ready = folder / "ferdig", dump = folder / "d.zst";
  std::vector<Job> jobs;

  Work() {
    write_articles(articles, 50, 41);
    REQUIRE(run(before, {"index", articles.string()}).status == 0);
    REQUIRE(run(before, {"actors", "--alias", "Kina", "Midtens rike"}).status == 0);
    REQUIRE(run(before, {"save", "ferje", "ferje OR streik"}).status == 0);
    write_articles(articles / "nye", 30, 42);
    fs::copy(before, ready, fs::copy_options::recursive);
    REQUIRE(run(ready, {"index", articles.string()}).status == 0);
    REQUIRE(run(ready, {"dump", dump.string()}).status == 0);
    const std::string id = lines(run(ready, {"search", "*", "-n", "1", "--format", "ids"}).out).at(0);
    jobs = {{"index", {"index", articles.string()}, &before},
            {"bulk index", {"index", articles.string()}, nullptr},
            {"rebuild", {"rebuild", "--annotate"}, &ready},
            {"compact", {"compact"}, &ready},
            {"forget", {"forget", id}, &ready},
            {"merge of actors", {"actors", "--merge", "Kina", "Bråthen"}, &ready},
            {"save", {"save", "klima", "klima"}, &ready},
            {"dump", {"dump", "DUMP"}, &ready},
            {"restore", {"restore", dump.string()}, nullptr}};
    for (Job& job : jobs) {
      const TempFolder place;
      start(job, place.path());
      REQUIRE(run(place / "db", arguments(job, place.path())).status == 0);
      job.clean = essence(place / "db");
    }
  }
  static void start(const Job& job, const fs::path& place) {
    for (const auto& entry : fs::directory_iterator(place)) fs::remove_all(entry.path());
    if (job.from != nullptr) fs::copy(*job.from, place / "db", fs::copy_options::recursive);
  }
  static std::vector<std::string> arguments(const Job& job, const fs::path& place) {
    std::vector<std::string> out = job.arguments;
    for (std::string& a : out)
      if (a == "DUMP") a = (place / "d.zst").string();
    return out;
  }
};

const Work& work() {
  static const Work work;
  return work;
}

/// On the disk that is short of room or dead: an error that says so and no more; on a sound one again the job ends as if
/// nothing had been. Returns whether it failed.
bool survives(const Job& job, const fs::path& place, const std::function<Outcome()>& on_bad_disk,
              const std::function<void()>& mend_disk, bool full) {
  const Outcome o = on_bad_disk();
  mend_disk();
  INFO("status " << o.status << ", " << o.err);
  CHECK(o.status < 126);
  if (o.status != 0) {
    CHECK_FALSE(o.err.empty());
    if (full) CHECK_THAT(o.err, Catch::Contains("space") || Catch::Contains("full") || Catch::Contains("disk"));
    CHECK_FALSE(fs::exists(place / "d.zst"));
    // All of it or nothing.
    if (job.name == "restore") CHECK_FALSE(fs::exists(place / "db"));
    // The archive answers, or says what is wrong; what was decided by hand is there.
    if (job.from != nullptr) {
      const int check = run(place / "db", {"check"}).status;
      CHECK((check == 0 || check == 4));
      if (check == 0) CHECK(run(place / "db", {"count", "aktør:\"Midtens rike\""}).status == 0);
    }
    const Outcome again = run(place / "db", Work::arguments(job, place));
    INFO(again.err);
    CHECK(again.status == 0);
  }
  CHECK(first_difference(essence(place / "db"), job.clean) == "");
  return o.status != 0;
}

}  // namespace

TEST_CASE("a disk that is full after so many bytes, in each job that writes") {
  const Work& w = work();
  int full = 0;
  for (const Job& job : w.jobs)
    for (const std::int64_t room : {0, 3'000, 40'000, 200'000, 700'000, 2'000'000, 6'000'000}) {
      INFO(job.name << " with room for " << room << " bytes");
      const TempFolder place;
      Work::start(job, place.path());
      const auto cramped = [&] {
        return run(place / "db", Work::arguments(job, place.path()),
                   {{"LD_PRELOAD", FAILING_CALLS},
                    {"ASAN_OPTIONS", "verify_asan_link_order=0"},
                    {"FAIL_BYTES", std::to_string(room)},
                    {"FAIL_BELOW", place.path().string()}});
      };
      if (!survives(job, place.path(), cramped, [] {}, true)) break;
      ++full;
    }
  CHECK(full >= 25);
}

TEST_CASE("a small disk of its own that fills up, in each job that writes") {
  const Work& w = work();
  const TempFolder folder;
  const std::string place = folder.path().string();
  constexpr const char* kRoomy = "size=256m";
  if (geteuid() != 0 || mount("tmpfs", place.c_str(), "tmpfs", 0, kRoomy) != 0) {
    WARN("not root, or may not mount: the small disk was left out");
    return;
  }
  const auto size = [&](const std::string& option) {
    REQUIRE(mount("tmpfs", place.c_str(), "tmpfs", MS_REMOUNT, option.c_str()) == 0);
  };
  int full = 0;
  for (const Job& job : w.jobs)
    for (const std::int64_t room : {0, 16, 64, 256, 1024, 3072}) {
      INFO(job.name << " with room for " << room << " kB");
      Work::start(job, place);
      struct statfs used {};
      REQUIRE(statfs(place.c_str(), &used) == 0);
      const auto blocks = static_cast<std::int64_t>(used.f_blocks - used.f_bfree) + room * 1024 / used.f_bsize;
      size("size=" + std::to_string(std::max<std::int64_t>(1, blocks) * used.f_bsize));
      const auto cramped = [&] { return run(fs::path(place) / "db", Work::arguments(job, place)); };
      if (!survives(job, place, cramped, [&] { size(kRoomy); }, true)) break;
      ++full;
    }
  CHECK(umount(place.c_str()) == 0);
  CHECK(full >= 20);
}

TEST_CASE("a disk that dies, in each job that writes") {
  const Work& w = work();
  int failures = 0;
  for (const Job& job : w.jobs) {
    if (job.name == "index" || job.name == "rebuild" || job.name == "compact") continue;  // in disk_test, at more moments
    for (const char* call : {"write", "sync", "rename"})
      for (const int from : {1, 5, 20}) {
        INFO(job.name << ", " << call << " from the " << from << "th on");
        const TempFolder place;
        Work::start(job, place.path());
        const auto dying = [&] {
          return run(place / "db", Work::arguments(job, place.path()),
                     {{"LD_PRELOAD", FAILING_CALLS},
                      {"ASAN_OPTIONS", "verify_asan_link_order=0"},
                      {"FAIL_CALL", call},
                      {"FAIL_FROM", std::to_string(from)},
                      {"FAIL_BELOW", place.path().string()}});
        };
        if (!survives(job, place.path(), dying, [] {}, false)) break;
        ++failures;
      }
  }
  CHECK(failures >= 15);
}

TEST_CASE("an answer that the disk has no room for does not pass for a whole one") {
  const Work& w = work();
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"search", "*", "-n", "0"}, {"count", "*"}, {"export", "*"}, {"status"}, {"dump", "-"}, {"facets", "kilde"}}) {
    INFO(arguments[0]);
    std::vector<std::string> all = arguments;
    all.insert(all.begin() + 1, {"--db", w.ready.string()});
    const Outcome o = spalte(all, {.output = "/dev/full"});
    CHECK(o.status == 4);
    CHECK_FALSE(o.err.empty());
    const fs::path file = w.folder / "svar";
    CHECK(spalte(all, {.output = file}).status == 0);
    CHECK(fs::file_size(file) > 0);
  }
}

}  // namespace spalte::test
