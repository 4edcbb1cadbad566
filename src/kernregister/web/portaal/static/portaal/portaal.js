// What the portal adds to plain pages: nothing here is needed to do the work.
"use strict";
(() => {
  const NA = 200; // milliseconds: what is ready sooner needs no sign of waiting
  const pagina = document.documentElement;
  const bericht = () => document.getElementById("kr-bericht");
  const knoppen = (formulier) =>
    [...formulier.elements].filter((knop) => knop.matches("button:not([type=button]), input[type=submit]"));
  let lopend = 0;

  const begin = (plek) => {
    let gestart = false;
    lopend += 1;
    const klok = setTimeout(() => {
      gestart = true;
      pagina.classList.add("kr-bezig");
      plek?.setAttribute("aria-busy", "true");
      if (bericht()) bericht().textContent = bericht().dataset.bezig;
    }, NA);
    let klaar = false;
    return () => {
      if (klaar) return;
      klaar = true;
      clearTimeout(klok);
      lopend -= 1;
      if (gestart) plek?.removeAttribute("aria-busy");
      if (lopend) return;
      pagina.classList.remove("kr-bezig");
      if (bericht()?.textContent === bericht()?.dataset.bezig) bericht().textContent = "";
    };
  };

  // Pages: a form is sent once, and the browser's own waiting is shown when it takes long.
  const bezig = new Map();
  const vrij = (wat) => {
    bezig.get(wat)?.();
    bezig.delete(wat);
    if (wat instanceof HTMLFormElement) knoppen(wat).forEach((knop) => knop.removeAttribute("aria-disabled"));
  };
  addEventListener("submit", (gebeurtenis) => {
    const formulier = gebeurtenis.target;
    if (gebeurtenis.defaultPrevented) return;
    if (bezig.has(formulier)) return gebeurtenis.preventDefault();
    bezig.set(formulier, begin(document.querySelector("main")));
    setTimeout(() => bezig.has(formulier) && knoppen(formulier).forEach((knop) => knop.setAttribute("aria-disabled", "true")), NA);
    // An answer that is a file leaves the page as it is; nothing tells that it came.
    setTimeout(() => vrij(formulier), "bestand" in formulier.dataset ? 2000 : 30000);
  });
  addEventListener("click", (gebeurtenis) => {
    const link = gebeurtenis.target.closest?.("a[href]");
    const elders = gebeurtenis.metaKey || gebeurtenis.ctrlKey || gebeurtenis.shiftKey || gebeurtenis.button;
    if (!link || elders || gebeurtenis.defaultPrevented || link.target || link.origin !== location.origin) return;
    if (link.hasAttribute("download") || link.href.split("#")[0] === location.href.split("#")[0]) return;
    bezig.set(link, begin(document.querySelector("main")));
    setTimeout(() => vrij(link), 10000);
  });
  addEventListener("pageshow", (gebeurtenis) => gebeurtenis.persisted && [...bezig.keys()].forEach(vrij));

  // Parts of pages: whoever asked for one sees that it is on its way; what comes by itself stays quiet.
  const gevraagd = new WeakMap();
  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    if (detail.requestConfig.triggeringEvent?.isTrusted) gevraagd.set(detail.xhr, begin(detail.target));
  });
  const mislukt = ({ detail }) => {
    if (gevraagd.has(detail.xhr) && bericht()) bericht().textContent = bericht().dataset.weg;
  };
  document.addEventListener("htmx:responseError", mislukt);
  document.addEventListener("htmx:sendError", mislukt);
  document.addEventListener("htmx:afterRequest", ({ detail }) => gevraagd.get(detail.xhr)?.());

  // What was open stays open and what was in sight stays in sight when a part is replaced.
  const ankers = () => [...document.querySelectorAll("main [id]")];
  let plaats = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap || detail.requestConfig?.triggeringEvent?.isTrusted) return;
    const open = ankers().filter((een) => een.matches("details[open]")).map((een) => een.id);
    const focus = document.activeElement;
    const anker = focus?.id && focus !== document.body ? focus : ankers().find((een) => een.getBoundingClientRect().top >= 0);
    plaats = { open, focus: focus?.id, anker: anker?.id, hoogte: anker?.getBoundingClientRect().top };
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!plaats) return;
    const { open, focus, anker, hoogte } = plaats;
    plaats = null;
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (focus && document.activeElement === document.body) document.getElementById(focus)?.focus({ preventScroll: true });
    const nu = anker && document.getElementById(anker);
    if (nu && scrollY > 0) scrollBy({ top: nu.getBoundingClientRect().top - hoogte, behavior: "instant" });
  });

  // A form that came back with faults: begin at what is wrong.
  const naarFouten = (binnen) => binnen.querySelector(".kr-foutenlijst")?.focus();
  naarFouten(document);
  document.addEventListener("htmx:afterSettle", ({ detail }) => detail.xhr?.status === 422 && naarFouten(document));
  addEventListener("click", (gebeurtenis) => {
    const link = gebeurtenis.target.closest?.(".kr-foutenlijst a[href^='#veld-']");
    const veld = link && document.getElementById(link.hash.slice(1))?.querySelector("input, select, textarea");
    if (!veld) return;
    gebeurtenis.preventDefault();
    veld.focus({ preventScroll: true });
    document.getElementById(link.hash.slice(1)).scrollIntoView({ block: "center" });
  });
})();
