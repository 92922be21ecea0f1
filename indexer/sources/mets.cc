// Where do articles, pages and the issue's particulars stand in METS?
#include "indexer/sources/mets.h"

#include "indexer/sources/alto.h"
#include "indexer/sources/given.h"
#include "indexer/sources/limits.h"
#include "indexer/sources/xml.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

template <typename Visit>
void each_below(const pugi::xml_node& node, std::string_view name, const Visit& visit) {
  for (const pugi::xml_node& c : node.children()) {
    if (local_name(c) == name) visit(c);
    each_below(c, name, visit);
  }
}

std::string first_below(const pugi::xml_node& node, std::string_view name) {
  std::string out;
  each_below(node, name, [&](const pugi::xml_node& n) {
    if (out.empty()) out = text_of(n);
  });
  return out;
}

std::string urn_below(const pugi::xml_node& node) {
  std::string out;
  each_below(node, "identifier", [&](const pugi::xml_node& n) {
    const std::string text = text_of(n);
    if (out.empty() && (lowered(attribute(n, "type")) == "urn" || text.starts_with("URN:"))) out = text;
  });
  return out;
}

/// What kind of text a part of an article is, by its TYPE.
std::optional<ParagraphRole> role_of(std::string_view type) {
  const std::string t = lowered(type);
  const auto has = [&](std::string_view word) { return t.find(word) != std::string::npos; };
  if (has("caption") || has("illustration") || has("image") || has("advert")) return {};
  if (has("subhead") || has("subtitle") || has("crosshead")) return ParagraphRole::subhead;
  if (has("headline") || has("heading") || t == "title") return ParagraphRole::title;
  if (has("lead") || has("abstract")) return ParagraphRole::lead;
  return ParagraphRole::body;
}

class Issue {
 public:
  Issue(const Reading& reading, const pugi::xml_node& mets) : reading_(reading), mets_(mets) {
    each_below(child(mets, "fileSec"), "file", [&](const pugi::xml_node& file) {
      std::string href;
      for (const pugi::xml_attribute& a : child(file, "FLocat").attributes())
        if (std::string_view(a.name()).ends_with("href")) href = a.value();
      files_[attribute(file, "ID")] = href;
    });
    for (const pugi::xml_node& dmd : children(mets, "dmdSec")) descriptions_[attribute(dmd, "ID")] = dmd;
    describe();
  }

  void run() {
    if (reading_.siblings != nullptr) read_siblings();
    for (const pugi::xml_node& map : children(mets_, "structMap"))
      if (lowered(attribute(map, "TYPE")).find("physical") != std::string::npos) collect_pages(map);
    std::vector<pugi::xml_node> articles;
    for (const pugi::xml_node& map : children(mets_, "structMap"))
      if (lowered(attribute(map, "TYPE")).find("logical") != std::string::npos)
        each_below(map, "div", [&](const pugi::xml_node& div) {
          if (lowered(attribute(div, "TYPE")) == "article") articles.push_back(div);
        });
    std::size_t number = 0;
    for (const pugi::xml_node& div : articles)
      if (!hand_on(reading_, logical(div), ++number)) return;
    if (!articles.empty()) return;
    for (const auto& [id, order] : pages_)
      if (!hand_on(reading_, page_article(id, order), ++number)) return;
    if (number == 0) reading_.sink.skipped("METS without pages");
  }

 private:
  /// The issue's own particulars: of the description that has a date.
  void describe() {
    for (const auto& [id, dmd] : descriptions_) {
      const std::string date = first_below(dmd, "dateIssued").empty() ? first_below(dmd, "date") : first_below(dmd, "dateIssued");
      if (date.empty()) continue;
      set_date(issue_.published, date, reading_.sink);
      issue_.source = first_below(dmd, "title");
      issue_.print.urn = urn_below(dmd);
      each_below(dmd, "detail", [&](const pugi::xml_node& detail) {
        const std::string type = lowered(attribute(detail, "type"));
        if (type == "issue" || type == "number") issue_.print.issue = first_below(detail, "number");
      });
      if (issue_.lang.empty()) issue_.lang = language_of(first_below(dmd, "languageTerm"));
      break;
    }
    set_from_digavis(reading_.file.relative, issue_);
    issue_.print.page.clear();
  }

  void collect_pages(const pugi::xml_node& map) {
    each_below(map, "div", [&](const pugi::xml_node& div) {
      if (lowered(attribute(div, "TYPE")) != "page") return;
      std::string order = attribute(div, "ORDERLABEL");
      if (order.empty()) order = attribute(div, "ORDER");
      each_below(div, "fptr", [&](const pugi::xml_node& fptr) { add_page(attribute(fptr, "FILEID"), order); });
      each_below(div, "area", [&](const pugi::xml_node& area) { add_page(attribute(area, "FILEID"), order); });
    });
  }

  /// Only files that can be ALTO: a page has images too.
  void add_page(const std::string& id, const std::string& order) {
    const auto file = files_.find(id);
    if (file == files_.end() || !lowered(file->second).ends_with(".xml")) return;
    if (orders_.emplace(id, order).second) pages_.emplace_back(id, order);
  }

  /// Through no link below the root.
  Result<FileStream> open_beside(const std::string& href) const {
    const std::string& path = reading_.file.path;
    const std::string& relative = reading_.file.relative;
    if (!path.ends_with("/" + relative))
      return FileStream::open_below(std::filesystem::path(path).parent_path().string(), href);
    return FileStream::open_below(path.substr(0, path.size() - relative.size()),
                                  (std::filesystem::path(relative).parent_path() / href).string());
  }

  static std::string plain_place(std::string href) {
    if (href.starts_with("file://")) href.erase(0, 7);
    while (href.starts_with("./")) href.erase(0, 2);
    return href;
  }

  /// All pages that lie beside it in its container, in one go.
  void read_siblings() {
    const std::size_t end = reading_.member.find_last_of('/');
    const std::string folder(reading_.member.substr(0, end == std::string_view::npos ? 0 : end + 1));
    std::set<std::string> wanted;
    std::map<std::string, std::string> ids;
    for (const auto& [id, href] : files_) {
      if (!lowered(href).ends_with(".xml")) continue;
      const std::string name = folder + plain_place(href);
      wanted.insert(name);
      ids.emplace(name, id);
    }
    const Status read = reading_.siblings->read(wanted, [&](const std::string& name, InputBytes& bytes) {
      pugi::xml_document document;
      if (Status parsed = parse_xml(bytes, document); !parsed) {
        reading_.sink.failed(name, parsed.error().message);
        read_[ids[name]] = {};
      } else if (read_bytes_ += bytes.offset(); read_bytes_ > limit::kIssueBytes) {
        reading_.sink.failed(name, too_large("the pages of an issue", read_bytes_, limit::kIssueBytes).message);
        read_[ids[name]] = {};
      } else if (local_name(document.document_element()) == "alto") {
        keep(ids[name], alto_page(document.document_element()));
      }
    });
    if (!read) reading_.sink.warn(fmt::format("not all pages can be read: {}", read.error().message));
  }

  void keep(const std::string& id, AltoPage&& page) {
    AltoPage& kept = read_[id];
    if (!kept.blocks.empty()) return;  // named twice: the blocks stay where they are pointed at
    kept = std::move(page);
    for (const AltoBlock& block : kept.blocks) blocks_[{id, block.id}].push_back(&block);
  }

  const AltoPage& page(const std::string& id) {
    const auto [entry, fresh] = read_.try_emplace(id);
    if (!fresh) return numbered(id, entry->second);
    const auto file = files_.find(id);
    if (file == files_.end()) return entry->second;
    const std::string href = plain_place(file->second);
    const std::filesystem::path below(href);
    const bool outside = below.is_absolute() || std::find(below.begin(), below.end(), "..") != below.end();
    pugi::xml_document document;
    Status read;
    if (outside) {
      read = fail(ErrorCode::bad_input, "lies outside the folder of its METS file", "");
    } else if (reading_.siblings != nullptr) {
      read = fail(ErrorCode::bad_input, "is not in the archive", "");
    } else {
      Result<FileStream> stream = open_beside(href);
      if (!stream) {
        read = fail(std::move(stream));
      } else {
        InputBytes bytes(*stream);
        read_bytes_ += stream->size().value_or(0);
        read = read_bytes_ > limit::kIssueBytes ? Status(tl::unexpected<Error>(too_large(
                                                      "the pages of an issue", read_bytes_, limit::kIssueBytes)))
                                                : parse_xml(bytes, document);
      }
    }
    if (!read) {
      reading_.sink.failed(href, read.error().message);
    } else {
      keep(id, alto_page(document.document_element()));
    }
    return numbered(id, entry->second);
  }

  /// The page with the number that the issue gives it.
  const AltoPage& numbered(const std::string& id, AltoPage& page) const {
    if (const auto order = orders_.find(id); order != orders_.end() && !order->second.empty()) page.number = order->second;
    return page;
  }

  Article fresh_article() const {
    Article a;
    a.path = reading_.file.path;
    a.published = issue_.published;
    a.source = issue_.source;
    a.lang = issue_.lang;
    a.print = issue_.print;
    return a;
  }

  Article page_article(const std::string& id, const std::string& order) {
    const AltoPage& p = page(id);
    Article a = fresh_article();
    a.print.page = order.empty() ? p.number : order;
    if (!p.urn.empty()) a.print.urn = p.urn;
    PrintedText text(a);
    for (const AltoBlock& block : p.blocks) text.add(ParagraphRole::body, block);
    return a;
  }

  Article logical(const pugi::xml_node& div) {
    Article a = fresh_article();
    std::string title;
    if (const auto own = descriptions_.find(attribute(div, "DMDID")); own != descriptions_.end()) {
      title = first_below(own->second, "title");
      if (const std::string urn = urn_below(own->second); !urn.empty()) a.print.urn = urn;
      if (const std::string lang = language_of(first_below(own->second, "languageTerm")); !lang.empty()) a.lang = lang;
      each_below(own->second, "namePart", [&](const pugi::xml_node& n) { add_byline(a, text_of(n)); });
    }
    std::vector<std::pair<ParagraphRole, const AltoBlock*>> parts;
    named_bytes_ = 0;
    collect(div, ParagraphRole::body, a, parts);
    // The title as it is printed, with its place on the page; several lines of it are one.
    AltoBlock printed;
    for (const auto& [role, block] : parts)
      if (role == ParagraphRole::title) {
        printed.text += (printed.text.empty() ? "" : " ") + block->text;
        if (printed.region.empty()) printed.region = block->region;
        printed.confidence += block->confidence;
        printed.judged += block->judged;
      }
    if (title.empty()) title = attribute(div, "LABEL");
    if (printed.text.empty()) printed = {"", title, "", 0, 0, 0};
    PrintedText text(a);
    text.add(ParagraphRole::title, printed);
    for (const auto& [role, block] : parts)
      if (role != ParagraphRole::title) text.add(role, *block);
    return a;
  }

  void collect(const pugi::xml_node& div, ParagraphRole role, Article& a,
               std::vector<std::pair<ParagraphRole, const AltoBlock*>>& parts) {
    for (const pugi::xml_node& c : div.children()) {
      if (local_name(c) == "div") {
        if (const auto inner = role_of(attribute(c, "TYPE"))) {
          const bool plain = *inner == ParagraphRole::body;
          collect(c, plain ? role : *inner, a, parts);
        }
      } else if (local_name(c) == "area") {
        const AltoPage& p = page(attribute(c, "FILEID"));
        if (a.print.page.empty()) a.print.page = p.number;
        const auto named = blocks_.find({attribute(c, "FILEID"), attribute(c, "BEGIN")});
        if (named == blocks_.end()) continue;
        for (const AltoBlock* block : named->second) {
          // A block that is pointed at a thousand times would be a thousand times as long.
          if (named_bytes_ += block->text.size(); named_bytes_ > static_cast<std::size_t>(limit::kWholeBytes)) return;
          parts.emplace_back(role, block);
        }
      } else {
        collect(c, role, a, parts);
      }
    }
  }

  const Reading& reading_;
  const pugi::xml_node mets_;
  Article issue_;
  std::map<std::string, std::string> files_;            ///< id → href
  std::map<std::string, pugi::xml_node> descriptions_;  ///< dmdSec by id
  std::vector<std::pair<std::string, std::string>> pages_;  ///< file id, number
  std::map<std::string, std::string> orders_;               ///< the same, by file id
  std::map<std::string, AltoPage> read_;
  std::map<std::pair<std::string, std::string>, std::vector<const AltoBlock*>> blocks_;  ///< by file and block id
  std::int64_t read_bytes_ = 0;   ///< of pages
  std::size_t named_bytes_ = 0;  ///< text of the article at hand
};

}  // namespace

bool recognises_mets(const SourceFile&, std::string_view head) { return root_name(head) == "mets"; }

Status read_mets(const Reading& reading) {
  if (reading.depth > 0 && reading.siblings == nullptr) {
    reading.sink.skipped("METS in a container that cannot be gone through twice (its pages are read one by one)");
    return {};
  }
  pugi::xml_document document;
  if (Status parsed = parse_xml(reading.bytes, document); !parsed) return parsed;
  Issue(reading, document.document_element()).run();
  return {};
}

}  // namespace spalte::indexer
