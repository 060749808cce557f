/** Elements without a framework: every text goes in as text, so nothing in a plan can become markup. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

/** `h("button.small", {type: "button", onclick: f}, "Text")`: tag, classes, attributes, children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  what: Tag | `${Tag}.${string}`,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag) as HTMLElementTagNameMap[Tag];
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  fill(element, ...children);
  return element;
}

/** Puts children in the place of what was there. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => !!child));
}

/** Sets a text only where it differs: a text node that stays the same costs no layout. */
export function set_text(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

let serial = 0;
/** An id that no other element of the page has. */
export const fresh_id = (stem: string): string => `${stem}-${++serial}`;
