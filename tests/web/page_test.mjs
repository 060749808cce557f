/** The page as a whole: it opens from disk, says nothing to the console, asks for nothing, and remembers its reader. */

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import {
  assert_quiet,
  example,
  grid_rows,
  kExamples,
  make_page,
  num_rows,
  open,
  press,
  read_document,
  reopen,
  settled,
  texts,
} from "./support.mjs";

const headings = (page) => texts(page, "main h2");
const language = (page) => page.getAttribute("html", "lang");
const is_dark = (page) => page.$eval("html", (html) => html.classList.contains("dark"));
const background = (page) => page.$eval("body", (body) => getComputedStyle(body).backgroundColor);
const is_chinese = (text) => /[\u4e00-\u9fff]/.test(text);

for (const name of kExamples) {
  test(`${name}: the page opens without a network and without a word to the console`, async (t) => {
    const file = await make_page(example(name));
    const page = await open(t, file);
    const { plan } = read_document(file);
    assert.equal(await page.textContent("h1"), plan.name[0]);
    assert.equal(await page.title(), plan.name[0]);
    assert.equal(await num_rows(page), plan.num_tasks);
    assert.equal((await grid_rows(page)).length > 5, true);
    assert.equal((await page.$$(".answer")).length, 5);
    // All of it is walked through, so that what is drawn when it comes into view is drawn.
    for (const part of await page.$$("section")) {
      await part.scrollIntoViewIfNeeded();
      await settled(page);
    }
    await page.setViewportSize({ width: 500, height: 700 });
    await settled(page);
    assert_quiet(page);
  });

  test(`${name}: the other language is a click away and remembered`, async (t) => {
    const file = await make_page(example(name));
    const page = await open(t, file);
    assert.equal(await language(page), "en");
    const before = { headings: await headings(page), names: (await grid_rows(page)).map((row) => row.name) };
    assert.deepEqual(before.headings.filter(is_chinese), []);
    await page.click('[data-key="language"]');
    await settled(page);
    assert.equal(await language(page), "zh-CN");
    assert.equal(await page.title(), read_document(file).plan.name[1]);
    const after = { headings: await headings(page), names: (await grid_rows(page)).map((row) => row.name) };
    assert.equal(after.headings.length, before.headings.length);
    assert.deepEqual(after.headings.filter((text) => !is_chinese(text)), []);
    assert.equal(after.names.length, before.names.length);
    assert.deepEqual(after.names.filter((text) => !is_chinese(text)), []);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "language", "the focus stays");

    await reopen(page);
    assert.equal(await language(page), "zh-CN");
    assert.deepEqual(await headings(page), after.headings);
    await press(page, "l");
    assert.equal(await language(page), "en");
    assert.deepEqual(await headings(page), before.headings);
    assert_quiet(page);
  });
}

test("a page made in Chinese opens in Chinese", async (t) => {
  const page = await open(t, await make_page(example("expo"), ["--lang", "zh"]));
  assert.equal(await language(page), "zh-CN");
  assert.deepEqual((await headings(page)).filter((text) => !is_chinese(text)), []);
});

test("light and dark: as the system has it, at a click, remembered", async (t) => {
  const file = await make_page(example("expo"));
  const page = await open(t, file, { colorScheme: "dark" });
  assert.equal(await is_dark(page), true);
  const dark = await background(page);
  await page.click('[data-key="theme"]');
  await settled(page);
  assert.equal(await is_dark(page), false);
  assert.notEqual(await background(page), dark);
  await reopen(page);
  assert.equal(await is_dark(page), false, "the reader's choice counts more than the system's");
  await press(page, "t");
  assert.equal(await is_dark(page), true);
  assert.equal(await background(page), dark);
  assert_quiet(page);
});

test("where storage is switched off the page works all the same", async (t) => {
  const page = await open(t, await make_page(example("expo")), {
    init: () => {
      const refuse = () => {
        throw new DOMException("denied", "SecurityError");
      };
      Object.defineProperty(window, "localStorage", { get: refuse });
    },
  });
  await page.click('[data-key="language"]');
  await settled(page);
  assert.equal(await language(page), "zh-CN");
  assert_quiet(page);
});

test("the list of keys opens, names every key and closes", async (t) => {
  const page = await open(t, await make_page(example("expo")));
  const is_open = () => page.$eval("dialog.help", (dialog) => dialog.open);
  await page.click('[data-key="help"]');
  assert.equal(await is_open(), true);
  assert.equal((await page.$$("dialog.help dt")).length, 15);
  await press(page, "Escape");
  assert.equal(await is_open(), false);
  await press(page, "?");
  assert.equal(await is_open(), true);
  await press(page, "l");
  assert.equal(await language(page), "en", "keys wait while the list is open");
  await page.click("dialog.help button");
  assert.equal(await is_open(), false);
  assert_quiet(page);
});

test("the contents lead to every part", async (t) => {
  const page = await open(t, await make_page(example("battery-plant")));
  const links = await page.$$eval(".bar-links a", (all) => all.map((link) => link.getAttribute("href")));
  assert.equal(links.length, 7);
  for (const href of links) {
    await page.click(`.bar-links a[href="${href}"]`);
    await settled(page);
    const top = await page.$eval(href, (part) => part.getBoundingClientRect().top);
    const is_end = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
    assert.ok(top >= 0 && (is_end || top < 120), `${href} is at ${top}`);
  }
  assert_quiet(page);
});

test("the file's own policy allows its script and its style and nothing else", async (t) => {
  const file = await make_page(example("expo"));
  const text = fs.readFileSync(file, "utf8");
  assert.equal(/\b(src|href)\s*=\s*["']?(https?:)?\/\//.test(text.replace(/<script[^>]*>.*?<\/script>/gs, "")), false);
  const page = await open(t, file);
  const failures = [];
  page.on("requestfailed", (request) => failures.push([request.url(), request.failure().errorText]));
  const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', "content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  // A script and a picture that come in later are blocked, and the browser says so.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.has_run = true";
    document.body.append(script);
    const image = new Image();
    image.src = "https://example.invalid/a.png";
    document.body.append(image);
    const box = document.createElement("div");
    box.innerHTML = '<button id="bad" onclick="window.has_run = true">x</button>';
    document.body.append(box);
    box.firstChild.click();
  });
  await settled(page);
  assert.equal(await page.evaluate(() => window.has_run), undefined);
  assert.equal(page.complaints.filter((each) => /Content Security Policy/.test(each)).length >= 3, true, page.complaints.join("\n"));
  assert.deepEqual(failures, [["https://example.invalid/a.png", "csp"]], "the policy stops it, not the missing network");
});
