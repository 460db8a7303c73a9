(() => {
  const tools = document.querySelector(".tools");
  if (!tools) return;
  const cards = [...document.querySelectorAll(".card")];
  const search = tools.querySelector("input[type=search]");
  const boxes = [...tools.querySelectorAll("input[type=checkbox]")];
  const texts = new Map();
  const text = (card) => {
    if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
    return texts.get(card);
  };
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = boxes.filter((box) => box.checked).map((box) => box.value);
    cards.forEach((card) => {
      card.hidden = verdicts.includes(card.dataset.verdict) ? !words.every((word) => text(card).includes(word)) : true;
    });
    document.querySelectorAll(".group").forEach((group) => {
      group.hidden = !group.querySelector(".card:not([hidden])");
    });
    const shown = cards.filter((card) => !card.hidden).length;
    tools.querySelector("output").textContent = shown === cards.length ? "" : shown + " of " + cards.length;
  };
  tools.hidden = false;
  tools.addEventListener("input", filter);
  tools.addEventListener("click", (event) => {
    const wanted = event.target.value;
    if (event.target.tagName !== "BUTTON") return;
    cards.filter((card) => !card.hidden).forEach((card) => { card.open = wanted === "open"; });
  });
})();
