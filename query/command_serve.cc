// `spalte serve` and `spalte link`: the two ends of a shard that lies on another machine
#include "language/analyser.h"
#include "query/shard_calls.h"
#include "query/shard_data.h"
#include "schema/command.h"
#include "schema/data_path.h"
#include "schema/index_format.h"
#include "shards/channel.h"
#include "shards/listener.h"
#include "shards/process.h"

#include <filesystem>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace spalte::query {
namespace {

Result<ShardData> open_shard(const std::string& folder) {
  Result<std::string> data = data_folder();
  if (!data) return fail(std::move(data));
  auto lexicon = language::Analyser::open_lexicon(*data + "/norwegian.lex");
  if (!lexicon) return fail(std::move(lexicon));
  const std::string version = language::analyser_version(**lexicon);
  return ShardData::open(folder, {std::make_shared<language::Analyser>(std::move(*lexicon)), version});
}

/// Answers calls until the other side hangs up. An index that cannot be opened is the answer to each.
int answer_calls(const std::string& folder, int in, int out) {
  Channel channel(in, out, Channel::kForever);
  Result<ShardData> shard = open_shard(folder);
  for (;;) {
    Result<std::string> request = channel.receive();
    if (!request) return 0;
    if (Status sent = channel.send(shard ? answer_call(*shard, *request) : encode_failure(shard.error())); !sent)
      return 0;
  }
}

/// One service over a pair of descriptors.
Result<int> answer(const std::string& folder, const std::string& service, int in, int out) {
  if (service == "calls") return answer_calls(folder, in, out);
  Result<std::string> index = current_index({folder});
  if (!index) return fail(std::move(index));
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  return tl::unexpected<Error>(become_xapian_server(service == "articles" ? articles_path(*index) : quotes_path(*index)));
}

Status require_xapian_server() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin" : path);
  std::error_code error;
  for (std::string folder; std::getline(folders, folder, ':');)
    if (std::filesystem::exists(folder + "/xapian-progsrv", error)) return {};
  return fail(ErrorCode::failed, "xapian-progsrv, which answers for Xapian, is not installed", "apt install xapian-tools");
}

class ServeCommand : public CommandRun {
 public:
  explicit ServeCommand(CLI::App& app) {
    app.add_option("--listen", listening_.address,
                   "address to listen on, host:port (default localhost:7700); beyond this machine only with --secret")
        ->type_name("ADDRESS");
    app.add_option("--secret", listening_.secret_file,
                   "a file whose first line both sides share: it proves who asks, and hides nothing from who can read "
                   "the line (ssh does)")
        ->type_name("FILE");
    app.add_option("--stdio", service_, "answer calls, articles or quotes on stdin and stdout: for ssh, which calls it so")
        ->check(CLI::IsMember({"calls", "articles", "quotes"}))
        ->type_name("SERVICE");
  }

  Result<int> run(Context& context) override {
    if (!service_.empty()) return answer(context.db, service_, STDIN_FILENO, STDOUT_FILENO);
    if (Status there = require_index({context.db}); !there) return fail(std::move(there));
    if (Result<ShardData> sound = open_shard(context.db); !sound) return fail(std::move(sound));
    if (Status there = require_xapian_server(); !there) return fail(std::move(there));
    if (listening_.address.empty()) listening_.address = "localhost:7700";
    listening_.answer = [folder = context.db](const std::string& service, int descriptor) {
      const Result<int> done = answer(folder, service, descriptor, descriptor);
      return done ? *done : exit_status(done.error().code);
    };
    if (Status served = listen_and_serve(listening_, context.io.out, context.io.err); !served)
      return fail(std::move(served));
    return 0;
  }

 private:
  Listening listening_;
  std::string service_;
};

class LinkCommand : public CommandRun {
 public:
  explicit LinkCommand(CLI::App& app) {
    app.add_option("--to", to_, "where `spalte serve` listens")->required()->type_name("HOST:PORT");
    app.add_option("--service", service_, "calls, articles or quotes")
        ->required()
        ->check(CLI::IsMember({"calls", "articles", "quotes"}))
        ->type_name("SERVICE");
    app.add_option("--secret", secret_, "the file that both sides share; %20 is a blank")->type_name("FILE");
    app.add_option("--timeout", timeout_, "milliseconds (default 5000)")->check(CLI::PositiveNumber)->type_name("N");
  }

  Result<int> run(Context& /*context*/) override {
    Result<HostPort> at = parse_host_port(from_one_argument(to_));
    if (!at) return fail(std::move(at));
    ShardPlace place;
    place.way = ShardPlace::Way::tcp;
    place.host = std::move(at->host);
    place.port = std::move(at->port);
    place.secret_file = from_one_argument(secret_);
    place.timeout = std::chrono::milliseconds(timeout_);
    Result<Channel> channel = open_channel(place, service_);
    if (!channel) return fail(std::move(channel));
    relay(channel->in(), STDIN_FILENO, STDOUT_FILENO);
    return 0;
  }

 private:
  std::string to_, service_, secret_;
  std::int64_t timeout_ = 5000;
};

}  // namespace

std::unique_ptr<CommandRun> setup_serve(CLI::App& app) { return std::make_unique<ServeCommand>(app); }
std::unique_ptr<CommandRun> setup_link(CLI::App& app) { return std::make_unique<LinkCommand>(app); }

}  // namespace spalte::query
