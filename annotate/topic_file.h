// What stands in a topics file?
#pragma once

#include "annotate/topics.h"
#include "schema/result.h"

#include <string>
#include <vector>

namespace spalte::annotate {

/// A [[topic]] of topics.toml. Cues are words or phrases (joined by blanks) as a dictionary has them.
struct TopicEntry {
  Topic topic;
  std::vector<std::string> strong, plain, weak;
};

/// One file. Errors: bad_data with path, line and reason.
Result<std::vector<TopicEntry>> read_topic_file(const std::string& path);
/// The project's file and, if not empty, the user's after it: topics with an id that is known add their cues to it.
Result<std::vector<TopicEntry>> read_topic_files(const std::string& path, const std::string& extra);

}  // namespace spalte::annotate
