// Checks Bundles with Medplum's validator. Arguments: the folder of the packages. Reads one Bundle a line; prints what it
// refuses, and at last how many resources it looked at.
'use strict';
const path = require('node:path');
const readline = require('node:readline');
const load = (name) => require(path.join(process.argv[2], 'node_modules', '@medplum', name));
const { indexStructureDefinitionBundle, validateResource } = load('core');
const { readJson } = load('definitions');
for (const name of ['types', 'resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
}
let looked = 0;
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const bundle = JSON.parse(line);
    for (const resource of [bundle, ...bundle.entry.map((entry) => entry.resource)]) {
      looked += 1;
      try {
        validateResource(resource);
      } catch (problem) {
        console.log(`${resource.resourceType}: ${problem.message}`);
      }
    }
  })
  .on('close', () => console.log(`looked at ${looked}`));
