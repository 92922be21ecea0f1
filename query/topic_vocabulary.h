// How does a vocabulary of the user's become a part of his archive?
#pragma once

#include "schema/command.h"
#include "schema/result.h"

#include <string>

namespace spalte::query {

/// Reads the vocabulary (annotate::read_vocabulary), merges it with what was imported before into the index folder's
/// topics.toml, by rename, and says what is new, what to do next, and which words will not work as they stand: taken
/// for another word, several words in one form, or in more than every twentieth article. Errors: bad_data and bad_input
/// of the file, index_missing; nothing is changed then. Holds the writer's lock.
Result<int> import_topics(const std::string& path, Context& context);

}  // namespace spalte::query
