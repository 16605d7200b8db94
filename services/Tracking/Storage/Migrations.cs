using System.Globalization;

namespace MlKit.Tracking.Storage;

/// <summary>Brings a database file to the newest layout, step by step; the file knows which steps it has.</summary>
internal static class Migrations
{
    private static readonly string[] Steps = [Schema.Version1];

    public static void Apply(SqlSession session)
    {
        var have = session.Number("PRAGMA user_version") ?? 0;
        if (have > Steps.Length)
        {
            throw new InvalidOperationException(
                $"The tracking database has layout {have}; this version of MlKit knows layouts up to {Steps.Length}.");
        }

        for (var step = (int)have; step < Steps.Length; step++)
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute(Steps[step]);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {step + 1}"));
            session.Execute("COMMIT");
        }
    }
}
