"""The results as tables, between two marks in docs/BENCHMARKS.md."""

import collections
import glob
import json
import os
import re
import statistics

BEGIN, END = "<!-- benches/peers/run table: begin -->", "<!-- benches/peers/run table: end -->"
NONE = "–"


def number(value):
    """Three figures."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values, bare=False):
    """The median, with the least and the most where there are several."""
    if not values:
        return NONE
    middle = number(statistics.median(values))
    least, most = number(min(values)), number(max(values))
    return middle if bare or least == most else f"{middle} ({least}–{most})"


def percentile(values, share):
    """The value that so much of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * share // 100) - 1)]


def rows(head, body):
    """A table of Markdown; rows and columns without a figure are left out, and a table without any."""
    body = [row for row in body if any(cell != NONE for cell in row[1:])]
    if not body:
        return ""
    kept = [0, *(at for at in range(1, len(head)) if any(row[at] != NONE for row in body))]
    lines = [[head[at] for at in kept], ["---"] * len(kept), *([row[at] for at in kept] for row in body)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def titled(title, shown):
    """A table below its title, if there is one."""
    return f"{title}\n\n{shown}" if shown else ""


class Results:
    """What lies in a folder of results."""

    def __init__(self, folder):
        with open(f"{folder}/run.json", encoding="utf-8") as file:
            self.run = json.load(file)
        self.found = collections.defaultdict(list)
        for path in sorted(glob.glob(f"{folder}/*-*.json")):
            with open(path, encoding="utf-8") as file:
                result = json.load(file)
            self.found[result["what"], result["peer"]].append(result)
        self.peers = self.run["peers"]

    def values(self, what, peer, key, **of):
        """A key of all rounds."""
        results = self.found[what, peer]
        return [result[key] for result in results if key in result and all(result.get(name) == value for name, value in of.items())]

    def indexing(self):
        head = ["", *(peer["title"] for peer in self.peers)]
        names = [peer["name"] for peer in self.peers]

        def row(title, values, bare=False):
            return [title, *(spread(values(name), bare) for name in names)]

        def per(key, cores, factor=1.0):
            return lambda name: [value * factor for value in self.values("index", name, key, cores=cores)]

        def against(name):
            """Of runs in turn."""
            floors = self.values("index", "floor", "cpu", cores=1)
            return [cpu / floor for cpu, floor in zip(self.values("index", name, "cpu", cores=1), floors)]

        def gain(name):
            return [one / two for one, two in zip(per("wall", 1)(name), per("wall", 2)(name))]

        body = [
            row("CPU, s", per("cpu", 1)),
            row("÷ bare tantivy", against),
            row("CPU on two cores, s", per("cpu", 2)),
            row("wall on one core, s", per("wall", 1)),
            row("wall on two cores, s", per("wall", 2)),
            row("wall, one ÷ two", gain),
            row("peak memory on one core, MiB", per("peak", 1)),
            row("peak memory on two cores, MiB", per("peak", 2)),
            row("index ÷ text", per("size", 1, 1 / self.run["text"]), bare=True),
        ]
        return rows(head, body)

    def queries(self, mode, unit):
        head = ["", *(peer["title"] for peer in self.peers)]
        body = []
        for name in dict.fromkeys(query["class"] for query in self.run["queries"]):
            row = [name]
            for peer in self.peers:
                middle, high = [], []
                for result in self.found["queries", peer["name"]]:
                    times = [
                        time["micros"] / unit
                        for time in result.get("times", ())
                        if time["mode"] == mode and self.run["queries"][time["query"]]["class"] == name
                    ]
                    if times:
                        middle.append(percentile(times, 50))
                        high.append(percentile(times, 99))
                row.append(f"{spread(middle)} / {spread(high, bare=True)}" if middle else NONE)
            body.append(row)
        return rows(head, body)

    def once(self):
        head = ["", *(peer["title"] for peer in self.peers)]
        names = [peer["name"] for peer in self.peers]
        cpu = ["CPU, ms", *(spread([value * 1000 for value in self.values("once", name, "cpu")]) for name in names)]
        counts = ["instructions, M", *(spread(self.values("once", name, "instructions")) for name in names)]
        return rows(head, [cpu, counts])

    def serving(self):
        head = ["clients", "answers a second", "p50, ms", "p99, ms", "CPU of the server an answer, ms", "its memory, MiB"]
        body = []
        for clients in self.run["clients"]:
            of = {"clients": clients}
            cells = [spread(self.values("serve", "findbuch", key, **of)) for key in ("rate", "p50", "p99", "cpu", "peak")]
            body.append([str(clients), *cells])
        return rows(head, body)

    def text(self):
        run = self.run
        known = "; ".join(f"{peer['title']}: {peer['version']}, {peer['about']}" for peer in self.peers if "version" in peer)
        lacking = [f"{peer['title']}: {peer['lacking']}." for peer in self.peers if "lacking" in peer]
        failed = [
            f"{result['peer']}, {result['what']}: {result['error']}."
            for results in self.found.values()
            for result in results
            if "error" in result
        ]
        loads = [result["load"] for results in self.found.values() for result in results if "load" in result]
        parts = [
            f"{run['articles']:,} articles, {run['text'] / 1e6:.1f} MB of text; {run['date']}, {run['machine']}; {run['rounds']} "
            f"round{'' if run['rounds'] == 1 else 's'}, run in turn; load of the machine before a run {spread(loads)}.",
            f"Versions, and how queries reach them. {known}.",
            *lacking,
            *dict.fromkeys(failed),
            titled("Indexing:", self.indexing()),
            titled("Warm queries, the ten best without snippets, µs, p50 (least–most of the rounds) / p99:", self.queries("ids", 1)),
            titled("Warm queries, ten hits with snippets, ms:", self.queries("snippets", 1000)),
            titled("One process from start to end that shows ten hits of a word of medium frequency:", self.once()),
            titled("findbuch over HTTP, pages and JSON in turn, the queries of all classes:", self.serving()),
        ]
        return "\n\n".join(part for part in parts if part)


def write(folder, page):
    """Puts the tables between the marks of a page."""
    with open(page, encoding="utf-8") as file:
        before = file.read()
    pattern = re.compile(re.escape(BEGIN) + ".*" + re.escape(END), re.DOTALL)
    if not pattern.search(before):
        raise SystemExit(f"{os.path.basename(page)} has no marks")
    text = Results(folder).text()
    after = pattern.sub(lambda _: f"{BEGIN}\n\n{text}\n\n{END}", before)
    with open(page, "w", encoding="utf-8") as file:
        file.write(after)


def points(folders):
    """What the plot shows of several sizes: CPU of indexing an article, and the median of three classes."""
    found = []
    for folder in folders:
        results = Results(folder)
        for peer in results.peers:
            name = peer["name"]
            at = {"peer": peer["title"], "articles": results.run["articles"]}
            cpu = results.values("index", name, "cpu", cores=1)
            if cpu:
                value = statistics.median(cpu) * 1000 / results.run["articles"]
                found.append({**at, "panel": "indexing, ms of CPU an article", "value": value})
            for kind in ("one word, frequent", "AND of 2", "OR of 4"):
                times = [
                    statistics.median(values)
                    for result in results.found["queries", name]
                    if (
                        values := [
                            time["micros"]
                            for time in result.get("times", ())
                            if time["mode"] == "ids" and results.run["queries"][time["query"]]["class"] == kind
                        ]
                    )
                ]
                if times:
                    found.append({**at, "panel": f"{kind}, p50 of ten best, µs", "value": statistics.median(times)})
    return found
