using System.Text.Json;
using MlKit.Feast.Protos.Types;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>The hashes that a recorded conversation left behind, as the HSET that would make each.</summary>
internal static class RedisAfter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task CompareAsync(string redis, JsonElement commands)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        string? difference = null;
        // Asynchronous materializations go on after their answer.
        for (var deadline = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(deadline) < Patience;)
        {
            difference = null;
            foreach (var command in commands.EnumerateArray())
            {
                difference ??= await DifferenceAsync(connection.GetDatabase(), command);
            }

            if (difference is null)
            {
                return;
            }
        }

        Assert.Fail(difference!);
    }

    private static async Task<string?> DifferenceAsync(IDatabase database, JsonElement command)
    {
        var words = command.EnumerateArray().Skip(1).Select(word => Convert.FromHexString(word.GetString()!)).ToList();
        var actual = (await database.HashGetAllAsync(words[0])).ToDictionary(field => Vectors.ToHex((byte[])field.Name!), field => (byte[])field.Value!);
        var expected = words.Skip(1).Chunk(2).ToDictionary(pair => Vectors.ToHex(pair[0]), pair => pair[1]);
        if (!expected.Keys.Order().SequenceEqual(actual.Keys.Order()))
        {
            return $"key {Vectors.ToHex(words[0])}: expected the fields {string.Join(' ', expected.Keys.Order())}, got {string.Join(' ', actual.Keys.Order())}";
        }

        return expected.Where(field => !SameValue(field.Value, actual[field.Key]))
            .Select(field => $"key {Vectors.ToHex(words[0])} field {field.Key}: expected {Vectors.ToHex(field.Value)}, got {Vectors.ToHex(actual[field.Key])}").FirstOrDefault();
    }

    /// <summary>
    /// Bytes inside maps depend on the protobuf library, so messages are compared where bytes differ; and DuckDB makes
    /// a zero inside a list positive, which is the same number.
    /// </summary>
    private static bool SameValue(byte[] expected, byte[] actual)
    {
        if (expected.AsSpan().SequenceEqual(actual))
        {
            return true;
        }

        var (left, right) = (Value.Parser.ParseFrom(expected), Value.Parser.ParseFrom(actual));
        return left.Equals(right)
            || (left.DoubleListVal is { } doubles && right.DoubleListVal is { } others && Same(doubles.Val, others.Val))
            || (left.FloatListVal is { } floats && right.FloatListVal is { } further && Same(floats.Val.Select(item => (double)item), further.Val.Select(item => (double)item)));
    }

    private static bool Same(IEnumerable<double> left, IEnumerable<double> right) => left.SequenceEqual(right);
}
