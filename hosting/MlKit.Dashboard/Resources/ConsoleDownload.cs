using System.Text;

namespace MlKit.Dashboard.Resources;

/// <summary>Console lines as a text file: <c>GET /api/consolelogs?resource=&amp;text=</c>.</summary>
internal static class ConsoleDownload
{
    /// <summary>Maps the download.</summary>
    public static void MapConsoleDownload(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/consolelogs", Download);

    private static IResult Download(ConsoleLogStore console, ResourceStore resources, string? resource, string? text)
    {
        var id = string.IsNullOrEmpty(resource) ? null : resource;
        var names = id is null ? resources.All.ToDictionary(known => known.Id, known => known.DisplayName) : null;
        var content = ConsoleText.Of(console.Query(id, text ?? ""), names);
        var name = id is null ? "console" : new string([.. id.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')]);
        return Results.File(Encoding.UTF8.GetBytes(content), "text/plain; charset=utf-8", $"{name}.log");
    }
}
