/** Modules of the page without the page: bundled for Node, with as much of a document as they touch. */

import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { fresh_path, run, source } from "./support.mjs";

/** All that these modules export, by one name space. */
export async function load_modules(...modules) {
  const entry = fresh_path("all.mjs");
  const lines = modules.map((name) => `export * from ${JSON.stringify(path.join(source, "web/src", `${name}.ts`))};`);
  writeFileSync(entry, lines.join("\n"));
  const output = fresh_path("bundle.mjs");
  await run("esbuild", ["--bundle", "--format=esm", "--platform=neutral", "--log-level=warning", `--outfile=${output}`, entry]);
  return import(pathToFileURL(output).href);
}

/** Elements as far as `dom.ts` makes them: a tag, children, a text. */
export function install_plain_document() {
  globalThis.document = {
    createElement: (tag) => ({
      tag,
      children: [],
      setAttribute() {},
      addEventListener() {},
      getContext: () => ({ measureText: (text) => ({ width: 6 * text.length }) }),
      replaceChildren(...children) {
        this.children = children;
      },
      get textContent() {
        return this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join("");
      },
    }),
  };
}

/** The same numbers at every run (mulberry32). */
export function make_random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (count) => Math.floor(next() * count),
    chance: (share) => next() < share,
    pick: (all) => all[Math.floor(next() * all.length)],
    between: (least, most) => least + next() * (most - least),
  };
}
