using System.Globalization;
using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using MlKit.Dashboard.History;
using MlKit.Dashboard.Otlp;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Transfer;

/// <summary>
/// What is kept of a run as a zip: OTLP JSON in <c>structuredlogs/</c>, <c>traces/</c> and <c>metrics/</c>, console lines
/// as text in <c>consolelogs/</c>, one file per resource, and more where it has much.
/// </summary>
internal sealed class TelemetryExport(RunStores stores)
{
    private const int RecordsPerFile = 5_000;
    private const int PointsPerFile = 20_000;
    private readonly Dictionary<string, int> _names = [];

    /// <summary>Writes the zip, one file after another, so that memory holds one.</summary>
    /// <param name="output">Where to; it must take synchronous writes.</param>
    /// <param name="resource">Whose telemetry, by its name; null for all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task WriteAsync(Stream output, string? resource, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        foreach (var (name, content) in Telemetry(resource))
        {
            await WriteAsync(zip, $"{name}.json", OtlpJson.Format(content), cancellationToken);
        }

        foreach (var known in stores.Resources.All.Where(known => resource is null || known.Name == resource || known.DisplayName == resource))
        {
            if (ConsoleText.Of(stores.Console.Query(known.Id, ""), null) is { Length: > 0 } lines)
            {
                await WriteAsync(zip, $"{NameOf("consolelogs", known.DisplayName)}.txt", Encoding.UTF8.GetBytes(lines), cancellationToken);
            }
        }
    }

    private static async Task WriteAsync(ZipArchive zip, string name, byte[] content, CancellationToken cancellationToken)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await entry.WriteAsync(content, cancellationToken);
    }

    private IEnumerable<(string Name, IMessage Content)> Telemetry(string? resource)
    {
        foreach (var sender in stores.Logs.Query(new LogFilter { Resource = resource }).GroupBy(entry => entry.Resource))
        {
            foreach (var part in sender.Chunk(RecordsPerFile))
            {
                yield return (NameOf("structuredlogs", sender.Key.Name), new ExportLogsServiceRequest { ResourceLogs = { OtlpMessages.Logs(sender.Key, part) } });
            }
        }

        foreach (var sender in stores.Traces.AllSpans().Where(span => resource is null || span.Resource.Name == resource).GroupBy(span => span.Resource))
        {
            foreach (var part in sender.Chunk(RecordsPerFile))
            {
                yield return (NameOf("traces", sender.Key.Name), new ExportTraceServiceRequest { ResourceSpans = { OtlpMessages.Spans(sender.Key, part) } });
            }
        }

        foreach (var sender in stores.Metrics.Instruments(resource).GroupBy(instrument => instrument.Key.Resource))
        {
            foreach (var part in Metrics(sender))
            {
                yield return (NameOf("metrics", sender.Key), part);
            }
        }
    }

    private IEnumerable<ExportMetricsServiceRequest> Metrics(IEnumerable<Instrument> instruments)
    {
        var request = new ExportMetricsServiceRequest();
        var points = 0;
        foreach (var instrument in instruments)
        {
            var series = stores.Metrics.Series(instrument.Key, 0);
            request.ResourceMetrics.Add(OtlpMetricMessages.Of(instrument, series));
            points += series.Sum(one => one.Points.Count);
            if (points >= PointsPerFile)
            {
                yield return request;
                request = new ExportMetricsServiceRequest();
                points = 0;
            }
        }

        if (request.ResourceMetrics.Count > 0)
        {
            yield return request;
        }
    }

    // Names come from senders: whatever could lead out of the folder into which someone unpacks the zip is replaced.
    private string NameOf(string folder, string resource)
    {
        var safe = string.Concat(resource.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        var name = $"{folder}/{safe}";
        var number = _names[name] = _names.GetValueOrDefault(name) + 1;
        return number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");
    }
}
