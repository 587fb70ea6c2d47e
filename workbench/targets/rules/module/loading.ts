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
