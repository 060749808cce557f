/** The load chart as its parts see it. */

import type { Context } from "../context";
import type { Scale } from "../scale";
import type { TimeMoves } from "../time_moves";
import type { View } from "./view";

/** What can be pointed at: a row, and what the view has there. */
export interface Spot {
  row: number;
  index: number;
}

/** What keys and pointers may do with the load. */
export interface LoadChart {
  readonly context: Context;
  readonly plots: HTMLElement; // all rows; has the keys
  readonly time: TimeMoves;
  readonly view: View;
  readonly scale: Scale;
  readonly num_rows: number;
  readonly row: number; // where the keyboard is; -1: nowhere
  readonly pointed: Spot | null;
  readonly is_telling: boolean; // who uses a resource
  resource(row: number): number;
  /** Shows what is there, `x` pixels into the plot; null: nothing. */
  point(spot: Spot | null, x?: number): void;
  /** Points there by keyboard: into view, and said. */
  go(spot: Spot): void;
  go_to_peak(row: number): void;
  /** Lists who uses the resource then, below its row. */
  tell(spot: Spot, is_focused: boolean): void;
  close_users(): void;
}
