// Where are the models, tables and the lexicon that belong to the program?
#pragma once

#include "schema/result.h"

#include <string>

namespace spalte {

/// The folder `share/spalte`: $SPALTE_DATA if set, else found from the program's own place (build tree and installed
/// alike). Errors: bad_data, naming the places that were looked at.
Result<std::string> data_folder();

}  // namespace spalte
