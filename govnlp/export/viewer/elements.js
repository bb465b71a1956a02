// Elements by hand. Text is always text: nothing here reads markup.

/** An element with properties and children; `on…` are listeners, `data` its data attributes, strings become text. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "class") made.className = value;
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat(3).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

export function button(text, action, properties = {}) {
  return el("button", { type: "button", onclick: action, ...properties }, text);
}

/** Shows an element where it stands, and flashes it. */
export function reveal(node, { flash = true, block = "center" } = {}) {
  if (!node) return;
  // What is far away is jumped to: pages between would all be drawn.
  const far = Math.abs(node.getBoundingClientRect().top) > 2 * innerHeight;
  const calm = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block, inline: "nearest", behavior: calm ? "auto" : "smooth" });
  if (!flash) return;
  for (const other of document.querySelectorAll(".flash")) other.classList.remove("flash");
  void node.offsetWidth; // begins the animation again
  node.classList.add("flash");
}

const system = matchMedia("(prefers-color-scheme: dark)");
let theme = "auto";

/** Wears the theme that was chosen, or the system's. */
export function wearTheme() {
  document.documentElement.dataset.theme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
}

system.addEventListener("change", wearTheme);

/** The next theme: as the system, dark, light. From the system's the first step always changes what is seen. */
export function switchTheme() {
  const order = system.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  theme = order[(order.indexOf(theme) + 1) % order.length];
  wearTheme();
}

export function currentTheme() {
  return theme;
}

/** The data of the page, as they stand in it. */
export function stored(name) {
  return JSON.parse(document.getElementById(name).textContent);
}
