// Is somebody whose query finds nothing told what may have been meant?
#include "tests/support.h"

#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

std::string told(const std::string& query, const std::string& command = "search") {
  const Outcome o = spalte({command, "--db", archive_index().string(), query});
  CHECK(o.status != 0);
  return o.err;
}

}  // namespace

TEST_CASE("a misspelt word gets the nearest that the archive holds") {
  struct Case {
    const char *typed, *meant;
  };
  for (const Case& c : {Case{"utenriksminster", "utenriksminister"}, Case{"statsministrne", "statsminist"},
                        Case{"forskaar", "forskar"}, Case{"menneskeretigheter", "menneskerettigheter"},
                        Case{"statsraad", "statsråd"}, Case{"fotbalklubben", "fotballklubb"},
                        Case{"Bråtehn", "bråthen"}}) {
    INFO(c.typed);
    CHECK_THAT(told(c.typed), Catch::Contains(std::string("did you mean `") + c.meant));
  }
  CHECK_THAT(told("utenriksminster", "count"), Catch::Contains("did you mean `utenriksminister`"));
  // Far from everything.
  CHECK_THAT(told("qxzwvkjqxzw"), Catch::Contains("no article holds `qxzwvkjqxzw`") && !Catch::Contains("did you mean"));
}

TEST_CASE("names, sources and topics too") {
  CHECK_THAT(told("aktør:Bråten"), Catch::Contains("did you mean `") && Catch::Contains("Bråthen"));
  CHECK_THAT(told("person:\"Torstein Bråhten\""), Catch::Contains("did you mean `Torstein Bråthen`"));
  CHECK_THAT(told("kilde:Morgenbude"), Catch::Contains("did you mean source:\"morgenbudet\""));
  CHECK_THAT(told("emne:poltikk"), Catch::Contains("did you mean `politikk`?") && Catch::Contains("(at character 1)"));
}

TEST_CASE("where each word is there, how many articles each finds alone") {
  CHECK_THAT(told("laks utenriksminister lang:nn kilde:Morgenbudet"),
             Catch::Contains("alone: laks ") && Catch::Contains("utenriksminister ") && Catch::Contains("lang:nn "));
}

TEST_CASE("nothing is suggested for what must not be there, nor quietly") {
  CHECK_THAT(told("laks -laks -utenriksminster"), !Catch::Contains("did you mean"));
  CHECK(spalte({"search", "--db", archive_index().string(), "-q", "utenriksminster"}).err.empty());
}

TEST_CASE("suggestions are bounded, whatever is typed") {
  const auto start = std::chrono::steady_clock::now();
  std::string many;
  for (int i = 0; i < 300; ++i) many += "uordnummer" + std::to_string(i) + "xqz ";
  const std::string err = told(many);
  CHECK(lines(err).size() < 12);
  told(std::string(3000, 'x') + "e");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

}  // namespace spalte::test
