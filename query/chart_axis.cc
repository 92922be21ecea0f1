// Which units may an axis be labelled in?
#include "query/chart_axis.h"

#include "query/display_width.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace spalte::query {
namespace {

using std::chrono::year_month_day;

constexpr double kBetweenLabels = 10;  // pixels

std::string year_text(const year_month_day& d) { return fmt::format("{}", static_cast<int>(d.year())); }

/// The years of ISO weeks are those of their Thursdays; for labels of months and years that day decides.
year_month_day day_for(const std::string& period, Period by) {
  return year_month_day(first_day(period, by) + std::chrono::days(by == Period::week ? 3 : 0));
}

/// Labels of single periods, every `step`-th where `counted` says so.
template <typename Wanted, typename Text, typename Below>
std::vector<Tick> single(const std::vector<year_month_day>& days, const Wanted& wanted, const Text& text,
                         const Below& below) {
  std::vector<Tick> out;
  std::string last;
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (!wanted(days[i], i)) continue;
    Tick t{static_cast<double>(i) + 0.5, static_cast<double>(i) + 0.5, text(days[i], i)};
    const std::string under = below(days[i]);
    if (under != last) t.below = last = under;
    out.push_back(std::move(t));
  }
  return out;
}

/// Labels of larger units, in the middle of what is shown of each; `id` changes where a new one begins.
template <typename Id, typename Text, typename Below>
std::vector<Tick> spans(const std::vector<year_month_day>& days, const Id& id, const Text& text, const Below& below,
                        double band, double letter) {
  std::vector<Tick> out;
  std::string last;
  for (std::size_t begin = 0; begin < days.size();) {
    std::size_t end = begin + 1;
    while (end < days.size() && id(days[end]) == id(days[begin])) ++end;
    Tick t{begin > 0 ? static_cast<double>(begin) : -1, static_cast<double>(begin + end) / 2, text(days[begin])};
    const std::string under = below(days[begin]);
    const double room = static_cast<double>(end - begin) * band - kBetweenLabels / 2;
    const bool cut = begin == 0 || end == days.size();
    // What is left of a unit at either end may be too narrow for its name.
    if (cut && static_cast<double>(shown_width(t.text)) * letter > room) t.text.clear();
    if (!t.text.empty() && under != last) t.below = last = under;
    out.push_back(std::move(t));
    begin = end;
  }
  return out;
}

bool fits(const std::vector<Tick>& ticks, double band, double letter) {
  double text_end = -1e9, below_end = -1e9;
  for (const Tick& t : ticks) {
    const auto clear = [&](const std::string& text, double& end) {
      if (text.empty()) return true;
      const double half = static_cast<double>(shown_width(text)) * letter / 2, middle = t.middle * band;
      const bool free = middle - half >= end + kBetweenLabels;
      end = middle + half;
      return free;
    };
    if (!clear(t.text, text_end) || !clear(t.below, below_end)) return false;
  }
  return std::any_of(ticks.begin(), ticks.end(), [](const Tick& t) { return !t.text.empty(); });
}

}  // namespace

std::vector<Tick> period_ticks(const std::vector<std::string>& periods, Period by, double band, double letter) {
  std::vector<year_month_day> days;
  days.reserve(periods.size());
  for (const std::string& p : periods) days.push_back(day_for(p, by));

  const auto nothing = [](const year_month_day&) { return std::string(); };
  const auto month_text = [](const year_month_day& d) {
    return std::string(month_abbreviation(static_cast<unsigned>(d.month())));
  };
  const auto month_id = [](const year_month_day& d) {
    return static_cast<int>(d.year()) * 12 + static_cast<int>(static_cast<unsigned>(d.month()));
  };
  const auto year_id = [](const year_month_day& d) { return static_cast<int>(d.year()); };
  const auto month_and_year = [&](const year_month_day& d) { return month_text(d) + " " + year_text(d); };
  const auto try_out = [&](std::vector<Tick> ticks, std::vector<Tick>& into) {
    if (!fits(ticks, band, letter)) return false;
    into = std::move(ticks);
    return true;
  };

  std::vector<Tick> out;
  if (by == Period::day) {
    const auto text = [](const year_month_day& d, std::size_t) {
      return fmt::format("{}.", static_cast<unsigned>(d.day()));
    };
    if (try_out(single(
                    days, [](auto&, std::size_t) { return true; }, text, month_and_year),
                out))
      return out;
    const auto mondays = [](const year_month_day& d, std::size_t) {
      return std::chrono::weekday(std::chrono::sys_days(d)) == std::chrono::Monday;
    };
    if (periods.size() >= 14 && try_out(single(days, mondays, text, month_and_year), out)) return out;
  }
  if (by == Period::week) {
    const auto text = [&](const year_month_day&, std::size_t i) {
      return fmt::format("{}", std::stoi(periods[i].substr(6)));
    };
    const auto year = [&](const year_month_day& d) { return "uke, " + year_text(d); };
    for (const int step : {1, 2, 5})
      if (try_out(
              single(
                  days, [&](auto&, std::size_t i) { return step == 1 || std::stoi(periods[i].substr(6)) % step == 0; },
                  text, year),
              out))
        return out;
  }
  if (by == Period::month) {
    for (const unsigned step : {1U, 3U})
      if (try_out(single(
                      days,
                      [&](const year_month_day& d, std::size_t) {
                        return (static_cast<unsigned>(d.month()) - 1) % step == 0;
                      },
                      [&](const year_month_day& d, std::size_t) { return month_text(d); }, year_text),
                  out))
        return out;
  } else if (by != Period::year) {
    if (try_out(spans(days, month_id, month_text, year_text, band, letter), out)) return out;
    const auto quarter_begins = [&](const year_month_day& d, std::size_t i) {
      return (static_cast<unsigned>(d.month()) - 1) % 3 == 0 && (i == 0 || month_id(days[i - 1]) != month_id(d));
    };
    if (try_out(
            single(
                days, quarter_begins, [&](const year_month_day& d, std::size_t) { return month_text(d); }, year_text),
            out))
      return out;
  }
  const auto year_label = [](const year_month_day& d, std::size_t) { return year_text(d); };
  if (by == Period::year) {
    if (try_out(single(
                    days, [](auto&, std::size_t) { return true; }, year_label, nothing),
                out))
      return out;
  } else if (try_out(spans(days, year_id, year_text, nothing, band, letter), out)) {
    return out;
  }
  for (const int step : {2, 5, 10, 20, 50, 100, 200}) {
    const auto wanted = [&](const year_month_day& d, std::size_t i) {
      return year_id(d) % step == 0 && (i == 0 || year_id(days[i - 1]) != year_id(d));
    };
    if (try_out(single(days, wanted, year_label, nothing), out)) return out;
  }
  // A few periods, none of which begins a unit: the first tells where we are.
  if (!periods.empty()) {
    const std::string name = norwegian_period(periods.front(), by);
    const double half = static_cast<double>(shown_width(name)) * letter / 2 / band;
    return {{0.5, std::max(0.5, half), name}};
  }
  return out;
}

double axis_step(double most, int lines, double least) {
  if (most <= 0) return least;
  const double rough = most / lines, power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0})
    if (factor * power >= rough * (1 - 1e-9)) return std::max(least, factor * power);
  return std::max(least, 10 * power);
}

}  // namespace spalte::query
