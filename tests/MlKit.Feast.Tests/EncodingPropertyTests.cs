using CsCheck;
using Google.Protobuf;
using MlKit.Feast;
using MlKit.Feast.Protos.Types;

namespace MlKit.Tests;

/// <summary>What must hold for any bytes.</summary>
public sealed class EncodingPropertyTests
{
    private static readonly Gen<Value> KeyValues = Gen.OneOf(
        Gen.Long.Select(number => new Value { Int64Val = number }),
        Gen.Int.Select(number => new Value { Int32Val = number }),
        Gen.Long.Select(number => new Value { UnixTimestampVal = number }),
        Gen.Byte.Array[0, 20].Select(bytes => new Value { BytesVal = ByteString.CopyFrom(bytes) }),
        Gen.Char['\u0001', '\ud7ff'].Array[0, 20].Select(text => new Value { StringVal = new string(text) }));

    [Fact]
    public void Any_entity_key_is_read_back_with_its_join_keys_sorted() =>
        Gen.Select(Gen.Char['a', '\ud7ff'].Array[1, 8], KeyValues).Array[0, 5].Sample(pairs =>
        {
            var distinct = pairs.DistinctBy(pair => new string(pair.Item1)).ToList();
            var codec = new EntityKeyCodec([.. distinct.Select(pair => new string(pair.Item1))]);
            var bytes = codec.Serialize([.. distinct.Select(pair => pair.Item2)]);

            var key = EntityKeyCodec.Deserialize(bytes, out var length);

            return length == bytes.Length
                && key.JoinKeys.SequenceEqual(key.JoinKeys.Order(StringComparer.Ordinal))
                && key.JoinKeys.Zip(key.EntityValues).All(part => distinct.Single(pair => new string(pair.Item1) == part.First).Item2.Equals(part.Second));
        });

    [Fact]
    public void Bytes_that_are_no_entity_key_are_an_error_of_the_library_and_nothing_else() =>
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            try
            {
                EntityKeyCodec.Deserialize(bytes, out var length);
                return length <= bytes.Length;
            }
            catch (FeastException)
            {
                return true;
            }
        });

    [Fact]
    public void Bytes_that_are_no_event_time_are_an_error_of_the_library_and_nothing_else() =>
        Gen.Byte.Array[0, 30].Sample(bytes =>
        {
            try
            {
                return EventTime.Parse(bytes).ToString().EndsWith('Z');
            }
            catch (FeastException)
            {
                return true;
            }
        });

    [Fact]
    public void Any_time_survives_the_store_to_100_nanoseconds() =>
        Gen.DateTimeOffset.Sample(time => EventTime.Parse(EventTime.From(time).ToBytes()).ToDateTimeOffset() == time);

    [Fact]
    public void Text_for_a_JSON_feature_stays_readable_JSON() =>
        Gen.String.Sample(text =>
        {
            var value = FeastValue.From(new Dictionary<string, object?> { [text] = text }, MlKit.Feast.ValueType.Json);
            using var json = System.Text.Json.JsonDocument.Parse(value.JsonVal);
            return value.JsonVal.All(character => character is >= ' ' and <= '~');
        });
}
