using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using MlKit.Feast;
using MlKit.Feast.Protos.Types;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Bytes that Feast itself made.</summary>
public sealed class EncodingVectorTests
{
    [Fact]
    public void Entity_keys_of_both_versions_have_the_bytes_that_Feast_writes()
    {
        foreach (var vector in Vectors.Cases("entity_keys"))
        {
            var name = vector.Text("name");
            var values = vector.GetProperty("values").EnumerateArray().Select(Vectors.KeyValue).ToList();
            var version3 = new EntityKeyCodec(vector.Texts("join_keys"));
            var version2 = new EntityKeyCodec(vector.Texts("join_keys"), version: 2);

            Assert.Equal((name, vector.Text("v3_hex")), (name, Vectors.ToHex(version3.Serialize(values))));
            Assert.Equal((name, vector.Text("v2_hex")), (name, Vectors.ToHex(version2.Serialize(values))));
            Assert.Equal((name, vector.Text("v3_prefix_hex")), (name, Vectors.ToHex(version3.Prefix.Span)));
            Assert.Equal((name, vector.Text("v2_prefix_hex")), (name, Vectors.ToHex(version2.Prefix.Span)));
        }
    }

    [Fact]
    public void Version_3_keys_are_read_back_with_what_follows_them_left_over()
    {
        foreach (var vector in Vectors.Cases("entity_keys"))
        {
            var decoded = vector.GetProperty("v3_decoded");
            var bytes = vector.Hex("v3_hex");

            var key = EntityKeyCodec.Deserialize([.. bytes, .. "project"u8], out var length);

            Assert.Equal(bytes.Length, length);
            Assert.Equal(decoded.Texts("join_keys"), key.JoinKeys);
            Assert.Equal(decoded.GetProperty("values").EnumerateArray().Select(Vectors.KeyValue), key.EntityValues);
        }
    }

    [Fact]
    public void A_key_of_another_type_is_refused_with_the_allowed_types()
    {
        var codec = new EntityKeyCodec(["k"]);
        Value[] unsupported =
        [
            new() { FloatVal = 1 }, new() { DoubleVal = 1 }, new() { BoolVal = true }, new() { Int64ListVal = new Int64List() },
        ];
        Assert.Equal(Vectors.Load("entity_keys").GetProperty("unsupported_entity_value_types").GetArrayLength(), unsupported.Length + 1);

        foreach (var value in unsupported)
        {
            var error = Assert.Throws<FeastException>(() => codec.Serialize([value]));
            Assert.Contains("allowed are bytes, string, int32, int64 and unix_timestamp", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<FeastException>(() => codec.Serialize([new Value()]));
    }

    [Fact]
    public void Redis_keys_end_with_the_project()
    {
        foreach (var vector in Vectors.Cases("redis_keys"))
        {
            var codec = new EntityKeyCodec(vector.Texts("join_keys"), vector.GetProperty("entity_key_serialization_version").GetInt32());
            var values = vector.GetProperty("values").EnumerateArray().Select(Vectors.KeyValue).ToList();

            Assert.Equal(vector.Text("redis_key_hex"), Vectors.ToHex(codec.Serialize(values, Encoding.UTF8.GetBytes(vector.Text("project")))));
        }
    }

    [Fact]
    public void Hash_fields_are_murmur3_of_view_and_feature()
    {
        foreach (var vector in Vectors.Cases("hash_fields"))
        {
            Assert.Equal(vector.Text("field_hex"), Vectors.ToHex(HashFields.Feature(vector.Text("feature_view"), vector.Text("feature"))));
            Assert.Equal(vector.GetProperty("murmur3_32_u32").GetUInt32(), HashFields.Murmur3(vector.Hex("input_utf8_hex")));
        }
    }

    [Fact]
    public void Event_times_have_the_bytes_and_the_text_that_Feast_writes()
    {
        foreach (var vector in Vectors.Cases("event_timestamps"))
        {
            var time = new EventTime(vector.GetProperty("seconds").GetInt64(), vector.GetProperty("nanos").GetInt32());

            Assert.Equal(vector.Text("field_hex"), Vectors.ToHex(HashFields.EventTime(vector.Text("feature_view"))));
            Assert.Equal(vector.Text("value_hex"), Vectors.ToHex(time.ToBytes()));
            Assert.Equal(time, EventTime.Parse(vector.Hex("value_hex")));
            Assert.Equal(vector.Text("http_event_timestamp"), time.ToString());
        }
    }

    [Fact]
    public void Values_keep_their_bytes_and_print_as_Feast_prints_them()
    {
        foreach (var vector in Vectors.Cases("values"))
        {
            var name = $"{vector.Text("name")} {vector.Text("proto_text")}";
            var value = vector.Message();
            Assert.Equal((name, vector.GetProperty("field_number").GetInt32()), (name, (int)value.ValCase));
            // Libraries differ in how they write the members of maps, so those are compared as messages.
            Assert.Equal((name, value), (name, Value.Parser.ParseFrom(value.ToByteArray())));
            if (!name.Contains("map", StringComparison.Ordinal) && !name.Contains("struct", StringComparison.Ordinal))
            {
                Assert.Equal((name, vector.Text("proto_hex")), (name, Vectors.ToHex(value.ToByteArray())));
            }

            JsonAssert.Same(vector.GetProperty("http_json"), Json(value), name);
        }
    }

    [Fact]
    public void Native_values_become_the_values_that_Feast_makes_of_them()
    {
        foreach (var vector in Vectors.Cases("native_to_value"))
        {
            var type = Enum.Parse<ValueType>(vector.Text("value_type").Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
            var input = vector.Text("input");

            var value = FeastValue.From(Python.Native(input), type);

            Assert.Equal((type, input, vector.Message()), (type, input, value));
        }
    }

    private static JsonElement Json(Value value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            FeastJson.Write(writer, value);
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement.Clone();
    }

    /// <summary>The Python literals of native_to_value.json as the .NET values a caller would hold.</summary>
    private static class Python
    {
        public static object? Native(string literal) => literal switch
        {
            "None" => null,
            "True" => true,
            "False" => false,
            "'a'" => "a",
            "''" => "",
            "'[1]'" => "[1]",
            "b'ab'" => "ab"u8.ToArray(),
            "[1, 2]" => new long[] { 1, 2 },
            "[]" => Array.Empty<long>(),
            "['a', None]" => new string?[] { "a", null },
            "[0.5]" => new[] { 0.5f },
            "[True, False]" => new[] { true, false },
            "{'k': 1}" => new Dictionary<string, object?> { ["k"] = 1L },
            "{'a': 1}" => new Dictionary<string, object?> { ["a"] = 1L },
            "{'s': 'v'}" => new Dictionary<string, object?> { ["s"] = "v" },
            "{4}" => new HashSet<long> { 4 },
            "[[1, 2], [3]]" => new[] { new long[] { 1, 2 }, new long[] { 3 } },
            "Decimal('1.10')" => 1.10m,
            "datetime.datetime(2024, 1, 1, 0, 0, 0, 999000, tzinfo=datetime.timezone.utc)" => Day.AddMilliseconds(999),
            "[datetime.datetime(2024, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)]" => new[] { Day },
            "datetime.datetime(2024, 1, 1, 0, 0, tzinfo=zoneinfo.ZoneInfo(key='America/Los_Angeles'))" =>
                new ZonedInstant(Day.AddHours(8), "America/Los_Angeles"),
            "datetime.datetime(2024, 1, 1, 0, 0)" => Day,
            ['\'', .. var text, '\''] => text,
            _ when long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ => double.Parse(literal, CultureInfo.InvariantCulture),
        };

        private static DateTimeOffset Day => new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
