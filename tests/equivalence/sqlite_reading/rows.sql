INSERT INTO p VALUES (1, 1, 1, '1', '1', 1, 1, '2020-01-01', 1.0);
INSERT INTO p VALUES (2, 2, NULL, '01', '1.0', 1.5, 0, '2020-01-02', 1.5);
INSERT INTO p VALUES (3, 0, 2, '1.0', 'a', 10, 1, '1999-12-31', 10.0);
INSERT INTO p VALUES (4, 10, 1, 'a', NULL, 2, 0, '2020-01-01', 2.0);
INSERT INTO p VALUES (5, -1, -1, '', '-1', 9.75, 1, '2020-01-02', -1.0);
INSERT INTO p VALUES (6, 1, 3, '2', ' 1', 1, 0, '2021-05-05', 1.0);
INSERT INTO p VALUES (7, 3, 0, '10', '3', 3, 1, '2020-01-01', 9.0);
INSERT INTO p VALUES (8, 1, 3, '01', '01', 1.25, 0, '2021-05-05', 1.0);
