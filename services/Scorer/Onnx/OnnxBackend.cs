using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Onnx;

/// <summary>An ONNX Runtime session with its signature.</summary>
internal sealed class OnnxBackend : IModelBackend
{
    private readonly InferenceSession _session;
    private readonly OnnxRuns _runs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly int[] _all;
    private volatile bool _staysBound;
    private readonly Dictionary<string, string> _parameters;
    private readonly Dictionary<string, int> _classCounts = new(StringComparer.Ordinal);

    private OnnxBackend(InferenceSession session, OnnxPlacement placement)
    {
        _session = session;
        Signature = OnnxSignature.Read(session);
        IsBatchable = OnnxSignature.IsBatchable(session, Signature);
        _inputNames = [.. Signature.Inputs.Select(spec => spec.Name)];
        _outputNames = [.. Signature.Outputs.Select(spec => spec.Name)];
        _all = [.. Enumerable.Range(0, _outputNames.Length)];
        _runs = new OnnxRuns(placement, () => new OnnxBinding(session, _inputNames, _outputNames));
        _staysBound = placement.Choice.Provider == ExecutionProviders.Cpu && session.OutputMetadata.Values.All(output => output.IsTensor);
        _parameters = new(session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal) { ["mlkit.scorer.provider"] = placement.Choice.Provider };
        if (placement.Choice.Warning is { } warning)
        {
            _parameters["mlkit.scorer.provider.fallback"] = warning;
        }
    }

    public string Platform => "onnxruntime_onnx";

    public ModelSignature Signature { get; private set; }

    public bool IsBatchable { get; }

    /// <summary>The model's <c>metadata_props</c>, the provider, and the classes of flattened outputs.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>Loads a model file and runs it once on made-up inputs, so that the first request does not pay for it.</summary>
    /// <exception cref="InferenceException">The file is not a model that can be served; the message says why.</exception>
    public static OnnxBackend Load(string file, OnnxPlacement placement)
    {
        InferenceSession? session = null;
        OnnxBackend? model = null;
        try
        {
            using var options = ExecutionProviders.CreateOptions(placement);
            session = new InferenceSession(file, options);
            model = new OnnxBackend(session, placement);
            model.WarmUp();
            return model;
        }
        catch (Exception error)
        {
            ((IDisposable?)model ?? session)?.Dispose();
            if (error is OnnxRuntimeException or InvalidOperationException or NotSupportedException)
            {
                throw new InferenceException(InferenceErrorKind.Unavailable, OnnxErrors.ReasonOf(error), error);
            }

            throw;
        }
    }

    public Tensor[] Run(IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times, CancellationToken cancellationToken)
    {
        times.Started = Stopwatch.GetTimestamp();
        var run = _runs.Rent(cancellationToken);
        try
        {
            var answers = _staysBound && parts.Count == 1 && outputs.AsSpan().SequenceEqual(_all) && OnnxBinding.Takes(parts[0])
                ? RunBound(run, parts, outputs, ref times)
                : RunOnce(run, parts, outputs, ref times);
            times.OutputDone = Stopwatch.GetTimestamp();
            return answers;
        }
        catch (OnnxRuntimeException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw run.TimedOut
                ? new InferenceException(InferenceErrorKind.Unavailable, $"the model was stopped: one run may take {_runs.Limit.TotalSeconds:0.###} s (MLKIT__SCORER__RUNSECONDS)", error)
                : OnnxErrors.Translate(error);
        }
        finally
        {
            _runs.Return(run);
        }
    }

    public void Dispose()
    {
        _runs.Dispose();
        _session.Dispose();
    }

    /// <summary>
    /// Runs with what is bound. The runtime writes the outputs where the run before left them, and refuses where they come
    /// out in another shape: a model whose output shapes depend on the values runs unbound from then on.
    /// </summary>
    private Tensor[] RunBound(OnnxRun run, IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times)
    {
        try
        {
            return RunBound(run, parts[0], ref times);
        }
        catch (OnnxRuntimeException) when (!run.IsStopped)
        {
            var answers = RunOnce(run, parts, outputs, ref times);
            _staysBound = false;
            return answers;
        }
    }

    private Tensor[] RunBound(OnnxRun run, Tensor[] inputs, ref RunTimes times)
    {
        run.Binding.Fill(inputs);
        times.InputDone = Stopwatch.GetTimestamp();
        using var results = run.Binding.Run(run.Options);
        times.InferDone = Stopwatch.GetTimestamp();
        return Read(results, _outputNames);
    }

    private Tensor[] RunOnce(OnnxRun run, IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times)
    {
        var values = new OrtValue?[_inputNames.Length];
        try
        {
            var names = FillInputs(parts, values);
            times.InputDone = Stopwatch.GetTimestamp();
            var wanted = Array.ConvertAll(outputs, index => _outputNames[index]);
            using var results = _session.Run(run.Options, names, names.Length == values.Length ? values! : [.. values.OfType<OrtValue>()], wanted);
            times.InferDone = Stopwatch.GetTimestamp();
            return Read(results, wanted);
        }
        finally
        {
            foreach (var value in values)
            {
                value?.Dispose();
            }
        }
    }

    private Tensor[] Read(IReadOnlyList<OrtValue> results, string[] names)
    {
        var answers = new Tensor[names.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = results[i].OnnxType == OnnxValueType.ONNX_TYPE_SEQUENCE
                ? ClassMaps.Flatten(names[i], results[i], _classCounts.GetValueOrDefault(names[i]))
                : OnnxTensors.FromOrt(names[i], results[i]);
        }

        return answers;
    }

    private string[] FillInputs(IReadOnlyList<Tensor[]> parts, OrtValue?[] values)
    {
        var first = parts[0];
        var all = true;
        for (var i = 0; i < values.Length; i++)
        {
            all &= first[i] is not null;
            if (first[i] is not null)
            {
                values[i] = parts.Count == 1 ? OnnxTensors.ToOrt(first[i]) : OnnxTensors.Join(parts, i);
            }
        }

        return all ? _inputNames : [.. _inputNames.Where((_, i) => first[i] is not null)];
    }

    /// <summary>A run on made-up inputs; a model may refuse them, which says nothing about real ones.</summary>
    private void WarmUp()
    {
        try
        {
            var inputs = Signature.Inputs.Select(spec => spec.MadeUp()).ToArray();
            RunTimes times = default;
            Run([inputs], _all, ref times, CancellationToken.None);
            AddClasses(inputs);
        }
        catch (InferenceException error) when (error.Kind != InferenceErrorKind.Unavailable)
        {
            // The model stays: it loaded, and only real inputs can tell more.
        }
    }

    private void AddClasses(Tensor[] inputs)
    {
        foreach (var name in _outputNames)
        {
            if (!ClassMaps.IsClassMaps(_session.OutputMetadata[name]))
            {
                continue;
            }

            var values = Array.ConvertAll(inputs, OnnxTensors.ToOrt);
            using var runOptions = new RunOptions();
            using var results = _session.Run(runOptions, _inputNames, values, [name]);
            var classes = ClassMaps.Classes(results[0]);
            _classCounts[name] = classes.Count;
            _parameters[$"mlkit.classes.{name}"] = string.Join(",", classes);
            Signature = new ModelSignature(
                Signature.Inputs, [.. Signature.Outputs.Select(spec => spec.Name == name ? spec with { Shape = [-1, classes.Count] } : spec)]);
            Array.ForEach(values, value => value.Dispose());
        }
    }
}
