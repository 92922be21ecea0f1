// How long does a query take inside the process? query_bench INDEX QUERIES: a query a line, ten best hits each, without
// snippets; prints "median_ms p99_ms" of the second of two rounds.
#include "query/compile.h"
#include "query/reader.h"
#include "query/search.h"
#include "query/syntax.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace spalte;
using namespace spalte::query;

Status ask(Reader& reader, const std::string& text) {
  return reader.request([&]() -> Status {
    Result<Node> tree = parse(text);
    if (!tree) return fail(std::move(tree));
    Result<Compiled> compiled = compile(*tree, MatchOptions{}, reader);
    if (!compiled) return fail(std::move(compiled));
    SearchOptions options;
    options.limit = 10;
    return search(*compiled, options, reader, [](const Hit&) { return true; });
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: query_bench INDEX QUERIES\n", stderr);
    return 2;
  }
  Context context{{std::cin, std::cout, std::cerr}, argv[1], {}, false, false, {}, {}, {}};
  Result<Reader> reader = Reader::open(context);
  if (!reader) {
    std::fprintf(stderr, "query_bench: %s\n", reader.error().message.c_str());
    return 4;
  }
  std::vector<std::string> queries;
  std::ifstream file(argv[2]);
  for (std::string line; std::getline(file, line);) queries.push_back(line);
  if (queries.empty()) {
    std::fprintf(stderr, "query_bench: %s holds no query\n", argv[2]);
    return 2;
  }
  std::vector<double> ms(queries.size());
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const auto begun = std::chrono::steady_clock::now();
      const Status done = ask(*reader, queries[i]);
      ms[i] = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
      if (!done) {
        std::fprintf(stderr, "query_bench: %s: %s\n", queries[i].c_str(), done.error().message.c_str());
        return 1;
      }
    }
  std::sort(ms.begin(), ms.end());
  std::printf("%.3f %.3f\n", ms[ms.size() / 2], ms[ms.size() * 99 / 100]);
  return 0;
}
