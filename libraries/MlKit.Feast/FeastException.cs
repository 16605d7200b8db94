namespace MlKit.Feast;

/// <summary>What went wrong, in the terms in which Feast's servers answer it.</summary>
public enum FeastError
{
    /// <summary>The request or the data break a rule; HTTP 500 in Feast, whatever the rule.</summary>
    Invalid,

    /// <summary>A view, feature service, entity or source is not in the registry; HTTP 404.</summary>
    NotFound,

    /// <summary>The push source is not in the registry; HTTP 422.</summary>
    UnknownPushSource,

    /// <summary>The registry cannot be read or written.</summary>
    Registry,

    /// <summary>The online store does not answer; HTTP 503.</summary>
    StoreUnavailable,
}

/// <summary>An error of the feature store; the message names the thing that is wrong.</summary>
public sealed class FeastException : Exception
{
    /// <summary>Makes an error without details.</summary>
    public FeastException()
        : this(FeastError.Invalid, "the feature store failed")
    {
    }

    /// <summary>Makes an error of kind <see cref="FeastError.Invalid"/>.</summary>
    public FeastException(string message)
        : this(FeastError.Invalid, message)
    {
    }

    /// <summary>Makes an error of kind <see cref="FeastError.Invalid"/> with its cause.</summary>
    public FeastException(string message, Exception innerException)
        : this(FeastError.Invalid, message, null, innerException)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="error">The kind of error.</param>
    /// <param name="message">What is wrong and what is allowed.</param>
    /// <param name="feastClass">Class of Feast's own exception, where Feast has one (for example <c>FeatureViewNotFoundException</c>).</param>
    /// <param name="cause">The exception behind it.</param>
    public FeastException(FeastError error, string message, string? feastClass = null, Exception? cause = null)
        : base(message, cause)
    {
        Error = error;
        FeastClass = feastClass;
    }

    /// <summary>The kind of error.</summary>
    public FeastError Error { get; }

    /// <summary>Class name of Feast's exception for this case; servers put it into the error body. Null: Feast has none.</summary>
    public string? FeastClass { get; }
}
