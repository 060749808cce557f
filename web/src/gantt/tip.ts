/** What a task says when it is pointed at. */

import type { Context } from "../context";
import { fill, h } from "../dom";
import { state_words } from "../task_words";

export class Tip {
  readonly element = h("div.g-tip", { hidden: true, "aria-hidden": "true" });
  task = -1;

  constructor(private readonly context: Context) {}

  /** Shows or hides (-1); whether the task is another one than before. */
  show(task: number, x: number, y: number): boolean {
    const is_new = task !== this.task;
    this.task = task;
    if (task < 0) {
      this.element.hidden = true;
      return is_new;
    }
    if (is_new) this.write(task);
    this.element.hidden = false;
    const { offsetWidth, offsetHeight } = this.element;
    this.element.style.left = `${Math.max(4, Math.min(x + 14, window.innerWidth - offsetWidth - 8))}px`;
    this.element.style.top = `${y + 18 + offsetHeight > window.innerHeight ? y - offsetHeight - 10 : y + 18}px`;
    return is_new;
  }

  private write(index: number): void {
    const { context } = this;
    const { format } = context;
    const task = context.model.tasks[index];
    const dates = task.is_milestone
      ? format.instant(task.start, task.starts_at_end)
      : `${format.instant(task.start)} – ${format.instant(task.finish, true)}`;
    const facts = [!task.is_milestone && format.duration(task.work, task.day), ...state_words(context, task)].filter(Boolean);
    fill(
      this.element,
      h("div.g-tip-name", {}, context.name(index)),
      h("div", {}, dates),
      facts.length > 0 && h("div.soft", {}, facts.join(" · ")),
      task.finish_p80 !== null &&
        !task.done &&
        h("div.soft", {}, context.say("task_sure_by", format.percent(0.8, 0), format.instant(task.finish_p80, task.finishes_at_end))),
      context.why(index) !== "" && h("div.g-tip-why", {}, context.why(index)),
    );
  }
}
