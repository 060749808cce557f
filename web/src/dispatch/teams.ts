/** Who is in which team and why; a sheet a team, which prints on a page of its own. */

import { fill, h } from "../dom";
import { make_part } from "../parts";
import { make_scroller } from "../tables";
import { typeset } from "../typeset";
import type { DispatchContext } from "./context";
import type { TeamDocument } from "./document";
import { print_only } from "./paper";
import { make_field_tables } from "./tables";

const title_of = (context: DispatchContext, team: TeamDocument): string => context.pair(team.name) || team.id;

function make_members(context: DispatchContext, team: TeamDocument): HTMLElement {
  const heads = ["d_person", "d_name", "d_role", "d_home", "d_why"] as const;
  const rows = team.members.map(({ id, name, role, home, why }) =>
    h("tr", {}, h("td", {}, id), h("td", {}, context.pair(name)), h("td", {}, role), h("td", {}, context.pair(home)), h("td", {}, ...typeset(context.pair(why)))),
  );
  return h(
    "table.d-list.d-members",
    {},
    h("caption.visually-hidden", {}, title_of(context, team)),
    h("thead", {}, h("tr", {}, ...heads.map((word) => h("th", { scope: "col" }, context.say(word))))),
    h("tbody", {}, ...rows),
  );
}

const facts_of = (context: DispatchContext, team: TeamDocument): string =>
  [context.say("d_count", context.number(team.members.length)), ...(team.place < 0 ? [] : [context.place(team.place)])].join(" · ");

const make_page = (context: DispatchContext, team: TeamDocument): HTMLElement =>
  h(
    "section.d-page",
    {},
    h("p.d-plan", {}, context.pair(context.document.plan.name)),
    h("h1", {}, title_of(context, team)),
    h("p.facts", {}, facts_of(context, team), context.mark(team.assumed)),
    make_members(context, team),
    context.rests_on_assumed && h("p.faint", {}, context.say("d_assumed_key")),
  );

function make_team(context: DispatchContext, team: TeamDocument): HTMLElement {
  const content = h("div.d-sheet-content");
  const title = title_of(context, team);
  const details = h("details.d-sheet", {}, h("summary", {}, h("strong", {}, title), ` · ${facts_of(context, team)}`, context.mark(team.assumed)), content);
  details.addEventListener("toggle", () => {
    if (!details.open || content.childElementCount > 0) return;
    const label = `${context.say("d_print_one")}: ${title}`;
    const print = () => print_only(() => [make_page(context, team)]);
    const tools = h("div.part-tools", {}, h("button.small", { type: "button", "aria-label": label, onclick: print }, context.say("d_print_one")));
    fill(content, make_scroller(context.say("as_table", title), make_members(context, team)), tools);
  });
  return details;
}

export const kTeamTables = ["teams", "team_rules", "team_changes"];

export function make_teams(context: DispatchContext): HTMLElement {
  const { teams } = context.document.field!;
  const print = () => print_only(() => teams.map((team) => make_page(context, team)));
  const part = make_part(
    context,
    "teams",
    "d_teams",
    h("div.part-tools", {}, h("button", { type: "button", "data-key": "print-teams", onclick: print }, context.say("d_print_sheets"))),
    h("div.d-sheets.d-many", {}, ...teams.map((team) => make_team(context, team))),
    ...make_field_tables(context, (key) => kTeamTables.includes(key)),
  );
  part.classList.add("d-screen-only");
  return part;
}
