/** The chart by keyboard. */

import type { Chart } from "./gantt";

const kPan = 120; // pixels

/** Left: fold, or go to the parent.  Right: unfold, or go to the first child. */
function step_out(chart: Chart): void {
  const { rows, row_of } = chart.rows();
  const row = rows[chart.selected_row()];
  if (!row) return;
  if (row.has_children && !row.is_folded) chart.fold(row.task, true);
  else {
    const { parent } = chart.context.model.tasks[row.task];
    if (parent >= 0 && row_of[parent] >= 0) chart.select_row(row_of[parent]);
  }
}
function step_in(chart: Chart): void {
  const row = chart.rows().rows[chart.selected_row()];
  if (!row?.has_children) return;
  if (row.is_folded) chart.fold(row.task, false);
  else chart.select_row(chart.selected_row() + 1);
}

export function handle_key(chart: Chart, event: KeyboardEvent, why: (task: number, is_by_key: boolean) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { time, context } = chart;
  const { selected } = context.store.state;
  const at = chart.selected_row();
  const width = chart.scale().width;
  const actions: Record<string, () => void> = {
    ArrowDown: () => chart.select_row(at + 1),
    ArrowUp: () => chart.select_row(at < 0 ? 0 : at - 1),
    ArrowLeft: () => (event.shiftKey ? time.pan(-kPan) : step_out(chart)),
    ArrowRight: () => (event.shiftKey ? time.pan(kPan) : step_in(chart)),
    Home: () => chart.select_row(0),
    End: () => chart.select_row(chart.rows().rows.length - 1),
    PageDown: () => chart.select_row(at + chart.rows_a_page()),
    PageUp: () => chart.select_row(at - chart.rows_a_page()),
    Enter: () => selected >= 0 && why(selected, true),
    " ": () => selected >= 0 && why(selected, true),
    "+": () => time.zoom(1.5, width / 2),
    "=": () => time.zoom(1.5, width / 2),
    "-": () => time.zoom(1 / 1.5, width / 2),
    f: () => time.fit(),
    d: () => {
      const now = context.model.document.plan.data_date;
      time.center(now ?? context.model.document.plan.start);
    },
    s: () => {
      const task = context.model.tasks[selected];
      if (task) time.around(task.start, task.finish);
    },
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}
