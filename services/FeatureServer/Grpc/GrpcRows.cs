using Google.Protobuf.Collections;
using Grpc.Core;
using MlKit.Feast;
using MlKit.Feast.Protos.Types;

namespace MlKit.FeatureServer.Grpc;

/// <summary>The one row of a push: a text or a value per column.</summary>
internal static class GrpcRows
{
    /// <exception cref="RpcException">Both kinds of columns are given.</exception>
    public static FeatureFrame Read(MapField<string, string> texts, MapField<string, Value> values)
    {
        if (texts.Count > 0 && values.Count > 0)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "Only one of features or typed_features may be set, not both"));
        }

        return new FeatureFrame(texts.Select(pair => Column(pair.Key, pair.Value)).Concat(values.Select(pair => Column(pair.Key, Native(pair.Value)))));
    }

    private static FeatureColumn Column(string name, object? value) => new(name.Length > 0 ? name : "(unnamed)", new[] { value });

    /// <summary>Instants stay numbers, as in Feast: seconds for a feature, nanoseconds for an event time.</summary>
    private static object? Native(Value value) =>
        value.ValCase == Value.ValOneofCase.UnixTimestampVal ? value.UnixTimestampVal : FeastValue.ToNative(value);
}
