// Light or dark: the system's choice until the person makes their own.

import { byId } from "./dom.js";

const ORDER = ["system", "light", "dark"];

export function startTheme(wish) {
  let theme = ORDER.includes(wish) ? wish : localStorage.getItem("theme") ?? "system";
  const show = () => {
    document.documentElement.dataset.theme = theme;
    byId("theme").textContent = `Theme: ${theme}`;
  };
  byId("theme").addEventListener("click", () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    localStorage.setItem("theme", theme);
    show();
  });
  show();
}
