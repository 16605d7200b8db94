using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace MlKit.Feast;

/// <summary>Collects one column of a query into Arrow arrays.</summary>
internal abstract class ArrowColumn(IArrowType type)
{
    private static readonly TimestampType Instant = new(TimeUnit.Microsecond, "UTC");

    public IArrowType Type => type;

    /// <summary>Takes the reader's current row.</summary>
    public abstract void Append(DbDataReader reader);

    /// <summary>The rows since the last time.</summary>
    public abstract IArrowArray Build();

    /// <exception cref="FeastException">The DuckDB type is not supported.</exception>
    public static ArrowColumn For(string name, string duckType, int ordinal) => duckType switch
    {
        "VARCHAR" => Of<string>(StringType.Default, () => new StringArray.Builder(), (builder, value) => ((StringArray.Builder)builder).Append(value)),
        "INTEGER" => Of<int>(Int32Type.Default, () => new Int32Array.Builder(), (builder, value) => ((Int32Array.Builder)builder).Append(value)),
        "BIGINT" => Of<long>(Int64Type.Default, () => new Int64Array.Builder(), (builder, value) => ((Int64Array.Builder)builder).Append(value)),
        "DOUBLE" => Of<double>(DoubleType.Default, () => new DoubleArray.Builder(), (builder, value) => ((DoubleArray.Builder)builder).Append(value)),
        "FLOAT" => Of<float>(FloatType.Default, () => new FloatArray.Builder(), (builder, value) => ((FloatArray.Builder)builder).Append(value)),
        "BOOLEAN" => Of<bool>(BooleanType.Default, () => new BooleanArray.Builder(), (builder, value) => ((BooleanArray.Builder)builder).Append(value)),
        "BLOB" => Of<Stream>(BinaryType.Default, () => new BinaryArray.Builder(), (builder, value) => ((BinaryArray.Builder)builder).Append(Bytes(value).AsSpan())),
        "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" => Of<DateTime>(Instant, () => new TimestampArray.Builder(Instant), (builder, value) => ((TimestampArray.Builder)builder).Append(new DateTimeOffset(value, TimeSpan.Zero))),
        "VARCHAR[]" => List<string?>(StringType.Default, (builder, value) => ((StringArray.Builder)builder).Append(value)),
        "INTEGER[]" => List<int?>(Int32Type.Default, (builder, value) => ((Int32Array.Builder)builder).Append(value)),
        "BIGINT[]" => List<long?>(Int64Type.Default, (builder, value) => ((Int64Array.Builder)builder).Append(value)),
        "DOUBLE[]" => List<double?>(DoubleType.Default, (builder, value) => ((DoubleArray.Builder)builder).Append(value)),
        "FLOAT[]" => List<float?>(FloatType.Default, (builder, value) => ((FloatArray.Builder)builder).Append(value)),
        "BOOLEAN[]" => List<bool?>(BooleanType.Default, (builder, value) => Append((BooleanArray.Builder)builder, value)),
        "TIMESTAMP[]" => List<DateTime?>(Instant, (builder, value) => Append((TimestampArray.Builder)builder, value)),
        _ => throw new FeastException($"column '{name}' is of the type {duckType}, which cannot be streamed as Arrow; leave it out or write Parquet"),
    } is { } column ? column(ordinal) : throw new InvalidOperationException();

    private static Func<int, ArrowColumn> Of<T>(IArrowType type, Func<IArrowArrayBuilder> builder, Action<IArrowArrayBuilder, T> append) =>
        ordinal => new Scalars<T>(type, ordinal, builder, append);

    private static Func<int, ArrowColumn> List<T>(IArrowType item, Action<IArrowArrayBuilder, T> append) =>
        ordinal => new Lists<T>(item, ordinal, append);

    private static void Append(TimestampArray.Builder builder, DateTime? value)
    {
        if (value is { } known)
        {
            builder.Append(new DateTimeOffset(known, TimeSpan.Zero));
        }
        else
        {
            builder.AppendNull();
        }
    }

    private static void Append(BooleanArray.Builder builder, bool? value)
    {
        if (value is { } known)
        {
            builder.Append(known);
        }
        else
        {
            builder.AppendNull();
        }
    }

    private static byte[] Bytes(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static IArrowArray Finish(IArrowArrayBuilder builder) => builder switch
    {
        StringArray.Builder texts => texts.Build(),
        Int32Array.Builder numbers => numbers.Build(),
        Int64Array.Builder numbers => numbers.Build(),
        DoubleArray.Builder numbers => numbers.Build(),
        FloatArray.Builder numbers => numbers.Build(),
        BooleanArray.Builder flags => flags.Build(),
        BinaryArray.Builder blobs => blobs.Build(),
        TimestampArray.Builder times => times.Build(),
        ListArray.Builder lists => lists.Build(),
        _ => throw new InvalidOperationException(builder.GetType().Name),
    };

    private static void AppendNull(IArrowArrayBuilder builder)
    {
        switch (builder)
        {
            case StringArray.Builder texts: texts.AppendNull(); break;
            case Int32Array.Builder numbers: numbers.AppendNull(); break;
            case Int64Array.Builder numbers: numbers.AppendNull(); break;
            case DoubleArray.Builder numbers: numbers.AppendNull(); break;
            case FloatArray.Builder numbers: numbers.AppendNull(); break;
            case BooleanArray.Builder flags: flags.AppendNull(); break;
            case BinaryArray.Builder blobs: blobs.AppendNull(); break;
            case TimestampArray.Builder times: times.AppendNull(); break;
            case ListArray.Builder lists: lists.AppendNull(); break;
            default: throw new InvalidOperationException(builder.GetType().Name);
        }
    }

    private sealed class Scalars<T>(IArrowType type, int ordinal, Func<IArrowArrayBuilder> make, Action<IArrowArrayBuilder, T> append) : ArrowColumn(type)
    {
        private IArrowArrayBuilder _builder = make();

        public override void Append(DbDataReader reader)
        {
            if (reader.IsDBNull(ordinal))
            {
                AppendNull(_builder);
            }
            else
            {
                append(_builder, reader.GetFieldValue<T>(ordinal));
            }
        }

        public override IArrowArray Build()
        {
            var array = Finish(_builder);
            _builder = make();
            return array;
        }
    }

    private sealed class Lists<T>(IArrowType item, int ordinal, Action<IArrowArrayBuilder, T> append) : ArrowColumn(new ListType(item))
    {
        private ListArray.Builder _builder = new(item);

        public override void Append(DbDataReader reader)
        {
            if (reader.IsDBNull(ordinal))
            {
                _builder.AppendNull();
                return;
            }

            _builder.Append();
            foreach (var value in reader.GetFieldValue<List<T>>(ordinal))
            {
                append(_builder.ValueBuilder, value);
            }
        }

        public override IArrowArray Build()
        {
            var array = _builder.Build();
            _builder = new ListArray.Builder(item);
            return array;
        }
    }
}
