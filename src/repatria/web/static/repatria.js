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
