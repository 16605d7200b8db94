using System.Net;

namespace MlKit.Mlflow;

/// <summary>The tracking server refused a call, or answered something that is not MLflow's protocol.</summary>
public sealed class MlflowException : Exception
{
    /// <summary>Creates the exception from the parts of MLflow's error body.</summary>
    public MlflowException(string errorCode, HttpStatusCode statusCode, string message, Exception? inner = null)
        : base($"{message} ({errorCode}, HTTP {(int)statusCode})", inner)
    {
        ErrorCode = errorCode;
        StatusCode = statusCode;
        Reason = message;
    }

    /// <summary>MLflow's error name, for example <c>RESOURCE_DOES_NOT_EXIST</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>What the server said, without error name and status.</summary>
    public string Reason { get; }

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>Whether the thing asked for does not exist.</summary>
    public bool IsMissing => ErrorCode is "RESOURCE_DOES_NOT_EXIST" or "NOT_FOUND";

    /// <summary>Whether the thing to create is there already.</summary>
    public bool IsConflict => ErrorCode is "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS";
}
