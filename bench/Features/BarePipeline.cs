using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MlKit.Feast;
using MlKit.Feast.Protos.Types;
using StackExchange.Redis;

namespace MlKit.Bench.Features;

/// <summary>
/// The raw limit: the same read by a bare StackExchange.Redis pipeline (one HMGET per view and entity, as Feast sends
/// it), and the same JSON by <see cref="Utf8JsonWriter"/>, in a process of its own. Prints CPU microseconds and bytes
/// allocated per read, then CPU microseconds per JSON.
/// </summary>
internal static class BarePipeline
{
    private const int Warm = 300;
    private const int Measured = 1500;

    public static async Task<int> RunAsync(string redis, string answerFile)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        var database = connection.GetDatabase();
        var keys = Enumerable.Range(0, 100).Select(Key).ToArray();
        RedisValue[][] fields = [Fields("one"), Fields("two")];
        await RepeatAsync(Warm, () => ReadAsync(database, keys, fields));
        var (cpu, allocated) = await MeasureAsync(Measured, () => ReadAsync(database, keys, fields));
        using var answer = JsonDocument.Parse(await File.ReadAllBytesAsync(answerFile));
        var columns = Columns(answer.RootElement);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1 << 20);
        Task Write()
        {
            buffer.ResetWrittenCount();
            using var writer = new Utf8JsonWriter(buffer);
            Json(writer, columns);
            return Task.CompletedTask;
        }

        await RepeatAsync(Warm, Write);
        var (json, _) = await MeasureAsync(Measured, Write);
        Console.WriteLine(FormattableString.Invariant($"{cpu} {allocated} {json}"));
        return 0;
    }

    private static byte[] Key(int user) =>
        new EntityKeyCodec(["user_id"]).Serialize([new Value { Int64Val = user }], Encoding.UTF8.GetBytes("bench"));

    private static RedisValue[] Fields(string view) =>
        [.. Enumerable.Range(0, 10).Select(i => (RedisValue)HashFields.Feature(view, $"{view}_f{i}")), HashFields.EventTime(view)];

    private static Task ReadAsync(IDatabase database, byte[][] keys, RedisValue[][] fields)
    {
        var reads = new Task<RedisValue[]>[keys.Length * fields.Length];
        for (var i = 0; i < reads.Length; i++)
        {
            reads[i] = database.HashGetAsync(keys[i % keys.Length], fields[i / keys.Length]);
        }

        return Task.WhenAll(reads);
    }

    private static List<(string Name, object[] Values, string[] Statuses, string[] Times)> Columns(JsonElement answer) =>
        [.. answer.GetProperty("results").EnumerateArray().Zip(answer.GetProperty("metadata").GetProperty("feature_names").EnumerateArray()).Select(pair => (
            pair.Second.GetString()!,
            pair.First.GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText().Contains('.', StringComparison.Ordinal) ? (object)value.GetDouble() : value.GetInt64()).ToArray(),
            pair.First.GetProperty("statuses").EnumerateArray().Select(value => value.GetString()!).ToArray(),
            pair.First.GetProperty("event_timestamps").EnumerateArray().Select(value => value.GetString()!).ToArray()))];

    private static void Json(Utf8JsonWriter writer, List<(string Name, object[] Values, string[] Statuses, string[] Times)> columns)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("results");
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("values");
            foreach (var value in column.Values)
            {
                switch (value)
                {
                    case long number: writer.WriteNumberValue(number); break;
                    case double number: writer.WriteNumberValue(number); break;
                    default: writer.WriteStringValue((string)value); break;
                }
            }

            writer.WriteEndArray();
            Texts(writer, "statuses", column.Statuses);
            Texts(writer, "event_timestamps", column.Times);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("metadata");
        Texts(writer, "feature_names", columns.Select(column => column.Name));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static async Task RepeatAsync(int count, Func<Task> action)
    {
        for (var i = 0; i < count; i++)
        {
            await action();
        }
    }

    private static async Task<(double Cpu, double Allocated)> MeasureAsync(int count, Func<Task> action)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        await RepeatAsync(count, action);
        process.Refresh();
        return ((process.TotalProcessorTime - cpu).TotalMicroseconds / count, (GC.GetTotalAllocatedBytes() - allocated) / (double)count);
    }
}
