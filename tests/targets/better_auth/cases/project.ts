// What the Django project says about signing in.

export const tables = {
  user: "auth_user",
  session: "session",
  account: "account",
  verification: "verification",
} as const;

// PASSWORD_HASHERS: config/settings.py:14
export const accepted = {
  hashers: ["pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "bcrypt", "scrypt"],
  bcryptTruncates: false,
};

// AUTH_PASSWORD_VALIDATORS: config/settings.py:25
export const passwords = { enabled: true, minLength: 12, maxLength: 4096 };

// SESSION_COOKIE_AGE: config/base.py:3
export const sessions = { expiresIn: 3600, updateAge: 0 };

// SESSION_COOKIE_SECURE: config/settings.py:33
export const cookies = {
  useSecureCookies: true,
  defaultCookieAttributes: { sameSite: "strict" as const },
  crossSubDomainCookies: { enabled: true, domain: "club.example.org" },
};

// LOGIN_URL: config/settings.py:29
export const loginPath = "/enter/";
