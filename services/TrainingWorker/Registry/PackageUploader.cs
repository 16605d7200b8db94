using MlKit.Mlflow;

namespace MlKit.TrainingWorker.Registry;

/// <summary>Sends a package to the tracking server, registers its models and moves the aliases where the gates allow it.</summary>
internal sealed class PackageUploader(MlflowClient mlflow, GateSigningKey key, TimeProvider time)
{
    private const string Onnx = "model.onnx";
    private const string ParentTag = "mlflow.parentRunId";

    /// <summary>A verdict is about files of their time; a model that old should be trained anew.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    /// <summary>Sends what has not arrived yet and deletes the folder. Returns the package with its versions.</summary>
    public async Task<TrainingPackage> UploadAsync(string folder, CancellationToken cancellationToken)
    {
        var package = TrainingPackage.Read(folder);
        var run = await FindRunAsync(package, cancellationToken);
        package = package with { RunId = run.Info.RunId };
        package.Update(folder);
        await mlflow.LogBatchAsync(run.Info.RunId, package.Metrics, package.Params, package.Tags, cancellationToken);
        foreach (var (path, bytes) in TrainingPackage.Files(folder, "artifacts"))
        {
            using var content = new MemoryStream(bytes.ToArray());
            await mlflow.UploadAsync(run.Info.RunId, path, content, cancellationToken: cancellationToken);
        }

        foreach (var trial in package.Trials.Where(trial => trial.RunId is null))
        {
            var nested = trial with { RunId = await NestAsync(trial, run, cancellationToken) };
            package = package with { Trials = [.. package.Trials.Select(one => one.Name == trial.Name ? nested : one)] };
            package.Update(folder);
        }

        foreach (var model in package.Models.Where(model => model.Version is null))
        {
            var registered = await RegisterAsync(folder, package, model, run, cancellationToken);
            package = package with { Models = [.. package.Models.Select(one => one.Name == model.Name ? registered : one)] };
            package.Update(folder);
        }

        foreach (var model in package.Passed ? package.Models : [])
        {
            await mlflow.SetAliasAsync(model.Name, ModelNames.Champion, model.Version!, cancellationToken);
        }

        await mlflow.UpdateRunAsync(run.Info.RunId, RunStatus.Finished, cancellationToken: cancellationToken);
        Directory.Delete(folder, recursive: true);
        return package;
    }

    private async Task<Run> FindRunAsync(TrainingPackage package, CancellationToken cancellationToken)
    {
        if (package.RunId is { } id)
        {
            try
            {
                return await mlflow.GetRunAsync(id, cancellationToken);
            }
            catch (MlflowException error) when (error.IsMissing)
            {
                // Another server, or an emptied one: the training goes to a run of its own.
            }
        }

        var experiment = await mlflow.GetOrCreateExperimentAsync(package.Experiment, cancellationToken);
        return await mlflow.CreateRunAsync(experiment.ExperimentId, package.RunName, package.Tags, cancellationToken);
    }

    /// <summary>A run below the training's run, which MLflow's page shows folded into it.</summary>
    private async Task<string> NestAsync(PackagedTrial trial, Run parent, CancellationToken cancellationToken)
    {
        var run = await mlflow.CreateRunAsync(parent.Info.ExperimentId, trial.Name, [new Tag(ParentTag, parent.Info.RunId)], cancellationToken);
        await mlflow.LogBatchAsync(run.Info.RunId, trial.Metrics, trial.Params, [], cancellationToken);
        await mlflow.UpdateRunAsync(run.Info.RunId, RunStatus.Finished, cancellationToken: cancellationToken);
        return run.Info.RunId;
    }

    private async Task<PackagedModel> RegisterAsync(
        string folder, TrainingPackage package, PackagedModel model, Run run, CancellationToken cancellationToken)
    {
        var files = TrainingPackage.Files(folder, Path.Combine("models", model.Name));
        var log = new OnnxModelLog
        {
            ExperimentId = run.Info.ExperimentId,
            RunId = run.Info.RunId,
            Name = model.Name,
            ModelType = model.ModelType,
            Onnx = files[Onnx],
            Signature = new ModelSignature(model.Inputs, model.Outputs),
            InputExampleJson = model.InputExampleJson,
            Files = files.Where(file => file.Key != Onnx).ToDictionary(),
            Attest = digest => SignedGateDocument.Sign(Judge(package, model, run, digest), key),
        };
        var logged = await mlflow.LogOnnxModelAsync(log, cancellationToken);
        await mlflow.RegisterModelAsync(model.Name, cancellationToken: cancellationToken);
        var version = await mlflow.CreateModelVersionAsync(
            model.Name, $"models:/{logged.Info.ModelId}", run.Info.RunId, logged.Info.ModelId, tags: package.VersionTags, cancellationToken: cancellationToken);
        return model with { Version = version.Version };
    }

    private GateDocument Judge(TrainingPackage package, PackagedModel model, Run run, string digest)
    {
        var now = time.GetUtcNow();
        return new GateDocument
        {
            Model = model.Name,
            ModelDigest = digest,
            RunId = run.Info.RunId,
            Created = now,
            Expires = now + Validity,
            Verdict = package.Passed ? GateDocument.Passed : GateDocument.Refused,
            Gates = package.Gates,
        };
    }
}
