using MlKit.Tracking.Http;

namespace MlKit.Tracking.Ui.InProcess;

/// <summary>
/// The server's own routes, without what guards them from outside: Host, Origin and credentials were checked when the
/// page was asked for that now calls.
/// </summary>
internal sealed class InProcessPipeline
{
    private readonly Lazy<RequestDelegate> _pipeline;
    private readonly IServiceScopeFactory _scopes;

    public InProcessPipeline(WebApplication app)
    {
        _scopes = app.Services.GetRequiredService<IServiceScopeFactory>();
        _pipeline = new Lazy<RequestDelegate>(() => Build(app));
    }

    /// <summary>Answers <paramref name="context"/>, whose body the caller reads afterwards.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        await using var scope = _scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await _pipeline.Value(context);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static RequestDelegate Build(WebApplication app)
    {
        var branch = ((IApplicationBuilder)app).New();
        branch.UseMiddleware<ErrorReplies>();
        branch.UseRouting();
        branch.UseEndpoints(endpoints =>
        {
            foreach (var source in ((IEndpointRouteBuilder)app).DataSources)
            {
                endpoints.DataSources.Add(source);
            }
        });
        return branch.Build();
    }
}
