namespace MlKit.Mlflow;

/// <summary>A parameter of a run or of a logged model: written once.</summary>
/// <param name="Key">At most 250 characters.</param>
/// <param name="Value">At most 6000 characters.</param>
public sealed record Param(string Key, string Value);
