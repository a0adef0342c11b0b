"use strict";
(() => {
  const letters = JSON.parse(document.getElementById("letters").textContent);
  const frame = document.getElementById("frame");
  const plain = document.getElementById("plain");
  const missing = document.getElementById("missing");
  const rows = Array.from(document.querySelectorAll("[data-file]"));
  const buttons = (name) => Array.from(document.querySelectorAll(`[data-${name}]`));
  let view = "html";
  let current = null;

  // Each letter stays inside the frame: no script, no form, no way up. Without scripts
  // "allow-same-origin" gives it nothing; it spares the frame a process of its own, which
  // some browsers leave unpainted when it is large.
  const show = (row) => {
    current = row;
    rows.forEach((one) => one.setAttribute("aria-current", String(one === row)));
    const letter = letters[row.dataset.file];
    frame.srcdoc = letter ? letter.html : "";
    frame.title = row.dataset.subject;
    plain.textContent = letter ? letter.text : "";
    plain.lang = row.dataset.lang === "zh" ? "zh-CN" : "en";
    missing.hidden = Boolean(letter);
    arrange();
  };

  const arrange = () => {
    const letter = current && letters[current.dataset.file];
    frame.hidden = !letter || view === "text";
    plain.hidden = !letter || view === "html";
    document.getElementById("stage").dataset.view = view;
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
    const wanted = document.querySelector("[data-audience-filter][aria-pressed=true]");
    const kind = wanted ? wanted.dataset.audienceFilter : "";
    const words = document.getElementById("find").value.trim().toLowerCase();
    rows.forEach((row) => {
      const fits = (!kind || row.dataset.audience === kind) &&
        (!words || row.textContent.toLowerCase().includes(words));
      row.parentElement.hidden = !fits;
    });
  };

  rows.forEach((row) => row.addEventListener("click", () => show(row)));
  buttons("view").filter((one) => one.tagName === "BUTTON").forEach((one) =>
    one.addEventListener("click", () => { view = one.dataset.view; arrange(); }));
  buttons("speak").forEach((one) =>
    one.addEventListener("click", () => speak(one.dataset.speak)));
  buttons("audience-filter").forEach((one) => one.addEventListener("click", () => {
    buttons("audience-filter").forEach((other) =>
      other.setAttribute("aria-pressed", String(other === one)));
    filter();
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
