// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  sqliteTable,
  uniqueIndex,
  type SQLiteTableExtraConfigValue,
} from "drizzle-orm/sqlite-core";
import { contentType } from "./contenttypes.ts";
import { declared, declaredBigint, declaredNumber } from "./types.ts";

export const personFriends = sqliteTable(
  "shop_person_friends",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    fromPersonId: declaredNumber("from_person_id", { type: "bigint" }).notNull(),
    toPersonId: declaredNumber("to_person_id", { type: "bigint" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.fromPersonId], foreignColumns: [person.id] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.toPersonId], foreignColumns: [person.id] }),
    uniqueIndex("shop_person_friends_from_person_id_to_person_id_f8bb450a_uniq").on(
      table.fromPersonId,
      table.toPersonId,
    ),
    index("shop_person_friends_from_person_id_36070ead").on(table.fromPersonId),
    index("shop_person_friends_to_person_id_03c451dc").on(table.toPersonId),
  ],
);

export const personFollows = sqliteTable(
  "shop_person_follows",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    fromPersonId: declaredNumber("from_person_id", { type: "bigint" }).notNull(),
    toPersonId: declaredNumber("to_person_id", { type: "bigint" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.fromPersonId], foreignColumns: [person.id] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.toPersonId], foreignColumns: [person.id] }),
    uniqueIndex("shop_person_follows_from_person_id_to_person_id_59217c22_uniq").on(
      table.fromPersonId,
      table.toPersonId,
    ),
    index("shop_person_follows_from_person_id_45d31c41").on(table.fromPersonId),
    index("shop_person_follows_to_person_id_fb165f29").on(table.toPersonId),
  ],
);

export const person = sqliteTable(
  "shop_person",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    name: declared("name", { type: "varchar(20)" }).notNull(),
    mentorId: declaredNumber("mentor_id", { type: "bigint" }),
    favouriteId: declaredNumber("favourite_id", { type: "bigint" }),
  },
  (table): SQLiteTableExtraConfigValue[] => [
    // on_delete=SET_NULL: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.mentorId], foreignColumns: [table.id] }),
    // on_delete=SET_NULL: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.favouriteId], foreignColumns: [group.id] }),
    index("shop_person_mentor_id_aa15bb41").on(table.mentorId),
    index("shop_person_favourite_id_e8591b6b").on(table.favouriteId),
  ],
);

export const groupTags = sqliteTable(
  "shop_group_tags",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    groupId: declaredNumber("group_id", { type: "bigint" }).notNull(),
    tagId: declaredNumber("tag_id", { type: "bigint" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.groupId], foreignColumns: [group.id] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.tagId], foreignColumns: [tag.id] }),
    uniqueIndex("shop_group_tags_group_id_tag_id_35db0bfc_uniq").on(table.groupId, table.tagId),
    index("shop_group_tags_group_id_607d304e").on(table.groupId),
    index("shop_group_tags_tag_id_bbbd0356").on(table.tagId),
  ],
);

export const group = sqliteTable(
  "shop_group",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    leaderId: declaredNumber("leader_id", { type: "bigint" }).notNull(),
  },
  (table): SQLiteTableExtraConfigValue[] => [
    // on_delete=PROTECT: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.leaderId], foreignColumns: [person.id] }),
    index("shop_group_leader_id_1c296131").on(table.leaderId),
  ],
);

export const membership = sqliteTable(
  "shop_membership",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    personId: declaredNumber("person_id", { type: "bigint" }).notNull(),
    groupId: declaredNumber("group_id", { type: "bigint" }).notNull(),
    invitedById: declaredNumber("invited_by_id", { type: "bigint" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.personId], foreignColumns: [person.id] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.groupId], foreignColumns: [group.id] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.invitedById], foreignColumns: [person.id] }),
    index("shop_membership_person_id_59c218ce").on(table.personId),
    index("shop_membership_group_id_7aaf192f").on(table.groupId),
    index("shop_membership_invited_by_id_877c104e").on(table.invitedById),
  ],
);

export const profile = sqliteTable(
  "shop_profile",
  {
    personId: declaredNumber("person_id", { type: "bigint" }).primaryKey(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.personId], foreignColumns: [person.id] }),
  ],
);

export const tag = sqliteTable(
  "shop_tag",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    contentTypeId: integer("content_type_id").notNull(),
    objectId: declaredBigint("object_id", { type: "bigint unsigned" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.contentTypeId], foreignColumns: [contentType.id] }),
    check("shop_tag_check1", sql`"object_id" >= 0`),
    index("shop_tag_content_type_id_43a0b3bb").on(table.contentTypeId),
  ],
);
