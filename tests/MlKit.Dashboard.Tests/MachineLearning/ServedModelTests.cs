using MlKit.Dashboard.MachineLearning;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.MachineLearning;

public sealed class ServedModelTests
{
    [Theory]
    [InlineData("mlkit.model.name=ranker;mlkit.model.version=7;mlkit.model.run_id=abc", "x", "ranker", "7", "abc")]
    [InlineData("model.name=ranker;model.version=7", "x", "ranker", "7", "")]
    [InlineData("url.path=/v2/models/ranker/versions/12/infer", "x", "ranker", "12", "")]
    [InlineData("url.path=/v2/models/my%20model/infer", "x", "my model", "", "")]
    [InlineData("http.route=/v2/models/{name}/infer;url.path=/v2/models/ranker/infer", "x", "ranker", "", "")]
    [InlineData("", "POST /v2/models/ranker/infer", "ranker", "", "")]
    public void A_span_tells_its_model(string attributes, string name, string model, string version, string run) =>
        Assert.Equal(new ServedModel(model, version, run), ServedModel.Of(Span(attributes, name)));

    [Theory]
    [InlineData("http.route=/v2/models/{name}/infer", "POST /v2/models/{name}/infer")]
    [InlineData("url.path=/v2/health/ready", "GET /v2/health/ready")]
    [InlineData("", "GET /")]
    public void Other_spans_have_none(string attributes, string name) => Assert.Null(ServedModel.Of(Span(attributes, name)));

    private static Span Span(string attributes, string name) => new()
    {
        TraceId = new TraceId(1),
        Id = new SpanId(1),
        Resource = new TelemetryResource("scorer", "", 0),
        Scope = "",
        Name = name,
        StartNanos = 0,
        EndNanos = 1,
        Attributes = [.. attributes.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]))],
    };
}
