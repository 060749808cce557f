/** The list of keys. */

import type { Context } from "./context";
import { h } from "./dom";
import type { Word } from "./words";

const kKeys: [string, Word][] = [
  ["↑ ↓", "key_move"],
  ["← →", "key_fold"],
  ["Home End", "key_ends"],
  ["PgUp PgDn", "key_pages"],
  ["Enter", "key_why"],
  ["+ −", "key_zoom"],
  ["f", "key_fit"],
  ["Shift ← →", "key_pan"],
  ["d", "key_data_date"],
  ["s", "key_task"],
  ["/", "key_search"],
  ["l", "key_language"],
  ["t", "key_theme"],
  ["?", "key_help"],
  ["Esc", "key_close"],
];

export function make_help(context: Context): HTMLDialogElement {
  const rows = kKeys.flatMap(([keys, word]) => [
    h("dt", {}, ...keys.split(" ").map((key) => h("kbd", {}, key))),
    h("dd", {}, context.say(word)),
  ]);
  const dialog = h("dialog.help", { "aria-label": context.say("help") });
  dialog.append(
    h("h2", {}, context.say("help")),
    h("dl", {}, ...rows),
    h("button", { type: "button", onclick: () => dialog.close() }, context.say("close")),
  );
  return dialog;
}
