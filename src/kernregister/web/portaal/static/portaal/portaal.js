// What the portal adds to plain pages: nothing here is needed to do the work.
"use strict";
document.addEventListener("change", (gebeurtenis) => {
  const formulier = gebeurtenis.target.closest("form[data-bij-keuze=verstuur]");
  if (formulier) formulier.requestSubmit();
});
