// Are copies of an article found, and told from other articles on the same event, whatever the order in which they come?
#include "indexer/agency.h"
#include "indexer/sources/source.h"
#include "schema/sketch.h"
#include "tests/support.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

using Paragraphs = std::vector<std::string>;

const std::set<std::string> kCopiesThere = {"ntb-flom.txt", "ntb-flaum.txt", "brann-v1.txt"};

/// The paragraphs of the articles written for the tests, headers and titles aside; without those that are copies or
/// versions of others there, which would be counted as wrong pairs.
std::vector<Paragraphs> archive_texts() {
  std::set<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tests_folder() / "data/archive"))
    if (entry.path().extension() == ".txt" && !kCopiesThere.contains(entry.path().filename().string()))
      paths.insert(entry.path());
  std::vector<Paragraphs> out;
  for (const auto& path : paths) {
    Paragraphs text;
    for (const std::string& line : lines(read_file(path)))
      if (line.find(' ') != std::string::npos && line.find(": ") > 12) text.push_back(line);
    if (text.size() > 3) out.push_back(text);
  }
  return out;
}

/// Articles and their copies. An id is "ORIGIN-COPY": what has the same origin is one story, told or cut differently.
class Copies {
 public:
  explicit Copies(std::filesystem::path folder) : folder_(std::move(folder)) {
    for (const Paragraphs& text : archive_texts()) {
      originals_.push_back(text);
      sentences_.insert(sentences_.end(), text.begin(), text.end());
    }
    // Two articles on one event share what was said at it, and little more.
    while (originals_.size() < 200) {
      const Paragraphs shared = drawn(3);
      for (int i = 0; i < 2; ++i) {
        Paragraphs text = drawn(9);
        text.insert(text.begin() + 2 + i, shared.begin(), shared.end());
        originals_.push_back(text);
      }
    }
    originals_.resize(200);
    for (std::size_t o = 0; o < originals_.size(); ++o) {
      write(o, 0, "Første oppslag om sak " + std::to_string(o), originals_[o]);
      const auto copies = 1 + random_() % 3;
      for (std::size_t c = 1; c <= copies; ++c) write(o, c, "Ny overskrift nummer " + std::to_string(c), copy(originals_[o]));
    }
  }

  const std::vector<std::filesystem::path>& files() const { return files_; }

  /// Precision and recall over all pairs of articles.
  std::pair<double, double> score(const std::vector<std::vector<std::string>>& groups) const {
    double right = 0, said = 0, wanted = 0;
    for (const auto& group : groups)
      for (std::size_t i = 0; i < group.size(); ++i)
        for (std::size_t j = i + 1; j < group.size(); ++j) {
          ++said;
          right += group[i].substr(0, group[i].find('-')) == group[j].substr(0, group[j].find('-')) ? 1 : 0;
        }
    for (const auto& [origin, n] : sizes_) wanted += static_cast<double>(n * (n - 1)) / 2;
    return {right / said, right / wanted};
  }

 private:
  /// Sentences that nobody has written, of the halves of two.
  Paragraphs drawn(std::size_t n) {
    Paragraphs out;
    const auto half = [](const std::string& s) { return std::min(s.find(' ', s.size() / 2), s.size()); };
    for (; n > 0; --n) {
      const std::string& first = sentences_[random_() % sentences_.size()];
      const std::string& last = sentences_[random_() % sentences_.size()];
      out.push_back(first.substr(0, half(first)) + last.substr(half(last)));
    }
    return out;
  }

  /// Another paper's version: a new lead, cut from the end or within, a word changed here and there, the agency's marks.
  Paragraphs copy(Paragraphs text) {
    if (random_() % 2 == 0) text[0] = drawn(1)[0];
    const std::size_t least = (text.size() * 6 + 9) / 10;
    for (auto cuts = random_() % (text.size() - least + 1); cuts > 0; --cuts)
      text.erase(text.begin() + static_cast<std::ptrdiff_t>(random_() % 2 == 0 ? text.size() - 1 : random_() % text.size()));
    if (random_() % 3 == 0)
      for (std::string& paragraph : text)
        if (const std::size_t at = paragraph.find(' ', paragraph.size() / 2); at != std::string::npos && random_() % 3 == 0)
          paragraph.insert(at, " faktisk");
    if (random_() % 2 == 0) text.back() += " (NTB)";
    return text;
  }

  void write(std::size_t origin, std::size_t number, const std::string& title, const Paragraphs& text) {
    const std::string id = "sak" + std::to_string(origin) + "-" + std::to_string(number);
    std::string content = "Tittel: " + title + "\nId: " + id + "\nDato: 2016-01-01\n\n";
    for (const std::string& paragraph : text) content += paragraph + "\n\n";
    // The order of the files is not that of the copies.
    files_.push_back(folder_ / (std::to_string(random_() % 10) + "/" + id + ".txt"));
    write_file(files_.back(), content);
    ++sizes_[origin];
  }

  std::filesystem::path folder_;
  std::mt19937 random_{1};
  std::vector<Paragraphs> originals_;
  Paragraphs sentences_;
  std::vector<std::filesystem::path> files_;
  std::map<std::size_t, int> sizes_;
};

Outcome ask(const std::filesystem::path& db, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin() + 1, {"--db", db.string()});
  return spalte(arguments);
}

/// Ids by group, as `dups` tells them.
std::vector<std::vector<std::string>> groups(const std::filesystem::path& db) {
  std::map<std::string, std::vector<std::string>> out;
  bool header = true;
  for (const std::string& line : lines(ask(db, {"dups", "-n", "0", "--format", "csv"}).out)) {
    if (!std::exchange(header, false)) {
      const std::size_t first = line.find(','), second = line.find(',', first + 1), third = line.find(',', second + 1);
      out[line.substr(0, first)].push_back(line.substr(second + 1, third - second - 1));
    }
  }
  std::vector<std::vector<std::string>> all;
  for (auto& [name, ids] : out) {
    std::sort(ids.begin(), ids.end());
    // A group is called by its first id.
    CHECK(ids.front() == name);
    all.push_back(std::move(ids));
  }
  return all;
}

}  // namespace

TEST_CASE("copies are grouped, other articles on the event are not, in any order of coming and going") {
  const TempFolder folder;
  const auto texts = folder / "tekster", later = folder / "senere", db = folder / "db", again = folder / "db2";
  const Copies copies(texts);
  REQUIRE(ask(db, {"index", texts.string()}).status == 0);
  const auto clean = groups(db);
  const auto [precision, recall] = copies.score(clean);
  INFO("precision " << precision << ", recall " << recall);
  CHECK(precision >= .98);
  CHECK(recall >= .95);

  // The same archive in two halves, the second first, then with an article changed to another one and back.
  std::size_t n = 0;
  for (const auto& file : copies.files())
    if (++n % 2 == 0) {
      std::filesystem::create_directories((later / std::filesystem::relative(file, texts).string()).parent_path());
      std::filesystem::rename(file, later / std::filesystem::relative(file, texts).string());
    }
  REQUIRE(ask(again, {"index", texts.string()}).status == 0);
  CHECK(groups(again) != clean);
  for (const auto& file : copies.files())
    if (const auto away = later / std::filesystem::relative(file, texts).string(); std::filesystem::exists(away))
      std::filesystem::rename(away, file);
  const std::string one = clean.front().front();  // it stands in a group, and leaves it
  const auto changed = *std::find_if(copies.files().begin(), copies.files().end(), [&](const auto& f) { return f.stem() == one; });
  const std::string text = read_file(changed);
  write_file(changed, "Id: " + one + "\n\nNoe helt annet enn det som sto her før, og langt nok til å bli sammenlignet "
                                "med hva det enn skulle være av artikler om laks, ferger og kommunale vedtak i høst.\n");
  REQUIRE(ask(again, {"index", texts.string()}).status == 0);
  CHECK(groups(again) != clean);
  write_file(changed, text);
  REQUIRE(ask(again, {"index", texts.string()}).status == 0);
  CHECK(groups(again) == clean);
  CHECK(ask(again, {"check"}).status == 0);

  // What goes leaves its group, and a rebuild finds the same.
  const auto last = std::find_if(clean.begin(), clean.end(), [](const auto& g) { return g.size() == 3; });
  REQUIRE(last != clean.end());
  REQUIRE(ask(again, {"forget", last->front()}).status == 0);
  auto without = clean;
  auto& shrunk = without[static_cast<std::size_t>(last - clean.begin())];
  shrunk.erase(shrunk.begin());
  auto left = groups(again);
  std::sort(without.begin(), without.end());
  std::sort(left.begin(), left.end());
  CHECK(left == without);
  REQUIRE(ask(again, {"rebuild"}).status == 0);
  CHECK(groups(again) == groups(again));
  CHECK(ask(again, {"check"}).status == 0);

  // Counting: one by one, or each group once, everywhere alike.
  std::int64_t hidden = 0;
  for (const auto& g : clean) hidden += static_cast<std::int64_t>(g.size()) - 1;
  const auto count = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"count", "*"});
    return std::stoll(ask(db, more).out);
  };
  CHECK(count({}) == static_cast<std::int64_t>(copies.files().size()));
  CHECK(count({"--collapse", "dup"}) == count({}) - hidden);
  CHECK(lines(ask(db, {"search", "*", "-n", "0", "--format", "ids"}).out).size() == copies.files().size());
  CHECK(static_cast<std::int64_t>(
            lines(ask(db, {"search", "*", "-n", "0", "--format", "ids", "--collapse", "dup"}).out).size()) ==
        count({"--collapse", "dup"}));
  CHECK_THAT(ask(db, {"timeline", "--collapse", "dup", "--format", "csv"}).out,
             Catch::Contains("2016," + std::to_string(count({"--collapse", "dup"}))));
  CHECK_THAT(ask(db, {"search", "*"}).out, Catch::Contains(std::to_string(hidden) + " near-duplicates hidden"));
  const std::string group = clean.front().front();
  CHECK(ask(db, {"count", "dup:" + group}).out == std::to_string(clean.front().size()) + "\n");
  CHECK(ask(db, {"count", "dup:" + clean.front().back()}).out == std::to_string(clean.front().size()) + "\n");
  // Copies without the mark are found with those that bear it.
  const Outcome ntb = ask(db, {"dups", "--agency", "NTB", "-n", "0", "--format", "csv"});
  CHECK(ntb.status == 0);
  CHECK_THAT(ntb.out, Catch::Contains(",NTB,"));
  CHECK_THAT(ntb.out, Catch::Contains(",,"));
  CHECK(std::stoll(ask(db, {"count", "byrå:NTB"}).out) > 20);
}

TEST_CASE("what two sketches share") {
  const auto sketch = [](std::uint32_t from, std::uint32_t to) {
    Sketch s;
    s.shingles = to - from;
    for (std::uint32_t i = from; i < to; ++i) s.hashes.push_back(i * 1000);
    return s;
  };
  CHECK(containment(sketch(0, 50), sketch(0, 50)) == 1);
  CHECK(containment(sketch(0, 50), sketch(25, 75)) == Approx(.5));
  CHECK(containment(sketch(0, 80), sketch(0, 40)) == Approx(1));
  CHECK(containment(sketch(0, 50), sketch(50, 90)) == 0);
  CHECK(containment({}, sketch(0, 9)) == 0);
  CHECK(near_duplicates(sketch(0, 80), sketch(0, 40)));
  CHECK_FALSE(near_duplicates(sketch(0, 50), sketch(40, 90)));
  // One item of a round-up.
  CHECK_FALSE(near_duplicates(sketch(0, 90), sketch(0, 15)));
  // A sample of a long text stands for it.
  Sketch longer, other;
  longer.shingles = other.shingles = 1000;
  for (std::uint32_t i = 0; i < 144; ++i) {
    if (i % 3 != 0) longer.hashes.push_back(i);
    if (i % 3 != 1) other.hashes.push_back(i);
  }
  CHECK(containment(longer, other) == Approx(.5).margin(.02));
}

TEST_CASE("agencies are recognised by their marks, and only by those") {
  struct Case {
    std::string source, byline, text, agency;
  };
  const std::vector<Case> cases = {
      {"", "", "OSLO (NTB): Regjeringen legger fram saken fredag.", "NTB"},
      {"", "", "Oslo/NTB: Regjeringen legger fram saken fredag.", "NTB"},
      {"", "", "OSLO (©NTB-Reuters) – Regjeringen legger fram saken.", "NTB"},
      {"", "", "Førde (NPK): Regjeringa legg fram saka fredag.", "NPK"},
      {"", "", "København (ritzau) – Regeringen fremlægger sagen.", "Ritzau"},
      {"", "", "Stockholm (TT): Regeringen lägger fram saken.", "TT"},
      {"", "", "(AFP) Regjeringen la fram saken torsdag.", "AFP"},
      {"", "", "Regjeringen legger fram saken fredag.\nDet sier statsministeren. (NTB)", "NTB"},
      {"", "", "Regjeringen legger fram saken fredag.\nDet sier statsministeren. ©NTB", "NTB"},
      {"", "", "Regjeringen legger fram saken fredag.\nDet sier statsministeren. (©NTB)", "NTB"},
      {"", "", "Regjeringen legger fram saken fredag.\nDet sier statsministeren. /NTB", "NTB"},
      {"", "", "Regjeringa legg fram saka fredag.\nDet seier statsministeren. (©NPK)", "NPK"},
      {"", "NTB", "Regjeringen legger fram saken fredag.", "NTB"},
      {"", "NPK-NTB", "Regjeringa legg fram saka fredag.", "NPK"},
      {"", "Kari Moen/NTB", "Regjeringen legger fram saken fredag.", "NTB"},
      {"", "Kari Moen, Reuters", "Regjeringen legger fram saken fredag.", "Reuters"},
      {"NTB", "", "Regjeringen legger fram saken fredag.", "NTB"},
      {"Nynorsk pressekontor", "", "Regjeringa legg fram saka fredag.", "NPK"},
      // Told of, not told by.
      {"", "", "Statsministeren sier til NTB: Saken legges fram fredag.", ""},
      {"", "", "Ifølge NTB legger regjeringen fram saken fredag.", ""},
      {"", "", "NTB skriver at regjeringen legger fram saken.", ""},
      {"", "", "Regjeringen legger fram saken.\nFoto: Per Moen / NTB", ""},
      {"", "", "Regjeringen legger fram saken.\nStatsministeren (Foto: NTB)", ""},
      {"", "Foto: Kari Moen/NTB", "Regjeringen legger fram saken.", ""},
      {"", "", "Statsministeren (Ap): Regjeringen legger fram saken.", ""},
      {"", "", "Det sier finansministeren.\nDet er statsministeren enig i (Ap)", ""},
      {"Fjordposten", "Kari Moen", "Regjeringen legger fram saken fredag.", ""},
  };
  for (const Case& c : cases) {
    Article a;
    a.source = c.source;
    a.byline = c.byline;
    indexer::ArticleText text(a);
    text.add(ParagraphRole::title, "En sak om regjeringen");
    for (const std::string& line : lines(c.text)) text.add(ParagraphRole::body, line);
    indexer::recognise_agency(a);
    INFO(c.source << "|" << c.byline << "|" << c.text);
    CHECK(a.agency == c.agency);
  }
  Article given;
  given.agency = "ntb";
  indexer::recognise_agency(given);
  CHECK(given.agency == "NTB");
  given.agency = "Havnas eget byrå";
  indexer::recognise_agency(given);
  CHECK(given.agency == "Havnas eget byrå");
}

}  // namespace spalte::test
