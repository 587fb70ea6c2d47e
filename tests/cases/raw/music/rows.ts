// Artist.objects.raw("SELECT * FROM songs_artist WHERE id = %s", [3])
const found = db
  .$with("found", { id: artist.id, name: artist.name, likes: artist.likes })
  .as(sql`SELECT * FROM songs_artist WHERE id = ${3}`);
db.with(found).select().from(found);

// Artist.objects.raw("SELECT * FROM songs_artist WHERE id = %s", [variable("pk")])
export function artists(db: Db, { pk }: { pk: number }) {
  const found = db
    .$with("found", { id: artist.id, name: artist.name, likes: artist.likes })
    .as(sql`SELECT * FROM songs_artist WHERE id = ${pk}`);
  return db.with(found).select().from(found);
}

// Artist.objects.raw("SELECT id, name FROM songs_artist WHERE id > %s LIMIT 3", [variable("pk")])
export function artists(db: Db, { pk }: { pk: number }) {
  const found = db
    .$with("found", { id: artist.id, name: artist.name })
    .as(sql`SELECT id, name FROM songs_artist WHERE id > ${pk} LIMIT 3`);
  return db.with(found).select().from(found);
}

// Artist.objects.raw("SELECT id, name, 2 * id AS twice, count(*) OVER () AS n FROM songs_artist WHERE name LIKE %s ORDER BY name", ["%a%"])
const found = db
  .$with("found", {
    id: artist.id,
    name: artist.name,
    twice: toBigint(sql<unknown>`${sql.identifier("twice")}`).as("twice"),
    n: toBigint(sql<unknown>`${sql.identifier("n")}`).as("n"),
  })
  .as(
    sql`SELECT id, name, 2 * id AS twice, count(*) OVER () AS n FROM songs_artist WHERE name LIKE ${"%a%"} ORDER BY name`,
  );
db
  .with(found)
  .select()
  .from(found)
  .orderBy(asc(found.name));

// Artist.objects.raw("SELECT a.id, a.name AS title FROM songs_artist a WHERE a.id > %(low)s AND a.id < %(high)s", {"low": 1, "high": 20}, translations={"title": "name"})
const found = db
  .$with("found", {
    id: artist.id,
    name: sql`${sql.identifier("title")}`.mapWith(artist.name).as("title"),
  })
  .as(sql`SELECT a.id, a.name AS title FROM songs_artist a WHERE a.id > ${1} AND a.id < ${20}`);
db.with(found).select().from(found);

// Artist.objects.raw("SELECT a.id, a.name, count(s.id) AS written FROM songs_artist a LEFT JOIN songs_song s ON s.artist_id = a.id GROUP BY a.id, a.name")
const found = db
  .$with("found", {
    id: artist.id,
    name: artist.name,
    written: toBigint(sql<unknown>`${sql.identifier("written")}`).as("written"),
  })
  .as(
    sql`SELECT a.id, a.name, count(s.id) AS written FROM songs_artist a LEFT JOIN songs_song s ON s.artist_id = a.id GROUP BY a.id, a.name`,
  );
db.with(found).select().from(found);

// Artist.objects.raw("SELECT id, name FROM songs_artist WHERE name LIKE '10%'", None)
const found = db
  .$with("found", { id: artist.id, name: artist.name })
  .as(sql`SELECT id, name FROM songs_artist WHERE name LIKE '10%'`);
db.with(found).select().from(found);

// Artist.objects.raw("SELECT id, name FROM songs_artist WHERE name LIKE '10%%' OR name = %s", [variable("name")])
export function artists(db: Db, { name }: { name: string }) {
  const found = db
    .$with("found", { id: artist.id, name: artist.name })
    .as(sql`SELECT id, name FROM songs_artist WHERE name LIKE '10%' OR name = ${name}`);
  return db.with(found).select().from(found);
}

// Artist.objects.raw("SELECT id, name FROM songs_artist ORDER BY name DESC, id LIMIT 4")
const found = db
  .$with("found", { id: artist.id, name: artist.name })
  .as(sql`SELECT id, name FROM songs_artist ORDER BY name DESC, id LIMIT 4`);
db
  .with(found)
  .select()
  .from(found)
  .orderBy(desc(found.name), asc(found.id));

// Artist.objects.raw("SELECT id, name, likes FROM songs_artist ORDER BY 2 ASC NULLS FIRST")
const found = db
  .$with("found", { id: artist.id, name: artist.name, likes: artist.likes })
  .as(sql`SELECT id, name, likes FROM songs_artist ORDER BY 2 ASC NULLS FIRST`);
db
  .with(found)
  .select()
  .from(found)
  .orderBy(nullsFirst(asc(found.name)));

// Song.objects.raw("WITH x AS (SELECT id FROM songs_song WHERE id < %s) SELECT s.* FROM songs_song s JOIN x ON x.id = s.id", [9])
const found = db
  .$with("found", { id: song.id, name: song.name, artistId: song.artistId, albumId: song.albumId })
  .as(
    sql`WITH x AS (SELECT id FROM songs_song WHERE id < ${9}) SELECT s.* FROM songs_song s JOIN x ON x.id = s.id`,
  );
db.with(found).select().from(found);

// Playlist.objects.raw("SELECT p.id, p.name, p.owner_id, p.genre_id, g.name AS genre_name FROM songs_playlist p JOIN songs_genre g ON g.id = p.genre_id")
const found = db
  .$with("found", {
    id: playlist.id,
    name: playlist.name,
    ownerId: playlist.ownerId,
    genreId: playlist.genreId,
    genreName: sql<string | null>`${sql.identifier("genre_name")}`.as("genre_name"),
  })
  .as(
    sql`SELECT p.id, p.name, p.owner_id, p.genre_id, g.name AS genre_name FROM songs_playlist p JOIN songs_genre g ON g.id = p.genre_id`,
  );
db.with(found).select().from(found);

// Song.objects.raw("SELECT s.*, 7 / %s AS share FROM songs_song s JOIN songs_album a ON a.id = s.album_id", [2])
const found = db
  .$with("found", {
    id: song.id,
    name: song.name,
    artistId: song.artistId,
    albumId: song.albumId,
    share: sql<number | null>`${sql.identifier("share")}`.as("share"),
  })
  .as(sql`SELECT s.*, 7 / ${2} AS share FROM songs_song s JOIN songs_album a ON a.id = s.album_id`);
db.with(found).select().from(found);

// Song.objects.raw("SELECT s.*, a.id AS of FROM songs_song s JOIN songs_album a ON a.id = s.album_id ORDER BY of, s.id DESC")
const found = db
  .$with("found", {
    id: song.id,
    name: song.name,
    artistId: song.artistId,
    albumId: song.albumId,
    of: toBigint(sql<unknown>`${sql.identifier("of")}`).as("of"),
  })
  .as(
    sql`SELECT s.*, a.id AS of FROM songs_song s JOIN songs_album a ON a.id = s.album_id ORDER BY of, s.id DESC`,
  );
db
  .with(found)
  .select()
  .from(found)
  .orderBy(asc(found.of), desc(found.id));
