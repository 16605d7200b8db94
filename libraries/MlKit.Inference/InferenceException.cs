namespace MlKit.Inference;

/// <summary>Why a call failed, in the terms of the protocol; each kind has one HTTP status and one gRPC code.</summary>
public enum InferenceErrorKind
{
    /// <summary>The request is wrong: HTTP 400, INVALID_ARGUMENT.</summary>
    InvalidArgument,

    /// <summary>No such model or version: HTTP 404, NOT_FOUND.</summary>
    NotFound,

    /// <summary>The model is known but cannot serve now: HTTP 503, UNAVAILABLE.</summary>
    Unavailable,

    /// <summary>The server does not implement this: HTTP 501, UNIMPLEMENTED.</summary>
    Unsupported,

    /// <summary>The request is larger than the server takes: HTTP 413, RESOURCE_EXHAUSTED.</summary>
    TooLarge,

    /// <summary>The server failed: HTTP 500, INTERNAL.</summary>
    Internal,
}

/// <summary>An error of the protocol; its message names what was wrong and what is allowed.</summary>
public sealed class InferenceException(InferenceErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind, from which status codes follow.</summary>
    public InferenceErrorKind Kind { get; } = kind;

    /// <summary>When asking again may help, as the server says; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The HTTP status that belongs to the kind.</summary>
    public int HttpStatus => Kind switch
    {
        InferenceErrorKind.InvalidArgument => 400,
        InferenceErrorKind.NotFound => 404,
        InferenceErrorKind.TooLarge => 413,
        InferenceErrorKind.Unsupported => 501,
        InferenceErrorKind.Unavailable => 503,
        _ => 500,
    };

    /// <summary>The kind that an HTTP status of a server stands for.</summary>
    public static InferenceErrorKind KindOf(int httpStatus) => httpStatus switch
    {
        404 => InferenceErrorKind.NotFound,
        413 => InferenceErrorKind.TooLarge,
        501 => InferenceErrorKind.Unsupported,
        429 or 502 or 503 or 504 => InferenceErrorKind.Unavailable,
        >= 400 and < 500 => InferenceErrorKind.InvalidArgument,
        _ => InferenceErrorKind.Internal,
    };

    internal static InferenceException Invalid(string message, Exception? inner = null) =>
        new(InferenceErrorKind.InvalidArgument, message, inner);
}
