namespace MlKit.Tracking.Traces;

/// <summary>Keys of tags, metadata and span attributes that mean something to MLflow, and the states of traces.</summary>
internal static class TraceKeys
{
    public const string Name = "mlflow.traceName";
    public const string ArtifactLocation = "mlflow.artifactLocation";
    public const string SpansLocation = "mlflow.trace.spansLocation";

    /// <summary>The value of <see cref="SpansLocation"/> where the spans came to this server.</summary>
    public const string SpansHere = "TRACKING_STORE";

    public const string SourceRun = "mlflow.sourceRun";
    public const string Session = "mlflow.trace.session";
    public const string User = "mlflow.trace.user";
    public const string SizeStatistics = "mlflow.trace.sizeStats";

    /// <summary>Metadata of a trace whose client has told all about it: spans that come later change no time.</summary>
    public const string Finalized = "mlflow.trace.infoFinalized";

    public const string RequestId = "mlflow.traceRequestId";
    public const string SpanType = "mlflow.spanType";
    public const string SpanInputs = "mlflow.spanInputs";
    public const string SpanOutputs = "mlflow.spanOutputs";

    /// <summary>Attributes of a root span that begin so are tags of the trace.</summary>
    public const string TagPrefix = "mlflow.traceTag.";

    public const string Unspecified = "STATE_UNSPECIFIED";
    public const string Ok = "OK";
    public const string Error = "ERROR";
    public const string InProgress = "IN_PROGRESS";
}
