"""Recoll: a folder with a text file for each article, German stems. The files are no part of what is measured."""

import contextlib
import json
import os
import subprocess
import sys

import driver


def version():
    line = ["dpkg-query", "--show", "--showformat=${Version}", "recollcmd"]
    return "Recoll " + subprocess.run(line, capture_output=True, text=True, check=True).stdout


def files(path, folder):
    """Writes the files that Recoll reads."""
    os.makedirs(folder, exist_ok=True)
    for number, (title, body) in enumerate(driver.articles(path)):
        part = f"{folder}/{number // 1000}"
        os.makedirs(part, exist_ok=True)
        with open(f"{part}/{number}.txt", "w", encoding="utf-8") as file:
            file.write(f"{title}\n\n{body}")


def index(path, folder, threads):
    os.makedirs(folder)
    with open(f"{folder}/recoll.conf", "w", encoding="utf-8") as settings:
        print("topdirs =", json.dumps(os.path.realpath(f"{path}.files")), file=settings)
        print("indexstemminglanguages = german\nloglevel = 2\nnocjk = 1\nnoaspell = 1\nidxniceprio = 0", file=settings)
        if threads == 1:
            print("thrQSizes = -1 -1 -1", file=settings)
    subprocess.run(["recollindex", "-c", folder, "-z"], check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def opened(folder):
    from recoll import recoll

    database = recoll.connect(confdir=folder)

    def search(kind, words, snippets):
        text = driver.syntax(kind, words, f'"{" ".join(words)}"p{driver.DISTANCE}')
        query = database.query()
        query.execute(text, stemming=1, stemlang="german")
        found = query.fetchmany(10)
        return [query.makedocabstract(document) for document in found] if snippets else found

    yield search


if __name__ == "__main__":
    if sys.argv[1:2] == ["files"]:
        files(*sys.argv[2:])
    else:
        driver.main(version, index, opened)
