using MlKit.Storage;
using MlKit.Tracking.Ui.Official;
using Npgsql;

namespace MlKit.Tracking;

/// <summary>What the service can be told, read once at start.</summary>
internal sealed class TrackingOptions
{
    private const string Section = "MLKIT:TRACKING:";

    /// <summary>Key, meaning; printed by <c>--help</c>.</summary>
    public static IReadOnlyList<(string Key, string Meaning)> Documentation { get; } =
    [
        ("MLKIT__STATE__PATH", "folder for database and artifacts (default .mlkit/tracking in the working folder)"),
        ("ConnectionStrings__tracking", "PostgreSQL instead of SQLite, for example "
            + "Host=db;Port=5432;Database=mlflow;Username=mlflow;Password=..."),
        ("MLKIT__TRACKING__ARTIFACTS", "folder for artifacts (path or file: URI) or s3://bucket/prefix (default STATE/artifacts)"),
        ("MLKIT__TRACKING__ALLOWEDHOSTS", "further Host names that are answered, comma separated, *.name for a domain, "
            + "* for any (this machine and private addresses always are)"),
        ("MLKIT__TRACKING__UI", "folder with the static files of MLflow's own web UI, served at / in place of this server's "
            + "(in the Python package it is mlflow/server/js/build)"),
        ("MLKIT__TRACKING__TOKEN", "bearer token that every call must carry, except /health, /alive, /version (none)"),
        ("MLKIT__TRACKING__USERNAME", "user name of basic authentication (none)"),
        ("MLKIT__TRACKING__PASSWORD", "password of basic authentication, at least 12 characters"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "where traces, metrics and logs go (nowhere)"),
    ];

    /// <summary>The SQLite file.</summary>
    public required string Database { get; init; }

    /// <summary>A connection string of PostgreSQL, which then takes the place of the file.</summary>
    public string? Postgres { get; init; }

    public required string Artifacts { get; init; }

    /// <summary>How an <c>s3://</c> location is reached.</summary>
    public required S3Options S3 { get; init; }

    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>The folder of MLflow's own web UI, or null.</summary>
    public string? UiFolder { get; init; }

    public string? Token { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <exception cref="InvalidOperationException">A setting is wrong; the message names key, value and what is allowed.</exception>
    public static TrackingOptions Read(IConfiguration configuration, string state)
    {
        var options = new TrackingOptions
        {
            Database = Path.Combine(state, "tracking.db"),
            Postgres = ConnectionString(configuration.GetConnectionString("tracking")),
            Artifacts = Location(configuration[Section + "ARTIFACTS"], state),
            S3 = S3Options.Read(key => configuration[key]),
            AllowedHosts = (configuration[Section + "ALLOWEDHOSTS"] ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            UiFolder = Ui(configuration[Section + "UI"]),
            Token = OrNull(configuration[Section + "TOKEN"]),
            Username = OrNull(configuration[Section + "USERNAME"]),
            Password = OrNull(configuration[Section + "PASSWORD"]),
        };
        options.CheckCredentials();
        return options;
    }

    private void CheckCredentials()
    {
        if (Username is null != Password is null)
        {
            throw new InvalidOperationException(
                "MLKIT__TRACKING__USERNAME and MLKIT__TRACKING__PASSWORD must be set together.");
        }

        if (Password is { Length: < 12 })
        {
            throw new InvalidOperationException(
                $"MLKIT__TRACKING__PASSWORD has {Password.Length} characters; at least 12 are needed.");
        }
    }

    private static string Location(string? configured, string state)
    {
        if (string.IsNullOrWhiteSpace(configured))
        {
            return Path.Combine(state, "artifacts");
        }

        if (Uri.TryCreate(configured, UriKind.Absolute, out var uri) && configured.Contains("://", StringComparison.Ordinal))
        {
            return uri.IsFile ? uri.LocalPath : uri is { Scheme: "s3", Host.Length: > 0 } ? configured : throw new InvalidOperationException(
                $"MLKIT__TRACKING__ARTIFACTS is '{configured}'; allowed are a folder, a file: URI and s3://bucket/prefix.");
        }

        return Path.GetFullPath(configured.StartsWith("file:", StringComparison.Ordinal) ? configured["file:".Length..] : configured);
    }

    /// <summary>The setting may hold a password, so no message repeats it.</summary>
    private static string? ConnectionString(string? configured)
    {
        if (string.IsNullOrWhiteSpace(configured))
        {
            return null;
        }

        try
        {
            if (!string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(configured).Host))
            {
                return configured;
            }
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
        }

        throw new InvalidOperationException(
            "ConnectionStrings__tracking is not a connection string of PostgreSQL; it looks like "
            + "Host=db;Port=5432;Database=mlflow;Username=mlflow;Password=...");
    }

    private static string? Ui(string? folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            return null;
        }

        var full = Path.GetFullPath(folder);
        return File.Exists(Path.Combine(full, OfficialUi.Page))
            ? full
            : throw new InvalidOperationException(
                $"MLKIT__TRACKING__UI is '{folder}'; allowed is a folder that holds MLflow's built web UI ({OfficialUi.Page}).");
    }

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
