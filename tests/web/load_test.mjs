/** The load of resources: pointing, clicking, the peak, the heat map, and all of it by keyboard. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assert_quiet,
  copied_csv,
  example,
  kExamples,
  make_page,
  open,
  picture,
  press,
  read_document,
  read_tasks,
  reopen,
  settled,
  texts,
} from "./support.mjs";

const kRow = ".load-row";
const axis = (page) => picture(page, ".load-axis canvas");
const row_picture = (page, at) => picture(page, `${kRow} canvas`, at);

async function open_load(t, name) {
  const file = await make_page(example(name));
  const page = await open(t, file);
  await page.locator("#load").scrollIntoViewIfNeeded();
  await page.locator(".load-chart").evaluate((each) => each.scrollIntoView());
  await settled(page);
  return { file, page, document: read_document(file) };
}
/** The resource of a row, by the name that stands there. */
const resource_at = async (page, document, at) => {
  const name = await page.locator(`${kRow} .load-name`).nth(at).textContent();
  return document.resources.findIndex((each) => each.name[0] === name);
};
/** Tasks that use the resource at some instant within [from, to). */
const users = (document, resource, from, to) =>
  read_tasks(document).filter(
    (task) =>
      task.scheduled === 1 &&
      task.start < to &&
      task.finish > from &&
      task.resources.some((each, i) => i % 2 === 0 && each === resource),
  );

for (const name of kExamples) {
  test(`${name}: the tightest resources come first, each with its peak`, async (t) => {
    const { page, document } = await open_load(t, name);
    const renewable = document.resources.filter((each) => each.kind === "people" || each.kind === "machine");
    const count = await page.locator(kRow).count();
    assert.equal(count, Math.min(12, renewable.length));
    const shares = (await texts(page, ".load-share")).map((text) => Number(text.replace(/[ %]/g, "")));
    assert.deepEqual(shares, [...shares].sort((a, b) => b - a));
    for (let at = 0; at < Math.min(count, 4); ++at) {
      const { peak, capacity, unlimited } = document.resources[await resource_at(page, document, at)];
      if (peak === 0) continue;
      const text = await page.locator(kRow).nth(at).locator(".load-peak").textContent();
      assert.ok(text.includes(unlimited ? String(peak) : `${peak} / ${capacity}`), text);
    }
    if (renewable.length > 12) {
      await page.getByRole("button", { name: `Show all ${renewable.length}` }).click();
      await settled(page);
      assert.equal(await page.locator(kRow).count(), renewable.length);
    }
    assert_quiet(page);
  });

  test(`${name}: to the peak of a resource, and who causes it`, async (t) => {
    const { page, document } = await open_load(t, name);
    const resource = await resource_at(page, document, 0);
    const { load, peak } = document.resources[resource];
    const before = await row_picture(page, 0);
    await page.locator(kRow).nth(0).locator(".load-peak").click();
    await settled(page);
    const who = page.locator(".load-who");
    assert.equal(await who.isVisible(), true);
    assert.ok((await who.locator("h3").textContent()).includes(document.resources[resource].name[0]));
    // The stretch that is shown is one with the largest use; whoever works in it is listed.
    const listed = (await who.locator("li .link").allTextContents()).sort();
    const stretches = [];
    for (let i = 0; i < load.length; i += 4) if (load[i + 2] === peak) stretches.push([load[i], load[i + 1]]);
    const possible = stretches.map(([from, to]) => users(document, resource, from, to).map((task) => task.name).sort());
    const is_cut = listed.length === 12;
    assert.ok(possible.some((names) => (is_cut ? names.length > 12 : names.join() === listed.join())), listed.join());
    assert.notEqual(await row_picture(page, 0), before, "the stretch is marked");
    // A name shows its task; Escape closes the list.
    await who.focus();
    await press(page, "Escape");
    assert.equal(await page.locator(".load-who").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.className), "load-chart");
    assert_quiet(page);
  });
}

test("pointing tells how much is in use, a click tells by whom", async (t) => {
  const { page, document } = await open_load(t, "battery-plant");
  const resource = await resource_at(page, document, 2);
  await page.locator(kRow).nth(2).locator(".load-peak").click();
  await page.locator(".load-close").click();
  await settled(page);
  assert.equal(await page.locator(".load-who").count(), 0);
  const box = await page.locator(`${kRow} canvas`).nth(2).boundingBox();
  const tip = page.locator(".load-tip");
  assert.equal(await tip.isHidden(), true);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await settled(page);
  assert.equal(await tip.isVisible(), true);
  const { name, peak, capacity } = document.resources[resource];
  const text = await tip.textContent();
  assert.ok(text.startsWith(name[0]) && text.includes(`${peak}`) && text.includes(`${capacity}`), text);
  await page.mouse.down();
  await page.mouse.up();
  await settled(page);
  assert.ok((await page.locator(".load-who li .link").count()) > 0);
  const task = await page.locator(".load-who li .link").first().textContent();
  await page.locator(".load-who li .link").first().click();
  await settled(page);
  assert.ok((await page.textContent(".why-name")).startsWith(task));
  assert_quiet(page);
});

test("a drag and the wheel move the time of both charts", async (t) => {
  const { page } = await open_load(t, "battery-plant");
  const gantt = () => picture(page, "canvas.g-axis");
  const box = await page.locator(`${kRow} canvas`).nth(1).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const whole = [await axis(page), await gantt()];
  await page.mouse.move(x, y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -240);
  await page.keyboard.up("Control");
  await settled(page);
  const closer = [await axis(page), await gantt()];
  assert.ok(closer[0] !== whole[0] && closer[1] !== whole[1]);
  await page.mouse.down();
  await page.mouse.move(x - 200, y, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  const moved = [await axis(page), await gantt()];
  assert.ok(moved[0] !== closer[0] && moved[1] !== closer[1]);
  assert.equal(await page.locator(".load-who").count(), 0, "a drag is no click");
  await page.focus(".load-chart");
  await press(page, "0");
  const again = await axis(page);
  assert.ok(again !== closer[0] && again !== moved[0]);
  await press(page, "+", "Shift+ArrowRight");
  assert.notEqual(await axis(page), again);
  await press(page, "0");
  assert.equal(await axis(page), again, "the whole plan comes back");
  assert_quiet(page);
});

for (const name of kExamples) {
  test(`${name}: the heat map shows all resources at once and is remembered`, async (t) => {
    const { page, document } = await open_load(t, name);
    const renewable = document.resources.filter((each) => each.kind === "people" || each.kind === "machine");
    const lines = await row_picture(page, 0);
    await page.getByRole("button", { name: "Heat map" }).click();
    await settled(page);
    assert.equal(await page.locator(kRow).count(), renewable.length);
    assert.notEqual(await row_picture(page, 0), lines);
    // The division under the pointer is the one that the document tells of.
    const resource = await resource_at(page, document, 0);
    const { share } = document.resources[resource];
    const most = Math.max(...share);
    await page.locator(kRow).nth(0).locator(".load-peak").click();
    await settled(page);
    const box = await page.locator(`${kRow} canvas`).nth(0).boundingBox();
    const seen = new Set();
    // The peak is in the middle now; its division may be narrow.
    const places = Array.from({ length: 60 }, (_, i) => box.width / 2 + (i - 30));
    for (let x = 2; x < box.width; x += 23) places.push(x);
    for (const x of places) {
      await page.mouse.move(box.x + x, box.y + box.height / 2);
      const tip = await page.$$eval(".load-tip:not([hidden]) span", (all) => all.at(-1)?.textContent ?? "");
      const found = /([\d,]+) %/.exec(tip);
      if (found) seen.add(Number(found[1].replace(",", "")));
    }
    assert.ok(seen.has(most), `${most} % is not among ${[...seen]}`);
    assert.deepEqual([...seen].filter((each) => !share.includes(each)), []);
    await reopen(page);
    assert.equal(await page.locator(".load-rows.heat").count(), 1);
    assert_quiet(page);
  });
}

test("by keyboard: rows, stretches, who uses it, the peak", async (t) => {
  const { page, document } = await open_load(t, "battery-plant");
  const said = () => page.locator('section[aria-labelledby="load"] [aria-live]').textContent();
  await page.focus(".load-chart");
  await press(page, "ArrowDown");
  const first = document.resources[await resource_at(page, document, 0)].name[0];
  assert.ok((await said()).startsWith(first), await said());
  await press(page, "ArrowDown");
  const second = document.resources[await resource_at(page, document, 1)].name[0];
  assert.ok((await said()).startsWith(second), await said());
  // To another stretch, in the first row that has several.
  const places = new Set();
  for (let row = 0; row < 8 && places.size < 2; ++row) {
    await press(page, "ArrowDown");
    places.clear();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) {
      places.add(await said());
      await press(page, key);
    }
  }
  assert.ok(places.size >= 2, [...places].join());
  while (!(await said()).startsWith(second)) await press(page, "ArrowUp");
  await press(page, "p");
  assert.ok((await page.locator(".load-who h3").textContent()).includes(second));
  await press(page, "Escape");
  assert.equal(await page.locator(".load-who").count(), 0);
  await press(page, "ArrowRight");
  assert.ok((await said()).startsWith(second), "it goes on where it was");
  await press(page, "Enter");
  assert.ok((await page.locator(".load-who h3").textContent()).includes(second));
  assert_quiet(page);
});

test("however often language and theme change, one chart goes to paper", async (t) => {
  const init = () => {
    window.num_printing = 0;
    const add = window.addEventListener;
    window.addEventListener = function (type, listener, options) {
      if (type === "beforeprint") {
        window.num_printing += 1;
        options?.signal?.addEventListener("abort", () => (window.num_printing -= 1));
      }
      return add.call(this, type, listener, options);
    };
  };
  const page = await open(t, await make_page(example("battery-plant")), { init });
  const count = () => page.evaluate(() => window.num_printing);
  const before = await count();
  assert.ok(before > 0);
  await press(page, "l", "t", "l");
  assert.equal(await count(), before);
  assert_quiet(page);
});

test("the load stands as a table too", async (t) => {
  const { page, document } = await open_load(t, "battery-plant");
  await page.locator('section[aria-labelledby="load"] details summary').first().click();
  await settled(page);
  const button = page.locator('section[aria-labelledby="load"] details .copy').first();
  const [header, ...rows] = await copied_csv(page, button);
  assert.equal(header[0], "Resource");
  const renewable = document.resources.filter((each) => each.kind === "people" || each.kind === "machine");
  assert.deepEqual(rows.map((row) => row[0]).sort(), renewable.map((each) => each.name[0]).sort());
  assert_quiet(page);
});
