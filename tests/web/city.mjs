/**
 * A city with targets, figures of seven years on record, tasks under way and one plant that adds to an output: what
 * the tests of outlook and status look at.  Made anew each time, always the same.
 */

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { fresh_path, make_page, run, write_plan } from "./support.mjs";

const kToml = `[plan]
name = "Harbour city 2026"
name_zh = "滨海市 2026 年计划"
start = 2026-01-05
data_date = "2026-06-30 17:00"
currency = "CNY"
`;

const kTargets = `id,name,name_zh,parent,weight,unit,direction,measure,accrual,goal,by,roll_up,share,side,rule,step,effort_gain
Y,City programme 2026,2026 年度目标,,1,,,,,,2026-12-31,,,,,,
G,Gross domestic product,地区生产总值,Y,40,亿元,more,growth,sum,5.6,2026-12-31,,,,proportional,,
GP,By production,生产法,G,1,,more,growth,sum,,2026-12-31,growth,,production,,,
P1,Primary industry,第一产业,GP,1,亿元,more,growth,sum,3.0,2026-12-31,,6,,threshold,,
P2,Secondary industry,第二产业,GP,1,亿元,more,growth,sum,6.0,2026-12-31,,44,,proportional,,0.3
P3,Tertiary industry,第三产业,GP,1,亿元,more,growth,sum,5.6,2026-12-31,,50,,proportional,,0.2
GE,By expenditure,支出法,G,1,,more,growth,sum,,2026-12-31,growth,,expenditure,,,
E1,Consumption,最终消费,GE,1,亿元,more,growth,sum,5.5,2026-12-31,,56,,proportional,,0.2
E2,Capital formation,资本形成,GE,1,亿元,more,growth,sum,5.0,2026-12-31,,38,,proportional,,0.4
E3,Net exports,净出口,GE,1,亿元,more,growth,sum,3.0,2026-12-31,,6,,proportional,,
R,Public revenue,一般公共预算收入,Y,20,亿元,more,level,sum,1060,2026-12-31,,,,proportional,,1
M,Wafers made,晶圆产量,Y,20,万片,more,level,sum,690,2026-12-31,,,,proportional,,2
A,PM2.5,PM2.5 年均浓度,Y,10,µg/m³,less,level,mean,26,2026-12-31,,,,threshold,,-1
T,Visitors,接待游客,Y,10,万人次,more,growth,sum,9,2026-12-31,,,,rank,,1
N,Data trade,数据交易额,Y,5,亿元,more,level,sum,12,2026-12-31,,,,threshold,,
`;

const kPeers = `target,id,name,name_zh
T,north,Northport,北港市
T,lake,Lakeside,湖滨市
T,hill,Hilltown,山城市
`;

const kTasks = `id,name,name_zh,parent,duration,predecessors,owner,cost,deadline
W,Wafer plant,晶圆厂,,,,,,
W1,Foundations,基础,W,40d,,Li Ming,4200000,
W2,Clean room,洁净室,W,45d,W1,Li Ming,9800000,
W3,Tools moved in,设备搬入,W,30d,W2,Wang Fang,21000000,
W4,Trial runs,试生产,W,35d,W3,Wang Fang,3600000,2026-10-30
P,Harbour road,疏港公路,,,,,,
P1,Land,征地,P,50d,,Zhou Jie,6000000,
P2,Bridges,桥梁,P,70d,P1,Zhou Jie,15000000,
P3,Surface,路面,P,40d,P2,Sun Lei,7400000,2026-12-18
H,Hospital wing,医院新楼,,,,,,
H1,Design,设计,H,35d,,Chen Yu,1200000,
H2,Structure,结构,H,80d,H1,Chen Yu,11000000,
H3,Fitting out,装修,H,60d,H2,,6400000,
`;

const kProgress = `task,actual_start,actual_finish,remaining,percent
W1,2026-01-05,2026-03-10,,
W2,2026-03-11,,12d,75
P1,2026-01-05,2026-03-20,,
P2,2026-04-07,,45d,38
H1,2026-01-12,2026-02-27,,
H2,2026-03-02,,24d,70
`;

const kCosts = `task,date,amount
W1,2026-02-02,2400000
W1,2026-03-10,2300000
W2,2026-04-20,4800000
W2,2026-06-15,4100000
P1,2026-03-20,6300000
P2,2026-05-29,6900000
H1,2026-02-27,1150000
H2,2026-04-30,3900000
H2,2026-06-26,3500000
`;

/** Between -1 and 1, the same for the same number. */
const noise = (number) => {
  const at = Math.sin(number * 12.9898 + 4.1414) * 43758.5453;
  return 2 * (at - Math.floor(at)) - 1;
};
const two = (number) => String(number).padStart(2, "0");

/** One indicator's months or quarters up to May (the first quarter) of 2026, each published three weeks later. */
function figures(target, { level, growth, season = 0.08, spread = 0.02, quarters = false, joined = false, seed, trend = 0 }) {
  const rows = [];
  const months = quarters ? 3 : 1;
  for (let year = 2019; year <= 2026; ++year) {
    for (let last = months; last <= 12; last += months) {
      if (year === 2026 && last > 5) break;
      if (joined && last === 1) continue;
      const number = (year - 2019) * 12 + last;
      const grown = (1 + (growth + (year === 2026 ? trend : 0)) / 100) ** ((number - 1) / 12);
      const factor = 1 + season * Math.sin((last / 12) * 2 * Math.PI) + spread * noise(seed * 1000 + number);
      const width = joined && last === 2 ? 2 : months;
      const first = last - width + 1;
      const period = quarters ? `${year}-Q${last / 3}` : width === 2 ? `${year}-01..02` : `${year}-${two(last)}`;
      const published = last === 12 ? `${year + 1}-01-19` : `${year}-${two(last + 1)}-19`;
      const value = (level * grown * factor * (first === last || quarters ? 1 : width)).toPrecision(6);
      rows.push([target, period, "level", Number(value), published]);
    }
  }
  return rows;
}

function all_figures() {
  const rows = [
    ...figures("G", { level: 1650, growth: 5.6, quarters: true, spread: 0.006, seed: 1, trend: 0.1 }),
    ...figures("P1", { level: 90, growth: 3.2, quarters: true, spread: 0.01, seed: 2 }),
    ...figures("P2", { level: 720, growth: 5.6, quarters: true, spread: 0.008, seed: 3 }),
    ...figures("P3", { level: 840, growth: 5.8, quarters: true, spread: 0.005, seed: 4 }),
    ...figures("E1", { level: 310, growth: 5.6, spread: 0.01, seed: 5 }),
    ...figures("E2", { level: 210, growth: 4.4, spread: 0.02, season: 0.15, seed: 6, trend: -0.1 }),
    ...figures("E3", { level: 33, growth: 3, spread: 0.03, seed: 7 }),
    ...figures("R", { level: 58, growth: 6.5, spread: 0.03, season: 0.12, joined: true, seed: 8, trend: -0.05 }),
    ...figures("M", { level: 36, growth: 6, spread: 0.03, season: 0.05, seed: 9 }),
    ...figures("A", { level: 34, growth: -3.4, spread: 0.05, season: 0.3, seed: 10 }),
    ...figures("T", { level: 120, growth: 8.5, spread: 0.04, season: 0.2, seed: 11 }),
    ...figures("T@north", { level: 150, growth: 8, spread: 0.04, season: 0.2, seed: 12 }),
    ...figures("T@lake", { level: 90, growth: 9.5, spread: 0.04, season: 0.2, seed: 13 }),
    ...figures("T@hill", { level: 60, growth: 6, spread: 0.04, season: 0.2, seed: 14 }),
    ["N", "2026-03", "level", 0.9, "2026-04-19"],
    ["N", "2026-04", "level", 1.1, "2026-05-19"],
  ];
  // April's revenue and wafers are revised in June.
  for (const [target, factor] of [["R", 0.985], ["M", 1.02]]) {
    const april = rows.find((row) => row[0] === target && row[1] === "2026-04");
    rows.push([target, "2026-04", "level", Number((april[3] * factor).toPrecision(6)), "2026-06-19"]);
  }
  return rows;
}

/** The plan's folder, with its record; `names` may replace a file's text. */
export async function write_city(replaced = {}) {
  const folder = write_plan({
    "plan.toml": kToml,
    "targets.csv": kTargets,
    "peers.csv": kPeers,
    "tasks.csv": kTasks,
    "progress.csv": kProgress,
    "costs.csv": kCosts,
    "effects.csv": "task,target,amount,ramp\nW4,M,22,2\n",
    "uncertainty.csv": "task,low,likely,high\nW,80%,100%,150%\nP,85%,100%,140%\nH,90%,100%,130%\n",
    ...replaced,
  });
  const file = path.join(path.dirname(fresh_path("x")), "observations.csv");
  const text = ["target,period,measure,value,published", ...all_figures().map((row) => row.join(","))].join("\n");
  fs.writeFileSync(file, `${text}\n`);
  const told = ["--author", "statistics", "--reason", "monthly release", "--recorded", "2026-06-21"];
  await run(process.env.DIAODU_PROGRAM, ["log", folder, "import", file, ...told, "--lang", "en"], { maxBuffer: 1e8 });
  assert.ok(fs.readdirSync(folder).length > 6, "the record lies beside the plan");
  return folder;
}

let written = null;
/** The page of the city at the end of June, made once. */
export async function make_city(args = []) {
  written ??= write_city();
  return make_page(await written, ["--as-of", "2026-06-30", "--steps", "500", ...args]);
}
