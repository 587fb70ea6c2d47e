// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  unique,
  varchar,
  type PgTableExtraConfigValue,
} from "drizzle-orm/pg-core";
import { contentType } from "./contenttypes.ts";

export const personFriends = pgTable(
  "shop_person_friends",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    fromPersonId: bigint("from_person_id", { mode: "number" }).notNull(),
    toPersonId: bigint("to_person_id", { mode: "number" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_person_friends_from_person_id_36070ead_fk_shop_person_id",
      columns: [table.fromPersonId],
      foreignColumns: [person.id],
    }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_person_friends_to_person_id_03c451dc_fk_shop_person_id",
      columns: [table.toPersonId],
      foreignColumns: [person.id],
    }),
    unique("shop_person_friends_from_person_id_to_person_id_f8bb450a_uniq").on(
      table.fromPersonId,
      table.toPersonId,
    ),
    index("shop_person_friends_from_person_id_36070ead").on(table.fromPersonId),
    index("shop_person_friends_to_person_id_03c451dc").on(table.toPersonId),
  ],
);

export const personFollows = pgTable(
  "shop_person_follows",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    fromPersonId: bigint("from_person_id", { mode: "number" }).notNull(),
    toPersonId: bigint("to_person_id", { mode: "number" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_person_follows_from_person_id_45d31c41_fk_shop_person_id",
      columns: [table.fromPersonId],
      foreignColumns: [person.id],
    }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_person_follows_to_person_id_fb165f29_fk_shop_person_id",
      columns: [table.toPersonId],
      foreignColumns: [person.id],
    }),
    unique("shop_person_follows_from_person_id_to_person_id_59217c22_uniq").on(
      table.fromPersonId,
      table.toPersonId,
    ),
    index("shop_person_follows_from_person_id_45d31c41").on(table.fromPersonId),
    index("shop_person_follows_to_person_id_fb165f29").on(table.toPersonId),
  ],
);

export const person = pgTable(
  "shop_person",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    name: varchar("name", { length: 20 }).notNull(),
    mentorId: bigint("mentor_id", { mode: "number" }),
    favouriteId: bigint("favourite_id", { mode: "number" }),
  },
  (table): PgTableExtraConfigValue[] => [
    // on_delete=SET_NULL: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_person_mentor_id_aa15bb41_fk_shop_person_id",
      columns: [table.mentorId],
      foreignColumns: [table.id],
    }),
    // on_delete=SET_NULL: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_person_favourite_id_e8591b6b_fk_shop_group_id",
      columns: [table.favouriteId],
      foreignColumns: [group.id],
    }),
    index("shop_person_mentor_id_aa15bb41").on(table.mentorId),
    index("shop_person_favourite_id_e8591b6b").on(table.favouriteId),
  ],
);

export const groupTags = pgTable(
  "shop_group_tags",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    groupId: bigint("group_id", { mode: "number" }).notNull(),
    tagId: bigint("tag_id", { mode: "number" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_group_tags_group_id_607d304e_fk_shop_group_id",
      columns: [table.groupId],
      foreignColumns: [group.id],
    }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_group_tags_tag_id_bbbd0356_fk_shop_tag_id",
      columns: [table.tagId],
      foreignColumns: [tag.id],
    }),
    unique("shop_group_tags_group_id_tag_id_35db0bfc_uniq").on(table.groupId, table.tagId),
    index("shop_group_tags_group_id_607d304e").on(table.groupId),
    index("shop_group_tags_tag_id_bbbd0356").on(table.tagId),
  ],
);

export const group = pgTable(
  "shop_group",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    leaderId: bigint("leader_id", { mode: "number" }).notNull(),
  },
  (table): PgTableExtraConfigValue[] => [
    // on_delete=PROTECT: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_group_leader_id_1c296131_fk_shop_person_id",
      columns: [table.leaderId],
      foreignColumns: [person.id],
    }),
    index("shop_group_leader_id_1c296131").on(table.leaderId),
  ],
);

export const membership = pgTable(
  "shop_membership",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    personId: bigint("person_id", { mode: "number" }).notNull(),
    groupId: bigint("group_id", { mode: "number" }).notNull(),
    invitedById: bigint("invited_by_id", { mode: "number" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_membership_person_id_59c218ce_fk_shop_person_id",
      columns: [table.personId],
      foreignColumns: [person.id],
    }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_membership_group_id_7aaf192f_fk_shop_group_id",
      columns: [table.groupId],
      foreignColumns: [group.id],
    }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_membership_invited_by_id_877c104e_fk_shop_person_id",
      columns: [table.invitedById],
      foreignColumns: [person.id],
    }),
    index("shop_membership_person_id_59c218ce").on(table.personId),
    index("shop_membership_group_id_7aaf192f").on(table.groupId),
    index("shop_membership_invited_by_id_877c104e").on(table.invitedById),
  ],
);

export const profile = pgTable(
  "shop_profile",
  {
    personId: bigint("person_id", { mode: "number" }).primaryKey(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_profile_person_id_d1d919d1_fk_shop_person_id",
      columns: [table.personId],
      foreignColumns: [person.id],
    }),
  ],
);

export const tag = pgTable(
  "shop_tag",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    contentTypeId: integer("content_type_id").notNull(),
    objectId: bigint("object_id", { mode: "bigint" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_tag_content_type_id_43a0b3bb_fk_django_content_type_id",
      columns: [table.contentTypeId],
      foreignColumns: [contentType.id],
    }),
    check("shop_tag_object_id_check", sql`"object_id" >= 0`),
    index("shop_tag_content_type_id_43a0b3bb").on(table.contentTypeId),
  ],
);
