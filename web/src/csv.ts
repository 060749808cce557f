/** Tables as text that spreadsheets read: RFC 4180, a header row, no byte order mark. */

export type CsvCell = string | number | null;

/** A text that a spreadsheet would take for a formula begins with an apostrophe, so that it stays a text. */
const as_text = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function field(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = as_text(cell);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Numbers are written as they are; every line ends with CR LF. */
export const to_csv = (header: string[], rows: CsvCell[][]): string =>
  [header, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
