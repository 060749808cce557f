/** Who uses a resource within a stretch of time. */

import type { Context } from "../context";
import type { Minutes } from "../document";
import { fill, h } from "../dom";
import { typeset } from "../typeset";
import { users_of } from "./stretches";

const kFirst = 12;

/** Says it within `place`, `when` in words; `close` is called by the button. */
export function tell_users(
  context: Context,
  place: HTMLElement,
  resource: number,
  [from, to]: [Minutes, Minutes],
  when: string,
  close: () => void,
): void {
  const users = users_of(context.model, resource, from, to);
  const { format } = context;
  const list = h("ul.load-users");
  const show = (count: number) => {
    fill(
      list,
      ...users.slice(0, count).map(({ task, amount }) =>
        h(
          "li",
          {},
          h("span.load-amount", {}, format.number(amount, 2)),
          h("button.link", { type: "button", onclick: () => context.show_task(task.index) }, context.name(task.index)),
          h("span.faint.nowrap", {}, `${format.cell(task.start, task.starts_at_end)} – ${format.cell(task.finish, task.finishes_at_end)}`),
        ),
      ),
      users.length > count &&
        h("li", {}, h("button", { type: "button", onclick: () => show(users.length) }, context.say("show_all_of", users.length))),
    );
  };
  show(kFirst);
  const title = context.say("who_at", context.resource_name(resource));
  fill(
    place,
    h(
      "div.load-who-head",
      {},
      h("h3", {}, title),
      h("p", {}, ...typeset(when)),
      h("button.load-close", { type: "button", "aria-label": context.say("close"), onclick: close }, "✕"),
    ),
    users.length > 0 ? list : h("p.faint", {}, context.say("nobody")),
  );
  place.setAttribute("aria-label", title);
}
