CREATE TABLE publisher (id bigint PRIMARY KEY, name varchar(100) NOT NULL, country varchar(2));
CREATE TABLE author (id bigint PRIMARY KEY, name varchar(100) NOT NULL, email varchar(254) UNIQUE, born date);
CREATE TABLE book (
  id bigint PRIMARY KEY,
  title varchar(200) NOT NULL,
  price numeric(8, 2) NOT NULL CHECK (price >= 0),
  pages integer CHECK (pages > 0),
  published date,
  author_id bigint NOT NULL REFERENCES author (id),
  publisher_id bigint REFERENCES publisher (id),
  in_print boolean NOT NULL,
  created timestamp with time zone NOT NULL
);
CREATE TABLE review (
  id bigint PRIMARY KEY,
  book_id bigint NOT NULL REFERENCES book (id),
  rating smallint NOT NULL CHECK (rating >= 1 AND rating <= 5),
  body text NOT NULL,
  reviewer_id bigint REFERENCES author (id)
);
CREATE TABLE tag (id bigint PRIMARY KEY, name varchar(50) NOT NULL UNIQUE);
CREATE TABLE book_tags (
  id bigint PRIMARY KEY,
  book_id bigint NOT NULL REFERENCES book (id),
  tag_id bigint NOT NULL REFERENCES tag (id),
  UNIQUE (book_id, tag_id)
);
