// A FHIR server over Medplum's router and its repository in memory, which keeps what it was sent even where an entry of
// a transaction is refused. Arguments: the folder of the packages. Prints the port that it listens on.
'use strict';
const http = require('node:http');
const path = require('node:path');
const load = (name) => require(path.join(process.argv[2], 'node_modules', '@medplum', name));
const { indexStructureDefinitionBundle, getStatus, isOperationOutcome } = load('core');
const { readJson } = load('definitions');
const { FhirRouter, MemoryRepository } = load('fhir-router');
for (const name of ['types', 'resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
}
const router = new FhirRouter();
const repository = new MemoryRepository();

async function answer(request, body) {
  const url = new URL(request.url, 'http://peer');
  const pathname = url.pathname.replace(/^\/fhir/, '') || '/';
  const query = Object.fromEntries(url.searchParams);
  const asked = { method: request.method, url: pathname + url.search, pathname: '', params: {}, query, body, headers: request.headers };
  const [outcome, resource] = await router.handleRequest(asked, repository);
  return [getStatus(outcome), resource ?? outcome];
}

http
  .createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      const text = Buffer.concat(parts).toString('utf8');
      const [status, resource] = await answer(request, text ? JSON.parse(text) : undefined).catch((e) => [500, { error: String(e) }]);
      response.writeHead(status, { 'Content-Type': 'application/fhir+json' });
      response.end(JSON.stringify(resource));
    });
  })
  .listen(0, '127.0.0.1', function () {
    console.log(this.address().port);
  });
