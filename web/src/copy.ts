/** Text into the clipboard, also where a page opened from disk has no clipboard interface. */

import { h } from "./dom";

function copy_by_selection(text: string): boolean {
  const active = document.activeElement;
  const area = h("textarea.visually-hidden", { "aria-hidden": "true", tabindex: -1 });
  area.value = text;
  document.body.append(area);
  area.select();
  const take = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text); // a text area would turn CR LF into LF
    event.preventDefault();
  };
  area.addEventListener("copy", take);
  let is_copied = false;
  try {
    is_copied = document.execCommand("copy");
  } catch {
    // no clipboard at all: the caller says so
  }
  area.remove();
  if (active instanceof HTMLElement) active.focus({ preventScroll: true });
  return is_copied;
}

/** Whether it is there now. */
export async function copy_text(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copy_by_selection(text);
  }
}
