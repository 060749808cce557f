/**
 * What all tests of the page share: pages made by the program that DIAODU_PROGRAM names, and a browser that notes
 * everything a page must not do.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

export const run = promisify(execFile);

export const source = process.env.DIAODU_SOURCE_DIR ?? fileURLToPath(new URL("../..", import.meta.url));
export const example = (name) => path.join(source, "examples", name);
export const kExamples = ["battery-plant", "city-year", "expo"];

const kPatience = 60_000; // milliseconds until a step counts as stuck: machines that run all tests at once are slow

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "diaodu-web-"));
let serial = 0;
/** A path of this process alone, gone when it ends. */
export const fresh_path = (name) => {
  const own = path.join(folder, String(++serial));
  fs.mkdirSync(own);
  return path.join(own, name);
};

// --- pages

function program() {
  const named = process.env.DIAODU_PROGRAM;
  assert.ok(named, "DIAODU_PROGRAM must name the program whose page is tested");
  return named;
}

/** A plan's folder: an object of file names and their texts. */
export function write_plan(files) {
  const plan = fresh_path("plan");
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(plan, { recursive: true });
    fs.writeFileSync(path.join(plan, name), text);
  }
  return plan;
}

const made = new Map();
/** The file that `diaodu report` writes for a plan; made once.  The program's exit code is 1 where the plan is no good. */
export function make_page(plan, args = []) {
  const key = JSON.stringify([plan, args]);
  if (!made.has(key)) made.set(key, write_page(plan, args));
  return made.get(key);
}

async function write_page(plan, args) {
  const file = fresh_path("report.html");
  const language = args.includes("--lang") ? [] : ["--lang", "en"];
  const trials = args.includes("--trials") ? [] : ["--trials", "100"]; // enough to have something to show
  try {
    await run(program(), ["report", plan, "-o", file, ...language, ...trials, ...args], { maxBuffer: 1e8 });
  } catch (error) {
    assert.ok(fs.existsSync(file), `no page was written: ${error.stderr || error.message}`);
  }
  return file;
}

/** The page that `diaodu dispatch` writes, and with what status it ended. */
export async function make_dispatch_page(plan, args = []) {
  const file = fresh_path("muster.html");
  const language = args.includes("--lang") ? [] : ["--lang", "en"];
  const done = await run_program(["dispatch", plan, "-o", file, ...language, ...args]);
  return { file, ...done };
}

/** What the program says, whatever its status. */
export async function run_program(args) {
  try {
    const { stdout, stderr } = await run(program(), args, { maxBuffer: 1e8 });
    return { status: 0, stdout, stderr };
  } catch (error) {
    if (typeof error.code !== "number") throw error;
    return { status: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** The data in a page, as they are. */
export const read_data = (file) =>
  JSON.parse(/<script type="application\/json" id="document">(.*?)<\/script>/s.exec(fs.readFileSync(file, "utf8"))[1]);

/** Reads the plan's document out of the file, as others may. */
export function read_document(file) {
  const text = fs.readFileSync(file, "utf8");
  const document = JSON.parse(/<script type="application\/json" id="document">(.*?)<\/script>/s.exec(text)[1]);
  unfold(document.tasks, document.tasks.id.length);
  unfold(document.links, document.links.from.length);
  for (const key of ["why", "why_zh"]) {
    document.tasks[key] = document.tasks[key].map((sentence) => with_names(sentence, document, key === "why" ? 0 : 1));
  }
  return document;
}

/** The page with another document in it. */
export async function edited(file, change) {
  const text = fs.readFileSync(file, "utf8");
  const begin = text.indexOf('id="document">') + 'id="document">'.length;
  const end = text.indexOf("</script>", begin);
  const document = JSON.parse(text.slice(begin, end));
  change(document);
  const other = fresh_path("edited.html");
  fs.writeFileSync(other, text.slice(0, begin) + JSON.stringify(document).replaceAll("<", "\\u003c") + text.slice(end));
  return other;
}

/** A column that says the same in every row has a single entry. */
function unfold(table, num_rows) {
  for (const [name, column] of Object.entries(table)) {
    if (column.length === 1) table[name] = Array(num_rows).fill(column[0]);
  }
}

/** In reasons, {t12} stands for the name of task 12 and {r3} for that of resource 3. */
function with_names(sentence, document, language) {
  const { name, name_zh } = document.tasks;
  const task = (row) => (language === 1 ? name_zh[row] ?? name[row] : name[row]);
  return sentence.replace(/\{([tr])(\d+)\}/g, (_, kind, row) =>
    kind === "t" ? task(row) : document.resources[row].name[language],
  );
}

// --- the browser

function find_browser() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = folders.flatMap((each) => names.map((name) => path.join(each, name))).find((each) => fs.existsSync(each));
  assert.ok(found, "no Chromium on the PATH: scripts/setup --test installs it");
  return found;
}

/** The environment of a browser that knows Noto CJK and DejaVu alone: pictures that are the same on every machine. */
export function font_settings() {
  // DejaVu has the signs that Noto CJK lacks.
  const folders = ["opentype/noto", "noto-cjk", "google-noto-cjk", "truetype/dejavu", "dejavu"]
    .map((each) => path.join("/usr/share/fonts", each))
    .filter((each) => fs.existsSync(each));
  assert.ok(folders.length >= 2, "Noto CJK or DejaVu is missing: scripts/setup --test installs both");
  const file = fresh_path("fonts.conf");
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${folders.map((each) => `<dir>${each}</dir>`).join("\n  ")}
  <cachedir>${path.dirname(file)}/cache</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
  <alias binding="same"><family>serif</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
  <alias binding="same"><family>monospace</family><prefer><family>Noto Sans Mono CJK SC</family></prefer></alias>
</fontconfig>
`;
  fs.writeFileSync(file, text);
  return { FONTCONFIG_FILE: file };
}

let launched = null;
/** One browser a test file; `env` counts for the first call. */
export function browser(env = {}) {
  launched ??= chromium.launch({
    executablePath: find_browser(),
    args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"],
    env: { ...process.env, ...env },
    timeout: kPatience,
  });
  return launched;
}

after(async () => {
  if (launched) await (await launched).close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/**
 * Opens the file as a reader would, without a network.  The page is watched: `page.complaints` holds every console
 * message, error and request but that for the file itself.
 */
export async function open(t, file, options = {}) {
  const { wait = true, init = null, ...settings } = options;
  const context = await (await browser()).newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    reducedMotion: "reduce",
    deviceScaleFactor: 1,
    offline: true,
    ...settings,
  });
  t.after(() => context.close());
  context.setDefaultTimeout(kPatience);
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  page.complaints = [];
  page.on("console", (message) => page.complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.complaints.push(`error: ${error.stack ?? error}`));
  page.on("request", (request) => {
    const own = request.url().split("#")[0] === address;
    if (!own && !/^(blob|data):/.test(request.url())) page.complaints.push(`request: ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  if (init) await page.addInitScript(init);
  await page.goto(address);
  if (wait) await settled(page);
  return page;
}

/** Everything asked for is drawn: the parts below the screen are there, and what the page does, it does within two frames. */
export const settled = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const look = () => {
          if (document.querySelector(".rest")?.childElementCount === 0) setTimeout(look, 10);
          else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
        };
        look();
      }),
  );

/**
 * Opens the page anew, as its reader would.  Chromium, on a busy machine, now and then loses what a fresh profile has
 * stored: then what the page had stored is put back, and it is opened again.
 */
export async function reopen(page) {
  const stored = () => page.evaluate(() => Object.entries(localStorage));
  const before = await stored();
  await page.reload();
  for (let tries = 0; tries < 3 && before.length > 0 && (await stored()).length === 0; ++tries) {
    await page.evaluate((entries) => entries.forEach(([key, value]) => localStorage.setItem(key, value)), before);
    await page.reload();
  }
  await settled(page);
}

export const assert_quiet = (page) => assert.deepEqual(page.complaints, []);

// --- what the page shows

/** The treegrid's rows on the screen, from top to bottom. */
export const grid_rows = (page) =>
  page.$$eval(".g-frame .g-row[data-task]:not([hidden])", (rows) =>
    rows
      .map((row) => ({
        index: Number(row.getAttribute("aria-rowindex")) - 2,
        task: Number(row.dataset.task),
        level: Number(row.getAttribute("aria-level")),
        expanded: row.getAttribute("aria-expanded"),
        selected: row.getAttribute("aria-selected") === "true",
        name: row.querySelector(".g-text").textContent,
        cells: [...row.querySelectorAll(".g-cell")].map((cell) => cell.textContent),
        is_seen: row.getBoundingClientRect().top < row.closest(".g-scroll").getBoundingClientRect().bottom,
      }))
      .filter((row) => row.is_seen)
      .sort((a, b) => a.index - b.index),
  );

/** How many rows the whole list has, its heading aside. */
export const num_rows = (page) => page.$eval(".g-frame", (frame) => Number(frame.getAttribute("aria-rowcount")) - 1);

/** The pixels of a canvas as one short text: equal pictures are equal texts. */
export const picture = async (page, selector, at = 0) => {
  const pixels = await page.locator(selector).nth(at).evaluate((canvas) => canvas.toDataURL());
  return createHash("sha256").update(pixels).digest("hex").slice(0, 16);
};

/** Sets a control by its key, as `data-key` names it. */
export async function choose(page, key, value) {
  await page.selectOption(`[data-key="${key}"]`, value);
  await settled(page);
}

export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
  await settled(page);
}

export const texts = (page, selector) => page.$$eval(selector, (all) => all.map((each) => each.textContent));

// --- what is copied and printed

/** A reader of RFC 4180, written apart from the page's writer. */
export function parse_csv(text) {
  const rows = [];
  let row = [];
  let field = "";
  let is_quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const letter = text[i];
    if (is_quoted) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') field += text[++i];
      else is_quoted = false;
    } else if (letter === '"') {
      assert.equal(field, "", "a quote within a plain field");
      is_quoted = true;
    } else if (letter === ",") {
      row.push(field);
      field = "";
    } else if (letter === "\r") {
      assert.equal(text[++i], "\n", "a line ends with CR LF");
      row.push(field);
      rows.push(row);
      row = [];
      field = "";
    } else {
      assert.notEqual(letter, "\n", "a line ends with CR LF");
      field += letter;
    }
  }
  assert.ok(!is_quoted && field === "" && row.length === 0, "the last line ends, too");
  const [width] = rows.map((each) => each.length);
  assert.ok(rows.every((each) => each.length === width), "all rows are as wide");
  return rows;
}

/** Clicks a copy button and reads what lies on the clipboard. */
export async function copied_csv(page, button) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await button.click();
  return read_clipboard(page);
}
export async function read_clipboard(page) {
  await settled(page);
  return parse_csv(await page.evaluate(() => navigator.clipboard.readText()));
}

/** Prints to a PDF as the style wants it (or on another paper); its pages as sizes in millimetres and texts. */
export async function print(page, options = { preferCSSPageSize: true }) {
  const file = fresh_path("print.pdf");
  await page.pdf({ path: file, printBackground: true, ...options });
  const { stdout: facts } = await run("pdfinfo", ["-f", "1", "-l", "9999", file], { maxBuffer: 1e8 });
  const { stdout: text } = await run("pdftotext", ["-layout", file, "-"], { maxBuffer: 1e8 });
  const millimetres = (points) => Math.round((Number(points) * 25.4) / 72);
  const sizes = [...facts.matchAll(/^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)/gm)].map((found) => [
    millimetres(found[1]),
    millimetres(found[2]),
  ]);
  const pages = text.split("\f").slice(0, -1);
  assert.equal(pages.length, sizes.length);
  return { file, sizes, pages, text };
}

// --- what it should show, by the plainest means

/** The document's tasks as objects, in outline order, each with its depth and its ancestors. */
export function read_tasks(document) {
  const columns = document.tasks;
  const tasks = columns.id.map((_, index) => {
    const task = { index };
    for (const [name, column] of Object.entries(columns)) task[name] = column[index];
    return task;
  });
  for (const task of tasks) {
    task.name_zh ??= task.name;
    task.ancestors = [];
    for (let at = task.parent; at >= 0; at = tasks[at].parent) task.ancestors.push(at);
  }
  return tasks;
}

export function outline(tasks) {
  const below = (parent) =>
    tasks.filter((task) => task.parent === parent).flatMap((task) => [task.index, ...below(task.index)]);
  return below(-1);
}

/** What is left of the outline: what matches, and all above it. */
export function rows_that_match(tasks, matches) {
  const kept = new Set();
  for (const task of tasks.filter(matches)) [task.index, ...task.ancestors].forEach((each) => kept.add(each));
  return outline(tasks).filter((index) => kept.has(index));
}
