"use strict";
(() => {
  // Without this script everything is there and open. It folds, finds and highlights, and labels what it adds.
  const all = (selector, from = document) => [
    ...from.querySelectorAll(selector),
  ];
  const one = (id) => document.getElementById(id);
  const root = document.documentElement;
  for (const element of all("[data-script]")) element.hidden = false;

  // What is the same for every card, block and row is made here and not sent.
  const button = (name, label, about) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    const rest = document.createElement("span");
    rest.className = "sr";
    rest.textContent = about;
    made.append(label, rest);
    return made;
  };
  for (const block of all(".block")) {
    const caption = block.firstElementChild;
    caption.after(button("copy", "Copy", ` ${caption.textContent}`));
  }
  for (const card of all("article.offload")) {
    const title = card.querySelector(".title");
    const about = `: ${title.querySelector("h3").textContent}`;
    const pick = button("pick", "Show in the flow", about);
    pick.dataset.pick = card.dataset.of;
    title.append(pick);
  }
  for (const table of all("table")) {
    const heads = all("thead th", table).map((head) => head.textContent);
    for (const row of table.tBodies[0].rows)
      for (const cell of row.cells) cell.dataset.head = heads[cell.cellIndex];
  }

  // Colours: as the system, until someone says otherwise.
  const themes = ["", "light", "dark"];
  const names = ["auto", "light", "dark"];
  const remembered = (value) => {
    try {
      if (value === undefined)
        return localStorage.getItem("offload-theme") ?? "";
      localStorage.setItem("offload-theme", value);
    } catch {
      // A browser that keeps nothing for files shows them all the same.
    }
    return "";
  };
  const paint = (theme) => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    one("theme-name").textContent = names[themes.indexOf(theme)] ?? names[0];
  };
  let theme = themes.includes(remembered()) ? remembered() : "";
  paint(theme);
  one("theme").addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    remembered(theme);
    paint(theme);
  });

  // What there is: cards, and the offloads that each of them is about.
  const offloads = all("article.offload");
  const cards = all("article.card").map((element) => ({
    element,
    about: (element.dataset.of ?? element.dataset.offloads)
      ?.split(" ")
      .filter(Boolean),
    details: element.querySelector("details"),
    text: undefined,
    shown: true,
  }));
  const textOf = (card) =>
    (card.text ??= card.element.textContent.toLowerCase());
  const lanes = all("svg .lane");
  const links = all("nav .deep > li");
  const buttons = all("[data-facet]");
  const search = one("search");
  const count = one("count");
  const picture = document.querySelector(".picture svg");
  const state = { words: [], facets: new Map(), chosen: "" };

  const fold = (open) => {
    for (const card of cards) if (card.details) card.details.open = open;
    one("unfold").setAttribute("aria-pressed", String(open));
  };

  // Lanes that are left move together; what they share is as tall as they are.
  let printing = false;
  const stack = () => {
    const top = Number(picture.dataset.top);
    const gap = 6;
    const bars = new Map();
    let y = top;
    for (const lane of lanes) {
      if (lane.classList.contains("out") && !printing) continue;
      const height = Number(lane.dataset.height);
      lane.setAttribute("transform", `translate(0 ${y})`);
      const shared = [lane.dataset.caller];
      if (lane.dataset.recorded !== undefined) shared.push("ledger");
      for (const name of shared) {
        const bar = bars.get(name) ?? { from: y };
        bars.set(name, {
          from: name === "ledger" ? top : bar.from,
          to: y + height,
        });
      }
      y += height;
    }
    for (const group of all("[data-bar]", picture)) {
      const bar = bars.get(group.dataset.bar);
      group.classList.toggle("out", !bar);
      if (!bar) continue;
      const to = group.dataset.bar === "ledger" ? y : bar.to;
      const rect = group.querySelector("rect");
      const old =
        Number(rect.getAttribute("y")) +
        Number(rect.getAttribute("height")) / 2;
      rect.setAttribute("y", String(bar.from + gap));
      rect.setAttribute("height", String(to - bar.from - 2 * gap));
      const move = (bar.from + to) / 2 - old;
      for (const line of all("tspan", group))
        line.setAttribute("y", String(Number(line.getAttribute("y")) + move));
    }
    picture.setAttribute("height", String(y + 2));
    picture.setAttribute(
      "viewBox",
      `0 0 ${picture.getAttribute("width")} ${y + 2}`,
    );
  };

  const fits = (offload) =>
    [...state.facets].every(([facet, values]) =>
      values.has(offload.dataset[facet]),
    );
  const finds = (card) =>
    state.words.every((word) => textOf(card).includes(word));
  const plural = (number, word) =>
    `${number} ${word}${number === 1 ? "" : "s"}`;

  const update = () => {
    const filtered = state.facets.size > 0;
    const kept = new Set(
      offloads.filter(fits).map((offload) => offload.dataset.of),
    );
    const found = new Set();
    for (const card of cards) {
      const about = !filtered || (card.about ?? []).some((of) => kept.has(of));
      card.shown = about && finds(card);
      card.element.classList.toggle("out", !card.shown);
      if (card.shown && card.element.classList.contains("offload"))
        found.add(card.element.dataset.of);
    }
    const narrowed = filtered || state.words.length > 0;
    // A search for what no offload says shows the lanes that the found things are about.
    const drawn = new Set(found);
    for (const card of cards)
      if (card.shown && found.size === 0)
        for (const of of card.about ?? []) if (kept.has(of)) drawn.add(of);
    for (const lane of lanes)
      lane.classList.toggle("out", !drawn.has(lane.dataset.of));
    for (const link of links)
      link.classList.toggle("out", !found.has(link.dataset.of));
    stack();
    const shown = cards.filter((card) => card.shown);
    const others = shown.length - found.size;
    count.textContent = narrowed
      ? `${found.size} of ${plural(offloads.length, "offload")}, and ${plural(others, "other thing")}.`
      : `All of ${plural(offloads.length, "offload")}.`;
    one("reset").disabled = !narrowed;
    if (state.words.length > 0 && shown.length <= 3)
      for (const card of shown) if (card.details) card.details.open = true;
    remember();
  };

  // The address keeps what is shown, so that it can be sent to someone.
  const remember = () => {
    const query = new URLSearchParams();
    if (search.value.trim()) query.set("q", search.value.trim());
    for (const [facet, values] of state.facets)
      for (const value of values) query.append(facet, value);
    if (state.chosen !== "") query.set("chain", state.chosen);
    const text = query.toString();
    try {
      history.replaceState(
        null,
        "",
        `${location.pathname}${text ? `?${text}` : ""}${location.hash}`,
      );
    } catch {
      // Some browsers change no address of a file.
    }
  };
  const recall = () => {
    const query = new URLSearchParams(location.search);
    search.value = query.get("q") ?? "";
    state.words = words(search.value);
    for (const button of buttons) {
      if (query.getAll(button.dataset.facet).includes(button.dataset.value))
        press(button, true);
    }
    if (lanes.some((lane) => lane.dataset.of === query.get("chain")))
      state.chosen = query.get("chain");
  };
  const words = (text) => text.toLowerCase().split(/\s+/u).filter(Boolean);
  const press = (button, on) => {
    const { facet, value } = button.dataset;
    const values = state.facets.get(facet) ?? new Set();
    if (on) values.add(value);
    else values.delete(value);
    if (values.size > 0) state.facets.set(facet, values);
    else state.facets.delete(facet);
    button.setAttribute("aria-pressed", String(on));
  };
  const reset = () => {
    search.value = "";
    state.words = [];
    for (const button of buttons) press(button, false);
    update();
  };

  // The chain of one offload.
  const choose = (of) => {
    state.chosen = of;
    one("chosen").value = of;
    one("unchoose").disabled = of === "";
    picture.classList.toggle("choice", of !== "");
    const lane = lanes.find((candidate) => candidate.dataset.of === of);
    for (const candidate of lanes)
      candidate.classList.toggle("chosen", candidate === lane);
    for (const bar of all("[data-bar]", picture)) {
      const shared =
        lane &&
        (bar.dataset.bar === lane.dataset.caller ||
          (bar.dataset.bar === "ledger" &&
            lane.dataset.recorded !== undefined));
      bar.classList.toggle("chosen", Boolean(shared));
    }
    const says = one("chosen-chain");
    says.replaceChildren();
    const card = offloads.find((offload) => offload.dataset.of === of);
    if (card) {
      const title = document.createElement("p");
      title.append(card.querySelector("h3 a").cloneNode(true));
      says.append(title, card.querySelector(".chain").cloneNode(true));
    }
    if (lane && !lane.classList.contains("out")) {
      const frame = picture.parentElement;
      const y = Number(
        / ([\d.]+)\)/u.exec(lane.getAttribute("transform"))?.[1] ?? 0,
      );
      frame.scrollTop = y - frame.clientHeight / 2;
    }
    remember();
  };

  // A link into something that is hidden or folded shows it first.
  const follow = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // What no one can read is no name of anything here.
    }
    const target = id && one(id);
    if (!target) return;
    const card = cards.find((candidate) => candidate.element.contains(target));
    if (card?.element.classList.contains("out")) reset();
    if (card?.details) card.details.open = true;
    target.scrollIntoView({ behavior: "instant" });
    if (card) card.element.focus({ preventScroll: true });
  };

  search.addEventListener("input", () => {
    state.words = words(search.value);
    update();
  });
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    cards
      .find((card) => card.shown)
      ?.element.querySelector("h3 a")
      .focus();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      press(button, button.getAttribute("aria-pressed") !== "true");
      update();
    });
  }
  one("reset").addEventListener("click", () => {
    reset();
    search.focus();
  });
  one("unfold").addEventListener("click", () =>
    fold(one("unfold").getAttribute("aria-pressed") !== "true"),
  );
  one("chosen").addEventListener("change", () => choose(one("chosen").value));
  one("unchoose").addEventListener("click", () => {
    choose("");
    one("chosen").focus();
  });
  for (const lane of lanes) {
    lane.addEventListener("click", () =>
      choose(state.chosen === lane.dataset.of ? "" : lane.dataset.of),
    );
  }
  for (const button of all("[data-pick]")) {
    button.addEventListener("click", () => {
      choose(button.dataset.pick);
      one("flow").scrollIntoView();
      one("chosen").focus({ preventScroll: true });
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (
      event.key === "/" &&
      !typing &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (
      event.key === "Escape" &&
      event.target === search &&
      search.value !== ""
    ) {
      event.preventDefault();
      search.value = "";
      state.words = [];
      update();
    } else if (event.key === "Escape" && state.chosen !== "") {
      choose("");
    }
  });
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    // The same link once more changes no address, and is meant all the same.
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });

  // Paper has no folds. What was folded is so again afterwards.
  let folded = [];
  const unfold = () => {
    folded = cards.filter((card) => card.details && !card.details.open);
    for (const card of folded) card.details.open = true;
  };
  // Nor does it filter: the picture has all lanes on it.
  const print = (on) => {
    printing = on;
    stack();
  };
  const paper = matchMedia("print");
  paper.addEventListener("change", () => print(paper.matches));
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", () => {
    for (const card of folded) card.details.open = false;
  });

  // Copying, and the checklist as it is filled in.
  const copy = async (button, text) => {
    const label = button.firstChild;
    try {
      await navigator.clipboard.writeText(text);
      label.data = "Copied";
    } catch {
      getSelection().selectAllChildren(
        button.parentElement.querySelector("pre"),
      );
      label.data = "Selected";
    }
    setTimeout(() => (label.data = "Copy"), 1500);
  };
  for (const button of all(".copy")) {
    button.addEventListener("click", () =>
      copy(
        button,
        `${button.parentElement.querySelector("pre").textContent}\n`,
      ),
    );
  }
  const report = one("report")?.querySelector("pre");
  if (report) {
    const lines = report.textContent.split("\n");
    const boxes = all(".checklist [data-line]");
    const fill = () => {
      let next = 0;
      report.textContent = lines
        .map((line) => {
          if (!line.startsWith("- [ ] ")) return line;
          const box = boxes[next++];
          const value = box?.parentElement
            .querySelector("[data-value]")
            ?.value.trim();
          return `- [${box?.checked ? "x" : " "}] ${line.slice(6)}${value ? ` ${value}` : ""}`;
        })
        .join("\n");
    };
    document.querySelector(".checklist").addEventListener("input", fill);
    fill();
  }

  // Where the reader is, in the list at the left.
  const places = new Map(
    all("nav a").map((link) => [link.hash.slice(1), link]),
  );
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of places.values())
          link.removeAttribute("aria-current");
        places.get(entry.target.id)?.setAttribute("aria-current", "location");
      }
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  for (const section of all("main > section")) watch.observe(section);

  fold(false);
  recall();
  update();
  choose(state.chosen);
  follow();
})();
