/** On paper: the sizes that the style asks for, every row of the chart and of the tables, black on white. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { assert_quiet, choose, example, kExamples, make_page, open, press, print, read_document, read_tasks, run, settled, write_plan } from "./support.mjs";

/** Without what line breaks do to a text. */
const squeezed = (text) => text.replace(/\s+/g, "");
const has = (printed, name) => squeezed(printed).includes(squeezed(name));

/** Of names that are cut to their column at least the beginning; short names are whole. */
const begins = (name) => [...name].slice(0, 18).join("");

for (const name of kExamples) {
  test(`${name}: prints on A4 landscape, with all rows of the chart`, async (t) => {
    const file = await make_page(example(name));
    const document = read_document(file);
    const page = await open(t, file);
    const { sizes, text } = await print(page);
    assert.ok(sizes.length >= 3 && sizes.length < 60, `${sizes.length} pages`);
    for (const size of sizes) assert.deepEqual(size, [297, 210]);
    assert.deepEqual(document.tasks.name.filter((each) => !has(text, begins(each))), []);
    for (const { task } of document.milestones) assert.ok(has(text, begins(document.tasks.name[task])));
    assert.equal(await page.locator(".sheets").count(), 0, "the sheets are gone from the screen");
    assert_quiet(page);
  });
}

test("no page is empty, and no row of the chart is cut by a page's edge", async (t) => {
  const page = await open(t, await make_page(example("battery-plant")));
  const { pages } = await print(page);
  assert.deepEqual(pages.map((each) => squeezed(each).length > 20), pages.map(() => true));
  // Whatever the sheets show of a task stands on one page: its name and its dates in one line.
  const document = read_document(await make_page(example("battery-plant")));
  const days = (minutes) => new Date(minutes * 60000).toISOString().slice(0, 10);
  for (const task of read_tasks(document).filter((each) => each.kind === "task")) {
    const line = pages.flatMap((each) => each.split("\n")).find((each) => has(each, begins(task.name)) && each.includes(days(task.start)));
    assert.ok(line, task.name);
  }
});

test("A3 landscape, in Chinese", async (t) => {
  const file = await make_page(example("battery-plant"));
  const document = read_document(file);
  const page = await open(t, file);
  await press(page, "l");
  const { sizes, text } = await print(page, { format: "A3", landscape: true });
  for (const size of sizes) assert.deepEqual(size, [420, 297]);
  const names = document.tasks.name_zh.map((each, i) => each ?? document.tasks.name[i]);
  assert.deepEqual(names.filter((each) => !has(text, [...each].slice(0, 6).join(""))), []);
  assert_quiet(page);
});

test("what is filtered away is not printed in the chart", async (t) => {
  const page = await open(t, await make_page(example("battery-plant")));
  const all = await print(page);
  await choose(page, "filter", "milestones");
  const few = await print(page);
  assert.ok(few.pages.length < all.pages.length);
});

test("paper is white whatever the screen is, and the screen stays dark", async (t) => {
  const wrong = write_plan({ "plan.toml": '[plan]\nname = "With an error"\nstart = 2026-03-02\n', "tasks.csv": "id,duration\nA,ten days\n" });
  for (const plan of [example("expo"), wrong]) {
    const file = await make_page(plan);
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(t, file, { colorScheme });
      const { file: printed } = await print(page);
      // The mean of each page's grey: paper with some ink on it.
      const { stdout } = await run("pdftoppm", ["-r", "20", "-gray", printed], { encoding: "buffer", maxBuffer: 1e9 });
      for (const mean of mean_greys(stdout)) assert.ok(mean > 200, `${colorScheme}: ${mean}`);
      await settled(page);
      assert.equal(await page.$eval("html", (html) => html.classList.contains("dark")), colorScheme === "dark");
      assert_quiet(page);
    }
  }
});

/** Of PGM pictures one after the other: `P5 width height 255` and a byte a pixel. */
function mean_greys(bytes) {
  const means = [];
  for (let at = 0; at < bytes.length; ) {
    const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", at, at + 40));
    const begin = at + header[0].length;
    const size = Number(header[1]) * Number(header[2]);
    let sum = 0;
    for (let i = begin; i < begin + size; ++i) sum += bytes[i];
    means.push(sum / size);
    at = begin + size;
  }
  return means;
}
