using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Artifacts;

/// <summary>The calls that name artifacts by their run.</summary>
internal sealed class RunArtifactEndpoints(Database database, ArtifactService artifacts) : IEndpoints
{
    private const long LargestUpload = 10 * 1024 * 1024;

    public void Map(ApiRoutes routes)
    {
        routes.Get("artifacts/list", ListAsync);
        routes.Raw(HttpMethods.Get, "/get-artifact", DownloadAsync);
        routes.Raw(HttpMethods.Post, "/ajax-api/2.0/mlflow/upload-artifact", UploadAsync);
    }

    private async ValueTask<Reply> ListAsync(ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var run = database.Read(session => RunStore.Require(session, runId));
        return await artifacts.ListAsync(run.ArtifactUri, request.Text("path"), request.Aborted);
    }

    private Task DownloadAsync(HttpContext context)
    {
        var path = Required(context, "path");
        return artifacts.DownloadAsync(context, RunOf(context).ArtifactUri, path);
    }

    private async Task UploadAsync(HttpContext context)
    {
        var path = Required(context, "path");
        var run = RunOf(context);
        if (context.Request.ContentLength is not { } length || length > LargestUpload)
        {
            throw ApiException.Invalid($"An upload needs a Content-Length of at most {LargestUpload} bytes.");
        }

        await artifacts.UploadAsync(context, run.ArtifactUri, path);
        await Reply.Empty.WriteAsync(context);
    }

    private Run RunOf(HttpContext context)
    {
        var query = context.Request.Query;
        var runId = query["run_id"].ToString() is { Length: > 0 } id ? id : Required(context, "run_uuid");
        return database.Read(session => RunStore.Require(session, runId));
    }

    private static string Required(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is { Length: > 0 } value ? value : throw ApiException.MissingParameter(name);
}
