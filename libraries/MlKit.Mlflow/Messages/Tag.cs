namespace MlKit.Mlflow;

/// <summary>A tag of an experiment, run, model or version. The last write wins.</summary>
/// <param name="Key">At most 250 characters.</param>
/// <param name="Value">At most 5000 characters; 8000 for runs.</param>
public sealed record Tag(string Key, string Value);
