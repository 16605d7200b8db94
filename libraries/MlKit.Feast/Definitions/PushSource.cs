namespace MlKit.Feast;

/// <summary>Rows that callers push by this name, with the files that hold their history.</summary>
/// <param name="Name">Unique name in the project, regardless of case.</param>
/// <param name="BatchSource">Files for training and materialization; offline pushes are added to them.</param>
public sealed record PushSource(string Name, FileSource BatchSource) : DataSource(Name);
