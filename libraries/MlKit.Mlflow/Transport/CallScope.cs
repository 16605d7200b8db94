using System.Diagnostics;

namespace MlKit.Mlflow.Transport;

/// <summary>Follows one call for traces and metrics.</summary>
internal sealed class CallScope : IDisposable
{
    private readonly Activity? _activity;
    private readonly string _operation;
    private readonly TimeProvider _time;
    private readonly long _start;
    private string? _error;

    public CallScope(HttpMethod method, Uri address, TimeProvider time)
    {
        _operation = OperationOf(address.AbsolutePath);
        _time = time;
        _start = time.GetTimestamp();
        _activity = MlflowTelemetry.Source.StartActivity($"mlflow {_operation}", ActivityKind.Client);
        _activity?.SetTag("mlflow.operation", _operation);
        _activity?.SetTag("http.request.method", method.Method);
        _activity?.SetTag("server.address", address.Host);
        _activity?.SetTag("server.port", address.Port);
    }

    /// <summary>Another attempt follows.</summary>
    public void Repeat()
    {
        MlflowTelemetry.Retries.Add(1, new KeyValuePair<string, object?>("mlflow.operation", _operation));
        _activity?.AddEvent(new ActivityEvent("retry"));
    }

    /// <summary>The call failed; returns the exception for throwing.</summary>
    public MlflowException Fail(MlflowException error)
    {
        _error = error.ErrorCode;
        _activity?.SetTag("error.type", _error);
        _activity?.SetStatus(ActivityStatusCode.Error, error.Reason);
        return error;
    }

    public void Dispose()
    {
        var tags = new TagList { { "mlflow.operation", _operation } };
        if (_error is not null)
        {
            tags.Add("error.type", _error);
        }

        MlflowTelemetry.Duration.Record(_time.GetElapsedTime(_start).TotalSeconds, tags);
        _activity?.Dispose();
    }

    /// <summary>The call's name without ids and paths, so that there are only a few dozen of them.</summary>
    public static string OperationOf(string path)
    {
        var at = path.IndexOf("/mlflow-artifacts/", StringComparison.Ordinal);
        if (at >= 0)
        {
            return "artifacts";
        }

        at = path.IndexOf("/mlflow/", StringComparison.Ordinal);
        var parts = (at < 0 ? path.Trim('/') : path[(at + "/mlflow/".Length)..]).Split('/');
        if (parts is ["logged-models", not "search", ..])
        {
            parts[1] = "{model_id}";
            if (parts.Length > 3)
            {
                parts[3] = "{key}";
            }
        }

        return string.Join('/', parts);
    }
}
