using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlKit.Feast;

namespace MlKit.FeatureServer.Http;

/// <summary>
/// Vector search as far as Feast has it over Redis: views with a vector index are listed, and a search is refused in the
/// words of Feast, whose Redis store has none.
/// </summary>
internal static class VectorStores
{
    private const string NoSearch = "Online store RedisOnlineStore does not support online retrieval";

    public static void MapVectorStores(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/search", SearchAsync);
        routes.MapPost("/retrieve-online-documents", SearchAsync);
        routes.MapGet("/v1/vector_stores", ListAsync);
        routes.MapGet("/v1/vector_stores/{id}", GetAsync);
        routes.MapPost("/v1/vector_stores/{id}/search", SearchStoreAsync);
    }

    private static async Task SearchAsync(HttpContext context, FeatureStore store)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        body.Texts("features", null, allowNull: true);
        body.ThrowIfProblems();
        throw new FeastException(NoSearch);
    }

    private static Task ListAsync(HttpContext context, FeatureStore store) => WriteAsync(context, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (var view in store.Catalog.Views.Where(view => view.HasVectorIndex))
        {
            Write(writer, store.Project, view);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static Task GetAsync(HttpContext context, FeatureStore store, string id) => Find(store, id) is { } view
        ? WriteAsync(context, StatusCodes.Status200OK, writer => Write(writer, store.Project, view))
        : NotFoundAsync(context, id);

    private static async Task SearchStoreAsync(HttpContext context, FeatureStore store, string id)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        body.Require("query");
        body.ThrowIfProblems();
        if (Find(store, id) is not null)
        {
            throw new FeastException(NoSearch);
        }

        await NotFoundAsync(context, id);
    }

    private static CatalogView? Find(FeatureStore store, string id) =>
        store.Catalog.Views.FirstOrDefault(view => view.HasVectorIndex && Id(store.Project, view) == id);

    private static string Id(string project, CatalogView view) =>
        "vs_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{project}:{view.Name}")))[..24];

    private static void Write(Utf8JsonWriter writer, string project, CatalogView view)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id(project, view));
        writer.WriteString("object", "vector_store");
        writer.WriteString("name", view.Name);
        writer.WriteString("status", "completed");
        writer.WriteNumber("created_at", view.Created?.ToUnixTimeSeconds() ?? 0);
        writer.WriteEndObject();
    }

    private static Task NotFoundAsync(HttpContext context, string id) => WriteAsync(context, StatusCodes.Status404NotFound, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", $"No vector store found with id '{id}'");
        writer.WriteString("type", "not_found_error");
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, OnlineFeaturesJson.Options);
        write(writer);
        await writer.FlushAsync(context.RequestAborted);
    }
}
