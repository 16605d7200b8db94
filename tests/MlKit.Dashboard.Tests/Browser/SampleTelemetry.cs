using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MlKit.Dashboard.Tests.Running;
using OpenTelemetry.Exporter;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>What three services of a recommendation system would send.</summary>
internal static class SampleTelemetry
{
    public static void Send(Uri address)
    {
        using var api = new TelemetrySender("recommendations", address, OtlpExportProtocol.Grpc);
        using var feast = new TelemetrySender("feast", address, OtlpExportProtocol.Grpc);
        using var scorer = new TelemetrySender("scorer", address, OtlpExportProtocol.Grpc);
        var duration = scorer.Meter.CreateHistogram<double>("scorer.infer.duration", "s", "How long an inference takes.");
        scorer.Meter.CreateGauge<long>("mlkit.model.served").Record(1, new("mlkit.model.name", "recommender-retrieval"), new("mlkit.model.version", "3"));
        scorer.Meter.CreateGauge<long>("mlkit.scorer.provider.fallback").Record(0, new KeyValuePair<string, object?>("provider", "cpu"));
        var requests = scorer.Meter.CreateCounter<long>("scorer.infer.requests", "{request}", "Inference requests.");
#pragma warning disable CA1848, CA2254 // logs of a test
        for (var i = 0; i < 12; i++)
        {
            var start = DateTimeOffset.UtcNow.AddSeconds(-60 + (i * 5));
            var root = api.Source.StartActivity("GET /recommendations/{userId}", ActivityKind.Server, default(ActivityContext), startTime: start)!;
            using var features = feast.Source.StartActivity("POST /get-online-features", ActivityKind.Server, root.Context, startTime: start.AddMilliseconds(2))!;
            using var retrieval = scorer.Source.StartActivity("POST /v2/models/recommender-retrieval/infer", ActivityKind.Server, root.Context, startTime: start.AddMilliseconds(9))!;
            retrieval.SetTag("mlkit.model.name", "recommender-retrieval").SetTag("mlkit.model.version", "3");
            features.SetTag("feast.feature_view", "user_activity").SetTag("feast.rows", 100 + i);
            using var run = scorer.Source.StartActivity("onnx run", ActivityKind.Internal, retrieval.Context, startTime: start.AddMilliseconds(11))!;
            using var ranking = scorer.Source.StartActivity("POST /v2/models/recommender-ranker/infer", ActivityKind.Server, root.Context, startTime: start.AddMilliseconds(20))!;
            Activity.Current = root;
            api.Log.LogInformation("Recommended {Count} items to user {UserId}", 10, 100 + i);
            features.SetEndTime(start.AddMilliseconds(8).UtcDateTime);
            run.SetEndTime(start.AddMilliseconds(16).UtcDateTime);
            retrieval.SetEndTime(start.AddMilliseconds(18).UtcDateTime);
            ranking.SetEndTime(start.AddMilliseconds(27 + i).UtcDateTime);
            root.SetEndTime(start.AddMilliseconds(31 + i).UtcDateTime);
            if (i == 11)
            {
                Activity.Current = ranking;
                ranking.SetStatus(ActivityStatusCode.Error, "model store timed out");
                ranking.AddException(new TimeoutException("no answer within 5 s"));
                scorer.Log.LogError(new TimeoutException("no answer within 5 s"), "Model store did not answer");
                api.Log.LogWarning("Answered user {UserId} from the last ranking", 111);
            }

            duration.Record(0.004 + (i * 0.003), new KeyValuePair<string, object?>("model.name", i % 2 == 0 ? "recommender-ranker" : "recommender-retrieval"));
            requests.Add(1 + i);
            Activity.Current = ranking;
            duration.Record(0.02, new KeyValuePair<string, object?>("model.name", "recommender-ranker"));
            ranking.SetTag("mlkit.model.name", "recommender-ranker").SetTag("mlkit.model.version", "7").SetTag("mlkit.model.run_id", "a1b2c3");
            ranking.Dispose();
            run.Dispose();
            retrieval.Dispose();
            features.Dispose();
            root.Dispose();
        }
#pragma warning restore CA1848, CA2254

        api.Flush();
        feast.Flush();
        scorer.Flush();
        duration.Record(0.02, new KeyValuePair<string, object?>("model.name", "recommender-ranker"));
    }
}
