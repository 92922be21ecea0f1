// Do actors that the source gives find those that the text names, and come in where it names none?
#include "annotate/given.h"

#include "annotate/names.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::annotate {
namespace {

/// An annotation with one mention an actor, in the order given.
Annotation annotation_of(const std::vector<ArticleActor>& actors) {
  Annotation a;
  for (const ArticleActor& actor : actors) {
    const auto number = static_cast<std::uint32_t>(a.actors.size());
    a.mentions.push_back({10 * number, 10 * number + 5, actor.kind, number});
    a.actors.push_back(actor);
    a.actors.back().mentions = 1;
  }
  return a;
}

ArticleActor actor(const std::string& name, ActorKind kind) { return {name, kind, {name}, 1, "", "", false}; }

}  // namespace

TEST_CASE("given actors are found by name, surname, acronym, and a country's other names") {
  Annotation a = annotation_of({actor("Bråthen", ActorKind::person), actor("NKL", ActorKind::org),
                                actor("Belarus", ActorKind::gpe), actor("Havnesund", ActorKind::loc)});
  add_given({{"Bråthen, Torstein", ActorKind::person, "Q11", "statsråd"},
             {"Nordhavet Kraftlag", ActorKind::org, "http://www.wikidata.org/entity/Q22", ""},
             {"Hviterussland", ActorKind::gpe, "Q33", ""},
             {"havnesund", ActorKind::gpe, "", ""}},
            a);
  REQUIRE(a.actors.size() == 4);
  for (const ArticleActor& x : a.actors) CHECK((x.given && x.mentions == 1));
  CHECK(a.actors[0].name == "Torstein Bråthen");
  CHECK(a.actors[0].role == "statsråd");
  CHECK(a.actors[0].wikidata == "Q11");
  CHECK(a.actors[1].name == "Nordhavet Kraftlag");
  CHECK(a.actors[1].wikidata == "Q22");
  CHECK(a.actors[2].wikidata == "Q33");
  CHECK(a.actors[3].kind == ActorKind::gpe);
  CHECK(a.mentions[3].kind == ActorKind::gpe);
  const std::vector<std::string> keys = name_keys(a.actors[0]);
  for (const char* key : {"torstein bråthen", "bråthen", "q11"})
    CHECK(std::find(keys.begin(), keys.end(), key) != keys.end());
}

TEST_CASE("one place that is given twice, in capitals as well, is one") {
  Annotation a = annotation_of({actor("Måløy", ActorKind::gpe)});
  add_given({{"Måløy", ActorKind::gpe, "", ""}, {"MÅLØY", ActorKind::gpe, "Q7", ""}}, a);
  REQUIRE(a.actors.size() == 1);
  CHECK(a.actors[0].name == "Måløy");
  CHECK(a.actors[0].wikidata == "Q7");
}

TEST_CASE("what the text does not name is added once, last, without mentions") {
  Annotation a = annotation_of({actor("Oslo", ActorKind::gpe)});
  add_given({{"Kari Lundvoll", ActorKind::person, "Q1", ""},
             {"Kari Lundvoll", ActorKind::person, "", "statsråd"},
             {" ", ActorKind::org, "Q5", ""}},
            a);
  REQUIRE(a.actors.size() == 2);
  CHECK(a.actors[1].name == "Kari Lundvoll");
  CHECK(a.actors[1].mentions == 0);
  CHECK(a.actors[1].given);
  CHECK(a.actors[1].wikidata == "Q1");
  CHECK(a.actors[1].role == "statsråd");
  CHECK_FALSE(a.actors[0].given);
  // What the annotation keeps is enough to give it again.
  Annotation again = annotation_of({actor("Lundvoll", ActorKind::person)});
  add_given(given_actors(a), again);
  REQUIRE(again.actors.size() == 1);
  CHECK(again.actors[0].name == "Kari Lundvoll");
  CHECK(again.actors[0].wikidata == "Q1");
}

TEST_CASE("a surname that two given persons bear is neither's") {
  Annotation a = annotation_of({actor("Lundvoll", ActorKind::person)});
  add_given({{"Kari Lundvoll", ActorKind::person, "Q1", ""}, {"Per Lundvoll", ActorKind::person, "Q2", ""}}, a);
  REQUIRE(a.actors.size() == 3);
  CHECK(a.actors[0].name == "Lundvoll");
  CHECK_FALSE(a.actors[0].given);
  CHECK(a.actors[0].wikidata.empty());
}

}  // namespace spalte::annotate
