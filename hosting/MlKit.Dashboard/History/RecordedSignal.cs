namespace MlKit.Dashboard.History;

/// <summary>What a recorded batch holds; the numbers stand in databases.</summary>
internal enum RecordedSignal
{
    /// <summary>An OTLP request with spans.</summary>
    Traces = 1,

    /// <summary>An OTLP request with log records.</summary>
    Logs = 2,

    /// <summary>An OTLP request with metrics.</summary>
    Metrics = 3,

    /// <summary>Console lines of the host's resources.</summary>
    Console = 4,
}
