// Errors as data: what went wrong, and where in the user's own text.
const frame = /workbench:\/\/\/[^/]+\/([^?:]+)(?:\?\w+)?:(\d+):(\d+)/;
const banner = /^workbench:\/\/\/[^/]+\/([^?:]+)(?:\?\w+)?:(\d+)\n(?:[^\n]*\n)*?( *)\^/;

/** An error of ours that the Python side tells apart by its kind. */
export class Refusal extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** The first place of a stack that lies in the user's text: a syntax error's caret, or a frame. */
function place(error) {
  if (error.place) return error.place;
  const stack = String(error.stack ?? '');
  const caret = banner.exec(stack);
  if (caret) return { file: caret[1], line: Number(caret[2]), column: caret[3].length + 1 };
  const found = frame.exec(stack);
  return found ? { file: found[1], line: Number(found[2]), column: Number(found[3]) } : {};
}

/** Drizzle wraps the driver's error; PostgreSQL's own message and SQLSTATE are what the user can act on. */
function cause(error) {
  return error.cause instanceof Error ? error.cause : error;
}

export function described(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const inner = cause(error);
  return {
    kind: error.kind ?? inner.kind ?? inner.name ?? 'Error',
    message: inner.message,
    code: inner.code ?? null,
    open: error.open ?? null,
    ...place(error),
  };
}
