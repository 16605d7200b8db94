using System.Data.Common;
using Apache.Arrow;
using ArrowField = Apache.Arrow.Field;

namespace MlKit.Feast;

/// <summary>The rows of a query as Arrow record batches.</summary>
internal sealed class ArrowBatches
{
    private readonly IReadOnlyList<ArrowColumn> _columns;

    /// <param name="columns">Names and DuckDB types of the query's columns.</param>
    /// <param name="schemas">What <see cref="TrainingSchemas"/> puts into the schema's metadata.</param>
    /// <exception cref="FeastException">Arrow batches of such a type are not supported.</exception>
    public ArrowBatches(IReadOnlyList<(string Name, string Type)> columns, string schemas)
    {
        _columns = [.. columns.Select((column, i) => ArrowColumn.For(column.Name, column.Type, i))];
        Schema = new Schema([.. _columns.Zip(columns, (column, named) => new ArrowField(named.Name, column.Type, nullable: true))], [new(TrainingSchemas.Key, schemas)]);
    }

    public Schema Schema { get; }

    /// <summary>The next rows, at most <paramref name="size"/>; null at the end.</summary>
    public RecordBatch? Next(DbDataReader reader, int size)
    {
        var rows = 0;
        while (rows < size && reader.Read())
        {
            foreach (var column in _columns)
            {
                column.Append(reader);
            }

            rows++;
        }

        return rows == 0 ? null : new RecordBatch(Schema, _columns.Select(column => column.Build()), rows);
    }
}
