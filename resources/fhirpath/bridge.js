/* How the program calls fhirpath.js: documents are put once, expressions run on nodes of them, and values
   cross as JSON in which numbers are texts and nodes are places. Runs after fhirpath.js, in QuickJS or in Node. */
globalThis.bridge = (function () {
  "use strict";
  const { fhirpath, model, types, supplements } = globalThis.fhirpathParts;
  const DECIMALS = new Set(["valueDecimal", "answerDecimal"]);
  const QUANTITIES = new Set(["valueQuantity", "answerQuantity", "low", "high", "numerator", "denominator"]);
  const MOMENTS = { date: types.FP_Date, dateTime: types.FP_DateTime, instant: types.FP_Instant, time: types.FP_Time };
  const MOST_COMPILED = 600;
  const silent = function () {};
  if (!globalThis.console) globalThis.console = { log: silent, warn: silent, error: silent };

  const documents = new Map(); // name -> { data, node }
  const compiled = new Map();
  let clock = null;

  function given(part) {
    if (!clock) throw new Error("no clock");
    return clock[part];
  }

  const OPTIONS = {
    preciseMath: true,
    resolveInternalTypes: false,
    traceFn: silent,
    userInvocationTable: {
      now: { internalStructures: true, fn: function () { return new types.FP_DateTime(this, given("now")); } },
      today: { internalStructures: true, fn: function () { return new types.FP_Date(this, given("today")); } },
      timeOfDay: { internalStructures: true, fn: function () { return new types.FP_Time(this, given("time")); } },
    },
  };

  function expression(text) {
    let found = compiled.get(text);
    if (!found) {
      if (compiled.size >= MOST_COMPILED) compiled.clear();
      found = fhirpath.compile(text, model, OPTIONS);
      compiled.set(text, found);
    }
    return found;
  }

  // The program keeps decimals as texts. A number that a double holds exactly is a number here, as in any FHIR JSON;
  // one with more digits becomes the engine's own decimal.
  function number(text) {
    const exact = types.FP_Decimal.getDecimal(text);
    const plain = Number(text);
    return types.FP_Decimal.getDecimal(plain).value.equals(exact.value) ? plain : exact;
  }

  function withNumbers(value, parent, key) {
    if (typeof value === "string") {
      const place = DECIMALS.has(key) || (key === "value" && QUANTITIES.has(parent));
      return place && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? number(value) : value;
    }
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) value[i] = withNumbers(value[i], parent, key);
    } else if (value && typeof value === "object") {
      for (const name of Object.keys(value)) value[name] = withNumbers(value[name], key, name);
    }
    return value;
  }

  function rootNode(data) {
    return fhirpath.evaluate(data, "$this", {}, model, OPTIONS)[0];
  }

  const context = rootNode({ resourceType: "Basic" }).ctx;

  function put(name, json) {
    const data = withNumbers(JSON.parse(json), "", "");
    documents.set(name, { data, node: rootNode(data) });
    // The engine remembers scores by the address of a questionnaire; another version may have the same address.
    if (name === "questionnaire") supplements._clearWeightCache();
  }

  function at(place) {
    let node = documents.get(place[0]).node;
    for (let i = 1; i < place.length; i += 2) {
      node = fhirpath.util.makeChildResNodes(node.ctx, node, place[i], model)[place[i + 1]];
    }
    return node;
  }

  function taken(value) {
    if (value === null || typeof value !== "object") return value;
    if (value.at) return value.at.length === 1 ? documents.get(value.at[0]).data : at(value.at);
    if (value.number !== undefined) return types.FP_Decimal.getDecimal(value.number);
    if (value.text !== undefined) return MOMENTS[value.moment].checkString(context, value.text) || value.text;
    const data = withNumbers(value.data, value.type ? "value" + value.type : "", "");
    if (!value.type) return data;
    const kind = value.type.includes(".") ? "BackboneElement" : value.type;
    return types.ResourceNode.makeResNode(context, data, null, value.type, null, kind);
  }

  function placeOf(node) {
    const steps = [];
    let each = node;
    while (each.parentResNode) {
      const above = each.parentResNode.data;
      let key = each.propName;
      if (above && above[key] === undefined && each.fhirNodeDataType) {
        key += each.fhirNodeDataType[0].toUpperCase() + each.fhirNodeDataType.slice(1);
      }
      if (!above || above[key] === undefined) return null;
      steps.unshift(key, each.index === null || each.index === undefined ? 0 : each.index);
      each = each.parentResNode;
    }
    for (const [name, document] of documents) {
      if (document.data === each.data) return [name].concat(steps);
    }
    return null;
  }

  function plain(value) {
    if (value instanceof types.FP_Decimal) return value.toString();
    if (typeof value === "bigint") return value.toString();
    if (typeof value === "number" && !Number.isInteger(value)) return String(value);
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object") {
      const copy = {};
      for (const name of Object.keys(value)) copy[name] = plain(value[name]);
      return copy;
    }
    return value;
  }

  const Decimal = types.FP_Decimal.getDecimal(0).value.constructor;

  function isDecimal(value) {
    return value instanceof Decimal;
  }

  function moment(value) {
    const kinds = [["date", types.FP_Date], ["instant", types.FP_Instant], ["dateTime", types.FP_DateTime]];
    const found = kinds.find((kind) => value instanceof kind[1]);
    return { text: value.toString(), moment: found ? found[0] : "time" };
  }

  function handedBack(value) {
    if (value instanceof types.ResourceNode) {
      // “.value” of a number finds what the engine keeps in its own decimals: the number itself.
      if (isDecimal(value.data)) return { number: value.data.toString() };
      if (typeof value.data === "function") throw new Error("an element that is none");
      const place = value.data === null || value.data === undefined ? null : placeOf(value);
      if (place) return { at: place, type: value.fhirNodeDataType };
      if (value.data && typeof value.data === "object" && !(value.data instanceof types.FP_Type)) {
        return { data: plain(value.data) };
      }
      value = value.convertData();
    }
    if (value === null || value === undefined) return null;
    if (value instanceof types.FP_Quantity) return { amount: value.value.toString(), unit: value.unit };
    if (value instanceof types.FP_TimeBase) return moment(value);
    if (value instanceof types.FP_Decimal) return { number: value.toString() };
    if (typeof value === "number" || typeof value === "bigint") return { number: String(value) };
    if (typeof value === "object") return { data: plain(value) };
    return value;
  }

  function run(request) {
    const asked = JSON.parse(request);
    clock = asked.clock;
    const variables = {};
    for (const name of Object.keys(asked.variables)) {
      // A single value goes without a list around it: the engine's minus sign changes the list that it is given.
      const values = asked.variables[name].map(taken);
      variables[name] = values.length === 1 ? values[0] : values;
    }
    const start = taken(asked.focus);
    const found = expression(asked.text)(start, variables);
    const values = (found instanceof Promise ? [] : found).map(handedBack).filter((value) => value !== null);
    return JSON.stringify(values);
  }

  return { put, run };
})();
