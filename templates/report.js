"use strict";
// People's words reach the page as text nodes only; nothing here builds markup.
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const data = JSON.parse(byId("data").textContent);
  const COLUMNS = 2;
  const ON_PAPER = 500;
  const LETTERS = ["S", "M", "A", "R", "T"];
  const firstLang = root.dataset.lang;
  let lang = firstLang;

  // Sentences.
  const pick = (pair) => pair[lang === "zh" ? 0 : 1];
  const ui = (name, slots = {}) =>
    pick(data.ui[name]).replace(/\{(\w+)\}/g, (_, slot) => slots[slot]);
  const word = (number) => data.words[number] ?? "";
  const fill = (coded) => {
    if (coded === null || coded === undefined) return "";
    if (typeof coded === "string") return coded;
    const template = data.texts[coded[0]];
    const names = template[COLUMNS];
    if (!names.length) return pick(template);
    return pick(template).replace(/\{(\w+)\}/g, (whole, name) =>
      names.includes(name) ? fill(coded[1 + names.indexOf(name)]) : whole);
  };
  const sentence = (coded) => {
    const plain = fill(coded).replace(/\s+/gu, " ").trim().replace(/[；;，,]+$/u, "");
    if (!plain) return "";
    const shown = lang === "en" ? plain[0].toUpperCase() + plain.slice(1) : plain;
    return /[.!?。！？…][”』」"]?$/u.test(shown) ? shown : shown + (lang === "zh" ? "。" : ".");
  };
  const number = (n) => n.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB");
  // What is short of the whole never reads 100 %.
  const percent = (share) => {
    if (share === null || share === undefined) return "";
    if (share >= 0.995 && share < 1) return `${Math.floor(share * 1000) / 10}%`;
    return `${Math.round(share * 100)}%`;
  };
  const day = (iso) => {
    if (!iso) return "";
    const [year, month, date] = iso.split("-").map(Number);
    const same = iso.startsWith(data.today.slice(0, 4));
    if (lang === "zh") return `${same ? "" : `${year}年`}${month}月${date}日`;
    const name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1];
    return `${date} ${name}${same ? "" : ` ${year}`}`;
  };

  // Elements.
  const el = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === false) continue;
      made.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children) if (child !== null && child !== "") made.append(child);
    return made;
  };
  const words = (text) => el("bdi", null, text);
  const statusOf = (n) => data.statuses[n];
  const statusText = (n) => `${statusOf(n)[1]} ${statusOf(n)[lang === "zh" ? 2 : 3]}`;
  const pill = (n) => el("span", { class: `pill p-${statusOf(n)[0]}` }, statusText(n));
  const cellOf = (sheet, a1) => (a1 ? `${sheet}!${a1}` : sheet);

  // Rows.
  const people = data.people.map((one, i) => ({
    i, name: word(one[0]), department: word(one[1]), manager: word(one[2]), listed: one.length > 3,
    position: word(one[3] ?? -1), status: one[4] ?? -1, progress: one[5] ?? null,
    counts: one[6] || [], weights: one[7] || [],
  }));
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const goals = data.goals.map((one, i) => {
    const owner = people[one[1]];
    const cell = cellOf(word(one[12]), one[13]);
    return {
      i, title: one[0], owner, name: owner.name, department: owner.department,
      manager: owner.manager, period: word(one[2]), status: one[3], claimed: one[4],
      differs: one[5], progress: one[6], expected: one[7], due: one[8], next: one[9],
      score: one[10], missing: one[11], cell, reason: one[14], lint: one[15],
      before: one[16], weight: one[17], moved: one[18], start: one[19],
      hay: fold(`${one[0]}\n${owner.name}\n${owner.department}\n${owner.manager}\n${cell}`),
    };
  });
  const lettersOf = (bits) => LETTERS.filter((_, n) => bits & (1 << n)).join("");

  // A table of any rows: sorted by its headings, one page of it in the document.
  const grids = [];
  const collators = {
    zh: new Intl.Collator("zh-Hans-CN", { numeric: true }),
    en: new Intl.Collator("en", { numeric: true }),
  };
  const compare = (a, b, descending) => {
    const none = (value) => value === null || value === "" || value === -1;
    if (none(a) || none(b)) return none(a) - none(b);
    const way = descending ? -1 : 1;
    return way * (typeof a === "number" ? a - b : collators[lang].compare(a, b));
  };
  const makeGrid = (id, columns, options) => {
    const holder = byId(id);
    if (!holder) return null;
    const grid = {
      id, rows: [], page: 0, sort: "", descending: false, size: options.size,
      open: new Set(), printing: false,
      sorted() {
        const column = columns.find((one) => one.name === grid.sort);
        if (!column) return grid.rows;
        const keyed = grid.rows.map((row) => [column.key(row), row]);
        return keyed.sort((a, b) => compare(a[0], b[0], grid.descending)).map((pair) => pair[1]);
      },
      draw() {
        const size = grid.printing ? ON_PAPER : grid.size;
        const pages = Math.max(1, Math.ceil(grid.rows.length / size));
        grid.page = Math.min(Math.max(grid.page, 0), pages - 1);
        if (!grid.rows.length) {
          holder.replaceChildren(el("p", { class: "empty" }, ui(options.empty || "nothing")));
          return;
        }
        const first = grid.page * size;
        const body = el("tbody");
        for (const row of grid.sorted().slice(first, first + size)) {
          body.append(drawRow(row));
          if (options.detail && grid.open.has(row.i)) body.append(drawDetail(row));
        }
        const table = el("table", null, el("thead", null, el("tr", null, ...columns.map(head))), body);
        table.setAttribute("aria-label", options.label ? options.label() : "");
        holder.replaceChildren(table, ...(pages > 1 ? [pager(pages)] : []));
      },
      show(rows) { grid.rows = rows; grid.draw(); },
      toggle(row) {
        if (!grid.open.delete(row.i)) grid.open.add(row.i);
        grid.draw();
        focusOn(`[data-row="${row.i}"]`);
      },
    };
    const focusOn = (selector) => {
      const found = holder.querySelector(selector);
      if (found) found.focus();
    };
    const head = (column) => {
      const name = ui(column.label);
      // Buttons are not painted in the heads that a printer repeats on each page.
      if (grid.printing) return el("th", { scope: "col", class: column.number ? "num" : column.class || null }, name);
      const sorted = grid.sort === column.name && (grid.descending ? "descending" : "ascending");
      const button = el("button", { type: "button", "data-sort": column.name, title: ui("sort", { name }) }, name);
      button.addEventListener("click", () => {
        grid.descending = grid.sort === column.name ? !grid.descending : Boolean(column.downFirst);
        grid.sort = column.name;
        grid.page = 0;
        grid.draw();
        focusOn(`[data-sort="${column.name}"]`);
        if (options.changed) options.changed();
      });
      return el("th", { scope: "col", class: column.number ? "num" : column.class || null, "aria-sort": sorted || null }, button);
    };
    const drawRow = (row) => el("tr", { class: "row" }, ...columns.map((column) =>
      el("td", { class: column.class || (column.number ? "num" : null), "data-label": ui(column.label) },
        ...[column.show(row, grid)].flat())));
    const drawDetail = (row) => el("tr", { class: "detail" },
      el("td", { colspan: columns.length }, ...options.detail(row)));
    const pager = (pages) => {
      const step = (by, name, sign, stop) => {
        const button = el("button", { type: "button", "aria-label": ui(name), disabled: stop }, sign);
        button.addEventListener("click", () => {
          grid.page += by;
          grid.draw();
          const again = all(".pages button", holder)[by < 0 ? 0 : 1];
          (again.disabled ? all(".pages button:enabled", holder)[0] : again).focus({ preventScroll: true });
          holder.scrollIntoView({ block: "start" });
          if (options.changed) options.changed();
        });
        return button;
      };
      return el("div", { class: "pages", role: "group", "aria-label": ui("page", { page: grid.page + 1, pages }) },
        step(-1, "previous", "‹", grid.page === 0),
        el("span", null, ui("page", { page: grid.page + 1, pages })),
        step(1, "following", "›", grid.page === pages - 1));
    };
    grids.push(grid);
    return grid;
  };

  const bar = (row) => {
    if (row.progress === null) return el("span", { class: "quiet" }, ui("no_figure"));
    const track = el("span", { class: "bar", "aria-hidden": "true" });
    const done = el("i", { class: row.status < 0 ? null : `f-${statusOf(row.status)[0]}` });
    done.style.width = `${Math.min(Math.max(row.progress, 0), 1) * 100}%`;
    track.append(done);
    if (row.expected !== undefined && row.expected !== null && row.expected > 0 && row.expected < 1) {
      const tick = el("b");
      tick.style.left = `${row.expected * 100}%`;
      track.append(tick);
    }
    return el("span", { class: "done" }, track, percent(row.progress));
  };
  const titled = (row, grid) => {
    const open = grid.open.has(row.i);
    const button = el("button", { type: "button", class: "open", "data-row": row.i, "aria-expanded": String(open) },
      words(row.title));
    button.addEventListener("click", () => grid.toggle(row));
    return [button, el("span", { class: "reason" }, sentence(row.reason))];
  };
  const fact = (name, ...shown) => el("div", null, el("dt", null, ui(name)), el("dd", null, ...shown));
  const detail = (row) => {
    const facts = [fact("progress", row.progress === null ? ui("no_figure") : percent(row.progress))];
    if (row.expected !== null) facts.push(fact("expected", percent(row.expected)));
    if (row.claimed >= 0) facts.push(fact("claimed", statusText(row.claimed)));
    if (row.before >= 0) facts.push(fact("before", statusText(row.before)));
    if (row.weight !== null) facts.push(fact("weight", percent(row.weight)));
    if (row.next) facts.push(fact("look", day(row.next)));
    facts.push(fact("cell", words(row.cell)));
    const parts = [el("dl", null, ...facts)];
    const list = (name, items) => {
      if (items.length) parts.push(el("b", null, ui(name)), el("ul", null, ...items));
    };
    list("moved", row.moved.map((one) => el("li", null, words(sentence(one)))));
    list("lint", row.lint.map((one) => {
      const rule = data.rules[one[0]];
      const item = el("li", null, `${rule[0]} ${rule[lang === "zh" ? 1 : 2]}`);
      if (one[1]) item.append(" — ", words(sentence(one[1])));
      if (one[COLUMNS]) item.append(" ", el("span", { class: "fix" }, ui("fix"), words(sentence(one[COLUMNS]))));
      return item;
    }));
    const step = data.steps[row.status];
    if (step) parts.push(el("p", { class: "ask" }, el("b", null, ui(data.kind === "employee" ? "step" : "ask")), " ", sentence(step)));
    return parts;
  };

  const some = (key) => goals.some((row) => row[key]);
  const goalColumns = [
    { name: "status", label: "status", key: (r) => r.status,
      show: (r) => [pill(r.status), r.differs ? el("span", { class: "flag" }, ui("differs")) : ""] },
    { name: "title", label: "goal", key: (r) => r.title, class: "main", show: titled },
    data.kind !== "employee" && { name: "person", label: "person", key: (r) => r.name, class: "short", show: (r) => words(r.name) },
    data.kind !== "employee" && some("department") &&
      { name: "dept", label: "department", key: (r) => r.department, class: "short", show: (r) => words(r.department) },
    some("manager") && { name: "manager", label: "manager", key: (r) => r.manager, class: "short", show: (r) => words(r.manager) },
    some("period") && { name: "period", label: "period", key: (r) => r.period, class: "date", show: (r) => words(r.period) },
    { name: "progress", label: "progress", key: (r) => r.progress, show: bar },
    { name: "due", label: "due", key: (r) => r.due, class: "date", show: (r) => day(r.due) },
    { name: "smart", label: "smart", key: (r) => r.score, class: "date",
      show: (r) => [`${r.score} `, el("span", { class: "letters" }, lettersOf(r.missing))] },
    { name: "cell", label: "cell", key: (r) => r.cell, class: "cell", show: (r) => words(r.cell) },
  ].filter(Boolean);
  const goalGrid = makeGrid("goals-grid", goalColumns, {
    size: 25, empty: "empty", detail, changed: () => remember(), label: () => ui("goal"),
  });

  const sumOf = (counts) => counts.reduce((a, b) => a + b, 0);
  const lateIn = (counts) => sumOf(counts.slice(0, data.attention));
  const strip = (row) => {
    if (!sumOf(row.counts)) return el("span", { class: "quiet" }, ui("no_goals"));
    const said = row.counts.map((n, s) => (n ? `${statusText(s)} ${n}` : "")).filter(Boolean).join(", ");
    const shown = el("span", { class: "strip", role: "img", "aria-label": said, title: said });
    row.counts.forEach((n, s) => {
      if (!n) return;
      const part = el("i", { class: `f-${statusOf(s)[0]}` });
      part.style.flex = `${n} 1 0`;
      shown.append(part);
    });
    return shown;
  };
  const weights = (row) => row.weights.flatMap(([period, total]) => {
    const off = Math.abs(total - 1) > 0.005;
    const text = `${off ? "△ " : ""}${percent(total)}${word(period) ? ` · ${word(period)}` : ""}`;
    return [el("span", { class: off ? "sum flag" : "sum quiet" }, text)];
  });
  const personColumns = [
    { name: "name", label: "person", key: (r) => r.name, class: "first", show: (r, grid) => {
      const button = el("button", { type: "button", class: "link", title: ui("goals_of", { name: r.name }) }, words(r.name));
      button.addEventListener("click", () => go(`q=${encodeURIComponent(r.name)}`));
      const open = grid.open.has(r.i);
      const lines = sumOf(r.counts) ? el("button", { type: "button", class: "open", "data-row": r.i, "aria-expanded": String(open), "aria-label": ui("timeline", { name: r.name }), title: ui("timeline", { name: r.name }) }) : "";
      if (lines) lines.addEventListener("click", () => grid.toggle(r));
      return [lines, button, r.position ? el("span", { class: "quiet" }, " ", words(r.position)) : ""];
    } },
    people.some((p) => p.department) && { name: "dept", label: "department", key: (r) => r.department, class: "short", show: (r) => words(r.department) },
    people.some((p) => p.manager) && { name: "manager", label: "manager", key: (r) => r.manager, class: "short", show: (r) => words(r.manager) },
    { name: "status", label: "status", key: (r) => r.status, show: (r) => (r.status < 0 ? "" : pill(r.status)) },
    { name: "late", label: "by_status", key: (r) => lateIn(r.counts), downFirst: true, show: strip },
    { name: "n", label: "goals", key: (r) => sumOf(r.counts), number: true, downFirst: true, show: (r) => number(sumOf(r.counts)) },
    { name: "progress", label: "progress", key: (r) => r.progress, show: bar },
    people.some((p) => p.weights.length) && { name: "weights", label: "weights", key: (r) => (r.weights.length ? Math.max(...r.weights.map((w) => Math.abs(w[1] - 1))) : null),
      downFirst: true, show: weights },
  ].filter(Boolean);
  // One person's goals from start to due, side by side, with today across them.
  const ofOwner = new Map();
  goals.forEach((row) => { if (!ofOwner.has(row.owner)) ofOwner.set(row.owner, []); ofOwner.get(row.owner).push(row); });
  const DAY = 86400000;
  const dayNumber = (iso) => Date.parse(iso) / DAY;
  const timeline = (person) => {
    const now = dayNumber(data.today);
    const own = (ofOwner.get(person) || []).filter((row) => row.due);
    if (!own.length) return [el("p", { class: "quiet" }, ui("no_dates"))];
    const spans = own.map((row) => [row.start === null ? dayNumber(row.due) - 30 : now + row.start, dayNumber(row.due), row]);
    const first = Math.min(now, ...spans.map((one) => one[0]));
    const last = Math.max(now, ...spans.map((one) => one[1]));
    const at = (n) => `${((n - first) / Math.max(last - first, 1)) * 100}%`;
    const list = el("ul", { class: "timeline" });
    for (const [from, to, row] of spans.sort((a, b) => a[1] - b[1])) {
      const track = el("span", { class: "track", "aria-hidden": "true" });
      const bar = el("i", { class: `f-${statusOf(row.status)[0]}${row.start === null ? " open-start" : ""}` });
      bar.style.left = at(from);
      bar.style.width = `max(3px, ${((to - from) / Math.max(last - first, 1)) * 100}%)`;
      const mark = el("b");
      mark.style.left = at(now);
      track.append(bar, mark);
      list.append(el("li", null, words(row.title), track, el("span", { class: "quiet" }, `${statusText(row.status)} · ${day(row.due)}`)));
    }
    return [list];
  };
  const personGrid = makeGrid("people-grid", personColumns, { size: 15, label: () => ui("person"), detail: timeline });

  const LEVELS = ["error", "warning", "info"];
  const findingGrid = makeGrid("findings-grid", [
    { name: "level", label: "level", key: (r) => r.one[1], show: (r) => ui(LEVELS[r.one[1]]) },
    { name: "cell", label: "cell", key: (r) => cellOf(word(r.one[2]), r.one[3]), class: "cell", show: (r) => words(cellOf(word(r.one[2]), r.one[3])) },
    { name: "code", label: "rule", key: (r) => r.one[0], show: (r) => el("span", { class: "code" }, r.one[0]) },
    { name: "what", label: "what", key: (r) => fill(r.one[4]), class: "main",
      show: (r) => [words(sentence(r.one[4])), el("span", { class: "reason" }, ui("fix"), sentence(r.one[5]))] },
  ], { size: 15 });
  const actionGrid = makeGrid("actions-grid", [
    { name: "action", label: "action", key: (r) => r.one[0], class: "main",
      show: (r) => [words(r.one[0]), r.one[1] ? el("span", { class: "reason" }, r.one[1]) : ""] },
    { name: "owner", label: "owner", key: (r) => word(r.one[2]), show: (r) => words(word(r.one[2])) },
    { name: "due", label: "due", key: (r) => r.one[3], class: "date",
      show: (r) => [day(r.one[3]), r.one[4] ? el("span", { class: "flag" }, "△") : ""] },
    { name: "known", label: "known", key: (r) => fill(r.one[6]), show: (r) => sentence(r.one[6]) },
    { name: "cell", label: "cell", key: (r) => cellOf(word(r.one[7]), r.one[8]), class: "cell", show: (r) => words(cellOf(word(r.one[7]), r.one[8])) },
  ], { size: 12 });
  const talkGrid = makeGrid("talks-grid", [
    { name: "person", label: "person", key: (r) => word(r.one[0]), class: "first", show: (r) => words(word(r.one[0])) },
    { name: "last", label: "last", key: (r) => r.one[1], class: "date", show: (r) => day(r.one[1]) || ui("never") },
    { name: "next", label: "next", key: (r) => r.one[2], class: "date", show: (r) => day(r.one[2]) },
    { name: "due", label: "talk_due", key: (r) => r.one[3], class: "date",
      show: (r) => [day(r.one[3]), r.one[3] && r.one[3] < data.today ? el("span", { class: "flag" }, "△") : ""] },
    { name: "missed", label: "missed", key: (r) => r.one[4], number: true, downFirst: true, show: (r) => (r.one[4] ? ui("times", { n: r.one[4] }) : "") },
  ], { size: 12 });

  const gap = (n) => (n === null ? "" : `${n > 0 ? "+" : n < 0 ? "−" : ""}${Math.abs(n)}`);
  const plain = (n) => (n === null ? "" : number(n));
  const whose = { name: "person", label: "person", key: (r) => word(r.one[0]), class: "first", show: (r) => words(word(r.one[0])) };
  const cycle = { name: "period", label: "period", key: (r) => word(r.one[1]), class: "short", show: (r) => words(word(r.one[1])) };
  const figure = (name, at, show) =>
    ({ name, label: name, key: (r) => r.one[at], number: true, downFirst: true, show: (r) => show(r.one[at]) });
  const markGrid = makeGrid("marks-grid", [
    whose, cycle, figure("own_mark", 2, plain), figure("manager_mark", 3, plain), figure("final_mark", 4, plain),
    { name: "grade", label: "grade", key: (r) => word(r.one[5]), show: (r) => words(word(r.one[5])) },
    figure("gap", 6, gap),
    data.marks.some((one) => one[7] !== null) && figure("composite", 7, percent),
  ].filter(Boolean), { size: 12 });
  const kpiGrid = makeGrid("kpi-grid", [
    whose, cycle, figure("score", 2, (n) => (n === null ? el("span", { class: "quiet" }, ui("too_little")) : number(n))),
    figure("coverage", 3, percent),
    { name: "scored", label: "scored", key: (r) => r.one[4], number: true, show: (r) => `${r.one[4]} / ${r.one[5]}` },
  ], { size: 12 });
  const feedbackGrid = makeGrid("feedback-grid", [
    whose, cycle, figure("others_view", 2, percent), figure("gap", 3, gap),
    { name: "groups", label: "groups", key: (r) => r.one[4].filter((g) => g[1] === null).length, class: "main", downFirst: true,
      show: (r) => r.one[4].flatMap((g, n) => [n ? " · " : "", words(fill(g[0])), " ",
        g[1] === null ? el("span", { class: "quiet" }, ui("too_few")) : el("b", null, String(g[1]))]) },
  ], { size: 12 });

  // Filters.
  const form = byId("filters");
  const picked = { status: new Set(), letter: new Set() };
  const SELECTS = { dept: "department", manager: "manager", period: "period" };
  const NONE = "\u2205";
  const chosen = (name) => form.elements[name].value;
  const tests = {
    q: () => {
      const parts = fold(chosen("q")).split(/\s+/).filter(Boolean);
      return parts.length ? (row) => parts.every((part) => row.hay.includes(part)) : null;
    },
    differs: () => (form.elements.differs.checked ? (row) => row.differs : null),
    status: () => (picked.status.size ? (row) => picked.status.has(statusOf(row.status)[0]) : null),
    letter: () => (picked.letter.size
      ? (row) => LETTERS.some((letter, n) => picked.letter.has(letter) && row.missing & (1 << n)) : null),
  };
  for (const [name, key] of Object.entries(SELECTS)) {
    tests[name] = () => {
      const value = chosen(name);
      return value ? (row) => (row[key] || NONE) === value : null;
    };
  }
  const filter = () => {
    const active = Object.entries(tests).map(([name, make]) => [name, make()]).filter((pair) => pair[1]);
    const counts = { status: {}, letter: {} };
    const kept = goals.filter((row) => {
      let failed = 0;
      let by = "";
      for (const [name, test] of active) if (!test(row)) { failed += 1; by = name; if (failed > 1) return false; }
      // A chip counts what would be there if it alone were chosen of its kind.
      if (!failed || by === "status") {
        const name = statusOf(row.status)[0];
        counts.status[name] = (counts.status[name] || 0) + 1;
      }
      if (!failed || by === "letter") LETTERS.forEach((letter, n) => {
        if (row.missing & (1 << n)) counts.letter[letter] = (counts.letter[letter] || 0) + 1;
      });
      return !failed;
    });
    for (const kind of ["status", "letter"]) all(`[data-chip="${kind}"]`).forEach((chip) => {
      const n = counts[kind][chip.value] || 0;
      const on = picked[kind].has(chip.value);
      chip.lastChild.textContent = ` ${number(n)}`;
      chip.setAttribute("aria-pressed", String(on));
      chip.disabled = !n && !on;
    });
    goalGrid.show(kept);
    byId("count").textContent = ui("shown", { n: number(kept.length), all: number(goals.length) });
  };
  const chip = (kind, value, shown) => {
    const made = el("button", { type: "button", "data-chip": kind, value, "aria-pressed": "false" }, shown, el("span", null, " "));
    made.addEventListener("click", () => {
      if (!picked[kind].delete(value)) picked[kind].add(value);
      refine();
    });
    return made;
  };
  const fillChoices = () => {
    for (const [name, key] of Object.entries(SELECTS)) {
      const select = form.elements[name];
      const value = select.value;
      const values = [...new Set(goals.map((row) => row[key] || NONE))].sort((a, b) => collators[lang].compare(a, b));
      select.replaceChildren(el("option", { value: "" }, ui("all")),
        ...values.map((one) => el("option", { value: one }, one === NONE ? ui("none") : one)));
      select.value = value;
      select.closest("label").hidden = values.length < 2;
    }
    byId("statuses").replaceChildren(...data.statuses.map((one, n) => n)
      .filter((n) => goals.some((row) => row.status === n)).map((n) => chip("status", statusOf(n)[0], statusText(n))));
    byId("letters").replaceChildren(...LETTERS.map((letter) => chip("letter", letter, letter)));
  };
  const refine = () => { goalGrid.page = 0; filter(); remember(); };

  // What the reader chose lives in the address, so that it can be sent and gone back to.
  let section = "";
  let theme = "";
  const remember = () => {
    const kept = new URLSearchParams();
    for (const name of ["q", ...Object.keys(SELECTS)]) if (chosen(name)) kept.set(name, chosen(name));
    for (const kind of ["status", "letter"]) if (picked[kind].size) kept.set(kind, [...picked[kind]].join(","));
    if (form.elements.differs.checked) kept.set("differs", "1");
    if (goalGrid.sort) kept.set("sort", (goalGrid.descending ? "-" : "") + goalGrid.sort);
    if (goalGrid.page) kept.set("page", String(goalGrid.page + 1));
    if (lang !== firstLang) kept.set("lang", lang);
    if (theme) kept.set("theme", theme);
    const query = kept.toString();
    const hash = `#${section}${query ? `?${query}` : ""}`;
    if (hash === (location.hash || "#")) return;
    try { history.replaceState(null, "", hash); } catch { location.hash = hash; }
  };
  const recall = () => {
    const [name, query] = location.hash.slice(1).split("?");
    const kept = new URLSearchParams(query || "");
    section = byId(name) ? name : "";
    form.elements.q.value = kept.get("q") || "";
    form.elements.differs.checked = kept.has("differs");
    for (const kind of ["status", "letter"]) {
      picked[kind] = new Set((kept.get(kind) || "").split(",").filter(Boolean));
    }
    const sort = kept.get("sort") || "";
    goalGrid.sort = sort.replace(/^-/, "");
    goalGrid.descending = sort.startsWith("-");
    goalGrid.page = Math.max(0, (parseInt(kept.get("page"), 10) || 1) - 1);
    dress(["light", "dark"].includes(kept.get("theme")) ? kept.get("theme") : "");
    speak(["zh", "en"].includes(kept.get("lang")) ? kept.get("lang") : firstLang, kept);
    if (section && query !== undefined) byId(section).scrollIntoView();
  };
  const go = (query) => {
    const kept = new URLSearchParams(query);
    if (lang !== firstLang) kept.set("lang", lang);
    if (theme) kept.set("theme", theme);
    try { history.pushState(null, "", `#goals?${kept}`); recall(); } catch { location.hash = `goals?${kept}`; }
    byId("goals-h").focus({ preventScroll: true });
  };

  const dress = (wanted) => {
    theme = wanted;
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    all("[data-theme-set]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.themeSet === theme)));
  };
  const speak = (wanted, kept) => {
    lang = wanted;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    root.dataset.lang = lang;
    document.title = ui("title");
    all("[data-speak]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.speak === lang)));
    all("[data-aria-zh]").forEach((one) =>
      one.setAttribute("aria-label", one.getAttribute(`data-aria-${lang}`)));
    all("[data-ph-zh]").forEach((one) => { one.placeholder = one.getAttribute(`data-ph-${lang}`); });
    fillChoices();
    if (kept) for (const name of Object.keys(SELECTS)) form.elements[name].value = kept.get(name) || "";
    filter();
    grids.forEach((grid) => { if (grid !== goalGrid) grid.draw(); });
  };

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // Typing goes on while the rows are drawn: wait for a pause, not for a key.
    waiting = setTimeout(refine, event.target.type === "search" ? 90 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of ["q", ...Object.keys(SELECTS)]) form.elements[name].value = "";
    form.elements.differs.checked = false;
    picked.status.clear();
    picked.letter.clear();
    refine();
    form.elements.q.focus();
  });
  all("[data-speak]").forEach((one) => one.addEventListener("click", () => { speak(one.dataset.speak); remember(); }));
  all("[data-theme-set]").forEach((one) => one.addEventListener("click", () => { dress(one.dataset.themeSet); remember(); }));
  all("[data-go]").forEach((one) => one.addEventListener("click", () => go(one.dataset.go)));
  all(".sections a, .skip").forEach((one) => one.addEventListener("click", (event) => {
    event.preventDefault();
    section = one.getAttribute("href").slice(1);
    remember();
    byId(section).scrollIntoView();
    byId(`${section}-h`).focus({ preventScroll: true });
  }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("goals").scrollIntoView();
      form.elements.q.focus({ preventScroll: true });
      form.elements.q.select();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.classList || !event.target.classList.contains("open")) return;
    const rows = all("#goals-grid .open");
    const next = rows[rows.indexOf(event.target) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  window.addEventListener("hashchange", recall);
  window.addEventListener("popstate", recall);
  const print = (on) => grids.forEach((grid) => { grid.printing = on; grid.draw(); });
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));

  if ("IntersectionObserver" in window) {
    const links = new Map(all(".sections a").map((one) => [one.getAttribute("href").slice(1), one]));
    const watcher = new IntersectionObserver((entries) => entries.forEach((entry) => {
      if (!entry.isIntersecting) return;
      links.forEach((one, name) => one.setAttribute("aria-current", String(name === entry.target.id)));
    }), { rootMargin: "-30% 0px -65% 0px" });
    links.forEach((_, name) => watcher.observe(byId(name)));
  }

  const rowsOf = (list) => list.map((one, i) => ({ i, one }));
  const listed = people.filter((one) => one.listed);
  if (personGrid) { personGrid.sort = "late"; personGrid.descending = true; personGrid.rows = listed; }
  if (findingGrid) findingGrid.rows = rowsOf(data.findings);
  if (actionGrid) actionGrid.rows = rowsOf(data.actions);
  if (talkGrid) talkGrid.rows = rowsOf(data.talks);
  if (markGrid) markGrid.rows = rowsOf(data.marks);
  if (kpiGrid) kpiGrid.rows = rowsOf(data.kpis);
  if (feedbackGrid) feedbackGrid.rows = rowsOf(data.feedback);
  // The most pressing first, then the nearest date; every other order keeps this within.
  goals.sort((a, b) => a.status - b.status || (a.due || "9").localeCompare(b.due || "9") || a.i - b.i);
  recall();
  root.dataset.ready = "true";
})();
