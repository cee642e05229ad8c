// Folds the menu away on small screens. Without this script the menu is simply open.
(() => {
  const button = document.getElementById("menu-button");
  const nav = document.getElementById("nav-main");
  if (!button || !nav) return;
  document.documentElement.classList.add("with-script");
  button.addEventListener("click", () => {
    const open = nav.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
  });
})();

// Narrows a table to a decision and a searched text. Without this script all rows are shown.
(() => {
  const box = document.querySelector("[data-filters]");
  const table = box && document.getElementById(box.dataset.filters);
  if (!table) return;
  const decision = box.querySelector("[data-filter=decision]");
  const text = box.querySelector("[data-filter=text]");
  const rows = [...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
  const narrow = () => {
    const wanted = text.value.trim().toLowerCase();
    for (const [row, said] of rows) {
      const other = decision.value && row.dataset.decision !== decision.value;
      row.hidden = Boolean(other) || !said.includes(wanted);
    }
  };
  box.hidden = false;
  decision.addEventListener("change", narrow);
  text.addEventListener("input", narrow);
})();

// Decides a pair, or goes to the next, with Alt and a digit. Every button works without.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
  if (!digit) return;
  const button = document.querySelector(`button[data-key="${digit[1]}"]`);
  const target = digit[1] === "4" ? document.getElementById("next-pair") : button;
  if (!target) return;
  event.preventDefault();
  if (target === button) button.form.requestSubmit(button);
  else target.click();
});

// Goes through the lines of a list with j and k, ticks with x, and goes to the answer with a.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector('form[data-keys="lines"]');
  if (!form || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const boxes = [...form.querySelectorAll('input[name="line"][type="checkbox"]')];
  const at = boxes.indexOf(document.activeElement);
  const steps = { j: 1, k: -1 };
  if (event.key in steps && boxes.length) {
    boxes[Math.min(boxes.length - 1, Math.max(0, at + steps[event.key]))].focus();
  } else if (event.key === "x" && at >= 0) {
    boxes[at].checked = !boxes[at].checked;
  } else if (event.key === "a") {
    form.querySelector('select[name="code"]')?.focus();
  } else return;
  event.preventDefault();
});
