using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MlKit.RecommendationApi.Recommendations;
using MlKit.Storage;

namespace MlKit.RecommendationApi.Events;

/// <summary>Files of events below a log's root: one JSON object per line, <c>date=YYYY-MM-DD/writer=ID/part-*.jsonl</c>.</summary>
internal static class EventLines
{
    public const string Extension = ".jsonl";

    /// <summary>Name of a day's folder; names sort as days do.</summary>
    public static string Day(DateTimeOffset time) => $"date={time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    /// <summary>Files of lines below a folder of the log; empty text for all.</summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static async Task<IReadOnlyList<ObjectEntry>> ListAsync(IObjectStore store, string folder, CancellationToken cancellationToken) =>
    [
        .. (await store.ListTreeAsync(folder, cancellationToken)).Where(entry => entry.Name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(entry => folder.Length == 0 ? entry : entry with { Name = $"{folder}/{entry.Name}" }),
    ];

    /// <summary>The events of a file, one by one. A line that was cut off is left out: its client got no answer and sent it again.</summary>
    /// <exception cref="FileNotFoundException">There is no such file any more.</exception>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static async IAsyncEnumerable<EventMessage> ReadAsync(
        IObjectStore store, string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await store.OpenReadAsync(key, cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Parse(line) is { EventId: not null } one)
            {
                yield return one;
            }
        }
    }

    /// <summary>The lines of some events.</summary>
    public static MemoryStream Write(IEnumerable<EventMessage> events)
    {
        var lines = new MemoryStream();
        foreach (var one in events)
        {
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(one, ApiJson.Default.EventMessage));
            lines.WriteByte((byte)'\n');
        }

        lines.Position = 0;
        return lines;
    }

    private static EventMessage? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ApiJson.Default.EventMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
