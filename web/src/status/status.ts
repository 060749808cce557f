/** Where the plan stands: a light with its reasons, earned value, slips, what is due. */

import type { Context } from "../context";
import type { StatusDocument } from "../document";
import { h } from "../dom";
import { make_pairs, make_part } from "../parts";
import { make_table } from "../tables";
import { typeset } from "../typeset";
import type { Word } from "../words";
import { make_curves } from "./curves";
import { make_lamp, make_reasons } from "./lamp";
import { make_critical, make_due, make_lights, make_slips } from "./tables";
import { finish_words } from "./words";

type Value = NonNullable<StatusDocument["value"]>;

/** Below these a ratio is open, and bad: as the lights have it. */
const kGood = 0.95;
const kBad = 0.85;

const tone_of = (ratio: number): "likely" | "open" | "unlikely" => (ratio >= kGood ? "likely" : ratio >= kBad ? "open" : "unlikely");
const kShapes = { likely: "●", open: "◆", unlikely: "■" };

function make_tile(context: Context, word: Word, answer: string, more: string, tone: keyof typeof kShapes | null = null): HTMLElement {
  const shape = tone ? h(`span.chance-shape.${tone}`, { "aria-hidden": "true" }, kShapes[tone]) : null;
  return h(
    "div.fact",
    {},
    h("h3", {}, context.say(word)),
    h(tone ? `p.fact-answer.${tone}` : "p.fact-answer", {}, shape, answer),
    h("p.fact-more", {}, ...typeset(more)),
  );
}

function make_tiles(context: Context, status: StatusDocument, value: Value): HTMLElement {
  const { format } = context;
  const tiles: HTMLElement[] = [];
  const ratio = (word: Word, number: number | null, more: string) => {
    if (number !== null) tiles.push(make_tile(context, word, number.toFixed(2), more, tone_of(number)));
  };
  ratio("tile_spi", value.spi, context.say("tile_spi_more", format.money(value.ev), format.money(value.pv)));
  if (status.schedule) {
    const { finish, performance } = status.schedule;
    ratio("tile_time", performance, finish === null ? "" : context.say("tile_time_more", format.last_day(finish)));
  }
  if (value.ac !== null) {
    ratio("tile_cpi", value.cpi, context.say("tile_cpi_more", format.money(value.ac), format.money(value.ev)));
    if (value.eac !== null) tiles.push(make_tile(context, "tile_eac", format.money(value.eac), context.say("tile_eac_more", format.money(value.bac))));
    if (value.tcpi !== null) tiles.push(make_tile(context, "tile_tcpi", value.tcpi.toFixed(2), context.say("tile_tcpi_more")));
    else if (value.ev < value.bac) tiles.push(make_tile(context, "tile_tcpi", context.say("tile_lost"), context.say("tile_lost_more"), "unlikely"));
  }
  return h("div.fact-row", {}, ...tiles);
}

const kEstimates = ["eac_by_cost_performance", "eac_by_budget", "eac_by_both", "eac_bottom_up"] as const;

/** Null where no cost is recorded. */
function make_estimates(context: Context, value: Value): HTMLElement | null {
  const rows = kEstimates.flatMap((key) => (value[key] === null ? [] : [{ key, total: value[key]! }]));
  if (rows.length === 0) return null;
  const { format } = context;
  const over = (total: number) => total - value.bac;
  const signed_money = (money: number) => `${money > 0 ? "+" : ""}${format.money(money).replace(/^(\w+ )?−/, "−$1")}`;
  const table = make_table<(typeof rows)[number]>(context, {
    caption: context.say("estimates"),
    is_caption_hidden: true,
    is_compact: true,
    rows,
    columns: [
      { title: context.say("estimate_if"), show: (row) => context.say(row.key), is_head: true },
      { title: context.say("estimate"), show: (row) => format.money(row.total), order: (row) => row.total, is_number: true },
      { title: context.say("against_budget"), show: (row) => signed_money(over(row.total)), order: (row) => over(row.total), is_number: true },
    ],
  });
  return h("div.risk-block", {}, h("h3", {}, context.say("estimates")), table);
}

export function make_status(context: Context): HTMLElement {
  const status = context.model.document.status!;
  const { format } = context;
  const { value, baseline, stages } = status;
  const facts = [context.say("stands_as_of", format.instant(status.as_of, true))];
  if (baseline) facts.push(baseline.name ? context.say("measured_against", baseline.name) : context.say("measured_against_plan"));
  const finish = finish_words(context, status);
  const lead = h(
    "div.status-lead",
    {},
    h("p.status-light", {}, make_lamp(context, status.light), h("span.faint", {}, facts.join(" · "))),
    make_reasons(context, status.reasons),
    finish !== "" && h("p.sentence", {}, ...typeset(finish)),
    h("p.sentence", {}, ...typeset(context.say("stages", format.number(stages.completed), format.number(stages.started), format.number(stages.not_started)))),
  );
  const blocks = [
    lead,
    value ? make_tiles(context, status, value) : h("p.faint", {}, context.say("no_budget")),
    value && value.ac === null ? h("p.faint", {}, context.say("no_costs")) : null,
    make_curves(context, status),
    make_pairs([make_lights(context, status)], [value && make_estimates(context, value), make_critical(context, status), make_due(context, status)]),
    make_slips(context, status),
  ];
  return make_part(context, "status", "status_part", ...blocks.filter((block): block is HTMLElement => block !== null));
}
