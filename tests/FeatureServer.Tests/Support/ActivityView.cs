using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>A view with one feature, <c>count</c> of a user, that takes pushes: as a server under test knows it.</summary>
internal static class ActivityView
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Applies it to the server's registry.</summary>
    /// <returns>The store that did; the caller ends it.</returns>
    public static async Task<FeatureStore> ApplyAsync(
        FeatureServerUnderTest server, ValueType type, string? redis = null, TimeSpan ttl = default)
    {
        var store = new FeatureStore(new FeatureStoreOptions(server.Project, server.Registry, server.Folder) { Redis = redis });
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [new Entity("user") { JoinKey = "user_id" }],
                Views =
                [
                    new FeatureView("activity", new PushSource("activity_push", new FileSource("activity_files", "activity")))
                    {
                        Entities = ["user"],
                        Schema = [new Field("count", type)],
                        Ttl = ttl,
                    },
                ],
            },
            Token);
        return store;
    }

    /// <summary>Reads the count of user u1 from the server.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(FeatureServerUnderTest server)
    {
        using var response = await server.Client.PostAsJsonAsync(
            "/get-online-features", new { features = new[] { "activity:count" }, entities = new { user_id = new[] { "u1" } } }, Token);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }
}
