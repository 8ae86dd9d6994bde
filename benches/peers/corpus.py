"""The articles that all peers index, and the queries drawn from them.

    corpus.py CORPUS GENERATOR FOLDER    writes articles.jsonl and queries.jsonl, prints the number of articles and bytes of text
"""

import collections
import json
import random
import re
import subprocess
import sys

SEED = 20
KEYS = ("title", "body", "date", "url", "source")
# queries are drawn from so many of the articles, evenly, and so many of each class
READ = 20_000
OF_A_CLASS = 40
# shares of the articles that have a word
BANDS = {"frequent": (0.03, 0.2), "medium": (0.003, 0.02), "rare": (0.0002, 0.001)}
CLASSES = (
    ("one word, frequent", "word"), ("one word, medium", "word"), ("one word, rare", "word"), ("AND of 2", "and"), ("OR of 4", "or"),
    ("phrase of 2", "phrase"), ("prefix", "prefix"), ("compound", "word"), ("NEAR/5", "near"),
)
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+")
LINKS = ("", "s", "es", "n", "en")
LEAST_PART = 4
# letters of the shortest prefix, and forms of those articles that may begin with one
LEAST_PREFIX = 5
FORMS_OF_A_PREFIX = 20


def lines(corpus, articles):
    """The lines of a corpus: a JSONL file, plain or .zst, or `generated:COUNT`."""
    if corpus.startswith("generated:"):
        command = [articles, corpus.removeprefix("generated:")]
    else:
        command = ["zstd", "-dqc", corpus] if corpus.endswith(".zst") else ["cat", corpus]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        yield from process.stdout
    if process.returncode:
        sys.exit(f"{command}: exit code {process.returncode}")


def write(corpus, articles, path):
    """Writes the keys that all peers are given. Returns articles and bytes of text."""
    count = text = 0
    with open(path, "w", encoding="utf-8") as out:
        for line in lines(corpus, articles):
            read = json.loads(line)
            read.setdefault("title", read.get("headline", ""))
            article = {key: read[key] for key in KEYS if read.get(key)}
            text += sum(len(article.get(key, "").encode()) for key in ("title", "body"))
            count += 1
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return count, text


def sample(path, count):
    """Words of every so manieth article, so that READ are read at most."""
    step = -(-count // READ)
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % step == 0:
                yield WORD.findall(json.loads(line).get("body", ""))


def draw(texts, seed):
    """The queries: of each class as many, always the same of the same articles. A noun is a word that begins with a capital nine
    times of ten; it belongs to a band by the share of the articles that have it."""
    texts = list(texts)
    written, having = collections.Counter(), collections.Counter()
    for words in texts:
        written.update(words)
        having.update({word.lower() for word in words})
    capital = {}
    for word, times in written.items():
        low = word.lower()
        capital[low] = capital.get(low, 0) + (times if word[0].isupper() else -9 * times)
    nouns = {word: count / len(texts) for word, count in having.items() if len(word) >= LEAST_PART and capital[word] >= 0 and count > 1}
    band = {name: sorted(word for word, share in nouns.items() if least <= share <= most) for name, (least, most) in BANDS.items()}
    content = {word for word, share in nouns.items() if BANDS["rare"][1] <= share <= BANDS["frequent"][1]}
    compounds = [word for word in band["medium"] + band["rare"] if divides(word, having)]
    beginnings = collections.Counter(form[:at] for form in having for at in range(LEAST_PREFIX, len(form)))
    generator = random.Random(seed)

    def some(words):
        return generator.choice(words).capitalize() if words else None

    def together(count, within):
        """Words of one article, at most so many words apart."""
        for _ in range(1000):
            words = generator.choice(texts)
            start = generator.randrange(len(words)) if words else 0
            near = [word for word in dict.fromkeys(words[start : start + within]) if word.lower() in content]
            if len({word.lower() for word in near}) >= count:
                return generator.sample(near, count)
        return None

    def adjacent():
        for _ in range(1000):
            words = generator.choice(texts)
            at = generator.randrange(len(words) - 1) if len(words) > 1 else 0
            pair = words[at : at + 2]
            if len(pair) == 2 and pair[1].lower() in content and having[pair[0].lower()] < 0.2 * len(texts) and len(pair[0]) >= LEAST_PART:
                return pair
        return None

    def beginning(word):
        """The first letters of a word, as many as leave few forms: of too many findbuch asks for a longer one."""
        if not word:
            return None
        least = range(LEAST_PREFIX, len(word))
        return next((word[:at] for at in least if beginnings[word[:at].lower()] <= FORMS_OF_A_PREFIX), word)

    make = {
        "one word, frequent": lambda: [some(band["frequent"])],
        "one word, medium": lambda: [some(band["medium"])],
        "one word, rare": lambda: [some(band["rare"])],
        "AND of 2": lambda: together(2, 10_000),
        "OR of 4": lambda: together(4, 10_000),
        "phrase of 2": adjacent,
        "prefix": lambda: [beginning(some([word for word in band["medium"] if len(word) >= 7]))],
        "compound": lambda: [some(compounds)],
        "NEAR/5": lambda: together(2, 7),
    }
    return [
        {"class": name, "kind": kind, "words": words}
        for name, kind in CLASSES
        for words in (make[name]() for _ in range(OF_A_CLASS))
        if words and all(words)
    ]


def divides(word, having):
    """Whether a word is two others, with or without a linking element."""
    for cut in range(LEAST_PART, len(word) - LEAST_PART + 1):
        head, tail = word[:cut], word[cut:]
        if having[tail] > 1 and any(head.endswith(link) and having[head[: len(head) - len(link)]] > 1 for link in LINKS):
            return True
    return False


def main(corpus, generator, folder):
    count, text = write(corpus, generator, f"{folder}/articles.jsonl")
    with open(f"{folder}/queries.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(query, ensure_ascii=False) + "\n" for query in draw(sample(f"{folder}/articles.jsonl", count), SEED))
    print(json.dumps({"articles": count, "text": text}))


if __name__ == "__main__":
    main(*sys.argv[1:])
