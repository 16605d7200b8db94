using System.Globalization;

namespace MlKit.OnlineStore;

/// <summary>The settings of the online store, read and checked once at start.</summary>
/// <param name="Port">RESP port on the loopback address.</param>
/// <param name="Password">Password that clients must give, or null for none.</param>
/// <param name="MemoryMegabytes">Memory for records; when it is used up, writes are refused and nothing is evicted.</param>
/// <param name="CheckpointSeconds">Seconds between checkpoints; each one cuts the log of changes.</param>
/// <param name="CommitMilliseconds">Longest time that an acknowledged change may exist in memory only.</param>
internal sealed record OnlineStoreOptions(
    int Port, string? Password, int MemoryMegabytes, int CheckpointSeconds, int CommitMilliseconds)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        OnlineStore: a Redis-compatible store (RESP) for online features, kept on disk under the state folder.

          --urls http://127.0.0.1:PORT             address of /health, /alive and /metrics
          MLKIT__STATE__PATH                       folder for the data (default .mlkit/onlinestore)
          MLKIT__ONLINESTORE__PORT                 RESP port on loopback, 1-65535 (default 6379)
          MLKIT__ONLINESTORE__PASSWORD             password that clients must give (default none)
          MLKIT__ONLINESTORE__MEMORYMEGABYTES      memory for records, 16-1048576 (default 256): a warning at 80 %,
                                                   and writes are refused when it is used up; nothing is evicted
          MLKIT__ONLINESTORE__CHECKPOINTSECONDS    seconds between checkpoints, 1-86400 (default 300)
          MLKIT__ONLINESTORE__COMMITMILLISECONDS   interval of log commits, 1-60000 (default 100): a killed
                                                   process loses at most the changes of this time
          OTEL_EXPORTER_OTLP_ENDPOINT              where traces, metrics and logs go

        """;

    private const string Section = "MLKIT:ONLINESTORE:";

    /// <exception cref="InvalidOperationException">A value is not allowed; the message names key, value and range.</exception>
    public static OnlineStoreOptions Read(IConfiguration configuration) => new(
        Number(configuration, "PORT", 6379, 1, 65535),
        configuration[Section + "PASSWORD"] is { Length: > 0 } password ? password : null,
        Number(configuration, "MEMORYMEGABYTES", 256, 16, 1048576),
        Number(configuration, "CHECKPOINTSECONDS", 300, 1, 86400),
        Number(configuration, "COMMITMILLISECONDS", 100, 1, 60000));

    private static int Number(IConfiguration configuration, string key, int fallback, int least, int most)
    {
        var text = configuration[Section + key];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException(
                $"MLKIT__ONLINESTORE__{key} is '{text}'; allowed is a whole number from {least} to {most}");
    }
}
