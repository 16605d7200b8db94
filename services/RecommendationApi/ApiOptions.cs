using System.Globalization;
using MlKit.Storage;

namespace MlKit.RecommendationApi;

/// <summary>Settings of the recommendation API, read from <c>MLKIT:RECOMMENDATIONS:*</c>.</summary>
internal sealed record ApiOptions
{
    private const string Section = "MLKIT:RECOMMENDATIONS:";

    /// <summary>The settings as <c>--help</c> prints them.</summary>
    public const string Help = """
        MlKit recommendation API: GET /recommendations/{userId}?k=10 and POST /events.

        usage: RecommendationApi [--urls http://127.0.0.1:8080]

          services__feast__http__0                  address of the feature server
          services__scorer__http__0                 address of the scorer
          services__mlflow__http__0                 address of the tracking server (not called today)
          MLKIT__RECOMMENDATIONS__CANDIDATES        items that the ranker scores per answer, 10 to 5000 (default 200)
          MLKIT__RECOMMENDATIONS__TIMEOUTSECONDS    time for one call of feature server or scorer, 0.05 to 60 (default 2)
          MLKIT__DATA__EVENTS                       folder or s3://bucket/prefix of the event log (default STATE/events)
          MLKIT__STATE__PATH                        folder for the last popular list, STATE above (default .mlkit/recommendations)
          OTEL_EXPORTER_OTLP_ENDPOINT               where traces, metrics and logs go (default: nowhere)

        """ + S3Options.Help;

    /// <summary>Items that the ranker scores per answer.</summary>
    public int Candidates { get; private init; }

    /// <summary>Where accepted events are kept: a folder or <c>s3://bucket/prefix</c>; null: in the state folder.</summary>
    public string? Events { get; private init; }

    /// <summary>How <c>s3://</c> locations are reached.</summary>
    public S3Options S3 { get; private init; } = new();

    /// <summary>Time for one call of a peer.</summary>
    public TimeSpan PeerTimeout { get; private init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="InvalidOperationException">One is wrong; the message names key, value and what is allowed.</exception>
    public static ApiOptions Read(IConfiguration configuration) => new()
    {
        Candidates = (int)Number(configuration, "CANDIDATES", 200, 10, 5000),
        Events = configuration["MLKIT:DATA:EVENTS"] is { } events && !string.IsNullOrWhiteSpace(events) ? events.Trim() : null,
        S3 = S3Options.Read(key => configuration[key]),
        PeerTimeout = TimeSpan.FromSeconds(Number(configuration, "TIMEOUTSECONDS", 2, 0.05, 60)),
    };

    private static double Number(IConfiguration configuration, string key, double otherwise, double least, double most)
    {
        if (configuration[Section + key] is not { } value || string.IsNullOrWhiteSpace(value))
        {
            return otherwise;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"MLKIT__RECOMMENDATIONS__{key} is '{value}'; allowed: a number from {least} to {most}"));
    }
}
