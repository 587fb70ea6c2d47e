"""The unbounded proof: queries as sums of products over bags, scalar predicates in three-valued logic by z3."""
