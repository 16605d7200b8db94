using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MlKit.Recommendation.Evaluation;

namespace MlKit.TrainingWorker.Commands;

/// <summary>What an evaluation prints: one object of JSON, or a table for people.</summary>
internal sealed record EvaluationReport(Protocol Protocol, int Users, int Items, double Seconds)
{
    /// <summary>How ranks are counted, see <see cref="RankingMetrics.Rank"/>.</summary>
    private const string TieRule = "1 + greater scores + half the ties, rounded down";

    /// <summary>Means of the whole pipeline (or of the model that was asked for).</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Means of each model alone.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Stages { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Standard deviation of the metrics over seeds; empty where nothing in the cut is random.</summary>
    public IReadOnlyDictionary<string, double> Spread { get; init; } = new Dictionary<string, double>();

    /// <summary>Number of random cuts that the means are over.</summary>
    public int Seeds { get; init; } = 1;

    public void Print(bool json)
    {
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
            Write(writer);
            return;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ProtocolNames.Of(Protocol)}: {Users} users, {Items} items, {Seconds:0.0} s{(Seeds > 1 ? $", mean of {Seeds} seeds" : "")}"));
        foreach (var (stage, metrics) in Stages.Count > 0 ? Stages : new Dictionary<string, IReadOnlyDictionary<string, double>> { ["model"] = Metrics })
        {
            Console.WriteLine($"{stage,-12} " + string.Join("  ", metrics.Select(one =>
                string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value:0.0000}"))));
        }
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("protocol", ProtocolNames.Of(Protocol));
        writer.WriteNumber("users", Users);
        writer.WriteNumber("items", Items);
        writer.WriteNumber("seconds", Math.Round(Seconds, 3));
        Write(writer, "metrics", Metrics);
        writer.WriteStartObject("stages");
        foreach (var (stage, metrics) in Stages)
        {
            Write(writer, stage, metrics);
        }

        writer.WriteEndObject();
        writer.WriteNumber("seeds", Seeds);
        if (Spread.Count > 0)
        {
            Write(writer, "spread", Spread);
        }

        writer.WriteString("ties", TieRule);
        writer.WriteNumber("peakMemoryMb", Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, double> metrics)
    {
        writer.WriteStartObject(name);
        foreach (var (metric, value) in metrics)
        {
            writer.WriteNumber(metric, value);
        }

        writer.WriteEndObject();
    }
}
