"use strict";
// Filtering the signals by text and by rule or group. Without this script everything is on the page all the same.
(() => {
  const formulier = document.getElementById("filter");
  const zoek = document.getElementById("zoek");
  const kies = document.getElementById("kies");
  const alles = document.getElementById("alles");
  const stand = document.getElementById("stand");
  const taal = document.documentElement.lang;
  const getal = (n) => n.toLocaleString(taal);
  const signalen = [...document.querySelectorAll(".signaal")].map((element) => ({
    element,
    rol: element.querySelector("details"),
    open: element.querySelector("details").open,
    rijen: [...element.querySelectorAll("tbody tr")].map((rij) => ({
      rij,
      tekst: [...rij.cells].map((cel) => cel.textContent).join(" ").toLowerCase(),
    })),
  }));
  const totaal = signalen.reduce((som, s) => som + s.rijen.length, 0);

  function filter() {
    const woorden = zoek.value.toLowerCase().split(/\s+/).filter(Boolean);
    const keuze = kies.value;
    const filtert = woorden.length > 0 || keuze !== "";
    let getoond = 0;
    for (const { element, rol, open, rijen } of signalen) {
      let hier = 0;
      if (!keuze || keuze === element.id || keuze === element.dataset.groep) {
        for (const { rij, tekst } of rijen) {
          rij.hidden = !woorden.every((woord) => tekst.includes(woord));
          hier += rij.hidden ? 0 : 1;
        }
      }
      element.hidden = hier === 0;
      rol.open = filtert ? hier > 0 : open;
      getoond += hier;
    }
    for (const groep of document.querySelectorAll(".groep")) {
      groep.hidden = !groep.querySelector(".signaal:not([hidden])");
    }
    stand.textContent = getoond
      ? stand.dataset.stand.replace("##", getal(totaal)).replace("#", getal(getoond))
      : stand.dataset.niets;
  }

  let wacht;
  zoek.addEventListener("input", () => {
    clearTimeout(wacht);
    wacht = setTimeout(filter, 150);
  });
  kies.addEventListener("change", filter);
  document.getElementById("wis").addEventListener("click", () => {
    zoek.value = "";
    kies.value = "";
    filter();
    zoek.focus();
  });
  alles.addEventListener("click", () => {
    const open = signalen.some((s) => !s.element.hidden && !s.rol.open);
    for (const s of signalen) s.rol.open = open;
    alles.textContent = open ? alles.dataset.dicht : alles.dataset.open;
  });
  // A link to a rule must find it: inside a closed part, or hidden by the filter.
  function naarAnker() {
    const doel = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!doel) return;
    if (doel.closest("[hidden]")) {
      zoek.value = "";
      kies.value = "";
      filter();
    }
    for (let deel = doel.closest("details"); deel; deel = deel.parentElement.closest("details")) deel.open = true;
    doel.scrollIntoView();
  }
  window.addEventListener("hashchange", naarAnker);
  formulier.addEventListener("submit", (gebeurtenis) => gebeurtenis.preventDefault());
  formulier.hidden = false;
  naarAnker();
})();
