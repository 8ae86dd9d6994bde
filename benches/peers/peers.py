"""The peers: how each is had, called, and asked once."""

import dataclasses
import glob
import os
import shutil
import subprocess
from collections.abc import Callable

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3"


class Unavailable(Exception):
    """A peer that cannot be had; the message says why."""


@dataclasses.dataclass
class Peer:
    """`driver` takes the commands that driver.py describes. `once` is a whole process that shows ten hits of a word; it is counted by
    valgrind where `countable`. `about` says how queries reach the peer."""

    name: str
    title: str
    about: str
    driver: Callable[[], list] | None = None
    packages: tuple = ()
    once: Callable[[str, str, str], list] | None = None
    countable: bool = True
    index: Callable[[str, str, int], list] | None = None
    queries: Callable[[str, str], list] | None = None
    version: Callable[[], list] | None = None
    size: Callable[[str], int] = measure.size
    prepare: Callable[[str], list] | None = None

    def command(self, what, *arguments):
        """One of the three commands of the driver, or what stands in its place."""
        own = getattr(self, what)
        return own(*arguments) if own else [*self.driver(), what, *map(str, arguments)]

    def install(self):
        """Gets the packages that are missing."""
        missing = [name for name in self.packages if subprocess.run(["dpkg", "-s", name], capture_output=True, check=False).returncode]
        root = [] if os.getuid() == 0 else ["sudo", "-n"]
        if missing:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
            subprocess.run([*root, "apt-get", "update"], **quiet)
            got = subprocess.run([*root, "apt-get", "install", "-y", "--no-install-recommends", *missing], **quiet)
            if got.returncode:
                raise Unavailable(f"no package {' '.join(missing)}")


class Lucene(Peer):
    """Its jars come from Maven Central; it needs a Java of 21 or later."""

    def install(self):
        self.java = java(21)
        folder = os.path.join(self.tools, "lucene")
        if not os.path.exists(f"{folder}/classes"):
            os.makedirs(folder, exist_ok=True)
            try:
                pom = ["-f", f"{HERE}/lucene/pom.xml", f"-DoutputDirectory={folder}/lib"]
                measure.run(["mvn", "-q", "-B", "dependency:copy-dependencies", *pom])
                measure.run([f"{self.java}c", "-cp", f"{folder}/lib/*", "-d", f"{folder}/classes", f"{HERE}/lucene/Lucene.java"])
            except (OSError, measure.Failed) as why:
                raise Unavailable(str(why)) from why
        self.classes = f"{folder}/lib/*:{folder}/classes"

    def run(self):
        return [self.java, "--enable-native-access=ALL-UNNAMED", "--add-modules", "jdk.incubator.vector", "-cp", self.classes, "Lucene"]


def java(least):
    """The newest Java of the machine."""
    homes = [os.environ.get("JAVA_HOME"), *glob.glob("/usr/lib/jvm/*")]
    found = {}
    for home in filter(None, homes):
        program = f"{home}/bin/java"
        if os.path.exists(program) and os.path.exists(program + "c"):
            told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.split()
            found[int(told[1].split(".")[0])] = program
    if max(found, default=0) < least:
        raise Unavailable(f"no Java {least}")
    return found[max(found)]


def python(file):
    return lambda: [PYTHON, os.path.join(HERE, file)]


def all_of(findbuch, tools, drivers):
    """Every peer, findbuch first. `drivers` is the folder of the built programs of driver/."""
    lucene = Lucene("lucene", "Lucene", "in process", packages=("maven",), countable=False)
    offsets = Lucene("lucene-offsets", "Lucene, offsets", "in process", packages=("maven",), countable=False)
    for peer in (lucene, offsets):
        peer.tools = tools
        peer.driver = peer.run
        peer.once = lambda folder, _articles, word, peer=peer: [*peer.run(), "once", folder, word]
    offsets.index = lambda articles, folder, threads: [*offsets.run(), "index", articles, folder, str(threads), "offsets"]
    fts5 = "select title, snippet(articles, 1, '[', ']', '…', 30) from articles where articles match '{}' order by rank limit 10"
    return [
        Peer(
            "findbuch",
            "findbuch",
            "in process",
            # the time that a file is given is that of a machine which has little else to do
            index=lambda articles, folder, _threads: [findbuch, "--index", folder, "index", "--max-seconds", "3600", articles],
            queries=lambda folder, queries: [f"{drivers}/findbuch-queries", folder, queries],
            version=lambda: [findbuch, "--version"],
            once=lambda folder, _articles, word: [findbuch, "--index", folder, "search", word],
        ),
        Peer(
            "floor",
            "bare tantivy",
            "in process",
            driver=lambda: [f"{drivers}/floor"],
            version=lambda: ["echo", "tantivy 0.27"],
            once=lambda folder, _articles, word: [f"{drivers}/floor", "once", folder, word],
        ),
        lucene,
        offsets,
        Peer(
            "fts5",
            "SQLite FTS5",
            "in process, from Python",
            python("fts5.py"),
            ("python3", "sqlite3"),
            lambda folder, _articles, word: ["sqlite3", f"{folder}/fts5.db", fts5.format(word)],
        ),
        Peer(
            "xapian",
            "Xapian",
            "in process, from Python",
            python("xapian_peer.py"),
            ("python3-xapian", "xapian-tools"),
            lambda folder, _articles, word: ["quest", "-s", "german", "-d", folder, word],
        ),
        Peer(
            "recoll",
            "Recoll",
            "in process, from Python",
            python("recoll_peer.py"),
            ("recollcmd", "python3-recoll"),
            lambda folder, _articles, word: ["recollq", "-c", folder, "-A", "-n", "10", word],
            size=lambda folder: measure.size(f"{folder}/xapiandb"),
            prepare=lambda articles: [PYTHON, f"{HERE}/recoll_peer.py", "files", articles, f"{articles}.files"],
        ),
        Peer(
            "postgres",
            "PostgreSQL",
            "over a Unix socket, from Python",
            python("postgres.py"),
            ("postgresql", "python3-psycopg2") if not shutil.which("postgres") else ("python3-psycopg2",),
            size=lambda folder: int(open(f"{folder}/size", encoding="ascii").read()),
        ),
        Peer(
            "ripgrep",
            "ripgrep",
            "a scan",
            version=lambda: ["rg", "--version"],
            packages=("ripgrep",),
            once=lambda _folder, articles, word: ["rg", "--count", "--word-regexp", word, articles],
        ),
    ]


def indexes(peer):
    """Whether it has an index; else it scans."""
    return bool(peer.driver or peer.index)
