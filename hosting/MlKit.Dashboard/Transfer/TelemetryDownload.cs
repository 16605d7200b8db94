using System.Globalization;
using MlKit.Dashboard.History;

namespace MlKit.Dashboard.Transfer;

/// <summary>The run's telemetry as a file: <c>GET /api/telemetry?resource=</c>.</summary>
internal static class TelemetryDownload
{
    /// <summary>Maps the download.</summary>
    public static void MapTelemetryDownload(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/telemetry", DownloadAsync);

    private static async Task<IResult> DownloadAsync(RunView view, string? resource, CancellationToken cancellationToken)
    {
        var run = view.Data;
        var file = TemporaryFile();
        try
        {
            await new TelemetryExport(run.Stores).WriteAsync(file, string.IsNullOrEmpty(resource) ? null : resource, cancellationToken);
            file.Position = 0;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        return Results.Stream(file, "application/zip", string.Create(CultureInfo.InvariantCulture, $"telemetry-{run.Info.Id}.zip"));
    }

    // A zip is written with calls that the answer's own stream does not take, and may be too large for memory.
    private static FileStream TemporaryFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"mlkit-dashboard-{Guid.NewGuid():n}.zip"), options);
    }
}
