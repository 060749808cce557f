/** Prints some sheets instead of the page: each begins a page of its own. */

import { h } from "../dom";

/** `make` is asked when they are wanted; afterwards the page is as it was. */
export function print_only(make: () => HTMLElement[]): void {
  const paper = h("div.paper", {}, ...make());
  const { classList } = document.documentElement;
  document.body.append(paper);
  classList.add("paper-only");
  const back = () => {
    paper.remove();
    classList.remove("paper-only");
  };
  window.addEventListener("afterprint", back, { once: true });
  window.print();
}
