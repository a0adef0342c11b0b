"use strict";
(() => {
  const letters = JSON.parse(document.getElementById("letters").textContent);
  const frame = document.getElementById("frame");
  const plain = document.getElementById("plain");
  const missing = document.getElementById("missing");
  const rows = Array.from(document.querySelectorAll("[data-file]"));
  const buttons = (name) => Array.from(document.querySelectorAll(`[data-${name}]`));
  let view = "html";
  let scheme = "light";
  let current = null;

  // Each letter stays inside the frame: no script, no form, no way up. Without scripts
  // "allow-same-origin" gives it nothing; it spares the frame a process of its own, which
  // some browsers leave unpainted when it is large.
  // The switch stands in for the reader's screen, whatever this one is set to.
  const inScheme = (html) =>
    html.replace("(prefers-color-scheme: dark)", scheme === "dark" ? "all" : "not all");

  const show = (row) => {
    current = row;
    rows.forEach((one) => one.setAttribute("aria-current", String(one === row)));
    const letter = letters[row.dataset.file];
    frame.srcdoc = letter ? inScheme(letter.html) : "";
    frame.title = row.dataset.subject;
    plain.textContent = letter ? letter.text : "";
    plain.lang = row.dataset.htmlLang;
    missing.hidden = Boolean(letter);
    arrange();
  };

  const arrange = () => {
    const letter = current && letters[current.dataset.file];
    const textOnly = letter && !letter.html;
    frame.hidden = !letter || textOnly || view === "text";
    plain.hidden = !letter || (view === "html" && !textOnly);
    const stage = document.getElementById("stage");
    stage.dataset.view = view;
    stage.dataset.scheme = scheme;
    buttons("scheme").filter((one) => one.tagName === "BUTTON").forEach((one) =>
      one.setAttribute("aria-pressed", String(one.dataset.scheme === scheme)));
    buttons("view").forEach((one) =>
      one.setAttribute("aria-pressed", String(one.dataset.view === view)));
  };

  const speak = (lang) => {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.querySelectorAll("[data-zh]").forEach((one) => {
      one.textContent = one.dataset[lang];
    });
    buttons("speak").forEach((one) =>
      one.setAttribute("aria-pressed", String(one.dataset.speak === lang)));
  };

  const filter = () => {
    const pressed = (name) =>
      document.querySelector(`[data-${name}][aria-pressed=true]`);
    const kind = pressed("audience-filter")?.dataset.audienceFilter ?? "";
    const lang = pressed("letter-lang")?.dataset.letterLang ?? "";
    const words = document.getElementById("find").value.trim().toLowerCase();
    rows.forEach((row) => {
      const fits = (!kind || row.dataset.audience === kind) &&
        (!lang || row.dataset.lang === lang) &&
        (!words || row.textContent.toLowerCase().includes(words));
      row.parentElement.hidden = !fits;
    });
  };

  rows.forEach((row) => row.addEventListener("click", () => show(row)));
  buttons("view").filter((one) => one.tagName === "BUTTON").forEach((one) =>
    one.addEventListener("click", () => { view = one.dataset.view; arrange(); }));
  buttons("speak").forEach((one) =>
    one.addEventListener("click", () => speak(one.dataset.speak)));
  ["audience-filter", "letter-lang"].forEach((name) => {
    buttons(name).forEach((one) => one.addEventListener("click", () => {
      buttons(name).forEach((other) =>
        other.setAttribute("aria-pressed", String(other === one)));
      filter();
    }));
  });
  buttons("scheme").filter((one) => one.tagName === "BUTTON").forEach((one) =>
    one.addEventListener("click", () => {
      scheme = one.dataset.scheme;
      if (current) show(current);
    }));
  document.getElementById("find").addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.target.tagName === "INPUT") return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!step) return;
    const visible = rows.filter((row) => !row.parentElement.hidden);
    const next = visible[visible.indexOf(current) + step];
    if (next) { event.preventDefault(); next.focus(); show(next); }
  });

  speak((navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en");
  if (rows.length) show(rows[0]);
})();
