using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Onnx;

/// <summary>An ONNX Runtime session with its signature. Several threads may run it at the same time.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly SemaphoreSlim _gate;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly Dictionary<string, string> _parameters;

    private OnnxModel(InferenceSession session, string provider, int maxConcurrency)
    {
        _session = session;
        _gate = new SemaphoreSlim(maxConcurrency);
        Signature = OnnxSignature.Read(session);
        _inputNames = [.. Signature.Inputs.Select(spec => spec.Name)];
        _outputNames = [.. Signature.Outputs.Select(spec => spec.Name)];
        _parameters = new(session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal) { ["mlkit.scorer.provider"] = provider };
    }

    public ModelSignature Signature { get; }

    /// <summary>The model's <c>metadata_props</c>, the provider, and the classes of flattened outputs.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>Loads a model file and runs it once, so that the first request does not pay for it.</summary>
    /// <exception cref="InferenceException">The file is not a model that can be served; the message says why.</exception>
    public static OnnxModel Load(string file, ProviderChoice provider, ScorerOptions options)
    {
        var size = new FileInfo(file).Length;
        if (size > options.MaxModelBytes)
        {
            throw Unavailable($"the file has {size} bytes, MLKIT__SCORER__MAXMODELBYTES allows {options.MaxModelBytes}");
        }

        InferenceSession? session = null;
        try
        {
            using var sessionOptions = ExecutionProviders.CreateOptions(provider, options.IntraOpThreads);
            session = new InferenceSession(file, sessionOptions);
            var model = new OnnxModel(session, provider.Provider, options.MaxConcurrency);
            model.WarmUp();
            return model;
        }
        catch (Exception error) when (error is OnnxRuntimeException or InvalidOperationException or NotSupportedException)
        {
            session?.Dispose();
            throw Unavailable(error.Message.Trim(), error);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model on inputs in the order of its signature.</summary>
    /// <param name="inputs">Checked against the signature.</param>
    /// <param name="outputs">Indices of the outputs to compute.</param>
    /// <param name="cancellationToken">Stops waiting for a turn, and the running computation.</param>
    /// <exception cref="InferenceException">InvalidArgument: the model refuses these values.</exception>
    public async Task<Tensor[]> RunAsync(Tensor[] inputs, int[] outputs, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Run(inputs, outputs, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _gate.Dispose();
    }

    private Tensor[] Run(Tensor[] inputs, int[] outputs, CancellationToken cancellationToken)
    {
        var values = new List<OrtValue>(inputs.Length);
        try
        {
            foreach (var input in inputs)
            {
                values.Add(OnnxTensors.ToOrt(input));
            }

            var names = Array.ConvertAll(outputs, index => _outputNames[index]);
            using var runOptions = new RunOptions();
            using var registration = cancellationToken.Register(() => runOptions.Terminate = true);
            using var results = _session.Run(runOptions, _inputNames, values, names);
            var answers = new Tensor[names.Length];
            for (var i = 0; i < names.Length; i++)
            {
                answers[i] = OnnxTensors.FromOrt(names[i], results[i]);
            }

            return answers;
        }
        catch (OnnxRuntimeException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw OnnxErrors.Translate(error);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <summary>A run on made-up inputs; a model may refuse them, which says nothing about real ones.</summary>
    private void WarmUp()
    {
        try
        {
            var inputs = Signature.Inputs.Select(OnnxSignature.MadeUp).ToArray();
            var all = Enumerable.Range(0, _outputNames.Length).ToArray();
            var answers = Run(inputs, all, CancellationToken.None);
            AddClasses(inputs, answers);
        }
        catch (InferenceException)
        {
            // The model stays: it loaded, and only real inputs can tell more.
        }
    }

    private void AddClasses(Tensor[] inputs, Tensor[] answers)
    {
        for (var i = 0; i < answers.Length; i++)
        {
            if (!ClassMaps.IsClassMaps(_session.OutputMetadata[_outputNames[i]]))
            {
                continue;
            }

            using var value = OnnxTensors.ToOrt(inputs[0]);
            using var runOptions = new RunOptions();
            using var results = _session.Run(runOptions, _inputNames, [value], [_outputNames[i]]);
            _parameters[$"mlkit.classes.{_outputNames[i]}"] = string.Join(",", ClassMaps.Classes(results[0]));
        }
    }

    private static InferenceException Unavailable(string message, Exception? inner = null) =>
        new(InferenceErrorKind.Unavailable, message, inner);
}
