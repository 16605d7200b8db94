using Microsoft.ML;
using Microsoft.ML.Data;
using MlKit.Inference;

namespace MlKit.Scorer.MlNet;

/// <summary>Tensors of [N, width] as a table of N rows that ML.NET reads.</summary>
internal sealed class TensorDataView(DataViewSchema schema, Tensor?[] tensors, int rows) : IDataView
{
    private readonly TensorColumn[] _columns = [.. schema.Select((column, i) => TensorColumn.Create(column, tensors[i]))];

    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded.Select(column => column.Index).ToHashSet());

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(TensorDataView view, HashSet<int> active) : DataViewRowCursor
    {
        private int _row = -1;

        public override long Position => _row;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext() => _row < (int)view.GetRowCount()! && ++_row < (int)view.GetRowCount()!;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            view._columns[column.Index].Getter(() => _row) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"column '{column.Name}' does not hold {typeof(TValue)}");

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);
    }
}
