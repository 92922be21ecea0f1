// Is what lies on disk still what released programs wrote and will read? A change here needs a migration or a new
// format number, not a new expectation.
#include "schema/field.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

namespace spalte {

TEST_CASE("prefix and slot of every field") {
  struct Frozen {
    std::string_view prefix;
    std::uint32_t slot;
  };
  const std::map<std::string_view, Frozen> frozen = {
      {"title", {"S", kNoSlot}},   {"lead", {"XLEAD", kNoSlot}},
      {"sub", {"XSUB", kNoSlot}},  {"body", {"", kNoSlot}},
      {"quote", {"", kNoSlot}},    {"speaker", {"XQS", kNoSlot}},
      {"actor", {"XA", 9}},        {"person", {"XA", 9}},
      {"org", {"XA", 9}},          {"country", {"XA", 9}},
      {"place", {"XA", 9}},        {"topic", {"XT", 10}},
      {"source", {"XSRC", 3}},     {"agency", {"XAG", 12}},
      {"byline", {"A", 11}},       {"section", {"XSEC", 4}},
      {"date", {"", 0}},           {"modified", {"", 1}},
      {"added", {"", 2}},          {"lang", {"L", 5}},
      {"path", {"XP", kNoSlot}},   {"id", {"Q", 14}},
      {"family", {"XF", kNoSlot}}, {"dup", {"XD", 6}},
      {"query", {"", kNoSlot}},    {"urn", {"XURN", kNoSlot}},
      {"issue", {"XISS", kNoSlot}}, {"page", {"XPG", kNoSlot}},
      {"confidence", {"XCONF", kNoSlot}},
  };
  for (const Field& f : kFields) {
    INFO(f.name);
    const auto expected = frozen.find(f.name);
    REQUIRE(expected != frozen.end());
    CHECK(f.prefix == expected->second.prefix);
    CHECK(f.slot == expected->second.slot);
  }
  CHECK(kFields.size() == frozen.size());
}

TEST_CASE("other prefixes and slots") {
  CHECK(prefix::kPart == "XC");
  CHECK(prefix::kDerivedName == "XAD");
  CHECK(prefix::kTopicGiven == "XTG");
  CHECK(prefix::kArticle == "XQA");
  CHECK(prefix::kSuperseded == "XO");
  CHECK(slot::kLength == 7);
  CHECK(slot::kVersion == 8);
  CHECK(slot::kPublishedAny == 13);
  CHECK(slot::kSpeakerCertainty == 15);
  CHECK(slot::kVersions == 16);
}

TEST_CASE("name ids and hashes are the same on every machine") {
  CHECK(name_id_text(name_id(ActorKind::gpe, "Kina")) == "LcgTOl2lDcf");
  CHECK(name_id(ActorKind::person, "Kina") != name_id(ActorKind::gpe, "Kina"));
  for (const char* name : {"Kina", "Torstein Bråthen", "Æ", ""}) {
    const NameId id = name_id(ActorKind::person, name);
    CHECK(id != 0);
    CHECK(name_id_text(id).size() == 11);
    CHECK(parse_name_id(name_id_text(id)) == id);
  }
  for (const char* wrong : {"", "kort", "LcgTOl2lDc!", "LcgTOl2lDcfX"}) CHECK(parse_name_id(wrong) == 0);
}

TEST_CASE("a term that Xapian would refuse is cut, and stays different from others") {
  const std::string base(300, 'a');
  const std::string one = term("XSRC", base + "1"), other = term("XSRC", base + "2");
  CHECK(one.size() <= kMaxTermBytes);
  CHECK(one != other);
  CHECK(term("XSRC", base + "1") == one);
  std::string norwegian;
  while (norwegian.size() < 400) norwegian += "ø";
  const std::string cut = term("S", norwegian);
  CHECK(cut.size() <= kMaxTermBytes);
  CHECK(term("S", "kort") == "Skort");
}

TEST_CASE("packed lists round-trip") {
  const std::vector<NameCount> names = {{1, 0}, {0xfedcba9876543210U, 127}, {42, 3}};
  CHECK(unpack_names(pack_names(names)) == names);
  const std::vector<std::uint32_t> topics = {1000000, 20000593, 16000000};
  CHECK(unpack_topics(pack_topics(topics)) == topics);
  CHECK(unpack_names("").empty());
  CHECK(topic_number("medtop:11000000") == 11000000);
  CHECK(topic_number("11000000") == 11000000);
  CHECK(topic_number("politikk") == 0);
  CHECK(topic_number("medtop:") == 0);
  CHECK(topic_number("x:kyst") == (kOwnTopic | static_cast<std::uint32_t>(stable_hash("x:kyst"))));
  CHECK(topic_number("Sport: fotball") == 0);
}

}  // namespace spalte
