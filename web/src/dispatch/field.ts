/** What of the field has no part of its own: between regions, and whatever else there is. */

import { make_part } from "../parts";
import type { DispatchContext } from "./context";
import type { FieldDocument } from "./document";
import { kLabTables } from "./labs";
import { make_field_tables } from "./tables";
import { kTeamTables } from "./teams";
import { kTourTables } from "./tours";

const is_other = (key: string): boolean => ![...kLabTables, ...kTeamTables, ...kTourTables].includes(key);

export const has_others = (field: FieldDocument | null): boolean => field !== null && field.tables.some(({ key }) => is_other(key));

export const make_field = (context: DispatchContext): HTMLElement => make_part(context, "field", "d_field", ...make_field_tables(context, is_other));
