/** What the marks of the chart of finishes mean, drawn as there. */

import type { Context } from "../context";
import type { RiskDocument } from "../document";
import { h } from "../dom";
import { css_palette as palette } from "../palette";
import { make_svg, type Pen, SvgPen } from "../pen";
import type { Word } from "../words";

const kWidth = 26;
const kHeight = 14;

function make_entry(context: Context, word: Word, draw: (pen: Pen) => void): HTMLElement {
  const picture = make_svg(kWidth, kHeight);
  picture.setAttribute("aria-hidden", "true");
  draw(new SvgPen(picture, `risk-legend-${word}`));
  return h("li", {}, picture, context.say(word));
}

export function make_tornado_legend(context: Context, risk: RiskDocument): HTMLElement {
  const has = (is_task: boolean) => risk.tornado.some((each) => each.task >= 0 === is_task);
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    has(true) && make_entry(context, "task_moves", (pen) => pen.rect(0, 3, kWidth, 9, palette.bar)),
    has(false) && make_entry(context, "risk_moves", (pen) => draw_risk_bar(pen, 0, 3, kWidth, 9)),
  );
}

/** A risk's bar: hatched, so that it differs without colour. */
export function draw_risk_bar(pen: Pen, x: number, y: number, width: number, height: number): void {
  pen.rect(x, y, width, height, palette.accent_soft);
  pen.hatch(x, y, width, height, palette.accent);
  pen.frame(x, y, width, height, palette.accent);
}

export function make_finish_legend(context: Context, risk: RiskDocument): HTMLElement {
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    make_entry(context, "trials_then", (pen) => {
      pen.rect(3, 7, 9, 7, palette.bar);
      pen.rect(13, 2, 9, 12, palette.bar);
    }),
    make_entry(context, "trials_by_then", (pen) => pen.line([0, 13, 8, 10, 16, 4, 26, 2], palette.ink, 2)),
    risk.links_only && make_entry(context, "trials_by_links", (pen) => pen.line([0, 13, 8, 10, 16, 4, 26, 2], palette.soft, 1.2, [5, 3])),
  );
}
