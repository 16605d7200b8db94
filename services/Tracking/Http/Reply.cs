using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlKit.Tracking.Http;

/// <summary>What a handler answers; success is always status 200.</summary>
internal abstract class Reply
{
    protected const string JsonType = "application/json";

    /// <summary>The empty object.</summary>
    public static Reply Empty { get; } = new Fixed("{}"u8.ToArray());

    public static Reply Json<T>(T value, JsonTypeInfo<T> type) => new Typed<T>(value, type);

    public abstract ValueTask WriteAsync(HttpContext context);

    private sealed class Fixed(byte[] body) : Reply
    {
        public override async ValueTask WriteAsync(HttpContext context)
        {
            context.Response.ContentType = JsonType;
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private sealed class Typed<T>(T value, JsonTypeInfo<T> type) : Reply
    {
        public override async ValueTask WriteAsync(HttpContext context)
        {
            context.Response.ContentType = JsonType;
            await JsonSerializer.SerializeAsync(context.Response.BodyWriter, value, type, context.RequestAborted);
        }
    }
}
