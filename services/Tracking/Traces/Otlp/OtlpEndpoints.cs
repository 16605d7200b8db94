using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Traces.Otlp;

/// <summary>
/// <c>POST /v1/traces</c>: takes spans from MLflow's clients and from any exporter of OpenTelemetry that names the
/// experiment in a header. An export is stored whole or not at all.
/// </summary>
internal sealed class OtlpEndpoints(Database database) : IEndpoints
{
    public const string ExperimentHeader = "x-mlflow-experiment-id";

    private const string RunHeader = "x-mlflow-run-id";

    public void Map(ApiRoutes routes) => routes.Raw(HttpMethods.Post, "/v1/traces", ExportAsync);

    private async Task ExportAsync(HttpContext context)
    {
        var experiment = context.Request.Headers[ExperimentHeader].ToString();
        if (experiment.Length == 0)
        {
            throw ApiException.Unprocessable($"The header '{ExperimentHeader}' is missing: it names the experiment of the spans.");
        }

        var traces = SpanReader.Read(await ExportBody.ReadAsync(context));
        var run = context.Request.Headers[RunHeader].ToString();
        await database.WriteAsync(session => SpanStore.Log(session, experiment, traces, run));

        // An answer without members is no bytes in protobuf.
        context.Response.ContentType = "application/x-protobuf";
    }
}
