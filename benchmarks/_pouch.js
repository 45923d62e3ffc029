// PouchDB 9 on the same records: how long one local database takes to replicate into another, and again with changes.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const PouchDB = require(path.join(process.argv[2], 'node_modules', 'pouchdb'));

const [records, folder, batch, changed] = [process.argv[3], process.argv[4], +process.argv[5], +process.argv[6]];
const seconds = (begun) => Number(process.hrtime.bigint() - begun) / 1e9;
const used = () => { const spent = process.cpuUsage(); return (spent.user + spent.system) / 1e6; };

async function timed(act) {
  const cpu = used();
  const begun = process.hrtime.bigint();
  const result = await act();
  return { wall: seconds(begun), cpu: used() - cpu, docs: result.docs_written };
}

async function filled(name) {
  const database = new PouchDB(path.join(folder, name), { auto_compaction: false });
  const lines = readline.createInterface({ input: fs.createReadStream(records) });
  let docs = [];
  for await (const line of lines) {
    docs.push(JSON.parse(line));
    if (docs.length === 1000) { await database.bulkDocs(docs); docs = []; }
  }
  if (docs.length) await database.bulkDocs(docs);
  return database;
}

async function change(database, count) {
  const found = await database.allDocs({ include_docs: true, limit: count });
  await database.bulkDocs(found.rows.map(({ doc }) => ({ ...doc, changed: true })));
}

(async () => {
  const from = await filled('from');
  const to = new PouchDB(path.join(folder, 'to'));
  await to.info();
  const replicate = () => PouchDB.replicate(from, to, { batch_size: batch });
  const first = await timed(replicate);
  await change(from, changed);
  const some = await timed(replicate);
  const nothing = await timed(replicate);
  await from.close();
  await to.close();
  console.log(JSON.stringify({ first, some, nothing, rss: process.resourceUsage().maxRSS / 1024 }));
})();
