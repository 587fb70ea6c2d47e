-- Moves the users of Django to Better Auth, in one transaction. Run preflight.sql first: it says what this will do.
-- Django's rows stay as they are; its sessions are not moved: everybody signs in again.
BEGIN;

CREATE TEMPORARY TABLE django_users ON COMMIT DROP AS
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
  FROM "user";

DO $check$
DECLARE
  twice bigint := (SELECT count(*) FROM (SELECT login FROM django_users WHERE login <> '' GROUP BY login HAVING count(*) > 1) names);
  moved bigint := (SELECT count(*) FROM django_users d JOIN "auth_user" m ON m.id = d.id);
BEGIN
  IF twice > 0 THEN
    RAISE EXCEPTION 'nothing was moved: % login names are used by several users', twice
      USING HINT = 'preflight.sql lists them.';
  END IF;
  IF moved > 0 THEN
    RAISE EXCEPTION 'nothing was moved: % users are in "auth_user" already', moved
      USING HINT = 'A move is made once.';
  END IF;
END
$check$;

-- An address that is missing, shared or not of Better Auth's form has a placeholder of the reserved domain .invalid
INSERT INTO "auth_user" (id, name, email, username, is_site_admin, is_staff, deactivated_at, created_at)
SELECT id, coalesce(nullif(trim(name), ''), login), CASE
    WHEN email ~ '^(?!\.)(?!.*\.\.)[A-Za-z0-9_''+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$' AND count(*) OVER (PARTITION BY lower(email)) = 1 THEN lower(email)
    ELSE 'user-' || id || '@placeholder.invalid'
  END, nullif(login, ''), is_superuser, is_staff, CASE WHEN NOT is_active THEN now() END, coalesce(joined, now())
FROM django_users;

-- Django's hash signs its user in once, and is then replaced
INSERT INTO "account" (id, user_id, provider_id, account_id, password)
SELECT 'django-' || id, id, 'credential', id, password
FROM django_users;

COMMIT;
