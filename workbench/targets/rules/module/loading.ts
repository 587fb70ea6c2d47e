// Helpers of the loaders: rows become contexts, in a number of queries that does not grow with the objects.

/** Rows that refer to one object, by the object's key. */
export function grouped<K, R>(found: readonly { readonly of: K; readonly row: R }[]): Map<K, R[]> {
  const groups = new Map<K, R[]>();
  for (const { of, row } of found) {
    const group = groups.get(of);
    if (group) group.push(row);
    else groups.set(of, [row]);
  }
  return groups;
}

/** A context for each row; an object without all of its parts has none, and whoever asks about it is denied. */
export function contexts<K, R extends { readonly key: K }, C>(
  found: readonly R[],
  make: (one: R) => C | undefined,
): Map<K, C> {
  const made = new Map<K, C>();
  for (const one of found) {
    const context = make(one);
    if (context !== undefined) made.set(one.key, context);
  }
  return made;
}

/** What each row becomes, beside the key of the object that it refers to; a row without all of its parts is left out. */
export function made<K, R extends { readonly key: K }, C>(
  found: readonly R[],
  make: (one: R) => C | undefined,
): { readonly of: NonNullable<K>; readonly row: C }[] {
  return found.flatMap((one) => {
    const row = make(one);
    return row === undefined || one.key === null || one.key === undefined ? [] : [{ of: one.key, row }];
  });
}

/** The keys that are there. */
export const present = <K>(keys: readonly (K | null)[]): K[] => keys.filter((key) => key !== null);

/** A row and those above it, nearest first; a circle ends where it closes. */
export function chain<K, C>(links: ReadonlyMap<K, C>, start: K, parent: (link: C) => K | null): C[] {
  const found = new Map<K, C>();
  let key: K | null = start;
  while (key !== null && !found.has(key)) {
    const link = links.get(key);
    if (link === undefined) break;
    found.set(key, link);
    key = parent(link);
  }
  return [...found.values()];
}
