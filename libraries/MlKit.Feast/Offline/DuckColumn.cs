using System.Data.Common;

namespace MlKit.Feast;

/// <summary>Collects one result column into a typed array.</summary>
internal abstract class DuckColumn(int ordinal)
{
    protected int Ordinal { get; } = ordinal;

    /// <summary>Takes the reader's current row as row <paramref name="row"/> of the column.</summary>
    public abstract void Take(DbDataReader reader, int row);

    public abstract Array Values { get; }

    /// <summary>A column of <paramref name="rowCount"/> nulls for values of this type.</summary>
    public static DuckColumn For(ValueType type, int ordinal, int rowCount) => DuckType.Of(type) switch
    {
        "VARCHAR" => new References<string>(ordinal, rowCount),
        "INTEGER" => new Numbers<int>(ordinal, rowCount),
        "BIGINT" => new Numbers<long>(ordinal, rowCount),
        "DOUBLE" => new Numbers<double>(ordinal, rowCount),
        "FLOAT" => new Numbers<float>(ordinal, rowCount),
        "BOOLEAN" => new Numbers<bool>(ordinal, rowCount),
        "TIMESTAMP" => new Times(ordinal, rowCount),
        "VARCHAR[]" => new Lists<string?>(ordinal, rowCount),
        "INTEGER[]" => new Lists<int>(ordinal, rowCount),
        "BIGINT[]" => new Lists<long>(ordinal, rowCount),
        "DOUBLE[]" => new Lists<double>(ordinal, rowCount),
        "FLOAT[]" => new Lists<float>(ordinal, rowCount),
        "BOOLEAN[]" => new Lists<bool>(ordinal, rowCount),
        _ => new Others(ordinal, rowCount),
    };

    private sealed class Numbers<T>(int ordinal, int rowCount) : DuckColumn(ordinal)
        where T : struct
    {
        private readonly T?[] _values = new T?[rowCount];

        public override Array Values => _values;

        public override void Take(DbDataReader reader, int row) =>
            _values[row] = reader.IsDBNull(Ordinal) ? null : reader.GetFieldValue<T>(Ordinal);
    }

    private sealed class References<T>(int ordinal, int rowCount) : DuckColumn(ordinal)
        where T : class
    {
        private readonly T?[] _values = new T?[rowCount];

        public override Array Values => _values;

        public override void Take(DbDataReader reader, int row) =>
            _values[row] = reader.IsDBNull(Ordinal) ? null : reader.GetFieldValue<T>(Ordinal);
    }

    private sealed class Times(int ordinal, int rowCount) : DuckColumn(ordinal)
    {
        private readonly DateTimeOffset?[] _values = new DateTimeOffset?[rowCount];

        public override Array Values => _values;

        public override void Take(DbDataReader reader, int row) =>
            _values[row] = reader.IsDBNull(Ordinal) ? null : new DateTimeOffset(reader.GetDateTime(Ordinal), TimeSpan.Zero);
    }

    private sealed class Lists<T>(int ordinal, int rowCount) : DuckColumn(ordinal)
    {
        private readonly T[]?[] _values = new T[]?[rowCount];

        public override Array Values => _values;

        public override void Take(DbDataReader reader, int row) => _values[row] = reader.IsDBNull(Ordinal) ? null : Read(reader);

        private T[] Read(DbDataReader reader)
        {
            var list = reader.GetFieldValue<List<T>>(Ordinal);
            return list.Count == 0 ? [] : [.. list];
        }
    }

    private sealed class Others(int ordinal, int rowCount) : DuckColumn(ordinal)
    {
        private readonly object?[] _values = new object?[rowCount];

        public override Array Values => _values;

        public override void Take(DbDataReader reader, int row) => _values[row] = Read(reader, Ordinal);

        private static object? Read(DbDataReader reader, int ordinal)
        {
            if (reader.IsDBNull(ordinal))
            {
                return null;
            }

            return reader.GetValue(ordinal) switch
            {
                Stream stream => Bytes(stream),
                List<DateTime> times => times.Select(time => (DateTimeOffset?)new DateTimeOffset(time, TimeSpan.Zero)).ToArray(),
                List<DateTime?> times => times.Select(time => time is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : (DateTimeOffset?)null).ToArray(),
                List<Stream> blobs => blobs.Select(Bytes).ToArray(),
                var other => other,
            };
        }

        private static byte[] Bytes(Stream stream)
        {
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }
    }
}
