// findbuch: what the pages do better with a script. Everything works without.
"use strict";

const german = document.documentElement.lang !== "en";
const say = (de, en) => (german ? de : en);

// Suggestions (the combobox pattern of the ARIA Authoring Practices): the archive's own words, names and headlines.
const box = document.getElementById("q");
if (box) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("Vorschläge", "Suggestions"));
  list.hidden = true;
  box.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) {
    box.setAttribute(name, value);
  }
  let waiting = 0, asked = 0, chosen = -1, typed = box.value;
  const options = () => [...list.querySelectorAll("[role=option]")];

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const option = (text, detail, choose, query) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.id = `s${options().length}`;
    const name = document.createElement("span");
    name.textContent = text;
    if (!query) name.className = "headline";
    item.append(name);
    if (detail) {
      const more = document.createElement("span");
      more.className = "number";
      more.textContent = detail;
      item.append(more);
    }
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", choose);
    item.choose = choose;
    item.query = query;
    list.append(item);
  };

  const group = (text) => {
    const item = document.createElement("li");
    item.setAttribute("role", "presentation");
    item.textContent = text;
    list.append(item);
  };

  const fill = (found) => {
    list.replaceChildren();
    const submit = (text) => () => {
      box.value = text;
      close();
      box.form.requestSubmit();
    };
    const count = (articles) => (articles ? articles.toLocaleString(german ? "de" : "en") : "");
    const words = (most) => {
      if (found.words.length && most) group(say("Wörter", "Words"));
      for (const word of found.words.slice(0, most)) option(word.text, count(word.articles), submit(word.query), word.query);
    };
    // behind a space a name is more likely than another word
    const several = box.value.trim().includes(" ");
    if (!several) words(8);
    if (found.names.length) group(say("Namen", "Names"));
    for (const name of found.names) option(name.text, "", submit(name.query), name.query);
    if (several) words(found.names.length || found.headlines.length ? 2 : 5);
    if (found.headlines.length) group(say("Artikel", "Articles"));
    for (const article of found.headlines) {
      // with all that the form would send: filters, language, and the words typed, of which the last may be only begun
      const go = () => {
        const address = new URL(`/article/${encodeURIComponent(article.id)}`, location.href);
        for (const [name, value] of new FormData(box.form)) {
          address.searchParams.append(name, name === "q" ? value.replace(/^([^"„“»«:]*?)(\p{L}{3,})$/u, "$1$2*") : value);
        }
        location.assign(address);
      };
      option(article.text, article.date ? article.date.value.slice(0, 4) : "", go);
    }
    const any = options().length > 0;
    list.hidden = !any;
    box.setAttribute("aria-expanded", String(any));
    chosen = -1;
  };

  const ask = async () => {
    const text = box.value;
    if (text.trim().length < 2) return close();
    const number = ++asked;
    try {
      const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(text)}`, { headers: { accept: "application/json" } });
      if (!answer.ok || number !== asked || document.activeElement !== box) return;
      fill(await answer.json());
    } catch {
      close();
    }
  };

  box.addEventListener("input", () => {
    typed = box.value;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 90);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      box.value = typed;
      return close();
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length && !list.hidden) {
      event.preventDefault();
      if (chosen >= 0) all[chosen].setAttribute("aria-selected", "false");
      chosen += event.key === "ArrowDown" ? 1 : -1;
      if (chosen < -1) chosen = all.length - 1;
      if (chosen >= all.length) chosen = -1;
      if (chosen < 0) {
        box.value = typed;
        return box.removeAttribute("aria-activedescendant");
      }
      all[chosen].setAttribute("aria-selected", "true");
      all[chosen].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", all[chosen].id);
      box.value = all[chosen].query ?? typed;
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      all[chosen].choose();
    }
  });
}

// The timeline: dragging over bars narrows the search to them; a click on one is a link already.
for (const chart of document.querySelectorAll(".timeline svg")) {
  const bars = [...chart.querySelectorAll("a")];
  let first = -1, last = -1;
  const at = (event) => {
    const { left, width } = chart.getBoundingClientRect();
    return Math.max(0, Math.min(bars.length - 1, Math.floor(((event.clientX - left) / width) * bars.length)));
  };
  const show = () => {
    const [from, to] = [Math.min(first, last), Math.max(first, last)];
    bars.forEach((bar, index) => bar.classList.toggle("chosen", first >= 0 && index >= from && index <= to));
  };
  const stop = () => {
    first = last = -1;
    show();
  };
  // by keyboard: the chart is one stop of the tab key, arrows lead from bar to bar, with Shift they choose several
  const link = (from, to) => {
    const address = new URL(chart.dataset.address, location.href);
    address.searchParams.set("from", bars[Math.min(from, to)].dataset.from);
    address.searchParams.set("to", bars[Math.max(from, to)].dataset.to);
    location.assign(address);
  };
  bars[bars.length - 1]?.setAttribute("tabindex", "0");
  chart.addEventListener("keydown", (event) => {
    const here = bars.indexOf(event.target.closest("a"));
    if (here < 0) return;
    const steps = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: bars.length - 1 };
    if (event.key in steps && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      const next = Math.max(0, Math.min(bars.length - 1, steps[event.key]));
      if (event.shiftKey && first < 0) first = here;
      if (!event.shiftKey) first = -1;
      last = next;
      show();
      bars[here].setAttribute("tabindex", "-1");
      bars[next].setAttribute("tabindex", "0");
      bars[next].focus();
    } else if (event.key === "Enter" && first >= 0 && first !== last) {
      event.preventDefault();
      link(first, last);
    } else if (event.key === "Escape") {
      stop();
    }
  });
  chart.addEventListener("dragstart", (event) => event.preventDefault());
  chart.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    first = last = at(event);
  });
  chart.addEventListener("pointermove", (event) => {
    if (first < 0 || !(event.buttons & 1)) return;
    last = at(event);
    if (first !== last && !chart.hasPointerCapture(event.pointerId)) chart.setPointerCapture(event.pointerId);
    show();
  });
  chart.addEventListener("pointercancel", stop);
  chart.addEventListener("pointerup", (event) => {
    const [from, to] = [first, last];
    stop();
    if (from < 0 || from === to) return;
    event.preventDefault();
    link(from, to);
  });
}

// Places in an article: forward and back.
const places = document.querySelector(".places");
let step = () => false;
if (places) {
  const marks = [...document.querySelectorAll(".text mark[id]")];
  let here = -1;
  step = (by) => {
    if (!marks.length) return false;
    marks[here]?.classList.remove("here");
    here = here < 0 ? (by > 0 ? 0 : marks.length - 1) : (here + by + marks.length) % marks.length;
    marks[here].classList.add("here");
    marks[here].scrollIntoView({ block: "center" });
    label.textContent = say(`${here + 1} von ${marks.length}`, `${here + 1} of ${marks.length}`);
    return true;
  };
  const line = document.createElement("p");
  const label = document.createElement("span");
  label.setAttribute("aria-live", "polite");
  for (const [text, name, by] of [["↑", say("Vorige Fundstelle", "Previous place"), -1], ["↓", say("Nächste Fundstelle", "Next place"), 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "step";
    button.textContent = text;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => step(by));
    line.append(button);
  }
  line.append(label);
  places.querySelector(".jumps").replaceWith(line);
}

// Copying a citation; sharing a page, by the device's own means where it has them.
for (const button of document.querySelectorAll("button[data-copy], button[data-share]")) {
  const shares = "share" in button.dataset && navigator.share;
  if (!navigator.clipboard && !shares) continue;
  button.hidden = false;
  const text = button.textContent;
  const source = document.getElementById(button.dataset.copy ?? "");
  button.addEventListener("click", async () => {
    if (shares) return navigator.share({ title: document.title, url: location.href }).catch(() => {});
    await navigator.clipboard.writeText(source ? source.textContent : location.href);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = text; }, 2000);
  });
}

// Calendars: the browser's own, beside fields that understand words as well.
for (const field of document.querySelectorAll(".range input[data-day]")) {
  const day = document.createElement("input");
  if (!day.showPicker) break;
  day.type = "date";
  day.tabIndex = -1;
  day.ariaHidden = "true";
  const button = document.createElement("button");
  button.type = "button";
  button.ariaLabel = `${say("Im Kalender wählen:", "Choose in a calendar:")} ${field.parentElement.textContent.trim()}`;
  button.innerHTML = '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.5v3M10.5 1.5v3" fill="none" stroke="currentColor"/></svg>';
  button.addEventListener("click", () => {
    // it opens at the day that the server has read
    if (field.value === field.defaultValue) day.value = field.dataset.day;
    day.showPicker();
  });
  day.addEventListener("change", () => {
    if (!day.value) return;
    const [year, month, date] = day.value.split("-").map(Number);
    field.value = german ? `${date}.${month}.${year}` : day.value;
    field.focus();
  });
  const calendar = document.createElement("span");
  calendar.className = "calendar";
  calendar.append(button, day);
  field.parentElement.after(calendar);
}

// Keys: / to the box, j and k through hits or places, Enter reads, u goes back, n and p turn to the next and previous hit or page,
// s stars the hit at hand, v leads to its preview and Escape back.
const hits = [...document.querySelectorAll(".hits .hit, .kwic tbody tr")];
const link = (hit) => hit.querySelector("h3 a, td a");
let current = -1;
const choose = (next) => {
  hits[current]?.classList.remove("current");
  current = next;
  hits[current].classList.add("current");
  link(hits[current]).focus({ preventScroll: true });
  hits[current].scrollIntoView({ block: "nearest" });
};
// back from an article, the hit that was read is the one at hand: its place is kept in the history's entry
hits.forEach((hit, at) => link(hit).addEventListener("click", () => history.replaceState({ read: at }, "")));
const read = history.state?.read ?? hits.findIndex((hit) => `#${hit.id}` === location.hash);
if (hits[read]) {
  current = read;
  hits[read].classList.add("current");
}
// The preview beside the list, where there is room: of the hit that has the focus, or that the pointer rests on.
const preview = document.querySelector(".preview");
let previewed = null;
const known = new Map();
const show = async (hit) => {
  if (!hit || hit === previewed || !preview?.getClientRects().length) return;
  previewed?.classList.remove("previewed");
  previewed = hit;
  hit.classList.add("previewed");
  const address = link(hit).getAttribute("href").replace("/article/", "/preview/");
  try {
    if (!known.has(address)) {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      known.set(address, await answer.text());
    }
    if (hit !== previewed) return;
    preview.replaceChildren(...new DOMParser().parseFromString(known.get(address), "text/html").body.childNodes);
    preview.scrollTop = 0;
  } catch {
    // the next attempt asks again
    if (hit === previewed) previewed = null;
    preview.replaceChildren();
  }
};
if (preview) {
  let resting = 0;
  for (const hit of hits) {
    hit.addEventListener("focusin", () => show(hit));
    hit.addEventListener("pointerenter", () => { resting = setTimeout(show, 150, hit); });
    hit.addEventListener("pointerleave", () => clearTimeout(resting));
  }
  const first = () => show(hits[Math.max(current, 0)]);
  matchMedia("(min-width: 85rem)").addEventListener("change", () => previewed || first());
  first();
}

// Stars: a hit is marked without leaving the list. What has changed stands on the page that the form would lead to.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  const marking = document.getElementById("marking");
  if (!button?.matches(".hits .star")) return;
  event.preventDefault();
  const status = () => document.querySelector("#marking [role=status]");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, button)), headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok) throw new Error(page.querySelector("main p")?.textContent ?? answer.status);
    for (const hit of hits) {
      const [now, changed] = [hit, page.getElementById(hit.id)].map((one) => one?.querySelector(".star"));
      if (!now || !changed) continue;
      const focused = now === document.activeElement;
      now.replaceWith(changed);
      if (focused) changed.focus();
    }
    for (const part of ["form", "[role=status]"]) {
      const changed = page.querySelectorAll(`#marking ${part}`);
      marking.querySelectorAll(part).forEach((one, at) => one.replaceChildren(...(changed[at]?.childNodes ?? [])));
    }
    known.clear();
    const shown = previewed;
    previewed = null;
    show(shown);
  } catch (error) {
    status().textContent = error.message;
  }
});

// to the list, at the hit that was read
const back = () => document.querySelector(".back a")?.click();
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (target.closest("input, textarea, select")) return;
  if (event.key === "/") {
    event.preventDefault();
    box?.focus();
    box?.select();
  } else if (event.key === "j" || event.key === "k") {
    const by = event.key === "j" ? 1 : -1;
    if (step(by)) return;
    const next = Math.max(0, Math.min(hits.length - 1, current + by));
    if (!hits[next]) return;
    choose(next);
  } else if (event.key === "u") {
    back();
  } else if (event.key === "n" || event.key === "p") {
    document.querySelector(`main a[rel=${event.key === "n" ? "next" : "prev"}]`)?.click();
  } else if (event.key === "s") {
    hits[current]?.querySelector(".star")?.click();
  } else if (event.key === "v" && previewed) {
    preview.focus();
  } else if (event.key === "Escape" && preview?.contains(target)) {
    link(previewed).focus();
  }
});
