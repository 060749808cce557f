/** How sure the dates are: what trials of all that is uncertain tell. */

import type { Context } from "../context";
import { h } from "../dom";
import { make_part } from "../parts";
import { typeset } from "../typeset";
import { make_cost } from "./cost";
import { FinishChart } from "./finish_chart";
import { make_finish_legend } from "./legend";
import { make_driver_table, make_finish_details, make_risk_table } from "./tables";
import { make_tornado } from "./tornado";
import { judged_words, links_words, planned_words, sure_words, trial_words } from "./words";

const paragraph = (what: "p.sentence" | "p.explained", text: string): HTMLElement | null =>
  text === "" ? null : h(what, {}, ...typeset(text));

const there = (parts: (HTMLElement | null)[]): HTMLElement[] => parts.filter((part): part is HTMLElement => part !== null);

/** A block within the section, under a heading of its own. */
const make_block = (title: string, ...children: (HTMLElement | null)[]): HTMLElement =>
  h("div.risk-block", {}, h("h3", {}, title), ...children);

export function make_risk(context: Context): HTMLElement {
  const risk = context.model.document.risk!;
  const { format } = context;
  const facts = `${context.say("num_trials", format.number(risk.trials))} · ${context.say("seed", risk.seed)}`;
  const headline = [sure_words(context, risk), planned_words(context, risk)].filter((text) => text !== "");
  const lead = h(
    "div.risk-lead",
    {},
    h("p.risk-headline", {}, ...headline.flatMap((text, i) => [...(i > 0 ? [" · "] : []), ...typeset(text)])),
    h("p.faint", {}, facts),
  );
  const drivers =
    risk.drivers.length === 0
      ? null
      : make_block(
          context.say("drivers"),
          h("p.explained", {}, context.say("drivers_explained")),
          make_driver_table(context, risk),
          risk.num_drivers > risk.drivers.length
            ? h("p.faint", {}, context.say("drivers_shown", risk.drivers.length, format.number(risk.num_drivers)))
            : null,
        );
  const risks = make_risk_table(context, risk);
  return make_part(
    context,
    "risk",
    "risk",
    ...there([
      lead,
      make_block(
        context.say("finish_curve"),
        make_finish_legend(context, risk),
        new FinishChart(context, risk).element,
        h(
          "div.risk-notes",
          {},
          paragraph("p.sentence", links_words(context, risk)),
          ...trial_words(context, risk).map((text) => paragraph("p.explained", text)),
          paragraph("p.explained", judged_words(context, risk)),
        ),
        make_finish_details(context, risk),
      ),
      h("div.risk-pairs", {}, drivers, make_tornado(context, risk), risks && make_block(context.say("risks"), risks), make_cost(context, risk)),
    ]),
  );
}
