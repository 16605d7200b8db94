using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace MlKit.Recommendation.Data;

/// <summary>A Parquet file with columns for user and item, read one row group at a time.</summary>
internal static class ParquetTable
{
    public static DataSet Read(string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return ReadAsync(file, options, cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ParquetException)
        {
            throw new DataFormatException(file, $"is not a complete Parquet file ({error.Message})");
        }
    }

    /// <summary>The rows of some columns as texts, row group by row group.</summary>
    /// <exception cref="DataFormatException">The file is no complete Parquet file, or lacks a column.</exception>
    public static IEnumerable<string?[]> Rows(string file, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        for (var group = 0; Group(file, names, group, cancellationToken) is { } columns; group++)
        {
            for (var row = 0; row < columns[0].Length; row++)
            {
                yield return Array.ConvertAll(columns, column => column[row]);
            }
        }
    }

    /// <summary>The columns of one row group; null behind the last.</summary>
    private static string?[][]? Group(string file, IReadOnlyList<string> names, int group, CancellationToken cancellationToken)
    {
        try
        {
            return GroupAsync(file, names, group, cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ParquetException)
        {
            throw new DataFormatException(file, $"is not a complete Parquet file ({error.Message})");
        }
    }

    private static async Task<string?[][]?> GroupAsync(string file, IReadOnlyList<string> names, int group, CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken);
        if (group >= reader.RowGroupCount)
        {
            return null;
        }

        DataField[] fields = reader.Schema.GetDataFields();
        using var open = reader.OpenRowGroupReader(group);
        var columns = new string?[names.Count][];
        for (var i = 0; i < columns.Length; i++)
        {
            var field = Array.Find(fields, field => field.Name == names[i])
                ?? throw new DataFormatException(file, $"has no column '{names[i]}' (but {string.Join(", ", fields.Select(field => field.Name))})");
            columns[i] = await TextsAsync(open, field, cancellationToken);
        }

        return columns;
    }

    private static async Task<DataSet> ReadAsync(string file, DataReadOptions options, CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken);
        DataField[] columns = reader.Schema.GetDataFields();
        var layout = TableLayout.OfHeader([.. columns.Select(c => c.Name)], options.Columns, reason => new DataFormatException(file, reason));
        var parser = new FieldParser(file, options.Time.GetUtcNow());
        var builder = new DataSetBuilder(file) { HasClock = layout.Timestamp >= 0, Lenient = options.Lenient };
        for (var at = 0; at < reader.RowGroupCount; at++)
        {
            using var group = reader.OpenRowGroupReader(at);
            Task<string?[]> Column(int index) => TextsAsync(group, columns[index], cancellationToken);
            var users = await Column(layout.User);
            var items = await Column(layout.Item);
            var times = layout.Timestamp < 0 ? null : await Column(layout.Timestamp);
            var values = layout.Value < 0 ? null : await Column(layout.Value);
            for (var i = 0; i < users.Length; i++)
            {
                parser.Row++;
                var row = i;
                builder.TryAdd(() => builder.Add(
                    parser.Id(users[row] ?? "", "user"),
                    parser.Id(items[row] ?? "", "item"),
                    times is null ? 0 : parser.Time(times[row] ?? ""),
                    values is null ? 1 : parser.Value(values[row] ?? "")));
            }
        }

        return builder.Build();
    }

    /// <summary>The values as a text table would hold them.</summary>
    private static Task<string?[]> TextsAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        Task<string?[]> Read<T>(Func<T, string> text)
            where T : struct => ReadAsync(group, field, text, cancellationToken);
        Task<string?[]> Number<T>()
            where T : struct, IFormattable => Read<T>(value => value.ToString(null, CultureInfo.InvariantCulture));
        return field.ClrType switch
        {
            var type when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => StringsAsync(group, field, cancellationToken),
            var type when type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) => BytesAsync(group, field, cancellationToken),
            var type when type == typeof(long) => Number<long>(),
            var type when type == typeof(ulong) => Number<ulong>(),
            var type when type == typeof(int) => Number<int>(),
            var type when type == typeof(uint) => Number<uint>(),
            var type when type == typeof(short) => Number<short>(),
            var type when type == typeof(byte) => Number<byte>(),
            var type when type == typeof(sbyte) => Number<sbyte>(),
            var type when type == typeof(double) => Number<double>(),
            var type when type == typeof(float) => Number<float>(),
            var type when type == typeof(decimal) => Number<decimal>(),
            var type when type == typeof(DateTime) => Read<DateTime>(value => value.ToString("O", CultureInfo.InvariantCulture)),
            _ => throw new DataFormatException(
                field.Name, $"is a Parquet column of type {field.ClrType.Name}; allowed are text, numbers and timestamps"),
        };
    }

    private static async Task<string?[]> StringsAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        var values = new string?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory()!, cancellationToken: cancellationToken);
        return values;
    }

    /// <summary>Text that is not marked as text.</summary>
    private static async Task<string?[]> BytesAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        var values = new byte[]?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory()!, cancellationToken: cancellationToken);
        return Array.ConvertAll(values, value => value is null ? null : System.Text.Encoding.UTF8.GetString(value));
    }

    private static async Task<string?[]> ReadAsync<T>(
        ParquetRowGroupReader group, DataField field, Func<T, string> text, CancellationToken cancellationToken)
        where T : struct
    {
        if (field.IsNullable)
        {
            var some = new T?[group.RowCount];
            await group.ReadAsync(field, some.AsMemory(), cancellationToken: cancellationToken);
            return Array.ConvertAll(some, value => value is { } given ? text(given) : null);
        }

        var values = new T[group.RowCount];
        await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellationToken);
        return Array.ConvertAll(values, value => (string?)text(value));
    }
}
