// Password hashes as Django stores them, verified without Django; new ones as Better Auth stores its own.
// A stored hash is computed again, in full and of the length its algorithm gives, and compared as a whole: a
// truncated or altered one is false. Nothing here throws.
import { createHash, pbkdf2, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";
import { argon2dAsync, argon2iAsync, argon2idAsync } from "@noble/hashes/argon2.js";
import bcrypt from "bcryptjs";

/** What the Django project accepts. */
export interface Accepted {
  /** The algorithms of PASSWORD_HASHERS: Django refuses every other, and so do we. */
  readonly hashers: readonly string[];
  /** Python's bcrypt before 5 cuts a password after 72 bytes; from 5 on it refuses a longer one. */
  readonly bcryptTruncates: boolean;
}

/** The stored text again, for this password; null where the stored text is none of that algorithm's. */
type Again = (password: string, stored: string, accepted: Accepted) => Promise<string | null>;

const derive = promisify(pbkdf2);
const scryptKey = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

// More than this no hasher is configured for: a garbled number must not keep the server busy for hours.
const MOST = { iterations: 20_000_000, rounds: 20, bytes: 1024 ** 3, time: 100, lanes: 64 };

const within = (value: number, most: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= most;

/** `pbkdf2_sha256$iterations$salt$base64` */
const pbkdf2With =
  (digest: string, length: number): Again =>
  async (password, stored) => {
    const [, algorithm, iterations, salt] = /^(\w+)\$(\d+)\$([^$]+)\$[^$]*$/.exec(stored) ?? [];
    if (!algorithm || !salt || !within(Number(iterations), MOST.iterations)) return null;
    const key = await derive(password, salt, Number(iterations), length, digest);
    return `${algorithm}$${Number(iterations)}$${salt}$${key.toString("base64")}`;
  };

/** `scrypt$N$salt$r$p$base64` */
const scryptAgain: Again = async (password, stored) => {
  const [, cost, salt, block, lanes] = /^scrypt\$(\d+)\$([^$]+)\$(\d+)\$(\d+)\$[^$]*$/.exec(stored) ?? [];
  const [N, r, p] = [Number(cost), Number(block), Number(lanes)];
  const bytes = 128 * N * r + 128 * r * p;
  if (!salt || !within(bytes, MOST.bytes) || !within(p, MOST.lanes)) return null;
  const key = await scryptKey(password, salt, 64, { N, r, p, maxmem: 2 * bytes });
  return `scrypt$${N}$${salt}$${r}$${p}$${key.toString("base64")}`;
};

const ARGON2 = { argon2d: argon2dAsync, argon2i: argon2iAsync, argon2id: argon2idAsync };
const ARGON2_TEXT = /^argon2\$(argon2(?:d|i|id))\$v=(16|19)\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

/** `argon2$argon2id$v=19$m=…,t=…,p=…$salt$key`; the length of the key is part of what is hashed */
const argon2Again: Again = async (password, stored) => {
  const [, variety, version, memory, time, lanes, salt, key] = ARGON2_TEXT.exec(stored) ?? [];
  const [m, t, p] = [Number(memory), Number(time), Number(lanes)];
  if (!salt || !key || !within(m * 1024, MOST.bytes) || !within(t, MOST.time) || !within(p, MOST.lanes)) return null;
  const compute = ARGON2[variety as keyof typeof ARGON2];
  const dkLen = Buffer.from(key, "base64").length;
  const bytes = await compute(password, Buffer.from(salt, "base64"), { m, t, p, dkLen, version: Number(version) });
  return `argon2$${variety}$v=${version}$m=${m},t=${t},p=${p}$${salt}$${unpadded(bytes)}`;
};

const BCRYPT_TEXT = /^(bcrypt|bcrypt_sha256)\$(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{22})[./A-Za-z0-9]*$/;

/** `bcrypt$$2b$12$salt and key` */
const bcryptAgain: Again = async (password, stored, accepted) => {
  const [, algorithm, salt, rounds] = BCRYPT_TEXT.exec(stored) ?? [];
  if (!algorithm || !salt || !within(Number(rounds), MOST.rounds)) return null;
  if (bcrypt.truncates(password) && !accepted.bcryptTruncates) return null;
  return `${algorithm}$${await bcrypt.hash(password, salt)}`;
};

/** `bcrypt_sha256$…`: bcrypt of the password's SHA-256 in hex */
const bcryptSha256Again: Again = (password, stored, accepted) =>
  bcryptAgain(createHash("sha256").update(password).digest("hex"), stored, accepted);

/** `md5$salt$hex`; an MD5 without a salt is never accepted */
const md5Again: Again = async (password, stored) => {
  const [, salt] = /^md5\$([^$]+)\$[^$]*$/.exec(stored) ?? [];
  return salt ? `md5$${salt}$${createHash("md5").update(salt + password).digest("hex")}` : null;
};

const DJANGO: ReadonlyMap<string, Again> = new Map([
  ["pbkdf2_sha256", pbkdf2With("sha256", 32)],
  ["pbkdf2_sha1", pbkdf2With("sha1", 20)],
  ["argon2", argon2Again],
  ["bcrypt_sha256", bcryptSha256Again],
  ["bcrypt", bcryptAgain],
  ["scrypt", scryptAgain],
  ["md5", md5Again],
]);

/** Better Auth's own parameters; the password as typed, where Better Auth itself takes its NFKC form. */
const ownKey = (password: string, salt: string): Promise<Buffer> =>
  scryptKey(password, salt, 64, { N: 16384, r: 16, p: 1, maxmem: 128 * 16384 * 16 * 2 });

const own = async (password: string, salt: string): Promise<string> =>
  `${salt}:${(await ownKey(password, salt)).toString("hex")}`;

const ownAgain: Again = async (password, stored) => {
  const [, salt] = /^([0-9a-f]{32}):[0-9a-f]{128}$/.exec(stored) ?? [];
  return salt ? own(password, salt) : null;
};

const refused: Again = async () => null;

/** How to compute a stored text again. `!…` is an unusable password, and no text of any algorithm. */
function again(stored: string, accepted: Accepted): Again {
  if (!stored.includes("$")) return ownAgain;
  const algorithm = stored.slice(0, stored.indexOf("$"));
  return (accepted.hashers.includes(algorithm) ? DJANGO.get(algorithm) : undefined) ?? refused;
}

/** Equal texts, in a time that tells nothing about where they differ. */
const same = (left: string, right: string): boolean =>
  timingSafeEqual(createHash("sha256").update(left).digest(), createHash("sha256").update(right).digest());

/** Django's login form takes neither an empty text nor a NUL; Python has no bytes for half a surrogate pair. */
export const isTyped = (text: string): boolean => text !== "" && !/\0|\p{Surrogate}/u.test(text);

/** Whether this is the password behind a stored hash, Django's or our own. False for whatever cannot be verified. */
export async function verifyPassword(stored: string, password: string, accepted: Accepted): Promise<boolean> {
  if (!isTyped(password)) return false;
  try {
    const computed = await again(stored, accepted)(password, stored, accepted);
    return computed !== null && same(computed, stored);
  } catch (error) {
    console.error("a stored password hash could not be computed: denied", error);
    return false;
  }
}

/** The hash of a new password, of the form of Better Auth's own. */
export const hashPassword = (password: string): Promise<string> => own(password, randomBytes(16).toString("hex"));

/** Whether a stored hash is Django's still: it is replaced when its user signs in. */
export const isDjangos = (stored: string): boolean => stored.includes("$");
