// How do the words of a scanned page become paragraphs?
#include "indexer/sources/alto.h"

#include "indexer/sources/given.h"
#include "indexer/sources/xml.h"
#include "schema/date.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

bool lower_case_start(std::string_view word) {
  return !word.empty() && lowered(word) == word && !(word[0] >= '0' && word[0] <= '9');
}

/// Joins lines into the text of a block.
class LineJoiner {
 public:
  explicit LineJoiner(AltoBlock& block) : block_(block) {}

  void line(const pugi::xml_node& line) {
    bool first = true;
    for (const pugi::xml_node& part : line.children()) {
      const std::string_view name = local_name(part);
      if (name == "HYP") hyphen_ = true;
      if (name != "String") continue;
      std::string word = attribute(part, "CONTENT");
      const std::string whole = attribute(part, "SUBS_CONTENT"), type = attribute(part, "SUBS_TYPE");
      judge(part);
      if (type == "HypPart2" && !whole.empty() && joined_) {
        joined_ = false;
        first = false;
        continue;
      }
      if (type == "HypPart1" && !whole.empty()) {
        word = whole;
        joined_ = true;
      }
      if (word.empty()) continue;
      append(word, first);
      first = false;
    }
    line_end_ = true;
    if (joined_) hyphen_ = false;
  }

 private:
  void judge(const pugi::xml_node& part) {
    ++block_.words;
    if (const pugi::xml_attribute wc = part.attribute("WC")) {
      block_.confidence += std::clamp(wc.as_double(), 0.0, 1.0);
      ++block_.judged;
    }
  }

  void append(const std::string& word, bool first_of_line) {
    std::string& text = block_.text;
    const bool at_hyphen = first_of_line && line_end_ && !text.empty() && (hyphen_ || text.back() == '-');
    if (at_hyphen) {
      // "fer-" / "jene" is one word, "Nord-" / "Norge" keeps its hyphen.
      const bool there = text.back() == '-';
      if (lower_case_start(word)) {
        if (there) text.pop_back();
      } else if (!there) {
        text += '-';
      }
    } else if (!text.empty()) {
      text += ' ';
    }
    text += word;
    hyphen_ = false;
    line_end_ = false;
  }

  AltoBlock& block_;
  bool hyphen_ = false, joined_ = false, line_end_ = false;
};

void collect_blocks(const pugi::xml_node& node, std::vector<AltoBlock>& out) {
  for (const pugi::xml_node& c : node.children()) {
    if (local_name(c) != "TextBlock") {
      collect_blocks(c, out);
      continue;
    }
    AltoBlock block;
    block.id = attribute(c, "ID");
    block.region = fmt::format("{},{},{},{}", c.attribute("HPOS").as_int(), c.attribute("VPOS").as_int(),
                               c.attribute("WIDTH").as_int(), c.attribute("HEIGHT").as_int());
    LineJoiner joiner(block);
    for (const pugi::xml_node& line : children(c, "TextLine")) joiner.line(line);
    block.text = one_line(block.text);
    if (!block.text.empty()) out.push_back(std::move(block));
  }
}

std::string folder_of(std::string_view path) {
  const std::size_t end = path.find_last_of('/');
  return std::string(path.substr(0, end == std::string_view::npos ? 0 : end));
}

/// Is there a METS file for this page? Folders of pages are asked once a thread.
bool has_mets(const std::string& path) {
  thread_local std::string last_folder;
  thread_local bool last_answer = false;
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder == last_folder) return last_answer;
  last_folder = folder;
  return last_answer = !mets_files_of(folder).empty();
}

/// The same in a container.
bool has_mets(Siblings& siblings, std::string_view member) {
  const std::string folder = folder_of(member), above = folder_of(folder);
  const std::vector<std::string>& issues = siblings.issues();
  return std::any_of(issues.begin(), issues.end(), [&](const std::string& issue) {
    const std::string its = folder_of(issue);
    return its == folder || its == above;
  });
}

}  // namespace

bool is_mets_name(std::string_view path) {
  const std::string name = lowered(path.substr(path.find_last_of('/') + 1));
  return name.find("mets") != std::string::npos && name.ends_with(".xml");
}

std::vector<std::string> mets_files_of(const std::string& folder) {
  std::vector<std::string> out;
  for (const std::filesystem::path& place : {std::filesystem::path(folder), std::filesystem::path(folder).parent_path()}) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(place, error))
      if (is_mets_name(entry.path().string())) out.push_back(entry.path().string());
  }
  return out;
}

AltoPage alto_page(const pugi::xml_node& alto) {
  AltoPage page;
  const pugi::xml_node image = at(alto, "Description/sourceImageInformation");
  for (const std::string& value : {text_of(child(image, "fileIdentifier")), text_of(child(image, "fileName"))})
    if (const std::size_t urn = value.find("URN:NBN:"); page.urn.empty() && urn != std::string::npos)
      page.urn = value.substr(urn, value.find_first_of(" .;", urn) - urn);
  for (const pugi::xml_node& p : children(child(alto, "Layout"), "Page")) {
    if (page.number.empty()) page.number = attribute(p, "PRINTED_IMG_NR");
    if (page.number.empty()) page.number = attribute(p, "PHYSICAL_IMG_NR");
    collect_blocks(p, page.blocks);
  }
  return page;
}

void PrintedText::add(ParagraphRole role, const AltoBlock& block) {
  const std::size_t before = article_.paragraphs.size();
  ArticleText(article_).add(role, block.text);
  if (article_.paragraphs.size() == before) return;
  article_.print.regions += (before == 0 ? "" : ";") + block.region;
  confidence_ += block.confidence;
  judged_ += block.judged;
  if (judged_ > 0)
    article_.print.confidence = static_cast<int>(std::lround(100 * confidence_ / static_cast<double>(judged_)));
}

void set_from_digavis(std::string_view file_name, Article& a) {
  std::string stem(file_name.substr(file_name.find_last_of('/') + 1));
  if (!stem.starts_with("digavis_")) return;
  stem.resize(std::min(stem.size(), stem.find('.')));
  std::vector<std::string> parts;
  for (std::string_view rest = stem; !rest.empty();) {
    const std::size_t end = rest.find('_');
    parts.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  const auto date = std::find_if(parts.begin(), parts.end(), [](const std::string& p) {
    return p.size() == 8 && p.find_first_not_of("0123456789") == std::string::npos;
  });
  if (date == parts.end()) return;
  if (a.published.empty())
    if (auto iso = parse_date(*date)) a.published = *iso;
  if (a.source.empty() && parts.size() > 1 && !parts[1].empty()) {
    a.source = parts[1];
    if (a.source[0] >= 'a' && a.source[0] <= 'z') a.source[0] = static_cast<char>(a.source[0] - 32);
  }
  const auto left = parts.end() - date;
  if (a.print.issue.empty() && left > 2) a.print.issue = date[2];
  if (a.print.page.empty() && left > 4) a.print.page = date[4].substr(std::min(date[4].find_first_not_of('0'), date[4].size()));
  if (a.print.urn.empty()) a.print.urn = "URN:NBN:no-nb_" + stem.substr(0, stem.find("_mets"));
}

bool recognises_alto(const SourceFile&, std::string_view head) { return root_name(head) == "alto"; }

Status read_alto(const Reading& reading) {
  if (reading.siblings != nullptr   ? has_mets(*reading.siblings, reading.member)
      : reading.depth == 0 && has_mets(reading.file.path)) {
    reading.sink.skipped(std::string(kPageOfIssue));
    return {};
  }
  pugi::xml_document document;
  if (Status parsed = parse_xml(reading.bytes, document); !parsed) return parsed;
  const AltoPage page = alto_page(document.document_element());
  Article a;
  a.path = reading.file.path;
  a.print.urn = page.urn;
  a.print.page = page.number;
  PrintedText text(a);
  for (const AltoBlock& block : page.blocks) text.add(ParagraphRole::body, block);
  set_from_digavis(reading.file.relative, a);
  hand_on(reading, std::move(a), 0);
  return {};
}

}  // namespace spalte::indexer
