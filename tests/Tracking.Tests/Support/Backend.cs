namespace MlKit.Tests;

/// <summary>What the server keeps its data in; tests of storage run on each.</summary>
public enum Backend
{
    Sqlite,
    Postgres,
}

internal static class Backends
{
    /// <summary>Starts the service on a fresh database of the kind; skips the test where there is none.</summary>
    public static async Task<TrackingProcess> StartTrackingAsync(
        this PostgresServer postgres, Backend backend, params (string Key, string Value)[] settings) =>
        backend == Backend.Sqlite
            ? await TrackingProcess.StartAsync(settings)
            : await TrackingProcess.StartAsync([.. settings, ("ConnectionStrings__tracking", await postgres.CreateDatabaseAsync())]);
}
