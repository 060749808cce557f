/** The tables: what stands in them, how they sort, what is copied, and the weeks of the look-ahead. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assert_quiet,
  copied_csv,
  example,
  kExamples,
  make_page,
  open,
  parse_csv,
  press,
  read_document,
  read_tasks,
  settled,
} from "./support.mjs";

/** The section whose heading has this id. */
const part = (page, id) => page.locator(`section[aria-labelledby="${id}"]`);
const heads = (table) => table.locator("thead th").allTextContents();
/** Rows of cells; headings of groups are left out. */
const rows = (table) =>
  table.evaluate((element) =>
    [...element.querySelectorAll("tbody tr:not(.group)")].map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
const column = async (table, at) => (await rows(table)).map((row) => row[at]);
/** `2024-04-12 16:00` of minutes since 1970; the last minute of a day is 24:00. */
function cell(minutes, is_end = false) {
  const text = (time) => new Date(time * 60000).toISOString().replace("T", " ").slice(0, 16);
  return is_end && minutes % 1440 === 0 ? `${text(minutes - 1).slice(0, 10)} 24:00` : text(minutes);
}

for (const name of kExamples) {
  test(`${name}: the critical chain is the program's, and is copied as it stands`, async (t) => {
    const file = await make_page(example(name));
    const document = read_document(file);
    const tasks = document.critical_chain.map((index) => read_tasks(document)[index]);
    const page = await open(t, file);
    const table = part(page, "chain").locator("table");
    assert.deepEqual(await column(table, 1), tasks.map((task) => task.name).slice(0, 200));
    assert.deepEqual(await column(table, 2), tasks.map((task) => cell(task.start)));
    assert.deepEqual(await column(table, 3), tasks.map((task) => cell(task.finish, true)));
    const [header, ...copied] = await copied_csv(page, part(page, "chain").locator(".copy"));
    assert.deepEqual(header, await heads(table));
    assert.deepEqual(copied, await rows(table));
    assert_quiet(page);
  });

  test(`${name}: milestones and deadlines sort by each column, and come back`, async (t) => {
    const file = await make_page(example(name));
    const document = read_document(file);
    const tasks = read_tasks(document);
    const page = await open(t, file);
    const table = part(page, "milestones").locator("table");
    const dates = document.milestones.map(({ task }) => tasks[task].finish);
    const names = document.milestones.map(({ task }) => tasks[task].name);
    assert.deepEqual(await column(table, 1), dates.map((time) => cell(time, true)));
    assert.deepEqual(await column(table, 2), names);
    const missed = document.milestones.filter((each) => each.missed).length;
    assert.equal((await column(table, 0)).filter((text) => text.includes("missed")).length, missed);
    const sort = async (at) => {
      await table.locator("thead th").nth(at).locator("button").click();
      return table.locator("thead th").nth(at).getAttribute("aria-sort");
    };
    assert.equal(await sort(1), "ascending");
    assert.deepEqual(await column(table, 1), [...dates].sort((a, b) => a - b).map((time) => cell(time, true)));
    assert.equal(await sort(1), "descending");
    assert.deepEqual(await column(table, 1), [...dates].sort((a, b) => b - a).map((time) => cell(time, true)));
    assert.equal(await sort(1), null);
    assert.deepEqual(await column(table, 2), names);
    assert.equal(await sort(2), "ascending");
    const by_name = [...names].sort(new Intl.Collator("en", { numeric: true }).compare);
    assert.deepEqual(await column(table, 2), by_name);
    const [, ...copied] = await copied_csv(page, part(page, "milestones").locator(".copy"));
    assert.deepEqual(copied.map((row) => row[2]), by_name, "copied as sorted");
    assert_quiet(page);
  });

  test(`${name}: the look-ahead has what starts, runs or ends in the chosen weeks, by owner`, async (t) => {
    const file = await make_page(example(name));
    const document = read_document(file);
    const tasks = read_tasks(document);
    const page = await open(t, file);
    const ahead = part(page, "look-ahead");
    const from = document.plan.data_date ?? document.answer.start;
    const counts = [];
    for (const weeks of [2, 4, 8]) {
      const choice = ahead.locator(".choice button", { hasText: `${weeks} weeks` });
      await choice.click();
      assert.equal(await choice.getAttribute("aria-pressed"), "true");
      assert.equal(await ahead.locator('.choice [aria-pressed="true"]').count(), 1);
      const to = from + weeks * 7 * 1440;
      const wanted = tasks.filter(
        (task) => task.scheduled && !task.done && task.kind !== "summary" && task.start < to && task.finish >= from,
      );
      counts.push(wanted.length);
      if (wanted.length === 0) continue;
      const table = ahead.locator("table");
      assert.deepEqual((await column(table, 1)).sort(), wanted.map((task) => task.name).sort());
      const [header, ...copied] = await copied_csv(page, ahead.locator(".copy"));
      assert.equal(header.at(-1), "Owner");
      assert.deepEqual(
        copied.map((row) => [row[1], row.at(-1)]).sort(),
        wanted.map((task) => [task.name, task.owner]).sort(),
      );
      const groups = await ahead.locator("tr.group").allTextContents();
      const owners = new Set(wanted.map((task) => task.owner));
      assert.deepEqual(groups.length, owners.size === 1 && owners.has("") ? 0 : owners.size);
    }
    assert.ok(counts[0] <= counts[1] && counts[1] <= counts[2] && counts[2] > 0);
    assert_quiet(page);
  });
}

test("findings have severity, place, message and hint, in the reader's language", async (t) => {
  const file = await make_page(example("city-year"));
  const { findings } = read_document(file);
  const page = await open(t, file);
  const table = part(page, "findings").locator("table");
  assert.ok(findings.length > 0);
  assert.deepEqual(await column(table, 1), findings.map((each) => each.where));
  assert.deepEqual(await column(table, 2), findings.map((each) => each.message[0]));
  await press(page, "l");
  assert.deepEqual(await column(table, 2), findings.map((each) => each.message[1]));
  assert.deepEqual(await column(table, (await heads(table)).indexOf("代码")), findings.map((each) => each.code));
});

test("a name in a table shows the task in the chart", async (t) => {
  const file = await make_page(example("battery-plant"));
  const document = read_document(file);
  const page = await open(t, file);
  const button = part(page, "chain").locator("tbody button").nth(5);
  const name = await button.textContent();
  await button.click();
  await settled(page);
  assert.equal(await page.getAttribute(".g-frame", "aria-activedescendant"), `row-${document.critical_chain[5]}`);
  assert.ok((await page.textContent(".why-name")).startsWith(name));
  const top = await page.$eval("#gantt", (each) => each.getBoundingClientRect().top);
  assert.ok(top > -50 && top < 700, `the chart is in view: ${top}`);
});

test("every copy button copies a table, also where there is no clipboard interface", async (t) => {
  for (const is_denied of [false, true]) {
    const page = await open(t, await make_page(example("battery-plant")), {
      init: is_denied ? () => (Clipboard.prototype.writeText = () => Promise.reject(new Error("denied"))) : null,
    });
    const buttons = await page.$$(".copy");
    assert.ok(buttons.length >= 4);
    for (const details of await page.$$("details")) await details.evaluate((each) => (each.open = true));
    for (const button of buttons) {
      if (!(await button.isVisible())) continue;
      const table = await copied_csv(page, button);
      const title = await button.getAttribute("aria-label");
      assert.ok(table.length > 1 && table[0].every((each) => each !== ""), title);
      assert.equal(await button.textContent(), "Copied");
    }
    // It says so for a while.
    await page.waitForFunction(() => [...document.querySelectorAll(".copy")].every((each) => each.textContent !== "Copied"));
    assert_quiet(page);
  }
});

test("the reader of CSV refuses what is none", () => {
  assert.throws(() => parse_csv("a,b\n1,2\n"));
  assert.throws(() => parse_csv("a,b\r\n1\r\n"));
  assert.throws(() => parse_csv('a,"b\r\n'));
  assert.deepEqual(parse_csv('a,"b ""x""\r\ny"\r\n'), [["a", 'b "x"\r\ny']]);
});
