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
    private readonly Dictionary<string, string> _parameters;

    private OnnxBackend(InferenceSession session, OnnxPlacement placement)
    {
        _session = session;
        _runs = new OnnxRuns(placement);
        Signature = OnnxSignature.Read(session);
        IsBatchable = OnnxSignature.IsBatchable(session, Signature);
        _inputNames = [.. Signature.Inputs.Select(spec => spec.Name)];
        _outputNames = [.. Signature.Outputs.Select(spec => spec.Name)];
        _parameters = new(session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal) { ["mlkit.scorer.provider"] = placement.Choice.Provider };
        if (placement.Choice.Warning is { } warning)
        {
            _parameters["mlkit.scorer.provider.fallback"] = warning;
        }
    }

    public string Platform => "onnxruntime_onnx";

    public ModelSignature Signature { get; }

    public bool IsBatchable { get; }

    /// <summary>The model's <c>metadata_props</c>, the provider, and the classes of flattened outputs.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>Loads a model file and runs it once on made-up inputs, so that the first request does not pay for it.</summary>
    /// <exception cref="InferenceException">The file is not a model that can be served; the message says why.</exception>
    public static OnnxBackend Load(string file, OnnxPlacement placement)
    {
        InferenceSession? session = null;
        try
        {
            using var options = ExecutionProviders.CreateOptions(placement);
            session = new InferenceSession(file, options);
            var model = new OnnxBackend(session, placement);
            model.WarmUp();
            return model;
        }
        catch (Exception error) when (error is OnnxRuntimeException or InvalidOperationException or NotSupportedException)
        {
            session?.Dispose();
            throw new InferenceException(InferenceErrorKind.Unavailable, error.Message.Trim(), error);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    public Tensor[] Run(IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times, CancellationToken cancellationToken)
    {
        times.Started = Stopwatch.GetTimestamp();
        var values = new OrtValue?[_inputNames.Length];
        var run = _runs.Rent(cancellationToken);
        try
        {
            var names = FillInputs(parts, values);
            times.InputDone = Stopwatch.GetTimestamp();
            var wanted = outputs.Length == _outputNames.Length ? _outputNames : Array.ConvertAll(outputs, index => _outputNames[index]);
            using var results = _session.Run(run.Options, names, names.Length == values.Length ? values! : [.. values.OfType<OrtValue>()], wanted);
            times.InferDone = Stopwatch.GetTimestamp();
            var answers = new Tensor[wanted.Length];
            for (var i = 0; i < answers.Length; i++)
            {
                answers[i] = OnnxTensors.FromOrt(wanted[i], results[i]);
            }

            if (outputs.Length == _outputNames.Length && !IsInOrder(outputs))
            {
                answers = Array.ConvertAll(outputs, index => answers[index]);
            }

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
            foreach (var value in values)
            {
                value?.Dispose();
            }

            _runs.Return(run);
        }
    }

    public void Dispose()
    {
        _runs.Dispose();
        _session.Dispose();
    }

    private static bool IsInOrder(int[] outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] != i)
            {
                return false;
            }
        }

        return true;
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
            Run([inputs], [.. Enumerable.Range(0, _outputNames.Length)], ref times, CancellationToken.None);
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
            _parameters[$"mlkit.classes.{name}"] = string.Join(",", ClassMaps.Classes(results[0]));
            Array.ForEach(values, value => value.Dispose());
        }
    }
}
