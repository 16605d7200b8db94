using System.Text.Json;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>The content of a store as the vectors describe it.</summary>
internal static class RedisContent
{
    public static async Task FillAsync(string connectionString, JsonElement keys)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(connectionString);
        foreach (var key in keys.EnumerateArray())
        {
            await connection.GetDatabase().HashSetAsync(
                key.Hex("key_hex"),
                [.. key.GetProperty("fields").EnumerateArray().Select(field => new HashEntry(field.Hex("field_hex"), field.Hex("value_hex")))]);
        }
    }

    /// <summary>One line per field: key, field and value in hex, sorted.</summary>
    public static IReadOnlyList<string> Lines(JsonElement keys) =>
    [
        .. keys.EnumerateArray().SelectMany(key => key.GetProperty("fields").EnumerateArray()
            .Select(field => $"{key.Text("key_hex")} {field.Text("field_hex")} {field.Text("value_hex")}")).Order(StringComparer.Ordinal),
    ];

    public static async Task<IReadOnlyList<string>> LinesAsync(string connectionString)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var lines = new List<string>();
        await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: "*"))
        {
            foreach (var field in await connection.GetDatabase().HashGetAllAsync(key))
            {
                lines.Add($"{Vectors.ToHex((byte[])key!)} {Vectors.ToHex((byte[])field.Name!)} {Vectors.ToHex((byte[])field.Value!)}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public static async Task<TimeSpan?> LifeAsync(string connectionString, byte[] key)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(connectionString);
        return await connection.GetDatabase().KeyTimeToLiveAsync(key);
    }
}
