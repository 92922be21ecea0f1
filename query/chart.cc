// Where does each line of the picture stand?
#include "query/chart.h"

#include "query/chart_axis.h"
#include "query/display_width.h"
#include "query/markup.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace spalte::query {
namespace {

// Sizes in pixels. A letter's width is that of DejaVu Sans, the widest of the fonts named, on average.
constexpr double kFont = 13, kTitleFont = 19, kLetter = 0.6;
constexpr double kMargin = 18, kLine = 18;
constexpr double kLeastHeight = 260, kMostHeight = 560, kLeastPlot = 150;
constexpr int kAxisLines = 5;
constexpr double kWidestBar = 60;
/// Narrower bars are drawn as one shape.
constexpr double kLeastBand = 1.5;
/// Lines with at most so many points have them marked.
constexpr std::size_t kMarkedPoints = 60;
// Told apart in print without colours and by the colour-blind (Okabe and Ito 2008: blue, vermilion, green).
constexpr std::array<std::string_view, 3> kColours = {"#0072b2", "#d55e00", "#009e73"};
constexpr std::array<std::string_view, 3> kDashes = {"", "7 4", "2 3"};

std::string text_at(double x, double y, std::string_view anchor, std::string_view more, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y, anchor, more,
                     escaped(text));
}

/// At most two lines of at most `columns` letters, broken at blanks.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < 2) {
    if (shown_width(text) <= columns) {
      out.emplace_back(text);
      return out;
    }
    std::string_view line = first_columns(text, columns - 1);
    if (out.size() == 1) {
      out.push_back(std::string(line) + "…");
      return out;
    }
    if (const std::size_t blank = line.rfind(' '); blank != std::string_view::npos && blank > 0)
      line = line.substr(0, blank);
    out.emplace_back(line);
    text.remove_prefix(line.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  return out;
}

struct Drawing {
  const Chart& chart;
  double left = 0, top = 0, width = 0, height = 0;  ///< of what the axes enclose
  double most = 1;                                  ///< the value at the top
  double band = 1;

  double x(double bands) const { return left + bands * band; }
  double y(double value) const { return top + height * (1 - value / most); }
  double bottom() const { return top + height; }
};

std::string hatched_gaps(const Drawing& d) {
  std::string out;
  const auto& gaps = d.chart.gaps;
  for (std::size_t begin = 0; begin < gaps.size(); ++begin) {
    if (!gaps[begin]) continue;
    std::size_t end = begin;
    while (end < gaps.size() && gaps[end]) ++end;
    const std::string from = norwegian_period(d.chart.periods[begin], d.chart.by),
                      to = norwegian_period(d.chart.periods[end - 1], d.chart.by);
    out += fmt::format(
        "<rect class=\"gap\" x=\"{:.2f}\" y=\"{:.1f}\" width=\"{:.2f}\" height=\"{:.1f}\" fill=\"url(#gap)\">"
        "<title>{}: arkivet har ingen artikler</title></rect>\n",
        d.x(static_cast<double>(begin)), d.top, static_cast<double>(end - begin) * d.band, d.height,
        escaped(begin + 1 == end ? from : from + " – " + to));
    begin = end;
  }
  return out;
}

std::string note(const Series& s, std::size_t i) {
  return i < s.notes.size() ? fmt::format("<title>{}</title>", escaped(s.notes[i])) : std::string();
}

std::string bars(const Drawing& d) {
  const Series& s = d.chart.series.front();
  std::string out;
  if (d.band < kLeastBand) {
    out = fmt::format("<path class=\"bars\" fill=\"{}\" d=\"M{:.2f} {:.1f}", kColours[0], d.x(0), d.bottom());
    for (std::size_t i = 0; i < s.values.size(); ++i)
      out += fmt::format("V{:.2f}H{:.2f}", d.y(s.values[i]), d.x(static_cast<double>(i + 1)));
    return out + fmt::format("V{:.1f}Z\"/>\n", d.bottom());
  }
  const double bar = std::min(kWidestBar, d.band > 6 ? d.band * 0.78 : d.band > 3 ? d.band - 1 : d.band * 0.85);
  out = fmt::format("<g fill=\"{}\">\n", kColours[0]);
  for (std::size_t i = 0; i < s.values.size(); ++i) {
    if (s.values[i] <= 0) continue;
    // What is there is seen, however little.
    const double y = std::min(d.y(s.values[i]), d.bottom() - 0.75);
    out += fmt::format("<rect class=\"bar\" x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\">{}</rect>\n",
                       d.x(static_cast<double>(i)) + (d.band - bar) / 2, y, bar, d.bottom() - y, note(s, i));
  }
  return out + "</g>\n";
}

std::string lines(const Drawing& d) {
  std::string out;
  for (std::size_t n = 0; n < d.chart.series.size(); ++n) {
    const Series& s = d.chart.series[n];
    const std::string_view colour = kColours[n % kColours.size()], dash = kDashes[n % kDashes.size()];
    std::string path;
    bool pen_down = false;
    for (std::size_t i = 0; i < s.values.size(); ++i) {
      if (i < d.chart.gaps.size() && d.chart.gaps[i]) {
        pen_down = false;
        continue;
      }
      path += fmt::format("{}{:.2f} {:.2f}", pen_down ? 'L' : 'M', d.x(static_cast<double>(i) + 0.5), d.y(s.values[i]));
      pen_down = true;
    }
    out += fmt::format(
        "<path class=\"line\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-linejoin=\"round\"{} d=\"{}\"/>\n",
        colour, dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dash), path);
    const auto known = [&](std::size_t i) {
      return i < s.values.size() && (i >= d.chart.gaps.size() || !d.chart.gaps[i]);
    };
    for (std::size_t i = 0; i < s.values.size(); ++i) {
      // Alone between gaps there is no line to see.
      const bool alone = (i == 0 || !known(i - 1)) && !known(i + 1);
      if (known(i) && (alone || s.values.size() <= kMarkedPoints))
        out += fmt::format("<circle class=\"point\" cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"{}\" fill=\"{}\">{}</circle>\n",
                           d.x(static_cast<double>(i) + 0.5), d.y(s.values[i]),
                           s.values.size() <= kMarkedPoints ? 3 : 2, colour, note(s, i));
    }
  }
  return out;
}

std::string axes(const Drawing& d, double step) {
  std::string out;
  const int decimals = d.chart.shares ? (step * 100 < 0.0999 ? 2 : step * 100 < 0.999 ? 1 : 0) : 0;
  for (int i = 0; step * i <= d.most * (1 + 1e-9); ++i) {
    const double value = step * i, y = d.y(value);
    out += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.2f}\" x2=\"{:.1f}\" y2=\"{:.2f}\" stroke=\"{}\"/>\n", d.left, y,
                       d.left + d.width, y, i == 0 ? "#333" : "#ddd");
    out += text_at(d.left - 7, y + kFont * 0.35, "end", "",
                   d.chart.shares ? norwegian_number(value * 100, decimals) + "\u00a0%" : norwegian_number(value, 0));
  }
  for (const Tick& t : period_ticks(d.chart.periods, d.chart.by, d.band, kFont * kLetter)) {
    if (t.mark >= 0)
      out += fmt::format("<line x1=\"{0:.2f}\" y1=\"{1:.1f}\" x2=\"{0:.2f}\" y2=\"{2:.1f}\" stroke=\"#333\"/>\n",
                         d.x(t.mark), d.bottom(), d.bottom() + 5);
    if (!t.text.empty()) out += text_at(d.x(t.middle), d.bottom() + kFont + 8, "middle", " class=\"x\"", t.text);
    if (!t.below.empty())
      out += text_at(d.x(t.middle), d.bottom() + kFont + 8 + kLine, "middle", " class=\"x\"", t.below);
  }
  return out;
}

}  // namespace

std::string norwegian_number(double value, int decimals) {
  std::string digits = fmt::format("{:.{}f}", value, decimals);
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) digits[point] = ',';
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  std::size_t whole = point == std::string::npos ? digits.size() : point;
  if (whole - first > 4)  // Språkrådet: four digits may stand together
    for (std::size_t at = whole; at > first + 3;) {
      at -= 3;
      digits.insert(at, "\u00a0");
    }
  return digits;
}

std::string draw(const Chart& chart) {
  const double width = std::clamp(chart.width, kLeastChartWidth, kMostChartWidth);
  double most = 0;
  for (const Series& s : chart.series)
    for (double v : s.values) most = std::max(most, v);
  const double step = axis_step(most, kAxisLines, chart.shares ? 0.0001 : 1);
  const double top_value = most > 0 ? std::ceil(most / step - 1e-9) * step : step;

  std::string head;
  double y = kMargin + kTitleFont * 0.8;
  for (const std::string& line :
       wrapped(chart.title, static_cast<std::size_t>((width - 2 * kMargin) / (kTitleFont * kLetter)))) {
    head += text_at(kMargin, y, "start",
                    fmt::format(" class=\"title\" font-size=\"{}\" font-weight=\"bold\"", kTitleFont), line);
    y += kTitleFont * 1.25;
  }
  for (const std::string& line :
       wrapped(chart.subtitle, static_cast<std::size_t>((width - 2 * kMargin) / (kFont * kLetter)))) {
    head += text_at(kMargin, y, "start", " fill=\"#555\"", line);
    y += kLine;
  }
  const bool has_gaps = std::find(chart.gaps.begin(), chart.gaps.end(), true) != chart.gaps.end();
  std::string legend;
  double x = kMargin;
  y += 4;
  const auto legend_row = [&](double room) {
    if (x > kMargin && x + room > width - kMargin) {
      x = kMargin;
      y += kLine;
    }
  };
  if (chart.series.size() > 1)
    for (std::size_t n = 0; n < chart.series.size(); ++n) {
      const std::string name(first_columns(chart.series[n].name,
                                           static_cast<std::size_t>((width - 2 * kMargin - 60) / (kFont * kLetter))));
      const double room = 34 + static_cast<double>(shown_width(name)) * kFont * kLetter + 22;
      legend_row(room);
      const std::string_view dash = kDashes[n % kDashes.size()];
      legend += fmt::format(
          "<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\" stroke=\"{3}\" stroke-width=\"2\"{4}/>\n",
          x, y - kFont * 0.35, x + 26, kColours[n % kColours.size()],
          dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dash));
      legend += text_at(x + 33, y, "start", " class=\"legend\"", name);
      x += room;
    }
  if (has_gaps) {
    constexpr std::string_view kGap = "arkivet har ingen artikler";
    legend_row(34 + static_cast<double>(kGap.size()) * kFont * kLetter);
    legend += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"26\" height=\"12\" fill=\"url(#gap)\" "
        "stroke=\"#bbb\" stroke-width=\"0.5\"/>\n",
        x, y - 11);
    legend += text_at(x + 33, y, "start", " class=\"legend\"", kGap);
  }
  if (!legend.empty()) y += kLine;
  const double below = (kFont + 8 + kLine + 8) + (chart.footnote.empty() ? 6 : kLine + 8);
  // Long titles and legends do not eat up the picture.
  const double height = std::max(std::clamp(width * 0.48, kLeastHeight, kMostHeight), y + kLeastPlot + below);

  const double widest =
      static_cast<double>(shown_width(chart.shares ? norwegian_number(top_value * 100, step < 0.001  ? 2
                                                                                       : step < 0.01 ? 1
                                                                                                     : 0) +
                                                         " %"
                                                   : norwegian_number(top_value, 0)));
  Drawing d{chart};
  d.left = kMargin + std::max(2.0, widest) * kFont * kLetter + 8;
  d.top = y;
  d.width = width - d.left - kMargin;
  d.height = height - d.top - below;
  d.most = top_value;
  d.band = d.width / static_cast<double>(std::max<std::size_t>(1, chart.periods.size()));

  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
      "font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"{2:.0f}\" "
      "fill=\"#222\" role=\"img\">\n<title>{3}</title>\n"
      "<defs><pattern id=\"gap\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
      "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#f4f4f4\"/>"
      "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#bbb\" stroke-width=\"1.5\"/></pattern></defs>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
      width, height, kFont, escaped(chart.title));
  out += head + legend + hatched_gaps(d) + axes(d, step);
  if (chart.periods.empty())
    out += text_at(d.left + d.width / 2, d.top + d.height / 2, "middle", " fill=\"#555\"", "ingen artikler");
  else
    out += chart.series.size() == 1 ? bars(d) : lines(d);
  if (!chart.footnote.empty())
    out += text_at(kMargin, height - 10, "start", " fill=\"#555\" font-size=\"12\"",
                   wrapped(chart.footnote, static_cast<std::size_t>((width - 2 * kMargin) / (12 * kLetter))).front());
  return out + "</svg>\n";
}

}  // namespace spalte::query
