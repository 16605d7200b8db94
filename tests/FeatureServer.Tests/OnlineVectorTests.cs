using System.Net.Http.Json;
using System.Text.Json;

namespace MlKit.Tests;

/// <summary>Requests and answers of Feast's own server over a registry and data that Feast wrote.</summary>
[Collection(RedisTests.Name)]
public sealed class OnlineVectorTests(RedisServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RedisServers.Embedded)]
    [InlineData(RedisServers.RedisServer)]
    public async Task Requests_get_the_answers_that_Feast_gives(string kind)
    {
        var vectors = Vectors.Load("get_online_features");
        var registry = Vectors.Cases("registry_file").Last().Hex("file_hex");
        var redis = await servers.EmptyAsync(kind);
        await RedisContent.FillAsync(redis, vectors.GetProperty("redis_data"));
        await using var server = await FeatureServerUnderTest.StartAsync(
            redis, vectors.Text("project"), prepare: folder => File.WriteAllBytes(Path.Combine(folder, "registry.db"), registry));

        foreach (var vector in vectors.GetProperty("cases").EnumerateArray())
        {
            var name = vector.Text("name");
            using var response = await server.Client.PostAsJsonAsync("/get-online-features", vector.GetProperty("request"), Token);
            var actual = (await response.Content.ReadFromJsonAsync<JsonElement>(Token))!;

            Assert.Equal((name, vector.GetProperty("http_status").GetInt32()), (name, (int)response.StatusCode));
            var expected = vector.GetProperty("response");
            if (expected.ValueKind == JsonValueKind.Object)
            {
                CompareByName(name, expected, actual);
            }
            else if (IsPythonsOwnWording(vector))
            {
                Assert.Contains("is null", actual.GetString(), StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal((name, expected.GetString()), (name, actual.GetString()));
            }
        }
    }

    /// <summary>Feast fails on a null key inside protobuf's Python code; the text there helps nobody.</summary>
    private static bool IsPythonsOwnWording(JsonElement vector) =>
        vector.TryGetProperty("exception", out var exception) && exception.GetString() == "TypeError";

    private static void CompareByName(string name, JsonElement expected, JsonElement actual)
    {
        var wanted = Columns(expected);
        var found = Columns(actual);
        Assert.Equal((name, string.Join(',', wanted.Keys.Order())), (name, string.Join(',', found.Keys.Order())));
        foreach (var (column, content) in wanted)
        {
            JsonAssert.Same(content, found[column], $"{name}: {column}");
        }

        if (expected.GetProperty("metadata").TryGetProperty("feature_view_metadata", out var views))
        {
            JsonAssert.Same(views, actual.GetProperty("metadata").GetProperty("feature_view_metadata"), name);
        }
    }

    /// <summary>Feast iterates a set, so the order inside a view is undefined.</summary>
    private static Dictionary<string, JsonElement> Columns(JsonElement answer) =>
        answer.GetProperty("metadata").Texts("feature_names").Zip(answer.GetProperty("results").EnumerateArray())
            .ToDictionary(pair => pair.First, pair => pair.Second);
}
