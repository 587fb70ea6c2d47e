// The operations of the type checker: a process of its own, so that a slow type never delays a query.
import { check, open, query } from './checker.mjs';

export const operations = { open, check, query };
