// get_user_model().objects.create_user("joe", "joe@Example.com", "secret")
export function createUser(
  db: Db,
  { dateJoined, password }: { dateJoined: string; password: string },
) {
  return db
    .insert(user)
    .values({
      password,
      lastLogin: null,
      isSuperuser: false,
      username: "joe",
      firstName: "",
      lastName: "",
      email: "joe@example.com",
      isStaff: false,
      isActive: true,
      dateJoined,
    })
    .returning({ id: user.id });
}

// get_user_model().objects.create_superuser("joe", password=variable("password"), is_active=variable("active"))
export function createUser(
  db: Db,
  { active, dateJoined, password }: { active: boolean; dateJoined: string; password: string },
) {
  return db
    .insert(user)
    .values({
      password,
      lastLogin: null,
      isSuperuser: true,
      username: "joe",
      firstName: "",
      lastName: "",
      email: "",
      isStaff: true,
      isActive: active,
      dateJoined,
    })
    .returning({ id: user.id });
}
