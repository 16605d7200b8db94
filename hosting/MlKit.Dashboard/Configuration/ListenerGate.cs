namespace MlKit.Dashboard.Configuration;

/// <summary>Answers 404 to a request that came through a listener which does not serve its endpoint.</summary>
internal sealed class ListenerGate(RequestDelegate next)
{
    /// <summary>Handles a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var wanted = context.GetEndpoint()?.Metadata.GetMetadata<ListenerMetadata>()?.Kind ?? ListenerKind.Frontend;
        if (context.GetListenerKind() == wanted)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
