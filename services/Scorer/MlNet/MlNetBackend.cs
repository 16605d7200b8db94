using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.MlNet;

/// <summary>An ML.NET pipeline (<c>ITransformer</c>) with its columns as tensors.</summary>
internal sealed class MlNetBackend : IModelBackend
{
    private readonly ITransformer _transformer;
    private readonly DataViewSchema _inputs;

    private MlNetBackend(ITransformer transformer, DataViewSchema inputs)
    {
        _transformer = transformer;
        _inputs = inputs;
        var outputs = transformer.GetOutputSchema(inputs);
        Signature = new ModelSignature(
            [.. inputs.Select(column => DescribeInput(column) with { IsOptional = IsNotNeeded(column) })],
            [.. outputs.Where(column => !column.IsHidden && IsNew(column)).Select(column => MlNetTypes.Describe(column.Name, column.Type)).OfType<TensorSpec>()]);
        Parameters = outputs
            .Where(column => !column.IsHidden && IsNew(column) && column.HasSlotNames())
            .ToDictionary(column => $"mlkit.classes.{column.Name}", SlotNames, StringComparer.Ordinal);
    }

    public string Platform => "mlnet_zip";

    public ModelSignature Signature { get; }

    public bool IsBatchable => true;

    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Loads a model file and runs it once on made-up inputs.</summary>
    /// <exception cref="InferenceException">The file is not a model that can be served; the message says why.</exception>
    public static MlNetBackend Load(string file)
    {
        try
        {
            var model = new MlNetBackend(new MLContext(seed: 0).Model.Load(file, out var inputs), inputs);
            RunTimes times = default;
            model.Run([[.. model.Signature.Inputs.Select(spec => spec.MadeUp())]], [.. Enumerable.Range(0, model.Signature.Outputs.Count)], ref times, CancellationToken.None);
            return model;
        }
        catch (Exception error) when (error is not (InferenceException or OutOfMemoryException))
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, $"ML.NET cannot load the file: {error.Message}", error);
        }
    }

    public Tensor[] Run(IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times, CancellationToken cancellationToken)
    {
        times.Started = Stopwatch.GetTimestamp();
        // ML.NET has no way to stop within a row; requests of a shared run follow each other row by row.
        var views = parts.Select(part => new TensorDataView(_inputs, part, Rows(part))).ToList();
        times.InputDone = Stopwatch.GetTimestamp();
        try
        {
            var answers = views.ConvertAll(view => Transform(view, outputs, cancellationToken));
            times.InferDone = Stopwatch.GetTimestamp();
            var joined = answers.Count == 1 ? answers[0] : Join(answers);
            times.OutputDone = Stopwatch.GetTimestamp();
            return joined;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InferenceException(InferenceErrorKind.InvalidArgument, $"the model refused the inputs: {error.Message}", error);
        }
    }

    public void Dispose() => (_transformer as IDisposable)?.Dispose();

    private static int Rows(Tensor?[] part) => (int)(part.FirstOrDefault(tensor => tensor is not null)?.Shape[0] ?? 1);

    private static Tensor[] Join(List<Tensor[]> answers)
    {
        var joined = new Tensor[answers[0].Length];
        for (var i = 0; i < joined.Length; i++)
        {
            var first = answers[0][i];
            var data = answers.SelectMany(answer => answer[i].Data.ToArray()).ToArray();
            joined[i] = new Tensor(first.Name, first.DataType, first.Shape.SetItem(0, answers.Sum(answer => answer[i].Shape[0])), data);
        }

        return joined;
    }

    private static TensorSpec DescribeInput(DataViewSchema.Column column) => MlNetTypes.Describe(column.Name, column.Type)
        ?? throw new NotSupportedException($"column '{column.Name}' is {column.Type}, which the protocol cannot carry");

    private static string SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return string.Join(",", names.DenseValues());
    }

    private Tensor[] Transform(TensorDataView view, int[] outputs, CancellationToken cancellationToken)
    {
        var answer = _transformer.Transform(view);
        var columns = Array.ConvertAll(outputs, index => answer.Schema[Signature.Outputs[index].Name]);
        using var cursor = answer.GetRowCursor(columns);
        var collectors = Array.ConvertAll(columns, column => OutputCollector.Create(cursor, column));
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.ForEach(collectors, collector => collector.Take());
        }

        return Array.ConvertAll(collectors, collector => collector.ToTensor());
    }

    /// <summary>A column that the pipeline makes: not there before, or made anew under the same name.</summary>
    private bool IsNew(DataViewSchema.Column column) => _inputs.GetColumnOrNull(column.Name) is not { } given || !given.Type.Equals(column.Type);

    /// <summary>A column that only training needs, such as the label: the pipeline works without it.</summary>
    private bool IsNotNeeded(DataViewSchema.Column column)
    {
        var rest = new DataViewSchema.Builder();
        rest.AddColumns(_inputs.Where(other => other.Index != column.Index).Select(other => new DataViewSchema.DetachedColumn(other)));
        try
        {
            _transformer.GetOutputSchema(rest.ToSchema());
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
