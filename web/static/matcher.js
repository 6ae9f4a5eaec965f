// Comfort for the pages: every page also works without it.
"use strict";

/* Charts: drawn only when they come into view, with vega's own interpreter instead of eval. */
const chartScript = document.documentElement.dataset.charts;
let chartLibrary;

function loadChartLibrary() {
  chartLibrary ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = chartScript;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return chartLibrary;
}

function inkColours() {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim();
  const line = style.getPropertyValue("--hairline").trim();
  return {
    axis: { labelColor: ink, titleColor: ink, gridColor: line },
    legend: { labelColor: ink, titleColor: ink },
    text: { color: ink },
  };
}

async function drawChart(element) {
  const waiting = element.querySelector("[data-wait]");
  if (waiting) waiting.textContent = waiting.dataset.wait;
  const [response] = await Promise.all([fetch(element.dataset.chart), loadChartLibrary()]);
  if (!response.ok) return;
  const drawing = await response.json();
  drawing.width = "container";
  if (typeof drawing.height === "number") drawing.height = Math.round(element.clientWidth * 0.66);
  const place = document.createElement("div");
  place.className = "chart-place";
  element.replaceChildren(place);
  element.classList.add("is-drawn");
  await window.vegaEmbed(place, drawing, {
    ast: true,
    actions: false,
    renderer: "canvas",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    config: inkColours(),
  });
}

const charts = document.querySelectorAll("[data-chart]");
if (charts.length) {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        seen.unobserve(entry.target);
        drawChart(entry.target);
      }
    }
  }, { rootMargin: "200px" });
  charts.forEach((chart) => seen.observe(chart));
}

/* Figures in the page's language. */
const language = document.documentElement.lang;
const readFigure = (text) => Number(language === "de" ? text.trim().replace(",", ".") : text.trim());
const writeFigure = (tenths) => {
  const text = String(tenths / 10);
  return language === "de" ? text.replace(".", ",") : text;
};

/* Worths always share 1000 tenths: the others give or take in proportion. */
function shareRest(fields, moved) {
  const tenths = fields.map((field) => Math.max(0, Math.round(readFigure(field.value) * 10) || 0));
  const at = fields.indexOf(moved);
  tenths[at] = Math.min(1000, tenths[at]);
  const rest = 1000 - tenths[at];
  const others = tenths.reduce((sum, value, i) => (i === at ? sum : sum + value), 0);
  const exact = tenths.map((value, i) => (i === at ? value : others ? (value * rest) / others : rest / (fields.length - 1)));
  const shared = exact.map((value, i) => (i === at ? value : Math.floor(value)));
  const order = exact.map((_, i) => i).filter((i) => i !== at)
    .sort((a, b) => (exact[b] - shared[b]) - (exact[a] - shared[a]) || a - b);
  const missing = fields.length === 1 ? 0 : 1000 - shared.reduce((sum, value) => sum + value, 0);
  order.slice(0, missing).forEach((i) => { shared[i] += 1; });
  fields.forEach((field, i) => { if (i !== at) field.value = writeFigure(shared[i]); });
}

function addSliders(form, changed) {
  const fields = [...form.querySelectorAll("input[name$='-worth']")];
  const sliders = fields.map((field) => {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: 100, step: 0.5, className: "slider" });
    slider.setAttribute("aria-label", field.labels[0].textContent.trim());
    field.before(slider);
    field.parentElement.classList.add("has-slider");
    return slider;
  });
  const show = () => fields.forEach((field, i) => { sliders[i].value = readFigure(field.value); });
  show();
  fields.forEach((field, i) => {
    sliders[i].addEventListener("input", () => {
      field.value = writeFigure(Math.round(sliders[i].value * 10));
      shareRest(fields, field);
      show();
      changed();
    });
    field.addEventListener("change", () => {
      if (Number.isFinite(readFigure(field.value)) && field.value.trim()) {
        shareRest(fields, field);
        show();
      }
      changed();
    });
  });
}

/* On the result page a moved worth ranks again at once; what takes longer is fetched after it, with the page. */
const worths = document.querySelector("form[data-worths]");
if (worths) {
  const ranking = document.getElementById("ranking");
  const state = worths.querySelector("[data-state]");
  const parts = [...document.querySelectorAll("[data-refresh]")];
  const mark = (isBusy, isStale) => parts.forEach((part) => {
    part.setAttribute("aria-busy", String(isBusy));
    part.classList.toggle("is-stale", isStale);
  });
  let timer;
  let request;
  let isSending = false;
  let isMovedMeanwhile = false;
  const refresh = async (signal, leader) => {
    state.textContent = `${leader} ${worths.dataset.refreshing}`;
    mark(true, true);
    try {
      const response = await fetch(location.pathname + location.search, { signal });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of parts) part.replaceChildren(...page.getElementById(part.id).childNodes);
      for (const place of ranking.querySelectorAll("[data-stability]")) {
        const found = page.querySelector(`[data-stability="${CSS.escape(place.dataset.stability)}"]`);
        place.textContent = found?.textContent ?? "";
      }
      mark(false, false);
      state.textContent = `${leader} ${worths.dataset.refreshed}`;
    } catch (error) {
      if (error.name === "AbortError") return;
      mark(false, true);
      for (const part of parts) {
        const notice = document.createElement("p");
        notice.className = "notice";
        notice.textContent = worths.dataset.outdated;
        part.querySelector(".notice")?.remove();
        part.querySelector("h2").after(notice);
      }
      state.textContent = `${leader} ${worths.dataset.outdated}`;
    }
  };
  /* One request after the other: two under way could reach the server in the wrong order, and the older would stay. */
  const rankAgain = async () => {
    if (isSending) {
      isMovedMeanwhile = true;
      return;
    }
    isSending = true;
    request?.abort();
    const mine = new AbortController();
    request = mine;
    ranking.setAttribute("aria-busy", "true");
    const opened = [...ranking.querySelectorAll("details[open]")].map((item) => item.dataset.location);
    const ticked = [...ranking.querySelectorAll("input[name='location']:checked")].map((box) => box.value);
    try {
      const response = await fetch(worths.action + location.search, {
        method: "POST",
        body: new FormData(worths),
        headers: { "X-Requested-With": "fetch" },
      });
      const text = await response.text();
      if (!response.ok) {
        state.textContent = response.status === 422 ? text : "";
        if (response.status !== 422) location.reload();
        return;
      }
      ranking.innerHTML = text;
      for (const id of opened) ranking.querySelector(`details[data-location="${CSS.escape(id)}"]`)?.setAttribute("open", "");
      for (const id of ticked) {
        const box = ranking.querySelector(`input[name='location'][value="${CSS.escape(id)}"]`);
        if (box) box.checked = true;
      }
      document.querySelectorAll("[data-chart].is-drawn").forEach(drawChart);
      refresh(mine.signal, ranking.querySelector("[data-leader]")?.textContent ?? "");
    } finally {
      isSending = false;
      if (isMovedMeanwhile) {
        isMovedMeanwhile = false;
        rankAgain();
      } else {
        ranking.setAttribute("aria-busy", "false");
      }
    }
  };
  worths.querySelector("[data-replaced]").hidden = true;
  addSliders(worths, () => {
    state.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(rankAgain, 120);
  });
}

const needs = document.querySelector("form.needs-form");
if (needs) addSliders(needs, () => {});

/* A choice that sends its form by itself; its button is then not needed. */
document.querySelectorAll("select[data-submits]").forEach((select) => {
  select.form.querySelector("button").hidden = true;
  select.addEventListener("change", () => select.form.requestSubmit());
});

/* A file dropped on the form is chosen in its file field. */
const drop = document.querySelector("[data-drop]");
if (drop) {
  const input = drop.querySelector("input[type='file']");
  const name = drop.querySelector("[data-file-name]");
  const showName = () => { name.textContent = input.files[0]?.name ?? ""; };
  input.addEventListener("change", showName);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("is-over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; showName(); }
  });
}

/* A page that waits for work in the background looks again by itself, and only what has changed is said anew. */
const waiting = document.querySelector("[data-waits]");
if (waiting) {
  waiting.hidden = true;
  const lookAgain = async () => {
    const response = await fetch(location.href).catch(() => null);
    if (response?.ok) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.querySelector("[data-waits]")) {
        location.replace(response.url);
        return;
      }
      const told = page.querySelector("main [role='status']");
      const shown = document.querySelector("main [role='status']");
      if (told.textContent !== shown.textContent) shown.replaceChildren(...told.childNodes);
    }
    setTimeout(lookAgain, waiting.dataset.waits * 1000);
  };
  setTimeout(lookAgain, waiting.dataset.waits * 1000);
}

/* While a form is on its way its button says so and cannot be pressed twice. */
document.querySelectorAll("form[data-slow]").forEach((form) => {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.primary");
    button.setAttribute("aria-busy", "true");
    setTimeout(() => { button.disabled = true; }, 0);
  });
});
addEventListener("pageshow", () => {
  document.querySelectorAll("button[aria-busy]").forEach((button) => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  });
});
