// What is a thing called in the Xapian index? Every term prefix and every term builder; no prefix literal stands
// elsewhere.
#pragma once

#include "schema/annotation.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace spalte {

/// Xapian's published convention where it has one (A author, S title, L language, Q unique id, Y M D dates); own ones
/// begin with X. Keys of words carry no prefix: words of title, lead and body alike; those of the title a second
/// time. No term has positions: schema/positions.h.
namespace prefix {
inline constexpr std::string_view kId = "Q";
inline constexpr std::string_view kTitle = "S";
inline constexpr std::string_view kByline = "A";
inline constexpr std::string_view kLanguage = "L";
inline constexpr std::string_view kLead = "XLEAD";
inline constexpr std::string_view kSubhead = "XSUB";
inline constexpr std::string_view kSource = "XSRC";
inline constexpr std::string_view kSection = "XSEC";
inline constexpr std::string_view kAgency = "XAG";
inline constexpr std::string_view kName = "XA";          ///< name id of a named mention
inline constexpr std::string_view kDerivedName = "XAD";  ///< name id of a derived mention
inline constexpr std::string_view kTopic = "XT";         ///< topic code and every ancestor
inline constexpr std::string_view kTopicGiven = "XTG";   ///< topic as the source gave it, folded
inline constexpr std::string_view kUrn = "XURN";
inline constexpr std::string_view kIssue = "XISS";
inline constexpr std::string_view kPage = "XPG";
inline constexpr std::string_view kConfidence = "XCONF";  ///< of a scan, at least so many percent: 5, 10 … 100
inline constexpr std::string_view kFamily = "XF";
inline constexpr std::string_view kDuplicate = "XD";
inline constexpr std::string_view kSuperseded = "XO";  ///< whole term, in both indexes: a newer version stands here
inline constexpr std::string_view kPath = "XP";  ///< each part of the path, folded
inline constexpr std::string_view kPart = "XC";  ///< key of a compound's part
inline constexpr std::string_view kYear = "Y";
inline constexpr std::string_view kMonth = "M";
inline constexpr std::string_view kDay = "D";
inline constexpr std::string_view kSpeaker = "XQS";  ///< in the quotation index: name id of the speaker
inline constexpr std::string_view kArticle = "XQA";  ///< in the quotation index: id of the article
inline constexpr std::string_view kQuoteNumber = "XQN";  ///< in the quotation index: its number in the article, decimal
}  // namespace prefix

/// Xapian refuses terms over 245 bytes; a NUL counts double (none occurs here).
inline constexpr std::size_t kMaxTermBytes = 245;

/// prefix + value; a value that does not fit is cut (on a UTF-8 boundary) and ended by a hash of the whole, so that
/// different values stay different.
std::string term(std::string_view prefix, std::string_view value);

/// A name: kind and full name, hashed; the same on every machine and in every order of indexing. Never 0.
using NameId = std::uint64_t;
NameId name_id(ActorKind kind, std::string_view full_name);
/// 11 characters [A-Za-z0-9_-], for terms and for the user.
std::string name_id_text(NameId id);
/// The inverse; 0 for what is none.
NameId parse_name_id(std::string_view text);

/// FNV-1a with a final mix, 64 bits: stable between builds and machines.
std::uint64_t stable_hash(std::string_view bytes);

}  // namespace spalte
