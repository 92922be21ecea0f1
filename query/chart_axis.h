// Where do labels stand on an axis of periods, so that none runs into the next?
#pragma once

#include "query/period.h"

#include <string>
#include <vector>

namespace spalte::query {

struct Tick {
  double mark = 0;         ///< where the mark stands, in bands from the left; below 0: none
  double middle = 0;       ///< of the label, in bands from the left
  std::string text;        ///< "mars"
  std::string below = {};  ///< "2017", under the first label and where it changes
};

/// The finest labelling that fits: single periods, else those of a larger unit up to centuries. `band` is a period's
/// width in pixels, `letter` that of a letter.
std::vector<Tick> period_ticks(const std::vector<std::string>& periods, Period by, double band, double letter);

/// The step between the lines of an axis from 0 to `most`: 1, 2 or 5 times a power of ten, at most about `lines` of
/// them; not below `least`.
double axis_step(double most, int lines, double least);

}  // namespace spalte::query
