// Relations under Django's names: foreign keys and their reverses.
import { relations } from "drizzle-orm";
import { contentType } from "./contenttypes.ts";
import {
  group,
  groupTags,
  membership,
  person,
  personFollows,
  personFriends,
  profile,
  tag,
} from "./shop.ts";

export const contentTypeRelations = relations(contentType, ({ many }) => ({ tagSet: many(tag) }));

export const personFriendsRelations = relations(personFriends, ({ one }) => ({
  fromPerson: one(person, {
    fields: [personFriends.fromPersonId],
    references: [person.id],
    relationName: "personFriends_from_person",
  }),
  toPerson: one(person, {
    fields: [personFriends.toPersonId],
    references: [person.id],
    relationName: "personFriends_to_person",
  }),
}));

export const personFollowsRelations = relations(personFollows, ({ one }) => ({
  fromPerson: one(person, {
    fields: [personFollows.fromPersonId],
    references: [person.id],
    relationName: "personFollows_from_person",
  }),
  toPerson: one(person, {
    fields: [personFollows.toPersonId],
    references: [person.id],
    relationName: "personFollows_to_person",
  }),
}));

export const personRelations = relations(person, ({ one, many }) => ({
  mentor: one(person, {
    fields: [person.mentorId],
    references: [person.id],
    relationName: "person_mentor",
  }),
  favourite: one(group, {
    fields: [person.favouriteId],
    references: [group.id],
    relationName: "person_favourite",
  }),
  personFriendsByFromPerson: many(personFriends, { relationName: "personFriends_from_person" }),
  personFriendsByToPerson: many(personFriends, { relationName: "personFriends_to_person" }),
  personFollowsByFromPerson: many(personFollows, { relationName: "personFollows_from_person" }),
  personFollowsByToPerson: many(personFollows, { relationName: "personFollows_to_person" }),
  pupils: many(person, { relationName: "person_mentor" }),
  leads: many(group, { relationName: "group_leader" }),
  membershipSet: many(membership, { relationName: "membership_person" }),
  invitations: many(membership, { relationName: "membership_invited_by" }),
  profile: one(profile),
}));

export const groupTagsRelations = relations(groupTags, ({ one }) => ({
  group: one(group, { fields: [groupTags.groupId], references: [group.id] }),
  tag: one(tag, { fields: [groupTags.tagId], references: [tag.id] }),
}));

export const groupRelations = relations(group, ({ one, many }) => ({
  leader: one(person, {
    fields: [group.leaderId],
    references: [person.id],
    relationName: "group_leader",
  }),
  person: many(person, { relationName: "person_favourite" }),
  groupTags: many(groupTags),
  membershipSet: many(membership),
}));

export const membershipRelations = relations(membership, ({ one }) => ({
  person: one(person, {
    fields: [membership.personId],
    references: [person.id],
    relationName: "membership_person",
  }),
  group: one(group, { fields: [membership.groupId], references: [group.id] }),
  invitedBy: one(person, {
    fields: [membership.invitedById],
    references: [person.id],
    relationName: "membership_invited_by",
  }),
}));

export const profileRelations = relations(profile, ({ one }) => ({
  person: one(person, { fields: [profile.personId], references: [person.id] }),
}));

export const tagRelations = relations(tag, ({ one, many }) => ({
  contentType: one(contentType, { fields: [tag.contentTypeId], references: [contentType.id] }),
  groupTags: many(groupTags),
}));
