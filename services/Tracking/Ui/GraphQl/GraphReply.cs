using System.Text.Json;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>An answer whose members the query chose, so that it is written by hand.</summary>
internal sealed class GraphReply(Action<Utf8JsonWriter> write) : Reply
{
    public override async ValueTask WriteAsync(HttpContext context)
    {
        context.Response.ContentType = JsonType;
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            write(writer);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
