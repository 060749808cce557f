/** Sets sentences so that no line breaks inside a number, a date or a number and its unit. */

import { h } from "./dom";

const kUnits = [
  "%|天|日|周|个月|月|年|小时|分钟|分|秒|个工作日|工作日|个时段|亿元|万元|元|亿|万|吨|台|人|项|个|次|条|种|页",
  "d|h|min|s|w|days?|weeks?|hours?|periods?|t|GWh|MWh|kW|M|bn",
].join("|");
const kNumber = "[−-]?\\d[\\d,.:/]*";
const kTogether = new RegExp(
  [
    "\\d{4}年\\d{1,2}月\\d{1,2}日(?: 周.)?(?: \\d{1,2}:\\d{2})?", // 2024年4月12日 周五 16:00
    "\\d{4}-\\d{2}-\\d{2}(?: \\d{1,2}:\\d{2})?", // 2024-04-12 16:00
    "\\d{1,2}月\\d{1,2}日",
    "\\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \\d{4})?(?:, \\d{1,2}:\\d{2})?",
    `${kNumber}[\\u00a0 ]?(?:${kUnits})(?![A-Za-z])`,
    "\\d[\\d,.:/]+",
  ].join("|"),
  "g",
);

/** The text in pieces, what belongs together in spans that do not break. */
export function typeset(text: string): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(kTogether)) {
    if (match.index! > done) pieces.push(text.slice(done, match.index));
    pieces.push(h("span.nowrap", {}, match[0]));
    done = match.index! + match[0].length;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return pieces;
}
