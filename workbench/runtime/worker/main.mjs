// Entry of the Node worker: answers framed JSON (see workbench/process.py) until its input ends.
import fs from 'node:fs';
import net from 'node:net';
import { Worker } from 'node:worker_threads';
import './modules.mjs'; // first: what follows resolves npm packages through its hooks
import { described } from './failures.mjs';

const input = Number(process.env.WORKBENCH_IN);
const output = Number(process.env.WORKBENCH_OUT);
const { operations } = await import(process.argv[2]); // ./operations.mjs or ./types.mjs

// User code may loop for ever, and then the end of our input is never seen: a thread watches our parent instead.
new Worker(new URL('./watchdog.mjs', import.meta.url), { workerData: Number(process.env.WORKBENCH_PARENT) }).unref();

function write(answer) {
  const body = Buffer.from(JSON.stringify(answer));
  const frame = Buffer.alloc(4 + body.length);
  frame.writeUInt32BE(body.length);
  body.copy(frame, 4);
  for (let sent = 0; sent < frame.length; ) sent += fs.writeSync(output, frame, sent);
}

async function answer({ id, op, ...payload }) {
  try {
    const operation = operations[op];
    if (!operation) throw new Error(`no operation ${op}`);
    write({ id, ok: (await operation(payload)) ?? null });
  } catch (error) {
    write({ id, error: described(error) });
  }
}

// A promise that user code leaves behind may fail after its answer was sent: it is printed, and nothing more.
// Where nobody reads any more, printing fails as well, and would be told for ever.
const told = (error) => (error?.code === 'EPIPE' ? process.exit(1) : console.error(error));
process.on('unhandledRejection', told);
process.on('uncaughtException', told);

// A socket, not a file stream: a read that waits in a thread would keep `process.exit()` of user code waiting too.
let pending = Buffer.alloc(0);
for await (const piece of new net.Socket({ fd: input, readable: true, writable: false })) {
  pending = Buffer.concat([pending, piece]);
  while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE()) {
    const end = 4 + pending.readUInt32BE();
    const request = JSON.parse(pending.subarray(4, end).toString());
    pending = pending.subarray(end);
    await answer(request);
  }
}
process.exit(0);
