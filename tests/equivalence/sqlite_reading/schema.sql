CREATE TABLE p (id integer NOT NULL PRIMARY KEY, n integer NOT NULL, m integer, s varchar(5) NOT NULL, t text, d decimal NOT NULL, b bool NOT NULL, day date NOT NULL, f real NOT NULL);
CREATE TABLE w (id integer NOT NULL PRIMARY KEY, s varchar(5) COLLATE NOCASE NOT NULL, r varchar(5) NOT NULL);
