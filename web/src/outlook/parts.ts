/** What a target is made up of, and what the sides of the accounts say of it. */

import type { Context } from "../context";
import type { OutlookDocument, TargetDocument } from "../document";
import { h } from "../dom";
import { share_words } from "../risk/words";
import { make_table } from "../tables";
import { figure, say_side, signed, target_name, with_unit } from "./reading";

type Part = TargetDocument["parts"][number];

function make_parts_table(context: Context, { targets }: OutlookDocument, target: TargetDocument): HTMLElement {
  const name = (part: Part) => (part.target < 0 ? context.say("unexplained") : target_name(context, targets[part.target]));
  return make_table<Part>(context, {
    caption: target_name(context, target),
    is_compact: true,
    rows: target.parts,
    columns: [
      { title: context.say("part"), show: name, is_head: true },
      {
        title: context.say("part_share"),
        show: (part) => (part.weight === null ? "" : share_words(context, part.weight)),
        order: (part) => part.weight,
        is_number: true,
      },
      {
        title: context.say("expected"),
        show: (part) => (part.value === null ? "" : with_unit(context, figure(context, part.value), targets[part.target])),
        order: (part) => part.value,
        is_number: true,
      },
      { title: context.say("part_adds"), show: (part) => signed(context, part.points), order: (part) => part.points, is_number: true },
      {
        title: context.say("part_gap"),
        show: (part) => (part.gap === null ? "" : signed(context, part.gap)),
        order: (part) => part.gap,
        is_number: true,
        is_optional: true,
      },
    ],
  });
}

/** Of every target that is rolled up; null where none is. */
export function make_parts(context: Context, outlook: OutlookDocument): HTMLElement | null {
  const told = outlook.targets.filter(({ parts }) => parts.length > 0);
  if (told.length === 0) return null;
  return h(
    "div.risk-block",
    {},
    h("h3", {}, context.say("parts_of")),
    ...told.map((target) => make_parts_table(context, outlook, target)),
  );
}

interface SideRow {
  name: string;
  side: string;
  value: number;
  discrepancy: number | null;
}

/** Children of one target that are sides of the same accounts, beside what it says itself; null where there are not two. */
export function make_sides(context: Context, { targets }: OutlookDocument): HTMLElement | null {
  const tables: HTMLElement[] = [];
  targets.forEach((parent, i) => {
    if (!parent.expected) return;
    const own = parent.expected.mean;
    const sides = targets.filter((target) => target.parent === i && target.side !== "" && target.parts.length > 0 && target.expected);
    if (sides.length < 2) return;
    const rows: SideRow[] = [
      { name: target_name(context, parent), side: context.say("side_own"), value: own, discrepancy: null },
      ...sides.map((side) => ({
        name: target_name(context, side),
        side: say_side(context, side.side),
        value: side.expected!.mean,
        discrepancy: own - side.expected!.mean,
      })),
    ];
    tables.push(
      make_table<SideRow>(context, {
        caption: context.say("sides_of", target_name(context, parent)),
        is_compact: true,
        rows,
        columns: [
          { title: context.say("target"), show: (row) => row.name, is_head: true },
          { title: context.say("side"), show: (row) => row.side, is_short: true },
          {
            title: context.say("expected"),
            show: (row) => with_unit(context, figure(context, row.value), parent),
            order: (row) => row.value,
            is_number: true,
          },
          {
            title: context.say("discrepancy"),
            show: (row) => (row.discrepancy === null ? "" : signed(context, row.discrepancy)),
            order: (row) => row.discrepancy,
            is_number: true,
          },
        ],
      }),
      h("p.explained", {}, context.say("sides_explained")),
    );
  });
  return tables.length === 0 ? null : h("div.risk-block", {}, ...tables);
}
