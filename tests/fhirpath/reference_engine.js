/* Runs npm fhirpath in Node on jobs from standard input, one JSON a line, and prints the results, one JSON a line.
   A job: {resource, questionnaire, now, variables, steps: [{text, name, focus}]}; a step with a name makes a variable. */
"use strict";
const [library, model, types] = [process.argv[2], process.argv[3], process.argv[4]].map((path) => require(path));
const { FP_Decimal, FP_Quantity, FP_TimeBase, FP_Type, ResourceNode } = types;

const RealDate = Date;
let frozen = null;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length ? given : [frozen]));
  }
};

function shown(value) {
  if (value instanceof ResourceNode) {
    value = value.data && typeof value.data === "object" ? value.data : value.convertData();
  }
  if (value === null || value === undefined) return null;
  if (value instanceof FP_Quantity) return { amount: value.value.toString(), unit: value.unit };
  if (value instanceof FP_Decimal) return { number: value.toString() };
  if (typeof value === "number" || typeof value === "bigint") return { number: String(value) };
  if (value instanceof FP_TimeBase || value instanceof FP_Type) return value.toString();
  if (typeof value === "object") return { data: value };
  return value;
}

function places(resource, steps) {
  if (!steps.length) return resource;
  const text = "%resource" + steps.map(([key, index]) => `.${key}[${index}]`).join("");
  return library.evaluate(resource, text, { resource }, model, { resolveInternalTypes: false })[0];
}

function answered(job) {
  frozen = job.now;
  const { resource, questionnaire } = job;
  const base = { ...job.variables, resource, rootResource: resource, questionnaire };
  const nodes = { ...base };
  return job.steps.map((step) => {
    try {
      const options = { preciseMath: true, resolveInternalTypes: false, traceFn: () => {} };
      const found = library.evaluate(places(resource, step.focus), step.text, nodes, model, options);
      if (step.name) nodes[step.name] = found;
      return found.map(shown).filter((value) => value !== null);
    } catch {
      return { fault: true };
    }
  });
}

console.warn = () => {};
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(lines.map((line) => JSON.stringify(answered(JSON.parse(line)))).join("\n") + "\n");
