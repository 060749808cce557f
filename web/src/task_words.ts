/** What can be said of a task in a few words. */

import type { Context } from "./context";
import type { Task } from "./model";

/** `critical`, `done 40 %`, `float 3 d`, `deadline missed`. */
export function state_words(context: Context, task: Task): string[] {
  const { format } = context;
  const words: string[] = [];
  if (!task.scheduled) return [context.say("left_out")];
  if (task.done) words.push(context.say("completed"));
  else if (task.percent > 0) words.push(`${context.say("percent")} ${format.percent(task.percent / 100, 0)}`);
  if (task.kind === "summary") return words;
  if (!task.done && task.critical) words.push(context.say("critical"));
  else if (!task.done && task.total_float !== null) {
    words.push(`${context.say("total_float")} ${format.duration(task.total_float, task.day)}`);
  }
  if (task.missed) words.push(context.say("missed"));
  return words;
}
