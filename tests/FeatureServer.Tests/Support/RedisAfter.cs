using System.Text.Json;
using MlKit.Feast.Protos.Types;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>The hashes that a recorded conversation left behind, as the HSET that would make each.</summary>
internal static class RedisAfter
{
    public static async Task CompareAsync(string redis, JsonElement commands)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        foreach (var command in commands.EnumerateArray())
        {
            var words = command.EnumerateArray().Skip(1).Select(word => Convert.FromHexString(word.GetString()!)).ToList();
            var actual = (await connection.GetDatabase().HashGetAllAsync(words[0])).ToDictionary(field => Vectors.ToHex((byte[])field.Name!), field => (byte[])field.Value!);
            var expected = words.Skip(1).Chunk(2).ToDictionary(pair => Vectors.ToHex(pair[0]), pair => pair[1]);
            Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
            foreach (var (field, value) in expected)
            {
                Assert.True(SameValue(value, actual[field]), $"key {Vectors.ToHex(words[0])} field {field}: expected {Vectors.ToHex(value)}, got {Vectors.ToHex(actual[field])}");
            }
        }
    }

    /// <summary>Bytes inside maps depend on the protobuf library, so messages are compared where bytes differ.</summary>
    private static bool SameValue(byte[] expected, byte[] actual) =>
        expected.AsSpan().SequenceEqual(actual) || Value.Parser.ParseFrom(expected).Equals(Value.Parser.ParseFrom(actual));
}
