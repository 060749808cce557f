/**
 * Plans at the edge of what plans are: none of them makes the page stumble, and each reads well.  Screenshots of all, in
 * both languages, go to DIAODU_WEB_OUTPUT where that is set: someone should look at them.
 */

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  assert_quiet,
  example,
  fresh_path,
  make_page,
  num_rows,
  open,
  press,
  print,
  read_document,
  run,
  settled,
  texts,
  write_plan,
} from "./support.mjs";

const toml = (name, name_zh, more = "start = 2026-03-02") => `[plan]\nname = "${name}"\nname_zh = "${name_zh}"\n${more}\n`;
const kHead = "id,name,name_zh,duration,predecessors";

const kPlans = {
  "no tasks": () => write_plan({ "plan.toml": toml("Nothing yet", "尚无任务"), "tasks.csv": "id,name,duration\n" }),
  "one task": () => write_plan({ "plan.toml": toml("A single task", "只有一项"), "tasks.csv": `${kHead}\nA,Paint the door,油漆门,3d,\n` }),
  "one milestone": () => write_plan({ "plan.toml": toml("A single day", "只有一天"), "tasks.csv": `${kHead}\nM,Open,开幕,0d,\n` }),
  "a century": () =>
    write_plan({
      "plan.toml": toml("A century", "百年计划", "start = 2026-01-01"),
      "tasks.csv": `${kHead}\n${Array.from({ length: 20 }, (_, i) => `T${i},Phase ${i + 1},第${i + 1}期,1300d,${i > 0 ? `T${i - 1}` : ""}`).join("\n")}\n`,
    }),
  "a minute": () =>
    write_plan({
      "plan.toml": toml("A minute", "一分钟", 'start = "2026-03-02 09:00"'),
      "tasks.csv": `${kHead}\nA,Press the button,按下按钮,1min,\n`,
    }),
  "an hour": () =>
    write_plan({
      "plan.toml": toml("An hour", "一小时", 'start = "2026-03-02 09:00"\ncalendar = "24h"'),
      "tasks.csv": `${kHead}\nA,Press,按下,20min,\nB,Wait,等待,30min,A\nC,Release,松开,10min,B\n`,
    }),
  "no resources": () =>
    write_plan({
      "plan.toml": toml("No resources", "没有资源"),
      "tasks.csv": `${kHead}\nA,First,第一,3d,\nB,Second,第二,2d,A\nC,Beside,并行,1d,A\nM,Done,完成,0d,B; C\n`,
    }),
  "a benchmark": () => {
    // Patterson's form: jobs and resources; capacities; duration, demands, successors.
    const rows = ["4 1", "2", "0 0 2 2 3", "3 2 1 4", "4 1 1 4", "0 0 0"];
    return write_file("tiny.rcp", `${rows.join("\n")}\n`);
  },
  infeasible: () =>
    write_plan({
      "plan.toml": toml("Cannot be", "无法完成"),
      "tasks.csv": `${kHead},constraint,date\nA,Dig,开挖,10d,,,\nB,Pour,浇筑,5d,A,finish_on_or_before,2026-03-06\n`,
    }),
  errors: () =>
    write_plan({
      "plan.toml": toml("With errors", "有错误"),
      "tasks.csv": `${kHead}\nA,Dig,开挖,ten days,Q\nA,Twice,重复,5d,A\nB,Loop,循环,1d,C\nC,Loop,循环,1d,B\n`,
    }),
  "all done": () =>
    write_plan({
      "plan.toml": toml("All done", "全部完成", "start = 2026-03-02\ndata_date = 2026-04-01"),
      "tasks.csv": `${kHead}\nA,Dig,开挖,3d,\nB,Pour,浇筑,5d,A\n`,
      "progress.csv": "task,actual_start,actual_finish\nA,2026-03-02,2026-03-05\nB,2026-03-06,2026-03-13\n",
    }),
  "ten levels": () => {
    const rows = Array.from({ length: 10 }, (_, i) => `S${i},Level ${i + 1} of the work,第${i + 1}层工作,,,${i > 0 ? `S${i - 1}` : ""}`);
    for (let i = 0; i < 10; ++i) rows.push(`T${i},Task at level ${i + 1},第${i + 1}层任务,2d,${i > 0 ? `T${i - 1}` : ""},S${i}`);
    return write_plan({ "plan.toml": toml("Ten levels", "十层"), "tasks.csv": `${kHead},parent\n${rows.join("\n")}\n` });
  },
  "milestones only": () =>
    write_plan({
      "plan.toml": toml("Milestones only", "只有里程碑"),
      "tasks.csv": `${kHead},deadline,constraint,date\nA,Begin,开始,0d,,2026-03-10,,\nB,Middle,中期,0d,A,2026-04-10,start_on_or_after,2026-04-01\nC,End,结束,0d,B,2026-04-30,start_on_or_after,2026-05-06\n`,
    }),
};

function write_file(name, text) {
  const file = fresh_path(name);
  fs.writeFileSync(file, text);
  return file;
}

const kOverloaded = () =>
  write_plan({
    "plan.toml": toml("Overloaded", "超负荷"),
    "tasks.csv": `${kHead}\n${Array.from({ length: 8 }, (_, i) => `T${i},Wall ${i + 1},墙体${i + 1},${3 + (i % 3)}d,`).join("\n")}\n`,
    "resources.csv": "id,name,name_zh,kind,capacity\nM,Masons,瓦工,people,2\nC,Crane,塔吊,machine,1\n",
    "demands.csv": `task,resource,amount\n${Array.from({ length: 8 }, (_, i) => `T${i},M,1\nT${i},C,1`).join("\n")}\n`,
  });

const output = process.env.DIAODU_WEB_OUTPUT;
async function picture(page, name) {
  if (!output) return;
  fs.mkdirSync(output, { recursive: true });
  await page.screenshot({ path: path.join(output, `edge ${name}.png`.replaceAll(" ", "-")), fullPage: true });
}

/** Opens it, walks over it in both languages, prints it; the answers on top. */
async function read_through(t, file, name) {
  const page = await open(t, file);
  const answers = {};
  for (const language of ["en", "zh"]) {
    await picture(page, `${name} ${language}`);
    answers[language] = (await texts(page, ".answer-text")).map((text) => text.replace(/^[✓!–]/, ""));
    assert.equal(answers[language].length, 5);
    for (const answer of answers[language]) assert.ok(answer.trim() !== "" && !/NaN|Infinity|undefined|null|\{\d\}/.test(answer), answer);
    const all = await page.textContent("main");
    assert.doesNotMatch(all, /NaN|Infinity|undefined|\{\d\}|1970-01-01/);
    if (await page.locator(".g-frame").count()) {
      await page.focus(".g-frame");
      await press(page, "ArrowDown", "s", "Enter", "+", "+", "-", "f", "d", "End", "PageUp", "Home", "Shift+ArrowLeft", "f", "Escape");
    }
    if (await page.locator(".load-chart").count()) {
      await page.focus(".load-chart");
      await press(page, "ArrowDown", "ArrowRight", "p", "Escape");
    }
    await press(page, "l");
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 1440);
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, "no wider than a narrow screen");
  await picture(page, `${name} narrow`);
  await page.setViewportSize({ width: 1440, height: 900 });
  const { pages } = await print(page);
  assert.ok(pages.length > 0);
  assert_quiet(page);
  return { page, answers: answers.en };
}

/** What the answers on top must say: will it hold, when, how sure, what changed, what to decide. */
const kAnswers = {
  "no tasks": [/No deadline is set/, /./, /./, /No baseline/, /./],
  "one task": [/No deadline is set/, /Wed 4 Mar 2026, 17:00/, /Proven optimal/, /No baseline/, /Nothing today/],
  "one milestone": [/No deadline/, /Mon 2 Mar 2026/, /Proven/, /No baseline/, /./],
  "a century": [/No deadline/, /21\d\d/, /Proven/, /No baseline/, /./],
  "a minute": [/No deadline/, /Mon 2 Mar 2026, 09:01/, /Proven/, /No baseline/, /./],
  "an hour": [/No deadline/, /Mon 2 Mar 2026, 10:00/, /Proven/, /No baseline/, /./],
  "no resources": [/No deadline/, /Fri 6 Mar 2026, 17:00/, /Proven/, /No baseline/, /./],
  "a benchmark": [/No deadline/, /^7$/, /Proven/, /No baseline/, /Nothing today/], // 3 and 4 need 2 + 1 of 2: one after the other
  infeasible: [/No dates|limits/, /./, /no schedule exists/, /No baseline/, /error/],
  errors: [/No dates/, /No dates/, /./, /No baseline/, /errors in the plan/],
  "all done": [/No deadline/, /Fri 13 Mar 2026/, /./, /2 d later than in the baseline/, /./],
  "ten levels": [/No deadline/, /Fri 27 Mar 2026, 17:00/, /Proven/, /No baseline/, /./],
  "milestones only": [/1 of 3 deadlines|missed/, /May 2026/, /./, /No baseline/, /1 missed deadline/],
};

for (const [name, plan] of Object.entries(kPlans)) {
  test(`${name}: reads well`, async (t) => {
    const file = await make_page(plan());
    const document = read_document(file);
    const { page, answers } = await read_through(t, file, name);
    answers.forEach((answer, i) => assert.match(answer, kAnswers[name][i]));
    if (document.answer.scheduled) {
      assert.equal(await num_rows(page), document.tasks.id.length);
    } else {
      assert.equal(await page.locator(".g-frame").count(), 0, "there is nothing to draw");
      assert.ok((await page.locator('section[aria-labelledby="findings"] tbody tr').count()) > 0, "the findings are the page");
    }
  });
}

test("unlevelled: the overloads are what needs a decision", async (t) => {
  const file = await make_page(kOverloaded(), ["--without-resources"]);
  const { page, answers } = await read_through(t, file, "overloaded");
  assert.match(answers[2], /not levelled/);
  assert.match(answers[4], /2 overloaded resources/);
  assert.equal(await page.locator(".load-row .bad").count(), 2, "marked by a shape too");
});

test("with a baseline: what moved is told and can be filtered", async (t) => {
  const rows = (duration) => `${kHead}\nA,First,第一,${duration},\nB,Second,第二,2d,A\nC,Beside,并行,1d,\n`;
  const before = write_plan({ "plan.toml": toml("Moved", "有变动"), "tasks.csv": rows("3d") });
  const baseline = fresh_path("baseline.csv");
  await run(process.env.DIAODU_PROGRAM, ["schedule", before, "-o", baseline]);
  const now = write_plan({ "plan.toml": toml("Moved", "有变动"), "tasks.csv": rows("6d") });
  const file = await make_page(now, ["--baseline", baseline]);
  const { page, answers } = await read_through(t, file, "baseline");
  assert.match(answers[3], /1 of 3 tasks moved/);
  await page.selectOption('[data-key="filter"]', "moved");
  await settled(page);
  assert.equal(await num_rows(page), 1);
});

test("an example with progress half way", async (t) => {
  await read_through(t, await make_page(example("city-year")), "city year");
});
