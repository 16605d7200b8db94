using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using MlKit.Inference.Grpc.Messages;

namespace MlKit.Scorer.Tests.Replay;

/// <summary>Sends recorded gRPC messages byte by byte and compares the answers.</summary>
internal sealed class GrpcReplay(GrpcChannel channel)
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(false));

    /// <summary>Why the answer is not the recorded one; null: it is.</summary>
    public async Task<string?> RunAsync(JsonObject exchange)
    {
        var request = exchange["request"]!.AsObject();
        var expected = exchange["response"]!.AsObject();
        var method = request["grpc"]!.GetValue<string>().Split('/')[1];
        var (code, details, answers) = await CallAsync(request, method);
        var allowed = expected["code"] is JsonArray list ? list.Select(one => Code(one!)).ToArray() : [Code(expected["code"]!)];
        if (!allowed.Contains(code))
        {
            return $"code {code} ({details}), expected {string.Join(" or ", allowed)}";
        }

        if (code != StatusCode.OK)
        {
            return null;
        }

        var wanted = expected["messages"]?.AsArray().Select(one => one!.AsObject()).ToList()
            ?? (expected.ContainsKey("json") || expected.ContainsKey("tensors") ? [expected] : []);
        return wanted.Count > 0 && wanted.Count != answers.Count
            ? $"{answers.Count} answers, expected {wanted.Count}"
            : wanted.Zip(answers).Select(pair => Compare(method, pair.First, pair.Second)).FirstOrDefault(difference => difference is not null);
    }

    private static StatusCode Code(JsonNode name) => Enum.Parse<StatusCode>(name.GetValue<string>().Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static string? Compare(string method, JsonObject expected, byte[] answer)
    {
        var type = GRPCInferenceService.Descriptor.FindMethodByName(method).OutputType;
        var message = type.Parser.ParseFrom(answer);
        var infer = message as ModelInferResponse ?? (message as ModelStreamInferResponse)?.InferResponse;
        if (infer is not null && expected["tensors"] is JsonObject tensors)
        {
            foreach (var (output, raw) in infer.Outputs.Zip(infer.RawOutputContents))
            {
                if (tensors[output.Name] is JsonObject tensor && TensorMatcher.Compare(output.Name, tensor, raw.Span) is { } difference)
                {
                    return difference;
                }
            }

            if (tensors.Count > infer.RawOutputContents.Count)
            {
                return $"{infer.RawOutputContents.Count} raw outputs, expected {tensors.Count}";
            }
        }

        infer?.RawOutputContents.Clear();
        return expected["json"] is { } json ? JsonMatcher.Compare(json, JsonNode.Parse(Formatter.Format(message))) : null;
    }

    private async Task<(StatusCode Code, string Details, List<byte[]> Answers)> CallAsync(JsonObject request, string method)
    {
        var service = request["grpc"]!.GetValue<string>().Split('/')[0];
        var headers = new Metadata();
        foreach (var pair in request["metadata"]?.AsArray() ?? [])
        {
            headers.Add(pair![0]!.GetValue<string>(), pair[1]!.GetValue<string>());
        }

        var options = new CallOptions(headers, DateTime.UtcNow.AddSeconds(30), TestContext.Current.CancellationToken);
        try
        {
            var answers = request["messages"] is JsonArray messages
                ? await StreamAsync(Define(MethodType.DuplexStreaming), options, messages)
                : [await channel.CreateCallInvoker().AsyncUnaryCall(Define(MethodType.Unary), null, options, Message(request))];
            return (StatusCode.OK, "", answers);
        }
        catch (RpcException error)
        {
            return (error.StatusCode, error.Status.Detail, []);
        }

        Method<byte[], byte[]> Define(MethodType type) => new(type, service, method, Bytes, Bytes);
    }

    private async Task<List<byte[]>> StreamAsync(Method<byte[], byte[]> method, CallOptions options, JsonArray messages)
    {
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, options);
        foreach (var one in messages)
        {
            await call.RequestStream.WriteAsync(Message(one!), TestContext.Current.CancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        var answers = new List<byte[]>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            answers.Add(answer);
        }

        return answers;
    }

    private static byte[] Message(JsonNode recorded) => Convert.FromHexString(recorded["hex"]!.GetValue<string>());
}
