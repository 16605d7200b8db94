using System.IO.Compression;
using System.Text.Json;
using MlKit.Dashboard.Otlp;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Transfer;

/// <summary>
/// Reads telemetry from a file as if it came from its senders: OTLP JSON, one request or one a line (as a collector's
/// file exporter writes them), or a zip of such files. What a request is follows from its content, not from its name.
/// </summary>
internal sealed class TelemetryImport(OtlpReceiver receiver, OtlpStatistics statistics)
{
    /// <summary>The most megabytes (1,048,576 bytes) of a file, and of each file in a zip once it is unpacked.</summary>
    public const int MaxFileMegabytes = 64;

    private const int MaxFileBytes = MaxFileMegabytes * 1024 * 1024;
    private const int MaxZipEntries = 2_000;
    private const long MaxUnpackedBytes = 1024L * 1024 * 1024;
    private const int ZipSignature = 0x04034B50;

    /// <summary>Reads a file; its content says what it is.</summary>
    public async Task<ImportResult> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var (accepted, refused) = (statistics.Accepted, statistics.Rejected);
        var files = 0;
        var problem = "";
        try
        {
            using var content = await CopyAsync(file, MaxFileBytes, cancellationToken);
            files = IsZip(content) ? await ReadZipAsync(content, cancellationToken) : Receive(content.GetBuffer().AsSpan(0, (int)content.Length));
        }
        catch (Exception wrong) when (wrong is InvalidDataException || OtlpJson.IsMalformed(wrong))
        {
            problem = wrong.Message;
        }

        // Senders may have sent meanwhile; the counts are for people, who can live with that.
        return new ImportResult(files, statistics.Accepted - accepted, statistics.Rejected - refused, problem);
    }

    private static bool IsZip(MemoryStream content) => content.Length >= 4 && BitConverter.ToInt32(content.GetBuffer(), 0) == ZipSignature;

    private async Task<int> ReadZipAsync(Stream content, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var files = 0;
        var left = MaxUnpackedBytes;
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(MaxZipEntries))
        {
            try
            {
                await using var packed = await entry.OpenAsync(cancellationToken);
                using var json = await CopyAsync(packed, (int)Math.Min(MaxFileBytes, left), cancellationToken);
                left -= json.Length;
                files += Receive(json.GetBuffer().AsSpan(0, (int)json.Length));
            }
            catch (Exception wrong) when (wrong is InvalidDataException || OtlpJson.IsMalformed(wrong))
            {
                throw new InvalidDataException($"{entry.FullName}: {wrong.Message}", wrong);
            }
        }

        return files > 0 ? files : throw new InvalidDataException("the zip holds no .json file with telemetry");
    }

    // What the zip's directory says about sizes is not believed.
    private static async Task<MemoryStream> CopyAsync(Stream source, int limit, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (copy.Length + read > limit)
            {
                throw new InvalidDataException($"it has more than {limit / (1024 * 1024)} MB");
            }

            copy.Write(buffer, 0, read);
        }

        copy.Position = 0;
        return copy;
    }

    private int Receive(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        var requests = 0;
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            var signal = reader.TokenType == JsonTokenType.StartObject ? SignalOf(reader) : null;
            reader.Skip();
            Receive(signal, json[start..(int)reader.BytesConsumed]);
            requests++;
        }

        return requests > 0 ? 1 : throw new InvalidDataException("it is empty");
    }

    private void Receive(string? signal, ReadOnlySpan<byte> request)
    {
        switch (signal)
        {
            case "resourceLogs":
                receiver.Receive(OtlpJson.Parse<ExportLogsServiceRequest>(request));
                break;
            case "resourceSpans":
                receiver.Receive(OtlpJson.Parse<ExportTraceServiceRequest>(request));
                break;
            case "resourceMetrics":
                receiver.Receive(OtlpJson.Parse<ExportMetricsServiceRequest>(request));
                break;
            default:
                throw new InvalidDataException("it is no OTLP JSON: an object with resourceLogs, resourceSpans or resourceMetrics is wanted");
        }
    }

    // The first known name of the object; the reader is a copy, so the caller's stays where it is.
    private static string? SignalOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.GetString() is "resourceLogs" or "resourceSpans" or "resourceMetrics")
            {
                return reader.GetString();
            }

            reader.Read();
            reader.Skip();
        }

        return null;
    }
}
