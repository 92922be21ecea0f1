// How does a row of counts look in print?
#pragma once

#include "query/period.h"

#include <string>
#include <vector>

namespace spalte::query {

struct Series {
  std::string name;                ///< for the legend, where there are several
  std::vector<double> values;      ///< one a period; of shares: 0 to 1
  std::vector<std::string> notes;  ///< one a period, shown when the mouse rests on it; may be empty
};

struct Chart {
  std::string title;
  std::string subtitle;
  std::string footnote;
  Period by = Period::year;
  std::vector<std::string> periods;  ///< without holes
  std::vector<bool> gaps;            ///< the archive has nothing there
  std::vector<Series> series;        ///< one: bars; several: lines
  bool shares = false;               ///< values are shares, shown as per cent
  int width = 900;                   ///< in pixels; the height follows
};

inline constexpr int kLeastChartWidth = 320, kMostChartWidth = 4000;

/// A whole SVG 1.1 document, UTF-8, with nothing outside it: title, subtitle, axes with Norwegian dates and numbers
/// that do not run into each other, gaps hatched, a legend where one is needed.
std::string draw(const Chart& chart);

/// "12 345", "0,5": with a no-break space and a comma.
std::string norwegian_number(double value, int decimals);

}  // namespace spalte::query
