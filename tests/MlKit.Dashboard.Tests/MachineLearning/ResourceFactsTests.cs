using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.MachineLearning;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.MachineLearning;

public sealed class ResourceFactsTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Models_and_provider_come_from_the_scorers_gauges_and_old_versions_go()
    {
        var metrics = new MetricStore(new TelemetryLimits());
        Measure(metrics, "scorer", "mlkit.scorer.model.memory", 10 * Second, 5_000, ("model", "ranker"), ("version", "1"));
        Measure(metrics, "scorer", "mlkit.scorer.model.memory", 60 * Second, 5_000, ("model", "ranker"), ("version", "2"));
        Measure(metrics, "scorer", "mlkit.scorer.model.memory", 60 * Second, 5_000, ("model", "retrieval"), ("version", "9"));
        Measure(metrics, "scorer", "mlkit.scorer.provider.fallback", 60 * Second, 0, ("provider", "cpu"));
        var facts = ResourceFacts.Of([Resource("scorer"), Resource("api")], metrics);
        Assert.Equal([new ServedModel("ranker", "2", ""), new ServedModel("retrieval", "9", "")], facts["scorer"].Models);
        Assert.StartsWith("none seen", facts["scorer"].Accelerator);
        Assert.True(facts["api"].IsEmpty);
    }

    [Theory]
    [InlineData("Running", 0.25, 0.25)]
    [InlineData("Running", 7.0, 1.0)]
    [InlineData("Finished", 0.25, null)]
    public void A_job_tells_its_progress_while_it_runs(string state, double told, double? shown)
    {
        var metrics = new MetricStore(new TelemetryLimits());
        Measure(metrics, "training", ResourceFacts.ProgressInstrument, Second, told);
        Assert.Equal(shown, ResourceFacts.Of([Resource("training") with { State = state }], metrics)["training"].Progress);
    }

    [Fact]
    public void The_host_may_tell_the_same_by_properties()
    {
        var scorer = Resource("scorer") with { Properties = [new("mlkit.model.ranker", "3", false), new("mlkit.gpu", "NVIDIA L4", false), new("mlkit.job.progress", "0.5", false)] };
        var facts = ResourceFacts.Of([scorer], new MetricStore(new TelemetryLimits()))["scorer"];
        Assert.Equal(("ranker", "3", "NVIDIA L4", 0.5), (facts.Models[0].Name, facts.Models[0].Version, facts.Accelerator, facts.Progress));
    }

    private static void Measure(MetricStore metrics, string resource, string name, long time, double value, params (string Key, string Value)[] attributes) =>
        metrics.Add(
            new Instrument(new InstrumentKey(resource, "MlKit", name), InstrumentKind.Gauge, "", ""),
            [.. attributes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))], new MetricPoint(time, time, value), false, []);

    private static ResourceSnapshot Resource(string name) => new() { Id = name, Name = name, DisplayName = name, State = "Running" };
}
