// What entry adds to a plain form: where the reader is taken, and that nothing typed is lost when the session ends.
"use strict";

function eersteVeld(naam) {
  const groep = document.getElementById(`veld-${naam}`);
  return groep?.querySelector("input:not([type=hidden]), select, textarea") ?? groep;
}

function zetLezer() {
  const formulier = document.getElementById("formulier");
  if (formulier?.dataset.naar) eersteVeld(formulier.dataset.naar)?.focus();
  else document.getElementById("samenvatting")?.focus();
}

document.addEventListener("DOMContentLoaded", zetLezer);
document.addEventListener("htmx:afterSettle", (gebeurtenis) => {
  // not target.id: a form has a field of that name
  if (gebeurtenis.target.matches("#formulier")) zetLezer();
});

// What is said at a field above does not push away the field where somebody is.
const hoogte = () => document.activeElement?.closest("#formulier") && document.activeElement.getBoundingClientRect().top;
let stond = null;
document.addEventListener("htmx:oobBeforeSwap", () => { stond = hoogte(); });
document.addEventListener("htmx:oobAfterSwap", () => {
  const staat = hoogte();
  if (stond !== null && staat && staat !== stond) scrollBy({ top: staat - stond, behavior: "instant" });
  stond = null;
});

// A field that decides which other fields there are.
document.addEventListener("change", (gebeurtenis) => {
  if (gebeurtenis.target.dataset.bijKeuze !== "toon") return;
  gebeurtenis.stopPropagation();
  gebeurtenis.target.parentElement.querySelector("button[name=toon]")?.click();
});

// Logged out: the page stays as it is, and goes on with a new token once somebody logged in elsewhere.
document.addEventListener("htmx:beforeOnLoad", (gebeurtenis) => {
  if (![401, 403].includes(gebeurtenis.detail.xhr.status)) return;
  gebeurtenis.preventDefault();
  document.getElementById("zitting-weg").hidden = false;
});

document.addEventListener("visibilitychange", async () => {
  const bericht = document.getElementById("zitting-weg");
  if (document.visibilityState !== "visible" || !bericht || bericht.hidden) return;
  const antwoord = await fetch(location.href, { credentials: "same-origin" });
  const blad = new DOMParser().parseFromString(await antwoord.text(), "text/html");
  const vers = blad.querySelector("#formulier [name=csrfmiddlewaretoken]");
  if (!vers) return;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((veld) => { veld.value = vers.value; });
  bericht.hidden = true;
});
