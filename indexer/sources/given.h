// How do values that formats give in their own ways become fields of an article?
#pragma once

#include "indexer/sources/source.h"

#include <string>
#include <string_view>

namespace spalte::indexer {

/// In lower case: ASCII and the letters of Latin-1.
std::string lowered(std::string_view s);
/// Without blanks and no-break spaces at its ends.
std::string_view trimmed(std::string_view s);
/// Cleaned (encoding.h), on one line, runs of white space made one blank.
std::string one_line(std::string_view utf8);

/// Reads a date as the source writes it; one that is none is left out with a warning that names it.
void set_date(std::string& into, std::string_view value, ArticleSink& sink);
/// "nb" or "nn" for codes and names of the two standards ("nb-NO", "nynorsk", "nno"); else empty: what is only "no" is
/// told from the text.
std::string language_of(std::string_view value);
/// Adds what is not there yet; empty values are none.
void add_topic(Article& article, std::string_view topic);
/// "Q123" where the text is or holds a Wikidata id ("wd:Q123", "http://www.wikidata.org/entity/Q123"); else empty.
std::string wikidata_of(std::string_view text);
void add_actor(Article& article, std::string_view name, ActorKind kind, std::string_view wikidata, std::string_view role);
/// Author after author, joined by ", ".
void add_byline(Article& article, std::string_view name);

/// The article's id from the source's own: itself where it can be one anywhere (a URN, an address, a UUID, NTB's ids: long
/// or with a colon); a short number is only one in its file, and is hashed with the file's place.
std::string own_id(const SourceFile& file, std::string_view given);
/// The address without fragment, tracking parameters, scheme, "www." and slash at its end: equal for one page.
std::string url_key(std::string_view url);

}  // namespace spalte::indexer
