using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MlKit.Tracking.Http;

/// <summary>What a handler answers; success is always status 200.</summary>
internal abstract class Reply
{
    private const string JsonType = "application/json";

    /// <summary>The empty object.</summary>
    public static Reply Empty { get; } = new Fixed("{}"u8.ToArray());

    public static Reply Json<T>(T value, JsonTypeInfo<T> type) => new Typed<T>(value, type);

    /// <summary>JSON that is written by hand, for the few answers that are long lists of small items.</summary>
    public static Reply Written(Action<Utf8JsonWriter> write) => new Streamed(write);

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

    private sealed class Streamed(Action<Utf8JsonWriter> write) : Reply
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
}
