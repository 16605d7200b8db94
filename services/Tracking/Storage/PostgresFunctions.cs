namespace MlKit.Tracking.Storage;

/// <summary>LIKE and ILIKE of the search grammars in PostgreSQL: as <see cref="TextMatch"/> matches for SQLite.</summary>
internal static class PostgresFunctions
{
    private const string AllOfUnicode = "und-x-icu";

    /// <summary>
    /// RLIKE, and the text of a span's attribute, null where the span lacks it: as <see cref="SpanText"/> finds it for
    /// SQLite.
    /// </summary>
    public const string ForTraces = """
        CREATE FUNCTION text_rlike(pattern TEXT, content TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS
            $body$ SELECT content COLLATE "C" ~ pattern $body$;
        CREATE FUNCTION span_attribute(content TEXT, name TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $body$
            SELECT COALESCE(a->'value'->>'string_value', a->'value'->>'int_value', a->'value'->>'bool_value',
                a->'value'->>'double_value', a->>'value')
            FROM json_array_elements(content::json->'attributes') a WHERE a->>'key' = name COLLATE "C" $body$;
        """;

    /// <summary>The statements that make them. Upper and lower case of all of Unicode where the server knows it.</summary>
    public static string Script(SqlSession session)
    {
        var knowsUnicode = session.Number("SELECT COUNT(*) FROM pg_collation WHERE collname = $1", AllOfUnicode) > 0;
        var collation = knowsUnicode ? $" COLLATE \"{AllOfUnicode}\"" : "";
        return $"""
            CREATE FUNCTION text_like(pattern TEXT, content TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS
                $body$ SELECT content COLLATE "C" LIKE pattern COLLATE "C" ESCAPE '' $body$;
            CREATE FUNCTION text_ilike(pattern TEXT, content TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS
                $body$ SELECT lower(content{collation}) COLLATE "C" LIKE lower(pattern{collation}) COLLATE "C" ESCAPE '' $body$;
            """;
    }
}
