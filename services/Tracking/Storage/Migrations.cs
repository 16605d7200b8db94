using System.Globalization;

namespace MlKit.Tracking.Storage;

/// <summary>Brings a database to the newest layout, step by step; the database knows which steps it has.</summary>
internal static class Migrations
{
    private static readonly Func<Dialect, string>[] Steps = [Schema.Version1, Schema.Version2, Schema.Version3];

    /// <summary>For SQLite, which keeps the number of steps in its file's header.</summary>
    public static void Apply(SqlSession session)
    {
        var have = session.Number("PRAGMA user_version") ?? 0;
        for (var step = First(have); step < Steps.Length; step++)
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute(Steps[step](session.Dialect));
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {step + 1}"));
            session.Execute("COMMIT");
        }
    }

    /// <summary>For PostgreSQL: in one transaction, which other instances that start at the same time wait for.</summary>
    public static void Apply(SqlSession session, string schema)
    {
        session.Execute("BEGIN");
        session.Execute("SELECT pg_advisory_xact_lock(7236121)");
        session.Execute($"CREATE SCHEMA IF NOT EXISTS {schema}");
        session.Execute("CREATE TABLE IF NOT EXISTS layout (steps BIGINT NOT NULL)");
        var have = session.Number("SELECT steps FROM layout") ?? 0;
        if (have == 0)
        {
            session.Execute("INSERT INTO layout (steps) VALUES (0)");
            session.Execute(PostgresFunctions.Script(session));
        }

        for (var step = First(have); step < Steps.Length; step++)
        {
            session.Execute(Steps[step](session.Dialect));
        }

        session.Execute("UPDATE layout SET steps = $1", (long)Steps.Length);
        session.Execute("COMMIT");
    }

    private static int First(long have) => have <= Steps.Length ? (int)have : throw new InvalidOperationException(
        $"The tracking database has layout {have}; this version of MlKit knows layouts up to {Steps.Length}.");
}
