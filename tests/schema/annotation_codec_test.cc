// Does an annotation come back from the catalogue as it went in, and is damage noticed?
#include "schema/annotation_codec.h"

#include <random>
#include <string>

#include <catch2/catch.hpp>

namespace spalte {
namespace {

Annotation random_annotation(std::mt19937& random) {
  const auto pick = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
  static const char* kWords[] = {"",    "Torstein Bråthen",          "Kinas", "utenriksminister",
                                 "Ærø", "en talskvinne for rederiet"};
  const auto word = [&] { return std::string(kWords[pick(6)]); };
  Annotation a;
  for (std::uint32_t n = pick(4); n > 0; --n) {
    ArticleActor actor;
    actor.name = word();
    actor.kind = static_cast<ActorKind>(pick(4));
    for (std::uint32_t f = pick(3); f > 0; --f) actor.forms.push_back(word());
    actor.mentions = pick(300);
    actor.role = word();
    actor.wikidata = pick(2) == 0 ? "Q20" : "";
    actor.given = pick(2) == 0;
    a.actors.push_back(std::move(actor));
  }
  const auto actor = [&] {
    const auto n = static_cast<std::uint32_t>(a.actors.size());
    return n == 0 || pick(4) == 0 ? kNoActor : pick(n);
  };
  for (auto* list : {&a.mentions, &a.derived}) {
    std::uint32_t at = 0;
    for (std::uint32_t n = pick(5); n > 0; --n) {
      at += pick(500);
      list->push_back({at, at + 1 + pick(20), static_cast<ActorKind>(pick(4)), actor()});
    }
  }
  std::uint32_t at = 0;
  for (std::uint32_t n = pick(4); n > 0; --n) {
    at += pick(2000);
    Quote q;
    q.begin = at;
    q.text_begin = at + pick(10);
    q.text_end = q.text_begin + pick(300);
    q.end = q.text_end + pick(30);
    q.actor = actor();
    q.described = word();
    q.verb = "sier";
    q.style = static_cast<QuoteStyle>(pick(4));
    q.how = static_cast<SpeakerFound>(pick(6));
    a.quotes.push_back(std::move(q));
  }
  for (std::uint32_t n = pick(3); n > 0; --n) {
    TopicScore t;
    t.id = "medtop:20000593";
    t.top = "medtop:11000000";
    t.ancestors = {"medtop:20000587", "medtop:11000000"};
    t.name = "regjering";
    t.score = 0.5F;
    t.assigned = true;
    t.evidence = {word(), word()};
    a.topics.push_back(std::move(t));
  }
  return a;
}

}  // namespace

TEST_CASE("annotations round-trip, and every cut of them is noticed") {
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    const Annotation a = random_annotation(random);
    const std::string bytes = encode_annotation(a);
    const Result<Annotation> back = decode_annotation(bytes);
    REQUIRE(back);
    // The encoding is canonical, so equal bytes mean equal annotations.
    REQUIRE(encode_annotation(*back) == bytes);
    REQUIRE(back->actors.size() == a.actors.size());
    REQUIRE(back->mentions.size() == a.mentions.size());
    REQUIRE(back->quotes.size() == a.quotes.size());
    for (std::size_t q = 0; q < a.quotes.size(); ++q) {
      CHECK(back->quotes[q].text_begin == a.quotes[q].text_begin);
      CHECK(back->quotes[q].end == a.quotes[q].end);
      CHECK(back->quotes[q].described == a.quotes[q].described);
      CHECK(back->quotes[q].how == a.quotes[q].how);
    }
    for (std::size_t n = 0; n < a.actors.size(); ++n) CHECK(back->actors[n].given == a.actors[n].given);
    for (std::size_t t = 0; t < a.topics.size(); ++t) CHECK(back->topics[t].evidence == a.topics[t].evidence);
    if (i % 20 == 0)
      for (std::size_t cut = 0; cut < bytes.size(); ++cut)
        if (const auto torn = decode_annotation(bytes.substr(0, cut)); !torn)
          REQUIRE(torn.error().code == ErrorCode::index_damaged);
  }
}

TEST_CASE("any bytes are an annotation or index_damaged, never a crash") {
  std::mt19937 random(4);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes = encode_annotation(random_annotation(random));
    for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (const auto read = decode_annotation(bytes); !read) REQUIRE(read.error().code == ErrorCode::index_damaged);
    const auto paragraphs = decode_paragraphs(bytes);
    if (!paragraphs) REQUIRE(paragraphs.error().code == ErrorCode::index_damaged);
  }
}

TEST_CASE("paragraphs round-trip") {
  const std::vector<Paragraph> paragraphs = {{0, 12, ParagraphRole::title},
                                             {13, 40, ParagraphRole::lead},
                                             {41, 41, ParagraphRole::subhead},
                                             {42, 100000, ParagraphRole::body}};
  const auto back = decode_paragraphs(encode_paragraphs(paragraphs));
  REQUIRE(back);
  REQUIRE(back->size() == paragraphs.size());
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    CHECK((*back)[i].begin == paragraphs[i].begin);
    CHECK((*back)[i].end == paragraphs[i].end);
    CHECK((*back)[i].role == paragraphs[i].role);
  }
}

}  // namespace spalte
