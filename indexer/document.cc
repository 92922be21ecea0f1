// How is a document filled?
#include "indexer/document.h"

#include "language/normalise.h"
#include "schema/hit.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>
#include <map>
#include <set>

namespace spalte::indexer {
namespace {

using language::AnalysedText;
using language::Analyser;
using language::Standard;
using language::Term;
using language::TermRole;

/// Title words weigh as much as four in the body: their postings there, and this much more.
constexpr Xapian::termcount kTitleWeight = 3;
/// The lead says what the article is about.
constexpr Xapian::termcount kLeadWeight = 1;
constexpr std::size_t kOpeningBytes = 160;

/// Text of some other language is not split, nor are its words taken for Norwegian ones.
Standard standard_of(const AnalysedText& text, std::uint32_t paragraph) { return text.paragraphs[paragraph].standard; }

/// The token's keys under a prefix, without positions.
void add_field(Xapian::Document& d, Analyser& analyser, const language::Token& token, Standard standard,
               std::string_view field) {
  for (const Term& t : analyser.terms(token.type, standard).terms)
    if (t.role != TermRole::part) d.add_term(std::string(field).append(t.key));
}

void add_value_term(Xapian::Document& d, std::string_view prefix, std::string_view value) {
  if (!value.empty()) d.add_boolean_term(term(prefix, language::normalise(value)));
}

/// The whole, and each of several authors.
void add_byline(Xapian::Document& d, std::string_view byline) {
  add_value_term(d, prefix::kByline, byline);
  while (!byline.empty()) {
    std::size_t end = byline.size(), next = end;
    for (std::string_view between : {", ", " og ", " & ", "; "})
      if (const std::size_t at = byline.find(between); at < end) {
        end = at;
        next = at + between.size();
      }
    add_value_term(d, prefix::kByline, byline.substr(0, end));
    byline.remove_prefix(next);
  }
}

void add_date_terms(Xapian::Document& d, std::string_view date) {
  if (date.size() >= 4) d.add_boolean_term(term(prefix::kYear, date.substr(0, 4)));
  if (date.size() >= 7)
    d.add_boolean_term(term(prefix::kMonth, std::string(date.substr(0, 4)).append(date.substr(5, 2))));
  if (date.size() >= 10)
    d.add_boolean_term(
        term(prefix::kDay, std::string(date.substr(0, 4)).append(date.substr(5, 2)).append(date.substr(8, 2))));
}

void add_slot(Xapian::Document& d, Xapian::valueno slot, const std::string& value) {
  if (!value.empty()) d.add_value(slot, value);
}

void add_names(Xapian::Document& d, const Annotation& a) {
  std::vector<NameCount> names(a.actors.size());
  std::vector<bool> derived(a.actors.size());
  for (std::size_t i = 0; i < a.actors.size(); ++i) {
    names[i].name = name_id(a.actors[i].kind, a.actors[i].name);
    names[i].given = a.actors[i].given;
  }
  for (const Mention& m : a.mentions)
    if (m.actor != kNoActor)
      names[m.actor].mentions = static_cast<std::uint8_t>(std::min(127, names[m.actor].mentions + 1));
  for (const Mention& m : a.derived)
    if (m.actor != kNoActor) derived[m.actor] = true;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string id = name_id_text(names[i].name);
    // Whom the source alone names is found too, below those the text names.
    if (names[i].mentions > 0 || names[i].given) d.add_term(term(prefix::kName, id), names[i].mentions);
    if (derived[i]) d.add_term(term(prefix::kDerivedName, id));
  }
  add_slot(d, slot::kNames, pack_names(names));
  for (const Quote& q : a.quotes)
    if (q.actor != kNoActor) d.add_boolean_term(term(prefix::kSpeaker, name_id_text(names[q.actor].name)));
}

void add_topics(Xapian::Document& d, const Article& article, const Annotation& a) {
  std::set<std::uint32_t> codes;
  for (const TopicScore& t : a.topics) {
    if (!t.assigned) continue;
    codes.insert(topic_number(t.id));
    codes.insert(topic_number(t.top));
    for (const std::string& above : t.ancestors) codes.insert(topic_number(above));
  }
  codes.erase(0);
  for (std::uint32_t code : codes) d.add_boolean_term(term(prefix::kTopic, std::to_string(code)));
  add_slot(d, slot::kTopics, pack_topics({codes.begin(), codes.end()}));
  for (const std::string& given : article.topics_given) {
    add_value_term(d, prefix::kTopicGiven, given);
    if (const std::uint32_t code = topic_number(given); code != 0)
      d.add_boolean_term(term(prefix::kTopic, std::to_string(code)));
  }
}

/// A scan with 88 % has a term for each fifth below, so that "at least 80" is one term.
void add_print(Xapian::Document& d, const PrintPlace& p) {
  add_value_term(d, prefix::kUrn, p.urn);
  add_value_term(d, prefix::kIssue, p.issue);
  add_value_term(d, prefix::kPage, p.page);
  constexpr int kStep = 5;
  for (int percent = kStep; percent <= p.confidence; percent += kStep)
    d.add_boolean_term(term(prefix::kConfidence, std::to_string(percent)));
}

void add_path(Xapian::Document& d, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    add_value_term(d, prefix::kPath, path.substr(0, end));
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
}

std::string group_term(std::string_view group) {
  return group.empty() ? std::string() : term(prefix::kDuplicate, language::normalise(group));
}

bool has_term(const Xapian::Document& d, const std::string& one) {
  auto t = d.termlist_begin();
  t.skip_to(one);
  return t != d.termlist_end() && *t == one;
}

/// Without complaint where it is not there.
void remove_term_if_there(Xapian::Document& d, const std::string& one) {
  if (!one.empty() && has_term(d, one)) d.remove_term(one);
}

/// Whether and when another version stands in its place, in a document that does not say so yet.
void add_superseded(const DocumentInput& in, Xapian::Document& d) {
  if (in.newest_of == 0) d.add_boolean_term(std::string(prefix::kSuperseded));
  d.add_value(slot::kSupersededFrom, std::string(in.superseded_from));
}

/// Version and relations of the article, in a document that has none.
void add_relations(const DocumentInput& in, Xapian::Document& d) {
  d.add_value(slot::kVersion, std::to_string(in.row_version));
  d.add_value(slot::kVersions, in.newest_of > 1 ? std::to_string(in.newest_of) : "");
  d.add_value(slot::kDuplicate, std::string(in.duplicates));
  add_superseded(in, d);
  if (!in.duplicates.empty()) d.add_boolean_term(group_term(in.duplicates));
}

/// The first words after the title, cut at a blank.
std::string opening_of(const Article& a) {
  for (const Paragraph& p : a.paragraphs) {
    if (p.role == ParagraphRole::title) continue;
    std::string_view text = a.view(p);
    if (text.size() > kOpeningBytes) {
      const std::size_t blank = text.substr(0, kOpeningBytes).find_last_of(' ');
      std::size_t end = blank == std::string_view::npos ? kOpeningBytes : blank;
      while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
      return std::string(text.substr(0, end)) + " …";
    }
    return std::string(text);
  }
  return {};
}

}  // namespace

std::string article_term(std::string_view id) { return term(prefix::kId, id); }
std::string quotes_term(std::string_view id) { return term(prefix::kArticle, id); }

Xapian::Document article_document(const DocumentInput& in, Analyser& analyser, KeyCounter& keys) {
  const Article& a = in.article;
  Xapian::Document d;
  d.add_boolean_term(article_term(a.id));
  keys.begin(analyser);
  for (const language::Sentence& s : in.text.sentences) {
    const Standard standard = standard_of(in.text, s.paragraph);
    const ParagraphRole role = a.paragraphs[s.paragraph].role;
    if (s.first == in.text.sentences[in.text.paragraphs[s.paragraph].first_sentence].first && s.paragraph > 0)
      keys.gap();
    for (std::uint32_t t = s.first; t < s.last; ++t) {
      const language::Token& token = in.text.tokens[t];
      switch (role) {
        case ParagraphRole::title:
          add_field(d, analyser, token, standard, prefix::kTitle);
          keys.add(token, standard, kTitleWeight);
          keys.end_title();
          break;
        case ParagraphRole::lead:
          add_field(d, analyser, token, standard, prefix::kLead);
          keys.add(token, standard, kLeadWeight);
          break;
        case ParagraphRole::subhead:
          add_field(d, analyser, token, standard, prefix::kSubhead);
          keys.add(token, standard);
          break;
        case ParagraphRole::body:
          keys.add(token, standard);
          break;
      }
    }
  }
  keys.finish(d);
  if (!a.lang.empty()) d.add_boolean_term(term(prefix::kLanguage, a.lang));
  add_value_term(d, prefix::kSource, a.source);
  add_value_term(d, prefix::kSection, a.section);
  add_byline(d, a.byline);
  add_value_term(d, prefix::kAgency, a.agency);
  add_value_term(d, prefix::kFamily, a.family.empty() ? a.id : a.family);
  add_print(d, a.print);
  add_path(d, a.path);
  const std::string dated = a.date_guessed ? std::string() : a.published;
  add_date_terms(d, dated);
  add_slot(d, slot::kPublished, dated);
  add_slot(d, slot::kPublishedAny, a.published);
  add_slot(d, slot::kModified, a.modified);
  add_slot(d, slot::kEmbargo, a.embargo);
  add_slot(d, slot::kAdded, std::string(in.added));
  add_slot(d, slot::kSource, a.source);
  add_slot(d, slot::kSection, a.section);
  add_slot(d, slot::kLanguage, a.lang);
  add_slot(d, slot::kByline, a.byline);
  add_slot(d, slot::kAgency, a.agency);
  add_slot(d, slot::kSortId, a.id);
  add_slot(d, slot::kRow, std::to_string(in.row));
  d.add_value(slot::kLength, Xapian::sortable_serialise(keys.words()));
  add_relations(in, d);
  add_names(d, in.annotation);
  add_topics(d, a, in.annotation);
  d.set_data(pack_hit(
      {in.row, a.id, std::string(a.title()), opening_of(a), a.published, a.date_guessed, a.source, a.lang, a.path}));
  return d;
}

void set_quote_relations(const DocumentInput& in, Xapian::Document& d) {
  remove_term_if_there(d, std::string(prefix::kSuperseded));
  add_superseded(in, d);
}

bool set_relations(const DocumentInput& in, Xapian::Document& d) {
  const bool was_superseded = has_term(d, std::string(prefix::kSuperseded));
  const bool changed =
      was_superseded != (in.newest_of == 0) || d.get_value(slot::kSupersededFrom) != in.superseded_from;
  remove_term_if_there(d, std::string(prefix::kSuperseded));
  remove_term_if_there(d, group_term(d.get_value(slot::kDuplicate)));
  add_relations(in, d);
  return changed;
}

std::vector<Xapian::Document> quote_documents(const DocumentInput& in, Analyser& analyser, KeyCounter& keys) {
  std::vector<Xapian::Document> out;
  std::uint32_t number = 0;
  std::size_t from = 0;
  for (const Quote& q : in.annotation.quotes) {
    Xapian::Document d;
    d.add_boolean_term(quotes_term(in.article.id));
    add_superseded(in, d);
    add_slot(d, slot::kEmbargo, in.article.embargo);
    if (q.actor != kNoActor) {
      const ArticleActor& speaker = in.annotation.actors[q.actor];
      d.add_boolean_term(term(prefix::kSpeaker, name_id_text(name_id(speaker.kind, speaker.name))));
    }
    keys.begin(analyser);
    // Quotes come by their beginning and may nest: go back no further than sentences that end after this quote's start.
    while (from < in.text.sentences.size() && in.text.tokens[in.text.sentences[from].last - 1].end <= q.begin) ++from;
    for (std::size_t s = from; s < in.text.sentences.size(); ++s) {
      const language::Sentence& sentence = in.text.sentences[s];
      if (in.text.tokens[sentence.first].begin >= q.text_end) break;
      for (std::uint32_t t = sentence.first; t < sentence.last; ++t) {
        const language::Token& token = in.text.tokens[t];
        if (token.begin >= q.text_begin && token.end <= q.text_end)
          keys.add(token, standard_of(in.text, sentence.paragraph));
      }
    }
    keys.finish(d);
    if (!in.article.date_guessed) {
      add_date_terms(d, in.article.published);
      add_slot(d, slot::kPublished, in.article.published);
    }
    add_value_term(d, prefix::kSource, in.article.source);
    add_slot(d, slot::kSource, in.article.source);
    add_slot(d, slot::kSortId, in.article.id);
    add_slot(d, slot::kRow, std::to_string(in.row));
    d.add_value(slot::kSpeakerCertainty, Xapian::sortable_serialise(speaker_certainty(q.how)));
    d.add_boolean_term(term(prefix::kQuoteNumber, std::to_string(number)));
    d.set_data(pack_quotation(in.article.id, number++));
    out.push_back(std::move(d));
  }
  return out;
}

}  // namespace spalte::indexer
