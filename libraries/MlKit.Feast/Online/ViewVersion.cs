namespace MlKit.Feast;

/// <summary>A view and the version of its definition.</summary>
/// <param name="Name">Real name of the view.</param>
/// <param name="Version">Version number; 0 for the first one.</param>
public readonly record struct ViewVersion(string Name, int Version);
