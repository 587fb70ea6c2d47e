"""Random schemas, queries and mutations: what is called equivalent must never differ in execution."""
