using MlKit.FeatureServer.Grpc;

namespace MlKit.FeatureServer.Http;

/// <summary>
/// Paths and methods as Feast's server has them: case counts, a trailing slash is redirected, and refusals are JSON.
/// </summary>
internal sealed class FeastRouting(RequestDelegate next)
{
    /// <summary>The body for a path that is not there.</summary>
    public const string NotFound = """{"detail":"Not Found"}""";

    private const string VectorStores = "/v1/vector_stores";

    private static readonly Dictionary<string, string[]> Methods = new(StringComparer.Ordinal)
    {
        ["/get-online-features"] = ["POST"],
        ["/push"] = ["POST"],
        ["/write-to-online-store"] = ["POST"],
        ["/materialize"] = ["POST"],
        ["/materialize-incremental"] = ["POST"],
        ["/search"] = ["POST"],
        ["/retrieve-online-documents"] = ["POST"],
        [VectorStores] = ["GET"],
        ["/chat"] = ["GET", "POST"],
        ["/openapi.json"] = ["GET"],
        ["/docs"] = ["GET"],
        ["/health"] = ["GET"],
        ["/alive"] = ["GET"],
        ["/metrics"] = ["GET"],
    };

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (context.Request.IsGrpc())
        {
            await GrpcAsync(context, path);
        }
        else if (path.Length > 1 && path.EndsWith('/') && Methods.ContainsKey(path.TrimEnd('/')))
        {
            var request = context.Request;
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = $"{request.Scheme}://{request.Host}{path.TrimEnd('/')}{request.QueryString}";
            context.Response.ContentLength = 0;
        }
        else if (MethodsOf(path) is not { } methods)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, NotFound);
        }
        else if (!methods.Contains(context.Request.Method))
        {
            context.Response.Headers.Allow = methods[0];
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, """{"detail":"Method Not Allowed"}""");
        }
        else
        {
            await next(context);
        }
    }

    private Task GrpcAsync(HttpContext context, string path)
    {
        if (GrpcPaths.Contains(path))
        {
            return next(context);
        }

        GrpcRoutes.Refuse(context, global::Grpc.Core.StatusCode.Unimplemented, GrpcRoutes.NoMethod);
        return Task.CompletedTask;
    }

    private static string[]? MethodsOf(string path)
    {
        if (Methods.TryGetValue(path, out var methods))
        {
            return methods;
        }

        return path.StartsWith(VectorStores + "/", StringComparison.Ordinal)
            ? path.EndsWith("/search", StringComparison.Ordinal) ? ["POST"] : ["GET"]
            : null;
    }

    public static async Task RefuseAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(json, context.RequestAborted);
        }
    }
}
