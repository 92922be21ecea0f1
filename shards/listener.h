// Who takes the calls that come in?
#pragma once

#include "schema/result.h"

#include <functional>
#include <iosfwd>
#include <string>

namespace spalte {

/// An address to listen on, and who answers.
struct Listening {
  std::string address;      ///< "host:port"; no host: loopback; port 0: any that is free
  std::string secret_file;  ///< empty: none, which beyond loopback is refused
  /// Runs in a process of its own for each connection: the service that was asked for, over this descriptor; returns the
  /// process's exit status.
  std::function<int(const std::string& service, int descriptor)> answer;
};

/// Listens until SIGTERM or Ctrl-C, then ends those that still answer. Says on `out` where it listens once it does.
/// Errors: usage, not_permitted, failed.
Status listen_and_serve(const Listening& listening, std::ostream& out, std::ostream& err);

}  // namespace spalte
