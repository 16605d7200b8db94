namespace MlKit.Dashboard.Resources;

/// <summary>One line that a resource wrote to its console.</summary>
/// <param name="ResourceId">Who wrote it.</param>
/// <param name="Number">Counts from 1 per resource.</param>
/// <param name="Content">The text, ANSI sequences included.</param>
/// <param name="IsError">True for standard error.</param>
/// <param name="At">When the host read it.</param>
public sealed record ConsoleLine(string ResourceId, long Number, string Content, bool IsError, DateTimeOffset At);
