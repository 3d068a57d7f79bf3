"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const sources = JSON.parse(byId("data").textContent);
  const english = () => root.dataset.ui === "en";
  const say = (vi, en) => (english() ? en : vi);

  // Language.
  function speak() {
    root.lang = root.dataset.ui;
    const key = english() ? "en" : "vi";
    for (const e of all("[data-vi-label]")) {
      e.setAttribute("aria-label", e.dataset[key + "Label"]);
    }
    for (const option of all("option[data-vi]")) {
      option.textContent = option.dataset[key];
    }
    showTheme();
    filter();
    if (opened) show(opened);
  }
  byId("language").addEventListener("click", () => {
    root.dataset.ui = english() ? "vi" : "en";
    speak();
  });

  // Light and dark.
  const themes = ["auto", "light", "dark"];
  function showTheme() {
    const names = {
      auto: say("Nền tự động", "Auto theme"),
      light: say("Nền sáng", "Light theme"),
      dark: say("Nền tối", "Dark theme"),
    };
    byId("theme-name").textContent = names[root.dataset.theme];
  }
  byId("theme").addEventListener("click", () => {
    const next = (themes.indexOf(root.dataset.theme) + 1) % themes.length;
    root.dataset.theme = themes[next];
    showTheme();
  });
  byId("print").addEventListener("click", () => window.print());

  // Filters.
  const table = document.querySelector(".contents");
  const rows = all("tbody > tr", table).map((row) => ({
    row,
    themes: row.dataset.themes.split(" "),
    only: row.dataset.support === "1",
    same: "same" in row.dataset,
    words: null,
  }));
  // Without marks and case, so that “vung xanh” finds “vùng xanh”.
  const fold = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll("đ", "d");
  function wordsOf(entry) {
    entry.words ??= fold(
      all(".words", entry.row).map((p) => p.textContent).join(" "),
    );
    return entry.words;
  }
  function filter() {
    const theme = byId("by-theme").value;
    const only = byId("only").checked;
    const differ = byId("differ").checked;
    const sought = fold(byId("search").value.trim());
    let shown = 0;
    for (const entry of rows) {
      const keep =
        (!theme || entry.themes.includes(theme)) &&
        (!only || entry.only) &&
        (!differ || !entry.same) &&
        (!sought || wordsOf(entry).includes(sought));
      entry.row.toggleAttribute("data-off", !keep);
      if (keep) shown += 1;
    }
    table.classList.toggle("terse", differ);
    table.classList.toggle("show-minor", byId("minor").checked);
    byId("count").textContent = say(
      `Hiện ${shown} trong ${rows.length} nội dung`,
      `${shown} of ${rows.length} contents shown`,
    );
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", filter);

  // Columns.
  const boxes = all("[data-column]");
  const cells = new Map(boxes.map((box) => [box.dataset.column, []]));
  for (const cell of all("[data-c]")) cells.get(cell.dataset.c).push(cell);
  function columns() {
    let shown = 0;
    for (const box of boxes) {
      if (box.checked) shown += 1;
      for (const cell of cells.get(box.dataset.column)) {
        cell.toggleAttribute("data-off", !box.checked);
      }
    }
    // Tables with fixed columns state their width.
    for (const grid of all("[data-column-width]")) {
      const first = Number(grid.querySelector("col").width);
      grid.width = first + shown * Number(grid.dataset.columnWidth);
    }
  }
  for (const box of boxes) box.addEventListener("change", columns);
  function setAll(on) {
    for (const box of boxes) box.checked = on;
    columns();
  }
  byId("all").addEventListener("click", () => setAll(true));
  byId("none").addEventListener("click", () => setAll(false));

  const chooser = document.querySelector(".columns");
  document.addEventListener("click", (event) => {
    if (!chooser.contains(event.target)) chooser.open = false;
  });

  // Evidence.
  const panel = byId("source");
  let opened = null;
  let opener = null;

  // Code points, not UTF-16 units: that is how spans count.
  const points = new Map();
  function pointsOf(n) {
    if (!points.has(n)) points.set(n, Array.from(sources[n].text ?? ""));
    return points.get(n);
  }

  function quoted(at) {
    const source = sources[at.document];
    if (source.text === null) {
      const item = source.items.find(
        (i) => i.span[0] <= at.start && at.end <= i.span[1],
      );
      return item ? item.text : "";
    }
    return pointsOf(at.document).slice(at.start, at.end).join("").trim();
  }

  function show(at) {
    const source = sources[at.document];
    byId("source-name").textContent = source.title ?? source.name;
    const place = source.url ? `${source.url} · ${source.path}` : source.path;
    byId("source-place").textContent =
      `${source.name} · ${place} · ` +
      say(`ký tự ${at.start}–${at.end}`, `characters ${at.start}–${at.end}`);
    byId("quote").textContent = quoted(at);
    const item = source.items.find(
      (i) => i.span[0] === at.start && i.span[1] === at.end,
    );
    const themes_ = (item?.themes ?? []).map(
      (t) => `${say(t.vi, t.en)}: ${t.words.join(", ")}`,
    );
    const why = at.why ? [`${say("Căn cứ", "Rests on")}: ${at.why}`] : [];
    byId("about").textContent = [...why, ...themes_].join(" · ");
    byId("copied").textContent = "";
    const text = byId("source-text");
    text.replaceChildren();
    if (source.text === null) {
      text.textContent = say(
        "Văn bản gốc không kèm theo bản ghi này.",
        "The source text does not come with this record.",
      );
      return;
    }
    const letters = pointsOf(at.document);
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(at.start, at.end).join("");
    text.append(
      letters.slice(0, at.start).join(""),
      mark,
      letters.slice(at.end).join(""),
    );
    // Within the panel only: the tables stay where they are.
    text.scrollTop = mark.offsetTop - text.offsetTop - text.clientHeight / 4;
  }

  function open(button) {
    const [document_, span] = button.dataset.e.split(":");
    const [start, end] = span.split("-").map(Number);
    opener?.removeAttribute("aria-expanded");
    opener = button;
    opener.setAttribute("aria-expanded", "true");
    opened = { document: Number(document_), start, end, why: button.dataset.why };
    panel.hidden = false;
    document.body.classList.add("with-source");
    show(opened);
    panel.focus({ preventScroll: true });
  }
  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("with-source");
    opener?.removeAttribute("aria-expanded");
    opener?.focus();
    opener = null;
    opened = null;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-e]");
    if (button) open(button);
  });
  byId("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    chooser.open = false;
    close();
  });
  byId("copy").addEventListener("click", async () => {
    const source = sources[opened.document];
    const place = source.url ?? source.path;
    const citation =
      `“${quoted(opened)}” — ${source.name}, ${place}, ` +
      `[${opened.start}, ${opened.end})`;
    try {
      await navigator.clipboard.writeText(citation);
      byId("copied").textContent = say("Đã chép.", "Copied.");
    } catch {
      byId("quote").textContent = citation;
      getSelection().selectAllChildren(byId("quote"));
      byId("copied").textContent = say(
        "Trích dẫn đã được chọn; hãy chép.",
        "The citation is selected; copy it.",
      );
    }
  });

  filter();
})();
