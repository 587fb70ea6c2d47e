// drizzle-kit asks on a terminal whether a new table or column is an old one renamed. Nobody is there to ask:
// the answer is its first choice, "created". A rename then shows as one dropped and one added, which loses nothing here.
import { PassThrough } from 'node:stream';

export function answerByFirstChoice() {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode() {} });
  stdin.on('newListener', (event, listener) => {
    if (event === 'keypress') setImmediate(() => listener('', { name: 'return' }));
  });
  Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
  process.stdout.isTTY = true;
}
