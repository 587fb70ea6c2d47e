-- What the move of the users will do, counted. A line that stops it has to be dealt with first.
-- "ids" are up to 20 keys of the users concerned.
WITH django_users AS (
  SELECT
    "id"::text AS id,
    coalesce("e mail"::text, '') AS login,
    coalesce("e mail"::text, '') AS email,
    coalesce("password", '!') AS password,
    coalesce("is_active", false) AS is_active,
    coalesce("is_staff", false) AS is_staff,
    coalesce("is_superuser", false) AS is_superuser,
    "date_joined" AT TIME ZONE 'Europe/Stockholm' AS joined,
    concat_ws(' ', "full_name") AS name
  FROM "user"
), facts AS (
  SELECT u.*,
    count(*) OVER (PARTITION BY lower(email)) > 1 AS shared,
    count(*) OVER (PARTITION BY login) > 1 AS ambiguous,
    split_part(password, '$', 1) AS algorithm
  FROM django_users u
), lines (position, what, consequence, stops, id) AS (
  SELECT 1, 'users', 'each gets a row in "auth_user" and one in "account"', false, id FROM facts
  UNION ALL SELECT 2, 'login name used by several users', 'Better Auth knows one user by a name', true, id FROM facts WHERE ambiguous AND login <> ''
  UNION ALL SELECT 3, 'moved already', 'a move is made once', true, f.id FROM facts f WHERE EXISTS (SELECT FROM "auth_user" m WHERE m.id = f.id)
  UNION ALL SELECT 4, 'no e-mail address', 'a placeholder stands for it; signing in is not affected', false, id FROM facts WHERE email = ''
  UNION ALL SELECT 5, 'e-mail address that another user has too, case aside', 'a placeholder stands for it; signing in is not affected', false, id FROM facts WHERE shared AND email <> ''
  UNION ALL SELECT 6, 'e-mail address that Better Auth does not take', 'a placeholder stands for it; signing in is not affected', false, id FROM facts WHERE email <> '' AND email !~ '^(?!\.)(?!.*\.\.)[A-Za-z0-9_''+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$'
  UNION ALL SELECT 7, 'no login name, or one that the login form cannot read', 'cannot sign in, as in Django', false, id FROM facts WHERE login = '' OR login IS NOT NFKC NORMALIZED
  UNION ALL SELECT 8, 'inactive', 'deactivatedAt is set: refused, as in Django', false, id FROM facts WHERE NOT is_active
  UNION ALL SELECT 9, 'unusable password', 'refused, as in Django', false, id FROM facts WHERE starts_with(password, '!')
  UNION ALL SELECT 10, 'password hash that Django does not accept', 'refused, as in Django', false, id FROM facts WHERE NOT starts_with(password, '!') AND algorithm <> ALL (ARRAY['pbkdf2_sha256', 'pbkdf2_sha1', 'argon2', 'bcrypt_sha256', 'bcrypt', 'scrypt', 'md5', 'peppered']::text[])
  UNION ALL SELECT 11, 'password hash that Django accepts and Better Auth cannot verify', 'needs a new password', false, id FROM facts WHERE algorithm = ANY (ARRAY['md5', 'peppered']::text[])
  UNION ALL SELECT 12, 'superusers', 'isSiteAdmin', false, id FROM facts WHERE is_superuser
  UNION ALL SELECT 13, 'staff who are no superusers', 'isStaff; requireSiteAdmin() refuses them', false, id FROM facts WHERE is_staff AND NOT is_superuser
)
SELECT what, count(*) AS users, consequence, stops, (array_agg(id ORDER BY id))[1:20] AS ids
FROM lines GROUP BY position, what, consequence, stops ORDER BY position;
