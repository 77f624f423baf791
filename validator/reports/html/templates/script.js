"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  // Closed parts are opened for the printer and for links that lead into them.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    opened.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const filter = (form) => {
    const leaflet = form.closest("article");
    const within = (selector) => [...leaflet.querySelectorAll(selector)];
    const cards = within("[data-status]");
    const lines = within("[data-line]");
    const signs = within("[data-of]");
    const kinds = ["status", "family", "verdict"];
    const choose = () => {
      const wanted = {};
      for (const set of form.querySelectorAll("fieldset")) {
        const boxes = [...set.querySelectorAll("input")];
        wanted[set.dataset.kind] = new Map(boxes.map((box) => [box.value, box.checked]));
      }
      const fits = (each) => kinds.every((kind) => wanted[kind].get(each.dataset[kind]) ?? true);
      const hidden = new Set();
      for (const card of cards) {
        const shown = fits(card);
        card.toggleAttribute("data-off", !shown);
        if (!shown) hidden.add(card.id);
      }
      for (const line of lines) line.toggleAttribute("data-off", !fits(line));
      for (const sign of signs) {
        sign.toggleAttribute("data-off", sign.dataset.of.split(" ").every((id) => hidden.has(id)));
      }
      form.querySelector("output").textContent = `${cards.length - hidden.size} of ${cards.length} findings shown.`;
    };
    form.hidden = false;
    form.addEventListener("change", choose);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("button").addEventListener("click", () => {
      for (const box of form.querySelectorAll("input")) box.checked = true;
      choose();
    });
    choose();
  };
  all("form.filters").forEach(filter);
})();
