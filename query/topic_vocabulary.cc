// What is checked, merged and warned of?
#include "query/topic_vocabulary.h"

#include "annotate/topic_import.h"
#include "language/normalise.h"
#include "query/reader.h"
#include "schema/data_path.h"
#include "schema/index_format.h"
#include "schema/slots.h"
#include "schema/terminal.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <ostream>
#include <unordered_map>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using annotate::TopicEntry;

constexpr std::size_t kMostWarnings = 20;
constexpr unsigned kFrequent = 20;  ///< in more than every such article

/// Why a cue will not do what its writer meant; empty if it will.
std::string fault_of(const std::string& cue, Reader& reader) {
  if (cue.find(' ') != std::string::npos || cue.starts_with('-')) return {};
  const std::string folded = language::normalise(cue);
  const std::vector<std::string> keys = reader.analyser().query_word(cue).keys;
  const bool own = std::find(keys.begin(), keys.end(), folded) != keys.end();
  if (!own && !keys.empty() && keys[0] != folded)
    return fmt::format("is taken for `{}`: write the word as a dictionary has it, or another one", keys[0]);
  if (keys.size() > 1) return fmt::format("can also be `{}`", keys[keys[0] == folded ? 1 : 0]);
  const Xapian::doccount all = reader.articles().get_doccount();
  const Xapian::doccount n = reader.articles().get_termfreq(folded);
  if (all >= kFrequent && n * kFrequent > all)
    return fmt::format("stands in {} of {} articles: it says little", n, all);
  return {};
}

void warn_of_words(const std::vector<TopicEntry>& entries, Reader& reader, Context& context) {
  std::size_t warnings = 0;
  for (const TopicEntry& e : entries)
    for (const auto* list : {&e.strong, &e.plain, &e.weak})
      for (const std::string& cue : *list) {
        const std::string fault = fault_of(cue, reader);
        if (fault.empty() || ++warnings > kMostWarnings) continue;
        context.io.err << printable(fmt::format("spalte: warning: {}: `{}` {}", e.topic.id, cue, fault)) << '\n';
      }
  if (warnings > kMostWarnings)
    context.io.err << fmt::format("spalte: warning: and {} more such words\n", warnings - kMostWarnings);
}

Status write_file(const std::string& path, const std::string& text) {
  const std::string next = path + ".new";
  std::ofstream out(next, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out || std::rename(next.c_str(), path.c_str()) != 0)
    return fail(ErrorCode::bad_input, fmt::format("{} cannot be written: {}", path, std::strerror(errno)),
                "check the folder's rights and the disk");
  return {};
}

/// Codes are kept as numbers in the index; two topics must not share one.
Status check_numbers(const std::vector<TopicEntry>& entries, const std::string& path) {
  std::unordered_map<std::uint32_t, const std::string*> numbers;
  for (const TopicEntry& e : entries) {
    const std::uint32_t number = topic_number(e.topic.id);
    if (number == 0)
      return fail(ErrorCode::bad_data, fmt::format("{}: `{}` is no code", path, e.topic.id),
                  "codes are `medtop:` and digits, or a scheme of your own, a colon and a name without blanks: x:kyst");
    if (const auto [first, added] = numbers.emplace(number, &e.topic.id); !added)
      return fail(ErrorCode::bad_data,
                  fmt::format("{}: the codes {} and {} cannot be told apart", path, *first->second, e.topic.id),
                  "change one of them a little");
  }
  return {};
}

}  // namespace

Result<int> import_topics(const std::string& path, Context& context) {
  Result<std::string> data = data_folder();
  if (!data) return fail(std::move(data));
  Result<std::vector<TopicEntry>> own = annotate::read_topic_file(*data + "/topics.toml");
  if (!own) return fail(std::move(own));
  const IndexFolder folder{context.db};
  if (Status there = require_index(folder); !there) return fail(std::move(there));
  Result<WriterLock> lock = WriterLock::acquire(folder);
  if (!lock) return fail(std::move(lock));
  std::vector<TopicEntry> before;
  if (const std::string known = own_topics(folder); !known.empty()) {
    Result<std::vector<TopicEntry>> read = annotate::read_topic_file(known);
    if (!read) return fail(std::move(read));
    before = std::move(*read);
  }
  std::vector<TopicEntry> known = *own;
  annotate::merge_topics(known, before);
  Result<std::vector<TopicEntry>> more = annotate::read_vocabulary(path, known);
  if (!more) return fail(std::move(more));
  std::size_t added = 0;
  for (const TopicEntry& e : *more)
    added += std::none_of(known.begin(), known.end(), [&](const TopicEntry& k) { return k.topic.id == e.topic.id; });
  std::vector<TopicEntry> all = known;
  annotate::merge_topics(all, *more);
  if (Status tree = annotate::check_topic_tree(all, path); !tree) return fail(std::move(tree));
  if (Status numbers = check_numbers(all, path); !numbers) return fail(std::move(numbers));
  // Of a topic that is imported again the words are replaced.
  std::erase_if(before, [&](const TopicEntry& b) {
    return std::any_of(more->begin(), more->end(), [&](const TopicEntry& e) {
      return e.topic.id == b.topic.id && (!e.strong.empty() || !e.plain.empty() || !e.weak.empty());
    });
  });
  for (TopicEntry& b : before) {
    const auto again =
        std::find_if(more->begin(), more->end(), [&](const TopicEntry& e) { return e.topic.id == b.topic.id; });
    if (again == more->end()) continue;
    again->strong = b.strong, again->plain = b.plain, again->weak = b.weak;
  }
  std::erase_if(before, [&](const TopicEntry& b) {
    return std::any_of(more->begin(), more->end(), [&](const TopicEntry& e) { return e.topic.id == b.topic.id; });
  });
  before.insert(before.end(), more->begin(), more->end());
  if (Status written = write_file(folder.topics_file(), annotate::to_topic_file(before)); !written)
    return fail(std::move(written));
  Result<Reader> reader = Reader::open(context);
  if (!reader) return fail(std::move(reader));
  const Status warned = reader->request([&]() -> Status {
    warn_of_words(*more, *reader, context);
    return {};
  });
  if (!warned) return fail(warned);
  if (!context.quiet)
    context.io.out << fmt::format(
        "imported {} topics, {} of them new, into {}\n`spalte rebuild --annotate` gives them to the articles that are "
        "indexed already\n",
        more->size(), added, printable(folder.topics_file()));
  return 0;
}

}  // namespace spalte::query
