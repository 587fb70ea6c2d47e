// Exhibit.objects.filter(story__search="old stone").values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(searchMatches(toTsvector(coalesce(exhibit.story, "")), plaintoTsquery("old stone")))

// Exhibit.objects.annotate(v=SearchVector("title", "story")).filter(v="stone").values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    searchMatches(
      toTsvector(
        joined(joined(coalesce(exhibit.title, ""), cast(" ", "text")), coalesce(exhibit.story, "")),
      ),
      plaintoTsquery("stone"),
    ),
  )

// Exhibit.objects.annotate(v=SearchVector("title", weight="A") + SearchVector("story", weight="B")).filter(v=SearchQuery("stone")).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    searchMatches(
      joined(
        setweight(toTsvector(coalesce(exhibit.title, "")), "A"),
        setweight(toTsvector(coalesce(exhibit.story, "")), "B"),
      ),
      plaintoTsquery("stone"),
    ),
  )

// Exhibit.objects.filter(index=SearchQuery("stone", search_type="websearch")).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(searchMatches(exhibit.index, websearchToTsquery("stone")))

// Exhibit.objects.filter(index=SearchQuery("old", config="english") & SearchQuery("stone", config="english")).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    searchMatches(
      exhibit.index,
      truth(
        overlaps(
          plaintoTsquery(cast("english", "regconfig"), "old"),
          plaintoTsquery(cast("english", "regconfig"), "stone"),
        ),
      ),
    ),
  )

// Exhibit.objects.filter(index=SearchQuery("old") | ~SearchQuery("stone")).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    searchMatches(
      exhibit.index,
      joined(plaintoTsquery("old"), tsqueryNot(plaintoTsquery("stone"))),
    ),
  )

// Exhibit.objects.filter(index=SearchQuery("old stone", search_type="phrase")).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(searchMatches(exhibit.index, phrasetoTsquery("old stone")))

// Exhibit.objects.annotate(r=SearchRank("index", SearchQuery("stone"))).filter(r__gt=0.1).values("id", "r")
db
  .select({
    id: exhibit.id,
    r: tsRank<number | null>(
      toTsvector(coalesce(cast(exhibit.index, "text"), "")),
      plaintoTsquery("stone"),
    ),
  })
  .from(exhibit)
  .where(
    gt(tsRank(toTsvector(coalesce(cast(exhibit.index, "text"), "")), plaintoTsquery("stone")), 0.1),
  )

// Exhibit.objects.annotate(r=SearchRank("index", SearchQuery("stone"), cover_density=True)).values("id", "r")
db
  .select({
    id: exhibit.id,
    r: tsRankCd<number | null>(
      toTsvector(coalesce(cast(exhibit.index, "text"), "")),
      plaintoTsquery("stone"),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(r=SearchRank("index", SearchQuery("stone"), weights=[0.1, 0.2, 0.4, 1.0])).values("id", "r")
db
  .select({
    id: exhibit.id,
    r: tsRank<number | null>(
      cast(cast("{\"0.1\",\"0.2\",\"0.4\",\"1.0\"}", "real[]"), "real[]"),
      toTsvector(coalesce(cast(exhibit.index, "text"), "")),
      plaintoTsquery("stone"),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(h=SearchHeadline("story", SearchQuery("stone"))).values("id", "h")
db
  .select({ id: exhibit.id, h: tsHeadline<string | null>(exhibit.story, plaintoTsquery("stone")) })
  .from(exhibit)

// Exhibit.objects.filter(title__trigram_similar="stone").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(similarTo(exhibit.title, "stone"))

// Exhibit.objects.filter(title__trigram_word_similar="stone").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(operator(exhibit.title, "%>", "stone"))

// Exhibit.objects.annotate(s=TrigramSimilarity("title", "stone")).values("id", "s")
db.select({ id: exhibit.id, s: similarity<number | null>(exhibit.title, "stone") }).from(exhibit)

// Exhibit.objects.annotate(d=TrigramDistance("title", "stone")).filter(d__lte=0.9).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(lte(distance(exhibit.title, "stone"), 0.9))

// Exhibit.objects.annotate(s=TrigramWordSimilarity("stone", "title")).values("id", "s")
db
  .select({ id: exhibit.id, s: wordSimilarity<number | null>("stone", exhibit.title) })
  .from(exhibit)

// Exhibit.objects.filter(title__unaccent="Etude").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(eq(unaccent(exhibit.title), unaccent("Etude")))

// Exhibit.objects.filter(title__unaccent__icontains="etude").values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    like(
      upper(cast(unaccent(exhibit.title), "text")),
      joined(
        joined(
          cast("%", "text"),
          upper(replace(replace(replace(unaccent("etude"), "\\", "\\\\"), "%", "\\%"), "_", "\\_")),
        ),
        cast("%", "text"),
      ),
    ),
  )
