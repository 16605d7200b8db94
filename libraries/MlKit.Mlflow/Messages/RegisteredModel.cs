namespace MlKit.Mlflow;

/// <summary>A name in the model registry.</summary>
public sealed class RegisteredModel
{
    /// <summary>The name, unique on the server.</summary>
    public string Name { get; set; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreationTimestamp { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long LastUpdatedTimestamp { get; set; }

    /// <summary>Free text, or null.</summary>
    public string? Description { get; set; }

    /// <summary>The highest version of each stage.</summary>
    public IReadOnlyList<ModelVersion> LatestVersions { get; set; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; set; } = [];

    /// <summary>Which alias points to which version.</summary>
    public IReadOnlyList<ModelAlias> Aliases { get; set; } = [];
}

/// <summary>A movable name for one version of a registered model.</summary>
/// <param name="Alias">The alias, for example <c>champion</c>.</param>
/// <param name="Version">The version it points to.</param>
public sealed record ModelAlias(string Alias, string Version);

/// <summary>A version of a registered model.</summary>
public sealed class ModelVersion
{
    /// <summary>The registered model.</summary>
    public string Name { get; set; } = "";

    /// <summary>The number as text: 1, 2, 3, ...; never used twice for a name.</summary>
    public string Version { get; set; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreationTimestamp { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long LastUpdatedTimestamp { get; set; }

    /// <summary>Free text, or null.</summary>
    public string? Description { get; set; }

    /// <summary>Where it came from, as the creator gave it, for example <c>models:/m-...</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>The run that made it, or null.</summary>
    public string? RunId { get; set; }

    /// <summary><c>READY</c>, <c>PENDING_REGISTRATION</c> or <c>FAILED_REGISTRATION</c>.</summary>
    public string Status { get; set; } = "";

    /// <summary>The stage of MLflow 2, <c>None</c> where stages are not used.</summary>
    public string CurrentStage { get; set; } = "";

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; set; } = [];

    /// <summary>The aliases that point to this version.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];
}
