namespace MlKit.Tracking.Http;

/// <summary>A resource's calls.</summary>
internal interface IEndpoints
{
    void Map(ApiRoutes routes);
}

/// <summary>Maps each call under both prefixes: <c>/api</c> (clients) and <c>/ajax-api</c> (web pages).</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder app)
{
    private readonly Dictionary<string, List<string>> _methods = new(StringComparer.Ordinal);

    public IEndpointRouteBuilder App => app;

    public void Get(string path, Func<ApiRequest, ValueTask<Reply>> handler) => Both(HttpMethods.Get, path, handler);

    public void Post(string path, Func<ApiRequest, ValueTask<Reply>> handler) => Both(HttpMethods.Post, path, handler);

    public void Patch(string path, Func<ApiRequest, ValueTask<Reply>> handler) => Both(HttpMethods.Patch, path, handler);

    public void Delete(string path, Func<ApiRequest, ValueTask<Reply>> handler) => Both(HttpMethods.Delete, path, handler);

    /// <summary>A call for web pages only.</summary>
    public void Ajax(string method, string path, Func<ApiRequest, ValueTask<Reply>> handler) =>
        Json(method, "/ajax-api/2.0/mlflow/" + path, handler);

    /// <summary>A call outside <c>2.0/mlflow</c>, with both prefixes.</summary>
    public void Versioned(string method, string path, Func<ApiRequest, ValueTask<Reply>> handler)
    {
        Json(method, "/api/" + path, handler);
        Json(method, "/ajax-api/" + path, handler);
    }

    /// <summary>A call whose handler reads and writes bodies itself.</summary>
    public void Raw(string method, string path, RequestDelegate handler)
    {
        Note(method, path);
        app.MapMethods(path, [method], handler);
    }

    /// <summary>Everything else below the prefixes: 405 where the path has another method, else 404, always JSON.</summary>
    public void MapUnknown()
    {
        foreach (var prefix in (string[])["/api", "/ajax-api"])
        {
            app.Map(prefix + "/{**rest}", Unknown);
        }
    }

    private void Both(string method, string path, Func<ApiRequest, ValueTask<Reply>> handler) =>
        Versioned(method, "2.0/mlflow/" + path, handler);

    private void Json(string method, string path, Func<ApiRequest, ValueTask<Reply>> handler) =>
        Raw(method, path, async context =>
        {
            using var request = await ApiRequest.ReadAsync(context);
            var reply = await handler(request);
            await reply.WriteAsync(context);
        });

    private void Note(string method, string path)
    {
        if (!_methods.TryGetValue(path, out var methods))
        {
            _methods[path] = methods = [];
        }

        methods.Add(method);
    }

    private Task Unknown(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!_methods.TryGetValue(path, out var methods))
        {
            throw ApiException.UnknownEndpoint($"There is no endpoint {context.Request.Method} {path}.");
        }

        var allowed = string.Join(", ", methods);
        context.Response.Headers.Allow = allowed;
        throw ApiException.WrongMethod($"{path} does not support {context.Request.Method}; allowed: {allowed}.");
    }
}
