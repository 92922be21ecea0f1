// What does the sidecar hold?
#include "schema/provenance.h"

#include "schema/date.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte {

Status write_provenance(const Provenance& p, const std::vector<std::string>& command, int status) {
  using Json = nlohmann::ordered_json;
  // analyser_version: the code's number, then the lexicon's version.
  const std::size_t cut = std::min(p.analyser.find('/'), p.analyser.size());
  std::vector<std::string> line = {"spalte"};
  line.insert(line.end(), command.begin(), command.end());
  Json out{{"schema", "spalte.provenance/1"},
           {"program", "spalte " SPALTE_VERSION},
           {"command", line},
           {"time", local_time(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()))},
           {"status", status},
           {"folder", p.folder},
           {"archive", p.archive},
           {"revision", p.revision},
           {"analyser", p.analyser.substr(0, cut)},
           {"lexicon", cut < p.analyser.size() ? p.analyser.substr(cut + 1) : ""},
           {"models", p.models}};
  if (p.first_revision != p.revision) out["first_revision"] = p.first_revision;
  std::ofstream file(p.file, std::ios::binary);
  file << out.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  if (!file.flush())
    return fail(ErrorCode::failed, fmt::format("{} cannot be written: {}", p.file, std::strerror(errno)),
                "name a file in a folder of yours with --provenance");
  return {};
}

}  // namespace spalte
