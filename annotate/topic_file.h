// What stands in a topics file?
#pragma once

#include "annotate/topics.h"
#include "schema/result.h"

#include <string>
#include <vector>

namespace spalte::annotate {

/// A [[topic]] of topics.toml. Cues are words or phrases (joined by blanks) as a dictionary has them; in a user's file
/// "-word" takes a cue of ours away.
struct TopicEntry {
  Topic topic;
  std::vector<std::string> strong, plain, weak;
};

/// One file. Errors: bad_data with path, line and reason: no TOML, a missing id or name, an id twice.
Result<std::vector<TopicEntry>> read_topic_file(const std::string& path);
/// The project's file and, if not empty, the user's after it (merge_topics). Errors: as one file, and a parent that is
/// no topic, and topics that lie below themselves.
Result<std::vector<TopicEntry>> read_topic_files(const std::string& path, const std::string& extra);
/// Topics with an id that is known rename it, move it and add their cues to it; the others come behind.
void merge_topics(std::vector<TopicEntry>& entries, std::vector<TopicEntry> more);
/// Is it a tree? Errors: bad_data naming `path`.
Status check_topic_tree(const std::vector<TopicEntry>& entries, const std::string& path);
/// "11000000" → "medtop:11000000"; other codes as they are.
std::string with_topic_scheme(std::string_view id);

}  // namespace spalte::annotate
