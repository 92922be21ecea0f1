// What is looked at when a shard is opened, and what when its line fails?
#include "query/shard.h"

#include "schema/xapian_guard.h"
#include "shards/process.h"

#include <utility>

#include <fmt/format.h>

namespace spalte::query {

Result<std::unique_ptr<Shard>> Shard::begin(const ShardPlace& place, const ShardProgram& program) {
  std::unique_ptr<Shard> s(new Shard(place, program));
  if (place.local()) return s;
  Result<Channel> channel = open_channel(place, "calls");
  if (!channel) return fail(std::move(channel));
  s->channel_ = std::move(*channel);
  s->ask<&ShardData::refresh>({});
  return s;
}

Status Shard::finish() {
  if (!place_.local()) return finish_refresh();
  Result<ShardData> data = ShardData::open(place_.folder, program_);
  if (!data) return fail(std::move(data));
  local_ = std::move(*data);
  return finish_refresh();
}

Status Shard::finish_refresh() {
  Result<ShardState> state = answer<&ShardData::refresh>({});
  if (!state) return fail(std::move(state));
  const bool switched = state->index != state_.index;
  if (switched && !local_)
    if (Status sound = check_version(*state); !sound) return sound;
  state_ = std::move(*state);
  if (local_) return {};
  if (switched) return open_databases();
  return xapian_guard("shard " + place_.name, [&] {
    articles_->reopen();
    quotes_->reopen();
  });
}

Status Shard::check_version(const ShardState& state) const {
  if (state.protocol != kShardProtocol)
    return fail(ErrorCode::index_version,
                fmt::format("it speaks protocol {}, this program {}", state.protocol, kShardProtocol),
                "both sides need the same version of spalte");
  if (state.format != kIndexFormat)
    return fail(ErrorCode::index_version,
                fmt::format("its index has format {}, this program reads {}", state.format, kIndexFormat),
                "both sides need the same version of spalte");
  if (state.analyser != program_.analyser_version)
    return fail(ErrorCode::index_version,
                fmt::format("its index was made with analyser {}, this program has {}", state.analyser,
                            program_.analyser_version),
                "both sides need the same version of spalte");
  return {};
}

Status Shard::open_databases() {
  const Status opened = xapian_guard("shard " + place_.name, [&] {
    for (const auto& [service, into] : {std::pair{"articles", &articles_}, {"quotes", &quotes_}}) {
      const ProgramCommand command = service_command(place_, service);
      *into = Xapian::Remote::open(command.program, command.joined(), static_cast<unsigned>(place_.timeout.count()));
    }
  });
  if (!opened) lost_ = opened.error().message;
  return opened;
}

bool Shard::is_meant_by(const std::string& context) const {
  if (local_) return false;
  for (const char* service : {"articles", "quotes"})
    if (context.find(service_command(place_, service).joined()) != std::string::npos) return true;
  return false;
}

void Shard::send(const std::string& frame) {
  deadline_ = Channel::Clock::now() + place_.timeout;
  if (Status sent = channel_->send(frame); !sent) lost_ = sent.error().message;
}

std::optional<std::string> Shard::receive() {
  if (!lost_.empty()) return {};
  Result<std::string> frame = channel_->receive_until(deadline_);
  if (frame) return std::move(*frame);
  lost_ = frame.error().message;
  return {};
}

tl::unexpected<Error> Shard::line_failure() const {
  return fail(ErrorCode::failed, fmt::format("shard {} ({}) was lost: {}", place_.name, place_.at(), lost_),
              "run the command again: it answers without the shard, and says so");
}

}  // namespace spalte::query
