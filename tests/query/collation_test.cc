// Do names sort as Norwegians expect?
#include "query/collation.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::query {

TEST_CASE("æ, ø and å come last, aa counts as å") {
  std::vector<std::string> names = {"Aasen", "Østby", "Zakariassen", "Ærlig", "Berg", "Åsen", "Dahl", "Andersen"};
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return collation_key(a) < collation_key(b); });
  CHECK(std::vector<std::string>(names.begin(), names.begin() + 6) ==
        std::vector<std::string>{"Andersen", "Berg", "Dahl", "Zakariassen", "Ærlig", "Østby"});
  CHECK((names[6] == "Aasen" || names[6] == "Åsen"));
}

}  // namespace spalte::query
