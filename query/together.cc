// How are windows with two actors found and counted?
#include "query/together.h"

#include "query/facets.h"
#include "query/search.h"
#include "query/values.h"
#include "schema/hit.h"
#include "schema/slots.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace spalte::query {
namespace {

constexpr std::size_t kEvidenceBytes = 300;

/// An article as far as it is shown.
struct Place {
  std::string date, id;
  std::int64_t row = 0;
  std::uint32_t begin = 0, end = 0;  ///< bytes of its text
  /// Newer first; the id breaks ties, so that the order of indexing does not matter.
  bool better_than(const Place& other) const {
    return date != other.date ? date > other.date : other.id.empty() || id < other.id;
  }
};

struct Tally {
  std::int64_t articles = 0, windows = 0;
  Place best;
};

struct Window {
  std::uint32_t begin = 0, end = 0;
};

/// One pass over the articles of the actor.
class Pass {
 public:
  Pass(const Actor& actor, ActorNames& names, const TogetherOptions& options, Reader& reader)
      : names_(names), options_(options), reader_(reader) {
    for (const NameRow& n : actor.names) own_.insert(n.id);
  }

  Status article(const HitData& hit) {
    Article text;
    if (Status s = reader_.catalogue().load_text(hit.row, text); !s) return s;
    Result<Annotation> annotation = reader_.catalogue().annotation(hit.row);
    if (!annotation) return fail(std::move(annotation));
    std::vector<NameId> who(annotation->actors.size());
    for (std::size_t i = 0; i < who.size(); ++i) {
      const ArticleActor& a = annotation->actors[i];
      const NameId name = name_id(a.kind, a.name);
      if (own_.count(name) > 0) continue;  // 0: the actor itself
      Result<NameId> id = names_.actor_id(name);
      if (!id) return fail(std::move(id));
      who[i] = *id;
    }
    cut(text);
    std::set<NameId> met;
    const std::vector<Window> windows =
        options_.within == Within::article ? std::vector<Window>{{0, UINT32_MAX}} : windows_;
    // Mentions and windows both stand in order: one walk.
    std::vector<Mention> mentions = annotation->mentions;
    if (options_.derived)
      for (const Mention& m : annotation->derived)
        if (m.actor != kNoActor && who[m.actor] == 0) mentions.push_back(m);
    std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
    std::size_t next = 0;
    for (const Window& w : windows) {
      bool itself = false;
      std::map<NameId, std::uint32_t> others;  // with the place of the first mention
      for (; next < mentions.size() && mentions[next].begin < w.end; ++next) {
        const Mention& m = mentions[next];
        if (m.actor == kNoActor || m.begin < w.begin) continue;
        if (who[m.actor] == 0) {
          itself = true;
        } else {
          others.emplace(who[m.actor], m.begin);
        }
      }
      if (!itself) continue;
      for (const auto& [id, at] : others) {
        Tally& t = tallies[id];
        ++t.windows;
        if (!met.insert(id).second) continue;
        ++t.articles;
        const Window shown = options_.within == Within::article ? around(at) : w;
        Place place{hit.date_guessed ? std::string() : hit.date, hit.id, hit.row, shown.begin, shown.end};
        if (place.better_than(t.best)) t.best = std::move(place);
      }
    }
    return {};
  }

  std::unordered_map<NameId, Tally> tallies;

 private:
  void cut(const Article& a) {
    windows_.clear();
    if (options_.within == Within::paragraph) {
      for (const Paragraph& p : a.paragraphs) windows_.push_back({p.begin, p.end});
      return;
    }
    std::vector<language::ByteRange> ranges;
    for (const Paragraph& p : a.paragraphs) ranges.push_back({p.begin, p.end});
    reader_.analyser().analyse(a.text, ranges, analysed_);
    for (const language::Sentence& s : analysed_.sentences)
      windows_.push_back({analysed_.tokens[s.first].begin, analysed_.tokens[s.last - 1].end});
  }
  Window around(std::uint32_t at) const {
    for (const Window& w : windows_)
      if (at >= w.begin && at < w.end) return w;
    return {};
  }

  ActorNames& names_;
  const TogetherOptions& options_;
  Reader& reader_;
  std::set<NameId> own_;
  language::AnalysedText analysed_;
  std::vector<Window> windows_;
};

Result<std::string> sentence_of(const Place& place, Reader& reader) {
  Article a;
  if (Status s = reader.catalogue().load_text(place.row, a); !s) return fail(std::move(s));
  std::string text = a.text.substr(place.begin, place.end - place.begin);
  if (text.size() <= kEvidenceBytes) return text;
  std::size_t end = kEvidenceBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return text.substr(0, end) + " …";
}

}  // namespace

Result<std::vector<Companion>> together(const Actor& actor, ActorNames& names, const TogetherOptions& options,
                                        Reader& reader) {
  const Xapian::Query own = newest_naming(actor, options.derived, reader);
  Pass pass(actor, names, options, reader);
  Status status;
  double of_actor = 0;
  reader.archive().each_hit(matching(own, reader), [&](const HitData& hit) {
    ++of_actor;
    if (status) status = pass.article(hit);
  });
  if (!status) return fail(std::move(status));
  const double all = reader.articles().get_doccount();
  std::vector<std::pair<Companion, Place>> found;
  for (const auto& [id, tally] : pass.tallies) {
    Result<std::optional<Actor>> other = names.of(id);
    if (!other) return fail(std::move(other));
    if (!*other || (!options.kind.empty() && actor_kind_name((*other)->kind) != options.kind)) continue;
    Companion c;
    c.articles = tally.articles;
    c.windows = tally.windows;
    const auto everywhere = static_cast<double>(count(newest_naming(**other, false, reader), reader));
    const auto joint = static_cast<double>(tally.articles);
    c.expected = all > 0 ? of_actor * everywhere / all : 0;
    if (all > of_actor) {
      c.likelihood = log_likelihood(joint, std::max(0.0, everywhere - joint), of_actor, all - of_actor);
      if (joint < c.expected) c.likelihood = -c.likelihood;
    }
    c.actor = std::move(**other);
    found.emplace_back(std::move(c), tally.best);
  }
  std::sort(found.begin(), found.end(), [](const auto& x, const auto& y) {
    const Companion &a = x.first, &b = y.first;
    if (a.likelihood != b.likelihood) return a.likelihood > b.likelihood;
    if (a.articles != b.articles) return a.articles > b.articles;
    return a.actor.id() < b.actor.id();
  });
  if (options.top > 0 && found.size() > static_cast<std::size_t>(options.top))
    found.resize(static_cast<std::size_t>(options.top));
  std::vector<Companion> out;
  for (auto& [companion, place] : found) {
    Result<std::string> sentence = sentence_of(place, reader);
    if (!sentence) return fail(std::move(sentence));
    companion.evidence = std::move(*sentence);
    companion.evidence_id = place.id;
    companion.evidence_date = place.date;
    out.push_back(std::move(companion));
  }
  return out;
}

}  // namespace spalte::query
