using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlKit.Features;
using MlKit.Inference;
using MlKit.Inference.Rest;

namespace MlKit.RecommendationApi.Tests.Support;

/// <summary>
/// A scorer with two models that can be computed by hand. Retrieval: items 1 to 30, item i scores 100 - i; items of the
/// history score -3e38. Ranker: turns the order of retrieval round.
/// </summary>
internal sealed class FakeScorer : FakeServer
{
    private const int Items = 30;

    public volatile bool RankerDown;

    public volatile string RankerVersion = "7";

    private static readonly RankingSchema Schema = RankingSchema.Of([], hasClock: true, hasGenres: true);

    public volatile string SchemaHash = Schema.Hash;

    public volatile string Views = ViewSchemas.Text;

    public volatile string IdType = "INT64";

    protected override async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var model = path[2];
        if (model == "recommender-ranker" && RankerDown)
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsJsonAsync(new InferenceError("the ranker is being repaired"));
        }
        else if (path[^1] == "infer")
        {
            await InferAsync(context, model);
        }
        else
        {
            await DescribeAsync(context, model);
        }
    }

    private Task DescribeAsync(HttpContext context, string model)
    {
        var metadata = new ModelMetadata(
            model, ["7"], "fake", [new TensorMetadata("item_ids", IdType, [1, -1])], [],
            new Dictionary<string, string> { ["mlkit.features"] = string.Join(',', Schema.Names), ["mlkit.feature_schema_hash"] = SchemaHash, [ViewSchemas.MetadataKey] = Views });
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(metadata, InferenceJson.Default.ModelMetadata)).AsTask();
    }

    private async Task InferAsync(HttpContext context, string model)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var length = int.Parse(context.Request.Headers[RestHeaders.InferenceHeaderLength].ToString(), CultureInfo.InvariantCulture);
        var request = RestBodyReader.ReadRequest(body.ToArray(), length);
        var response = new InferResponse
        {
            ModelName = model,
            ModelVersion = model == "recommender-ranker" ? RankerVersion : "3",
            Outputs = model == "recommender-ranker" ? Rank(request) : Retrieve(request),
        };
        var output = new ArrayBufferWriter<byte>();
        context.Response.Headers[RestHeaders.InferenceHeaderLength] = RestBodyWriter.WriteResponse(output, response, _ => true)!.Value.ToString(CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(output.WrittenMemory);
    }

    private Tensor[] Retrieve(InferRequest request)
    {
        var input = request.Inputs.Single(tensor => tensor.Name == "item_ids");
        var history = input.DataType == TensorDataType.Bytes ? input.ToStrings().ToHashSet() : [.. input.ToArray<long>().Select(id => $"{id}")];
        var k = (int)Math.Min(Items, request.Inputs.Single(tensor => tensor.Name == "k").ToArray<long>()[0]);
        var best = Enumerable.Range(1, Items)
            .Select(item => (Item: item, Score: history.Contains($"{item}") ? -3e38f : 100f - item))
            .OrderByDescending(pair => pair.Score).Take(k).ToArray();
        return
        [
            IdType == "BYTES"
                ? Tensor.FromStrings("candidate_ids", best.Select(pair => $"{pair.Item}").ToArray(), 1, k)
                : Tensor.Create<long>("candidate_ids", best.Select(pair => (long)pair.Item).ToArray(), 1, k),
            Tensor.Create<float>("scores", best.Select(pair => pair.Score).ToArray(), 1, k),
            Tensor.Create<float>("components", new float[2 * k], 1, k, 2),
        ];
    }

    private static Tensor[] Rank(InferRequest request)
    {
        var features = request.Inputs.Single();
        var rows = (int)features.Shape[0];
        var values = features.ToArray<float>();
        var width = values.Length / rows;
        return [Tensor.Create<float>("scores", Enumerable.Range(0, rows).Select(row => -values[row * width]).ToArray(), rows, 1)];
    }
}
