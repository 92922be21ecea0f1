// Who may speak with a shard? Both ends prove that they know a secret, without sending it.
#pragma once

#include "schema/result.h"
#include "shards/channel.h"

#include <string>

namespace spalte {

/// The first line of a file. Errors: not_found; usage where it is shorter than 16 characters, or others may read it.
Result<std::string> read_secret(const std::string& path);

/// HMAC-SHA256 (RFC 2104, nettle) over both ends' random numbers. It keeps strangers out; it hides nothing: who can read
/// the line reads the answers, and who can change it can change them. Beyond a network of one's own: ssh.
///
/// The client's half: asks for `service` ("calls", "articles", "quotes"). Errors: not_permitted (the secret), or what
/// the server says.
Status greet(Channel& channel, const std::string& service, const std::string& secret);
/// The server's half: which service is asked for. Errors: not_permitted, failed.
Result<std::string> receive_greeting(Channel& channel, const std::string& secret);

}  // namespace spalte
