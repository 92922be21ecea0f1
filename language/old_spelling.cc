// Which letters did the reforms change?
#include "language/old_spelling.h"

namespace spalte::language {
namespace {

enum class Where { anywhere, begin, end };

struct Reform {
  std::string_view old, now;
  Where where = Where::anywhere;
};

constexpr Reform kReforms[] = {
    {"aa", "å"},
    {"efter", "etter"},
    {"sprog", "språk"},
    {"hed", "het", Where::end},
    {"heds", "hets", Where::end},
    {"heden", "heten", Where::end},
    {"heder", "heter", Where::end},
    {"tion", "sjon"},
    {"qv", "kv"},
    {"mænd", "menn"},
    {"mand", "mann", Where::end},
    {"manden", "mannen", Where::end},
    {"skib", "skip"},
    {"kjøb", "kjøp"},
    {"brug", "bruk"},
    {"uddann", "utdann"},
    {"udvikl", "utvikl"},
    {"udenfor", "utenfor"},
    {"udenrigs", "utenriks"},
    {"indenrigs", "innenriks"},
    {"rigs", "riks", Where::begin},
    {"præst", "prest"},
    {"tilbage", "tilbake"},
    {"sne", "snø", Where::begin},
    {"forsøg", "forsøk"},
    {"ligesom", "liksom"},
};
constexpr std::size_t kLeastLetters = 3;

std::string replaced(std::string_view word, const Reform& r) {
  std::string out(word);
  switch (r.where) {
    case Where::begin:
      if (out.starts_with(r.old)) out.replace(0, r.old.size(), r.now);
      break;
    case Where::end:
      if (out.ends_with(r.old)) out.replace(out.size() - r.old.size(), r.old.size(), r.now);
      break;
    case Where::anywhere:
      for (std::size_t at = out.find(r.old); at != std::string::npos; at = out.find(r.old, at + r.now.size()))
        out.replace(at, r.old.size(), r.now);
      break;
  }
  return out;
}

}  // namespace

std::string modern_spelling(std::string_view word) {
  if (word.size() < kLeastLetters) return {};
  std::string modern(word);
  for (const Reform& r : kReforms) modern = replaced(modern, r);
  return modern == word ? std::string() : modern;
}

}  // namespace spalte::language
