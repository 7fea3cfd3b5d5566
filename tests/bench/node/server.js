// The same ballots taken by Node, ws and better-sqlite3, as well as one would write it:
// checked, appended to a log, committed in groups (WAL, synchronous=FULL), counted and
// acknowledged with their proof only afterwards. Newest ballot of a phone counts.
//
// It speaks enough of the protocol for a phone that votes: hello, ping, cast. Sessions
// are made up: whoever connects is a participant, and poll 1 with ideas 1, 2, 3 is open.
//
//     node server.js DATABASE
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import Database from 'better-sqlite3';
import { WebSocketServer } from 'ws';

const HEX = { uid: /^[0-9a-f]{32}$/, hash: /^[0-9a-f]{64}$/ };
const ID = /^[1-9][0-9]{0,15}$/;
const IDEAS = new Set(['1', '2', '3']);
const CAST_KEYS = ['op', 'id', 'poll', 'counter', 'ballot', 'nonce', 'lock'];

// ---- the store ----

function openStore(path) {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('locking_mode = EXCLUSIVE');
  db.exec('CREATE TABLE batch (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO batch (body) VALUES (?)');
  // One row a batch, as the server does.
  return (entries) => insert.run(JSON.stringify(entries)).lastInsertRowid;
}

// ---- the state ----

const polls = new Map([['1', { slots: new Map(), voted: 0 }]]);

function fold(entry, seq) {
  const { slots } = polls.get(entry.poll);
  const slot = slots.get(entry.slot) ?? { ids: new Map(), counter: 0, ballot: null };
  const counts = entry.counter > slot.counter;
  if (counts) {
    slot.counter = entry.counter;
    slot.ballot = entry.ballot;
  }
  const outcome = { pos: Number(seq), counts };
  slot.ids.set(entry.id, outcome);
  slots.set(entry.slot, slot);
  polls.get(entry.poll).voted = slots.size;
  return outcome;
}

// ---- checking ----

function isRanking(ranking) {
  const seen = new Set();
  return (
    Array.isArray(ranking) &&
    ranking.every((place) => {
      const idea = Array.isArray(place) && place.length === 1 ? place[0] : null;
      const good = IDEAS.has(idea) && !seen.has(idea);
      seen.add(idea);
      return good;
    })
  );
}

function fault(cast) {
  const keys = Object.keys(cast);
  if (keys.length !== CAST_KEYS.length || !CAST_KEYS.every((key) => key in cast)) {
    return 'unknown-key';
  }
  if (!polls.has(cast.poll) || !ID.test(cast.poll)) return 'unknown-poll';
  if (!Number.isInteger(cast.counter) || cast.counter < 1 || cast.counter > 0xffffffff) {
    return 'bad-value';
  }
  const ok =
    HEX.uid.test(cast.id) &&
    HEX.uid.test(cast.nonce) &&
    HEX.hash.test(cast.lock) &&
    cast.ballot !== null &&
    typeof cast.ballot === 'object' &&
    Object.keys(cast.ballot).length === 1 &&
    isRanking(cast.ballot.ranking);
  return ok ? null : 'bad-value';
}

// ---- the receipt ----

function int64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

function proofOf({ poll, lock, nonce, ballot }) {
  const choice = createHash('sha256')
    .update(Buffer.from(nonce, 'hex'))
    .update(JSON.stringify(ballot))
    .digest();
  return createHash('sha256')
    .update('stimmwerk/ballot/1')
    .update(int64(poll))
    .update(Buffer.from(lock, 'hex'))
    .update(choice)
    .digest('hex');
}

// ---- the path of a ballot ----

const append = openStore(process.argv[2] ?? ':memory:');
let waiting = [];

function answer(socket, entry, outcome) {
  const stored = {
    op: 'stored',
    id: entry.id,
    poll: entry.poll,
    pos: outcome.pos,
    proof: proofOf(entry),
    counts: outcome.counts,
  };
  socket.send(JSON.stringify(stored));
}

// What arrived in this turn of the loop is one transaction, and what one line is answered
// is one write.
function commit() {
  const batch = waiting;
  waiting = [];
  const seq = append(batch.map(({ entry }) => entry));
  const lines = new Set(batch.map(({ socket }) => socket._socket));
  for (const line of lines) line?.cork();
  for (const { socket, entry } of batch) {
    answer(socket, entry, fold(entry, seq));
  }
  for (const line of lines) line?.uncork();
}

function cast(socket, message) {
  const err = fault(message);
  if (err !== null) {
    socket.send(JSON.stringify({ op: 'refused', id: message.id, err }));
    return;
  }
  const { id, poll, counter, ballot, nonce, lock } = message;
  const entry = { slot: socket.slot, id, poll, counter, ballot, nonce, lock };
  const first = polls.get(poll).slots.get(socket.slot)?.ids.get(id);
  if (first !== undefined) {
    answer(socket, entry, first);
    return;
  }
  if (waiting.push({ socket, entry }) === 1) setImmediate(commit);
}

function hello(socket, { id, event }) {
  const welcome = { op: 'welcome', id, event, role: 'participant', pos: 1 };
  socket.send(JSON.stringify(welcome));
  socket.send(JSON.stringify({ op: 'change', from: 0, pos: 1 }));
}

function hear(socket, data) {
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    socket.close(1007);
    return;
  }
  if (message.op === 'cast') cast(socket, message);
  else if (message.op === 'hello') hello(socket, message);
  else if (message.op === 'ping') socket.send('{"op":"pong"}');
  else socket.send(JSON.stringify({ op: 'refused', id: message.id, err: 'unknown-op' }));
}

// ---- the network ----

const http = createServer((request, response) => response.writeHead(404).end());
const sockets = new WebSocketServer({
  server: http,
  path: '/ws',
  perMessageDeflate: false,
  maxPayload: 32768,
  handleProtocols: () => 'stimmwerk.v1',
});
let seats = 0;
sockets.on('connection', (socket) => {
  socket.slot = String(++seats);
  socket.on('message', (data) => hear(socket, data));
  socket.on('error', () => socket.terminate());
});
http.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  console.log(`listening on http://127.0.0.1:${http.address().port}`);
});
