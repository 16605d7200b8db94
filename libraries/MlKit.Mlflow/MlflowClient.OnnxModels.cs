using System.Runtime.InteropServices;
using System.Text;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    private const string OnnxFileName = "model.onnx";

    /// <summary>The MLflow version whose model format is written.</summary>
    private const string FormatVersion = "3.3.2";

    /// <summary>
    /// Logs an ONNX model: creates the logged model, stores its files (MLmodel last), marks it ready and notes it as
    /// an output of the run. Where a file cannot be stored the model is marked as failed.
    /// </summary>
    public async Task<LoggedModel> LogOnnxModelAsync(OnnxModelLog log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        var model = await CreateLoggedModelAsync(
            log.ExperimentId, log.Name, log.RunId, log.ModelType, log.Params, log.Tags, cancellationToken);
        try
        {
            await UploadOnnxFilesAsync(log, model.Info, cancellationToken);
        }
        catch
        {
            await TryMarkFailedAsync(model.Info.ModelId);
            throw;
        }

        var ready = await FinalizeLoggedModelAsync(model.Info.ModelId, LoggedModelStatus.Ready, cancellationToken);
        await LogOutputsAsync(log.RunId, [model.Info.ModelId], 0, cancellationToken);
        return ready;
    }

    private async Task UploadOnnxFilesAsync(OnnxModelLog log, LoggedModelInfo model, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(log.Files) { [OnnxFileName] = log.Onnx };
        foreach (var (name, text) in ModelEnvironmentFiles.All)
        {
            files.TryAdd(name, Encoding.UTF8.GetBytes(text));
        }

        if (log.InputExampleJson is not null)
        {
            foreach (var (name, content) in InputExampleFiles.Of(log.InputExampleJson))
            {
                files[name] = content;
            }
        }

        files[MlModelFile.FileName] = Encoding.UTF8.GetBytes(Describe(log, model, files.Values.Sum(file => (long)file.Length)).ToYaml());
        if (log.Attest is { } attest)
        {
            files[SignedGateDocument.FileName] = attest(ModelDigest.Compute(files)).ToBytes();
        }

        foreach (var (name, bytes) in files)
        {
            using var stream = Open(bytes);
            await UploadToAsync(model.ArtifactUri, name, stream, null, cancellationToken);
        }
    }

    private MlModelFile Describe(OnnxModelLog log, LoggedModelInfo model, long size) => new()
    {
        ArtifactPath = model.ArtifactUri,
        RunId = log.RunId,
        ModelId = model.ModelId,
        ModelUuid = model.ModelId,
        MlflowVersion = FormatVersion,
        ModelSizeBytes = size,
        UtcTimeCreated = _options.TimeProvider.GetUtcNow(),
        Signature = log.Signature,
        HasInputExample = log.InputExampleJson is not null,
        Flavors = MlModelFile.OnnxFlavors(OnnxFileName),
    };

    /// <summary>The failure of the upload is what the caller must see, not one of this mark.</summary>
    private async Task TryMarkFailedAsync(string modelId)
    {
        try
        {
            await FinalizeLoggedModelAsync(modelId, LoggedModelStatus.UploadFailed, CancellationToken.None);
        }
        catch (MlflowException)
        {
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}
