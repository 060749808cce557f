import type { PlanDocument } from "./document";

const text = document.getElementById("document")!.textContent!;
const plan = JSON.parse(text) as PlanDocument;
document.title = plan.plan.name[plan.language === "zh" ? 1 : 0];
