// How is a secret proved?
#include "shards/handshake.h"

#include "schema/hex.h"
#include "schema/index_format.h"

#include <cstdint>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <sys/stat.h>

namespace spalte {
namespace {

/// The number of this protocol; the calls have one of their own (query/shard_calls.h).
constexpr const char* kGreeting = "spalte-shard/1";
constexpr std::size_t kShortestSecret = 16;

std::string proof(const std::string& secret, const std::string& message) {
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, secret.size(), reinterpret_cast<const std::uint8_t*>(secret.data()));
  hmac_sha256_update(&context, message.size(), reinterpret_cast<const std::uint8_t*>(message.data()));
  std::string out(SHA256_DIGEST_SIZE, '\0');
  hmac_sha256_digest(&context, out.size(), reinterpret_cast<std::uint8_t*>(out.data()));
  return to_hex(out);
}

bool equal(const std::string& a, const std::string& b) {
  return a.size() == b.size() && memeql_sec(a.data(), b.data(), a.size()) != 0;
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> out;
  for (std::string w; in >> w;) out.push_back(std::move(w));
  return out;
}

}  // namespace

Result<std::string> read_secret(const std::string& path) {
  struct stat file {};
  std::ifstream in(path);
  std::string line;
  if (::stat(path.c_str(), &file) != 0 || !std::getline(in, line))
    return fail(ErrorCode::not_found, fmt::format("the secret {} cannot be read", path),
                "a file with one line: openssl rand -hex 32 > FILE; chmod 600 FILE");
  if ((file.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(ErrorCode::usage, fmt::format("others may read the secret {}", path), "chmod 600 it");
  if (line.size() < kShortestSecret)
    return fail(ErrorCode::usage, fmt::format("the secret in {} is shorter than {} characters", path, kShortestSecret),
                "openssl rand -hex 32 makes one");
  return line;
}

Status greet(Channel& channel, const std::string& service, const std::string& secret) {
  Result<std::string> hello = channel.receive(kLongestGreeting);
  if (!hello) return fail(std::move(hello));
  const std::vector<std::string> theirs = words(*hello);
  if (theirs.size() != 3 || theirs[0] != kGreeting)
    return fail(ErrorCode::index_version, "what answers there speaks another protocol",
                "`spalte serve` of this version must run on the other side");
  const std::string nonce = random_uuid(), both = theirs[1] + ":" + nonce + ":" + service;
  if (theirs[2] == "secret" && secret.empty())
    return fail(ErrorCode::not_permitted, "it asks for a secret", "name it in the cluster file: secret = \"FILE\"");
  const bool proved = !secret.empty();
  if (Status sent = channel.send(fmt::format("{} {} {}", service, nonce, proved ? proof(secret, "client:" + both) : "-"));
      !sent)
    return sent;
  Result<std::string> reply = channel.receive(kLongestGreeting);
  if (!reply) return fail(std::move(reply));
  const std::vector<std::string> answer = words(*reply);
  if (answer.empty() || answer[0] != "ok")
    return fail(ErrorCode::not_permitted, "it refuses: " + (reply->size() > 3 ? reply->substr(3) : std::string("no reason")),
                "both sides need the same secret");
  if (proved && (answer.size() != 2 || !equal(answer[1], proof(secret, "server:" + both))))
    return fail(ErrorCode::not_permitted, "what answers there does not know the secret", "both sides need the same one");
  return {};
}

Result<std::string> receive_greeting(Channel& channel, const std::string& secret) {
  const std::string nonce = random_uuid();
  if (Status sent = channel.send(fmt::format("{} {} {}", kGreeting, nonce, secret.empty() ? "open" : "secret")); !sent)
    return fail(std::move(sent));
  Result<std::string> asked = channel.receive(kLongestGreeting);
  if (!asked) return fail(std::move(asked));
  const std::vector<std::string> theirs = words(*asked);
  const auto refuse = [&](const std::string& why) {
    (void)channel.send("no " + why);
    return fail(ErrorCode::not_permitted, why);
  };
  if (theirs.size() != 3) return refuse("the greeting is malformed");
  const std::string both = nonce + ":" + theirs[1] + ":" + theirs[0];
  if (!secret.empty() && !equal(theirs[2], proof(secret, "client:" + both))) return refuse("the secret is wrong");
  // Who proves a secret wants one proved; without one here there is none to prove.
  if (secret.empty() && theirs[2] != "-") return refuse("there is no secret on this side");
  if (Status sent = channel.send(secret.empty() ? "ok" : "ok " + proof(secret, "server:" + both)); !sent)
    return fail(std::move(sent));
  return theirs[0];
}

}  // namespace spalte
