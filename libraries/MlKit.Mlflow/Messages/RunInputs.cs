namespace MlKit.Mlflow;

/// <summary>What a run was given: data sets and logged models.</summary>
public sealed class RunInputs
{
    /// <summary>The data sets.</summary>
    public IReadOnlyList<DatasetInput> DatasetInputs { get; set; } = [];

    /// <summary>The logged models.</summary>
    public IReadOnlyList<ModelInput> ModelInputs { get; set; } = [];
}

/// <summary>What a run made: logged models.</summary>
public sealed class RunOutputs
{
    /// <summary>The logged models.</summary>
    public IReadOnlyList<ModelOutput> ModelOutputs { get; set; } = [];
}

/// <summary>A data set that a run used.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Tags">How it was used; tag <c>mlflow.data.context</c> is, for example, <c>training</c>.</param>
public sealed record DatasetInput(Dataset Dataset, IReadOnlyList<Tag>? Tags = null);

/// <summary>A data set; name and digest identify it within an experiment.</summary>
/// <param name="Name">The name.</param>
/// <param name="Digest">A short digest of the content, at most 36 characters.</param>
/// <param name="SourceType">The kind of source, for example <c>local</c> or <c>http</c>.</param>
/// <param name="Source">Where it came from, JSON.</param>
/// <param name="Schema">Its columns, JSON, or null.</param>
/// <param name="Profile">Numbers about it, JSON, or null.</param>
public sealed record Dataset(
    string Name, string Digest, string SourceType, string Source, string? Schema = null, string? Profile = null);

/// <summary>A logged model that a run used.</summary>
/// <param name="ModelId">The model's id.</param>
public sealed record ModelInput(string ModelId);

/// <summary>A logged model that a run made.</summary>
/// <param name="ModelId">The model's id.</param>
/// <param name="Step">The training step at which it was made.</param>
public sealed record ModelOutput(string ModelId, long Step = 0);
