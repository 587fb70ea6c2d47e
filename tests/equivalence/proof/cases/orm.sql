CREATE TABLE author (id integer PRIMARY KEY, name varchar(100) NOT NULL, email varchar(100) UNIQUE, country varchar(2));
CREATE TABLE publisher (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE book (id integer PRIMARY KEY, title text NOT NULL, author_id integer NOT NULL REFERENCES author (id) DEFERRABLE INITIALLY DEFERRED, publisher_id integer REFERENCES publisher (id), price numeric(8,2) NOT NULL, pages integer, published date, active boolean NOT NULL, weight double precision, CHECK (price >= 0));
CREATE TABLE review (id integer PRIMARY KEY, book_id integer NOT NULL REFERENCES book (id), rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5), body text, created timestamp NOT NULL);
CREATE TABLE tag (id integer PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE book_tags (id integer PRIMARY KEY, book_id integer NOT NULL REFERENCES book (id), tag_id integer NOT NULL REFERENCES tag (id), UNIQUE (book_id, tag_id));
CREATE TABLE event (id integer PRIMARY KEY, at timestamp with time zone NOT NULL);
