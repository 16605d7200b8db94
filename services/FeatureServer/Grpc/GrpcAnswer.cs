using Google.Protobuf.WellKnownTypes;
using MlKit.Feast;
using MlKit.Feast.Protos.Serving;
using MlKit.FeatureServer.Hosting;
using FieldStatus = MlKit.Feast.Protos.Serving.FieldStatus;
using Protos = MlKit.Feast.Protos.Types;

namespace MlKit.FeatureServer.Grpc;

/// <summary>Online reads by message.</summary>
internal static class GrpcAnswer
{
    private static readonly Timestamp Epoch = new();

    /// <summary>Reads what the message asks for; values of join keys count with the types that they came with.</summary>
    /// <exception cref="FeastException">A name is unknown, keys are absent, or the store does not answer.</exception>
    public static async Task<OnlineFeatures> ReadAsync(
        FeatureStore store, GetOnlineFeaturesRequest request, FeastMetrics metrics, CancellationToken cancellationToken)
    {
        var entities = request.Entities.Select(pair => new FeatureColumn(pair.Key.Length > 0 ? pair.Key : "(unnamed)", pair.Value.Val.ToArray())).ToList();
        var measured = metrics.OnlineRead(entities.Count == 0 ? 0 : entities[0].Count);
        var answer = request.KindCase == GetOnlineFeaturesRequest.KindOneofCase.FeatureService
            ? await store.GetOnlineFeaturesAsync(request.FeatureService, entities, request.FullFeatureNames, cancellationToken)
            : await store.GetOnlineFeaturesAsync(request.Features?.Val ?? [], entities, request.FullFeatureNames, cancellationToken);
        measured.Answered(answer);
        return answer;
    }

    /// <param name="answer">The columns.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="asPython">Whether to ignore the wish for versions, as Feast's Python server does.</param>
    public static GetOnlineFeaturesResponse Of(OnlineFeatures answer, GetOnlineFeaturesRequest request, bool asPython)
    {
        var metadata = new GetOnlineFeaturesResponseMetadata { FeatureNames = new FeatureList() };
        metadata.FeatureNames.Val.AddRange(answer.Columns.Select(column => column.Name));
        if (request.IncludeFeatureViewVersionMetadata && !asPython)
        {
            metadata.FeatureViewMetadata.AddRange(answer.Views.Select(view => new FeatureViewMetadata { Name = view.Name, Version = view.Version }));
        }

        var response = new GetOnlineFeaturesResponse { Metadata = metadata };
        response.Results.AddRange(answer.Columns.Select(Vector));
        return response;
    }

    private static GetOnlineFeaturesResponse.Types.FeatureVector Vector(OnlineColumn column)
    {
        var vector = new GetOnlineFeaturesResponse.Types.FeatureVector();
        for (var row = 0; row < column.Count; row++)
        {
            var value = column.GetValue(row);
            vector.Values.Add(value.ValCase == Protos.Value.ValOneofCase.NullVal ? new Protos.Value() : value);
            vector.Statuses.Add((FieldStatus)column.Statuses[row]);
            var time = column.EventTimes[row];
            vector.EventTimestamps.Add(time == EventTime.Epoch ? Epoch : new Timestamp { Seconds = time.Seconds, Nanos = time.Nanos });
        }

        return vector;
    }
}
