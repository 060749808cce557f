/** The shown rows as a picture that stands alone. */

import type { Context } from "../context";
import { h } from "../dom";
import type { Rows } from "./chart";
import { make_sheet } from "./sheet";

export function save_svg(context: Context, shown: Rows): void {
  const svg = make_sheet(context, shown, { first: 0, last: shown.rows.length, width: 1600, left: 420, page: "" });
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}`;
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const link = h("a", { href: url, download: `${context.pair(context.model.document.plan.name) || "gantt"}.svg` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
