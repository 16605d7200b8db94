using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.History;

/// <summary>Moves <c>/run/ID</c> from the front of an address to its base: below it stand the same pages.</summary>
internal sealed class RunPath(RequestDelegate next)
{
    private const string Prefix = "/run/";

    /// <summary>The base address of a past run's pages.</summary>
    public static string Base(string id) => $"{Prefix}{id}/";

    /// <summary>The run in a base address; null in that of the present run.</summary>
    public static string? IdOf(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = path.IndexOf('/', Prefix.Length);
        var id = end < 0 ? path[Prefix.Length..] : path[Prefix.Length..end];
        return RunFolder.IsRunId(id) ? id : null;
    }

    /// <summary>Handles a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (IdOf(context.Request.Path.Value ?? "") is { } id
            && context.Request.Path.StartsWithSegments(Prefix + id, out var matched, out var rest))
        {
            context.Request.PathBase = context.Request.PathBase.Add(matched);
            context.Request.Path = rest.HasValue ? rest : "/";
            context.Features.Set(new Chosen(id));
        }

        return next(context);
    }

    /// <summary>Lets the request's pages show the run in its address, for those who may see pages (others get no further than the login); 404 when it is not kept.</summary>
    public static Task OpenAsync(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated != true && !context.RequestServices.GetRequiredService<DashboardOptions>().AllowsAnonymous)
        {
            return next(context);
        }

        var archive = context.RequestServices.GetRequiredService<RunArchive>();
        var chosen = context.Features.Get<Chosen>()?.Id;
        if ((chosen is null ? archive.Live : archive.Open(chosen)) is not { } run)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("This run is not kept (any more).");
        }

        context.RequestServices.GetRequiredService<RunView>().Use(run);
        return next(context);
    }

    private sealed record Chosen(string Id);
}
