// Every table and relation of the project.
export * from "./contenttypes.ts";
export * from "./shop.ts";
