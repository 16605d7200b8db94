using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using MlKit.Feast.Protos.Serving;
using MlKit.Tests.Replay;

namespace MlKit.Tests;

/// <summary>Sends recorded gRPC messages byte by byte and compares the answers.</summary>
internal sealed class GrpcReplay(Uri address) : IDisposable
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    /// <summary>Why the answer is not the recorded one; null: it is.</summary>
    /// <param name="exchange">Request and expected answer.</param>
    /// <param name="refused">Whether any refusal is right.</param>
    /// <param name="orGoodAnswer">Whether OK is right, too.</param>
    /// <param name="service">The service to ask instead of the recorded one.</param>
    public async Task<string?> CompareAsync(JsonElement exchange, bool refused = false, bool orGoodAnswer = false, string? service = null)
    {
        var expected = exchange.GetProperty("response");
        var method = exchange.GetProperty("request").Text("grpc").Split('/');
        var (code, details, answer) = await CallAsync(service ?? method[0], method[1], exchange.GetProperty("request").Hex("hex"));
        if (refused)
        {
            return code == StatusCode.OK ? "was answered" : null;
        }

        var wanted = Enum.Parse<StatusCode>(expected.Text("code").Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        if (code != wanted)
        {
            return orGoodAnswer && code == StatusCode.OK ? null : $"code {code} ({details}), expected {wanted}";
        }

        try
        {
            if (code != StatusCode.OK)
            {
                JsonComparer.Compare(JsonNode.Parse(expected.GetProperty("details").GetRawText()), JsonValue.Create(details), new Placeholders(), "details");
            }
            else
            {
                JsonComparer.Compare(JsonNode.Parse(expected.GetProperty("json").GetRawText()), Json(method[1], answer), new Placeholders());
            }

            return null;
        }
        catch (Mismatch mismatch)
        {
            return mismatch.Message;
        }
    }

    public void Dispose() => _channel.Dispose();

    private static JsonNode Json(string method, byte[] answer)
    {
        if (method == "Check")
        {
            return JsonNode.Parse(answer is [0x08, 0x01] ? """{"status": "SERVING"}""" : "{}")!;
        }

        IMessage message = method switch
        {
            "Push" => PushResponse.Parser.ParseFrom(answer),
            "WriteToOnlineStore" => WriteToOnlineStoreResponse.Parser.ParseFrom(answer),
            "GetFeastServingInfo" => GetFeastServingInfoResponse.Parser.ParseFrom(answer),
            _ => GetOnlineFeaturesResponse.Parser.ParseFrom(answer),
        };
        var json = JsonNode.Parse(Formatter.Format(message))!;
        if (json["metadata"]?["feature_names"]?["val"] is { } names)
        {
            json["metadata"]!["feature_names"] = names.DeepClone();
        }

        return json;
    }

    private async Task<(StatusCode Code, string Details, byte[] Answer)> CallAsync(string service, string method, byte[] request)
    {
        try
        {
            var definition = new Method<byte[], byte[]>(MethodType.Unary, service, method, Bytes, Bytes);
            var options = new CallOptions(deadline: DateTime.UtcNow.AddSeconds(30), cancellationToken: TestContext.Current.CancellationToken);
            return (StatusCode.OK, "", await _channel.CreateCallInvoker().AsyncUnaryCall(definition, null, options, request));
        }
        catch (RpcException error)
        {
            return (error.StatusCode, error.Status.Detail, []);
        }
    }
}
