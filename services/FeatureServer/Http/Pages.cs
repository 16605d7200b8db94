namespace MlKit.FeatureServer.Http;

/// <summary>What Feast's server has beside its work: a description of the API, a page about it, and a chat that knows nothing.</summary>
internal static class Pages
{
    private const string OpenApi = """
        {"openapi":"3.1.0","info":{"title":"FastAPI","version":"0.1.0","description":"Feast's feature server API, served by MlKit."},"paths":{
        "/get-online-features":{"post":{"summary":"Newest features of entities","requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["entities"],"properties":{"entities":{"type":"object","additionalProperties":{"type":"array"}},"features":{"type":"array","items":{"type":"string"}},"feature_service":{"type":["string","null"]},"full_feature_names":{"type":"boolean"},"include_feature_view_version_metadata":{"type":"boolean"}}}}}},"responses":{"200":{"description":"One entry of results per name in metadata.feature_names"}}}},
        "/push":{"post":{"summary":"Write rows of a push source","requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["push_source_name","df"],"properties":{"push_source_name":{"type":"string"},"df":{"type":"object"},"to":{"enum":["online","offline","online_and_offline"]},"allow_registry_cache":{"type":"boolean"},"transform_on_write":{"type":"boolean"}}}}}},"responses":{"200":{"description":"Written"}}}},
        "/write-to-online-store":{"post":{"summary":"Write rows of a feature view","requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["feature_view_name","df"],"properties":{"feature_view_name":{"type":"string"},"df":{"type":"object"}}}}}},"responses":{"200":{"description":"Written"}}}},
        "/materialize":{"post":{"summary":"Bring a window of the offline store to the online store","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"start_ts":{"type":["string","null"]},"end_ts":{"type":["string","null"]},"feature_views":{"type":["array","null"],"items":{"type":"string"}},"disable_event_timestamp":{"type":"boolean"}}}}}},"responses":{"200":{"description":"Done"},"202":{"description":"Accepted (async=true)"},"409":{"description":"At work already"}}}},
        "/materialize-incremental":{"post":{"summary":"The same from where the last run ended","requestBody":{"content":{"application/json":{"schema":{"type":"object","required":["end_ts"],"properties":{"end_ts":{"type":"string"},"feature_views":{"type":["array","null"],"items":{"type":"string"}}}}}}},"responses":{"200":{"description":"Done"},"202":{"description":"Accepted (async=true)"},"409":{"description":"At work already"}}}},
        "/search":{"post":{"summary":"Vector search, which no Redis store has","responses":{"500":{"description":"Not supported"}}}},
        "/v1/vector_stores":{"get":{"summary":"Views with a vector index","responses":{"200":{"description":"A list"}}}},
        "/health":{"get":{"summary":"Whether the server is ready","responses":{"200":{"description":"Ready"},"503":{"description":"Not ready"}}}}}}
        """;

    private const string Docs = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Feature server</title></head><body>
        <h1>Feature server</h1><p>Feast's HTTP API. A description for programs is at <a href="openapi.json">openapi.json</a>.</p>
        <ul><li>POST /get-online-features</li><li>POST /push</li><li>POST /write-to-online-store</li><li>POST /materialize</li>
        <li>POST /materialize-incremental</li><li>GET /health</li></ul></body></html>
        """;

    private const string Chat = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chat</title></head><body>
        <h1>Chat</h1><p>This server holds no language model.</p></body></html>
        """;

    private const string Html = "text/html; charset=utf-8";

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi.json", context => WriteAsync(context, "application/json", OpenApi));
        routes.MapGet("/docs", context => WriteAsync(context, Html, Docs));
        routes.MapGet("/chat", context => WriteAsync(context, Html, Chat));
        routes.MapPost("/chat", ChatAsync);
    }

    private static async Task ChatAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context.Request);
        body.RequireTexts("messages", "role", "content");
        body.ThrowIfProblems();
        await WriteAsync(context, "application/json", """{"response":"This server holds no language model."}""");
    }

    private static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
