# How does an archive larger than any at hand come about? Its articles are sentences of real ones, mixed anew, and its
# vocabulary grows as the real one's does: V = K n^b words after n articles (Heaps' law), K and b fitted to the folder.
# Where mixing alone would fall behind, rare words are changed into new ones: letters inside, not the endings.
import random
import re
from collections import Counter
from math import log

WORD = re.compile(r"[^\W\d_]{4,}")
VOWELS, CONSONANTS = "aeiouyæøå", "bdfgklmnprstv"
RARE = 3  # a word in so many articles at most may be changed


def changed(word, rng):
    letters = list(word)
    for i in range(1, max(2, len(letters) - 2)):
        lower = letters[i].lower()
        if rng.random() < 0.6:
            new = rng.choice(VOWELS if lower in VOWELS else CONSONANTS)
            letters[i] = new if letters[i] == lower else new.upper()
    return "".join(letters)


class Pool:
    """Sentences (lines) of the folder's articles and its law of growth."""

    def __init__(self, files, rng):
        texts = [f.read_text("utf-8", "replace") for f in files]
        rng.shuffle(texts)
        counts, grown = Counter(), []
        for text in texts:
            counts.update(set(WORD.findall(text)))
            grown.append(len(counts))
        half = len(texts) // 2
        self.exponent = log(grown[-1] / grown[half - 1]) / log(len(texts) / half)
        self.factor = grown[-1] / len(texts) ** self.exponent
        self.lengths = [max(1, text.count("\n")) for text in texts]
        self.lines = []  # a line and where its rare words stand
        for text in texts:
            for line in text.splitlines():
                rare = [m.span() for m in WORD.finditer(line) if counts[m.group()] <= RARE]
                self.lines.append((line, rare))
        self.common = sum(1 for n in counts.values() if n > RARE)

    def words_after(self, articles):
        return self.factor * articles ** self.exponent


def write_articles(pool, target, first, last, rng, seen):
    """Articles first … last-1 below target, a thousand a folder; `seen` holds the rare words so far. Their bytes."""
    size = 0
    for number in range(first, last):
        wanted = pool.words_after(number + 1) - pool.common
        out = []
        for _ in range(rng.choice(pool.lengths)):
            line, rare = rng.choice(pool.lines)
            for begin, end in reversed(rare):
                word = line[begin:end]
                if word in seen and len(seen) < wanted:
                    word = changed(word, rng)
                    line = line[:begin] + word + line[end:]
                seen.add(word)
            out.append(line)
        path = target / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = ("\n".join(out) + "\n").encode()
        path.write_bytes(text)
        size += len(text)
    return size


def two_word_queries(files, count, rng):
    """Neighbouring words of the articles, at least four letters each, in lower case."""
    out = []
    while len(out) < count:
        words = WORD.findall(rng.choice(files).read_text("utf-8", "replace"))
        if len(words) > 20:
            at = rng.randrange(len(words) - 1)
            out.append(f"{words[at]} {words[at + 1]}".lower())
    return out
